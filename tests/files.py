"""Files of every format made from the lines of a plan, as other programs make them: for the tests of reading."""

import io
import random
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

Lines = Sequence[str]

_MARKERS: tuple[tuple[int, str, str], ...] = (
    (0, r"([一二三四五六七八九十]+)(、)", "chineseCounting"),
    (1, r"（([一二三四五六七八九十]+)(）)", "chineseCounting"),
    (1, r"\(([一二三四五六七八九十]+)(\))", "chineseCounting"),
    (2, r"(\d{1,2})([.．])(?!\d)", "decimal"),
)
_INDENT = '<w:ind w:firstLine="420"/>'
_DIGITS = "零一二三四五六七八九"


def lines_of(text: str) -> list[str]:
    """The lines of a plan that are not empty."""
    return [line.strip() for line in text.splitlines() if line.strip()]


# ------------------------------------------------------------------ .docx


def saved(document: Any) -> bytes:
    """The bytes of a python-docx document."""
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def typed_docx(lines: Lines) -> bytes:
    """Plain paragraphs in the style Normal, as typed by hand."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    return saved(document)


def xml_docx(
    body: str, numbering: str = "", styles: str = "", extra: Mapping[str, tuple[str, str]] | None = None
) -> bytes:
    """A package round the inner XML of w:body; `extra`: part name → kind of relationship and content."""
    parts = {"numbering.xml": ("numbering", numbering)} if numbering else {}
    parts |= {"styles.xml": ("styles", styles)} if styles else {}
    parts |= extra or {}
    relations = "".join(
        f'<Relationship Id="r{n}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{name}"/>'
        for n, (name, (kind, _)) in enumerate(parts.items())
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    named = {"document.xml": "document.main", **{name: kind for name, (kind, _) in parts.items()}}
    types = "".join(
        f'<Override PartName="/word/{name}" ContentType="{word}.{kind}+xml"/>' for name, kind in named.items()
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    files = {
        "[Content_Types].xml": f'{head}<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>',
        "_rels/.rels": f'{head}<Relationships xmlns="{package}/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'{head}<Relationships xmlns="{package}/relationships">{relations}</Relationships>',
        "word/document.xml": f"{head}<w:document {NAMES}><w:body>{body}</w:body></w:document>",
    } | {f"word/{name}": head + content for name, (_, content) in parts.items()}
    return zipped(files)


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """A zip package of parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return target.getvalue()


NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def p(text: str, properties: str = "") -> str:
    """A w:p of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


def run(text: str, properties: str = "", tag: str = "t") -> str:
    """A w:r."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:{tag} xml:space="preserve">{escape(text)}</w:{tag}></w:r>'


def level(depth: int, form: str, text: str, start: int = 1, inside: str = "") -> str:
    """A w:lvl."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{inside}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(levels: str, nums: Iterable[tuple[int, str]] = ((1, ""),)) -> str:
    """numbering.xml: one abstract numbering, and lists (id, overrides) of it."""
    lists = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="0"/>{inner}</w:num>' for n, inner in nums)
    return f'<w:numbering {NAMES}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{lists}</w:numbering>'


def numbered_docx(lines: Lines) -> bytes:
    """The same paper with its markers taken out and made by Word's automatic numbering.

    A level has the shape that most of its lines have; lines of another shape keep theirs. Where the count of the paper is
    not what Word would count, a list with a start override begins.
    """
    found = [_marker(line) for line in lines]
    shapes: dict[int, tuple[str, str]] = {}
    for depth in (0, 1, 2):
        counted = Counter((each[1], each[2]) for each in found if each and each[0] == depth)
        if counted:
            shapes[depth] = counted.most_common(1)[0][0]
    levels = "".join(level(depth, form, text) for depth, (form, text) in shapes.items())
    body, nums, current, counts = "", [(1, "")], 1, {0: 0, 1: 0, 2: 0}
    starts: dict[int, int] = {}
    for line, each in zip(lines, found, strict=True):
        if each is None or shapes.get(each[0]) != (each[1], each[2]):
            body += p(line, _INDENT)
            continue
        depth, _, _, ordinal, rest = each
        counts[depth] += 1
        for deeper in range(depth + 1, 3):
            counts[deeper] = starts.get(deeper, 1) - 1  # an override holds at every restart
        if counts[depth] != ordinal:
            current = len(nums) + 1
            nums.append(
                (
                    current,
                    f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{ordinal}"/></w:lvlOverride>',
                )
            )
            counts[depth], starts = ordinal, {depth: ordinal}
        body += p(rest, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{current}"/></w:numPr>{_INDENT}')
    return xml_docx(body, numbering(levels, nums))


def _marker(line: str) -> tuple[int, str, str, int, str] | None:
    """Level, number format, lvlText, ordinal and the rest of a line that begins with a marker."""
    for depth, pattern, form in _MARKERS:
        found = re.match(pattern, line)
        if found:
            text = line[: found.start(1)] + f"%{depth + 1}" + found[2]
            ordinal = int(found[1]) if form == "decimal" else _value(found[1])
            return depth, form, text, ordinal, line[found.end() :]
    return None


def _value(text: str) -> int:
    tens, stop, ones = text.partition("十")
    if not stop:
        return _DIGITS.index(text)
    return (_DIGITS.index(tens) if tens else 1) * 10 + (_DIGITS.index(ones) if ones else 0)


_BY = 'w:id="7" w:author="甲" w:date="2026-01-01T00:00:00Z"'


def tracked_docx(lines: Lines, seed: int = 7) -> bytes:
    """The same paper under revision: words deleted and inserted, paragraphs deleted, split, moved."""
    dice = random.Random(seed)
    body = ""
    for line in lines:
        middle = dice.randrange(1, len(line)) if len(line) > 1 else 1
        first, last = line[:middle], line[middle:]
        gone = f"<w:del {_BY}>{run('此处原有文字，已经删去。', tag='delText')}</w:del>"
        kind = dice.randrange(6)
        if kind == 0:
            body += f"<w:p>{run(first)}{gone}<w:ins {_BY}>{run(last)}</w:ins></w:p>"
        elif kind == 1:
            body += f"<w:p><w:pPr><w:rPr><w:del {_BY}/></w:rPr></w:pPr>{gone}</w:p>{p(line)}"
        elif kind == 2:
            body += (
                f"<w:p><w:pPr><w:rPr><w:del {_BY}/></w:rPr></w:pPr>{run(first)}</w:p><w:p>{run(last)}</w:p>"
            )
        elif kind == 3:
            moved = f'<w:p><w:pPr><w:rPr><w:moveFrom {_BY}/></w:rPr></w:pPr><w:moveFromRangeStart w:id="1" w:name="m"/><w:moveFrom {_BY}>{run("移走的一段。")}</w:moveFrom><w:moveFromRangeEnd w:id="1"/></w:p>'
            body += f"{moved}<w:p><w:moveTo {_BY}>{run(line)}</w:moveTo></w:p>"
        elif kind == 4:
            old = f"<w:rPrChange {_BY}><w:rPr><w:vanish/></w:rPr></w:rPrChange>"
            body += f"<w:p><w:pPr><w:rPr><w:ins {_BY}/></w:rPr></w:pPr><w:ins {_BY}>{run(line, old)}</w:ins></w:p>"
        else:
            body += p(line)
    return xml_docx(body)


def styled_numbers_docx(lines: Lines) -> bytes:
    """A python-docx paper whose automatic numbers come through a paragraph style."""
    document = Document()
    part = document.part.numbering_part.element
    named = level(0, "decimal", "%1.", inside='<w:pStyle w:val="ListNumber"/>')
    part.append(parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{named}</w:abstractNum>'))
    part.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    style = document.styles["List Number"].element
    properties = style.get_or_add_pPr()
    for old in properties.findall(qn("w:numPr")):
        properties.remove(old)
    properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="90"/></w:numPr>'))
    for line in lines:
        document.add_paragraph(line, style="List Number")
    return saved(document)


# ------------------------------------------------------------------ web pages

_MENU = ("首页", "政府信息公开", "政务服务", "互动交流", "走进澄州", "数据开放")
_NEWS = (
    "我市召开领导小组会议", "市长调研基层服务站建设情况", "关于做好科普日活动的通知", "全市科技工作会议召开",
    "澄州市人民政府办公室关于印发《澄州市加强基层应急管理工作实施方案》的通知", "一图读懂：澄州市实施方案",
)  # fmt: skip
_FOOT = (
    "主办：澄州市人民政府办公室　承办：澄州市大数据中心", "网站标识码：4300000001　备案号05000000号-1",
    "联系电话：0700-8888888　地址：澄州市人民路1号",
)  # fmt: skip
_INDEX = (
    ("索引号", "000014349/2026-00012", "主题分类", "科技、教育"),
    ("成文日期", "2026-09-11", "有效性", "有效"),
)


def _menu() -> str:
    return (
        "<ul class='nav'>"
        + "".join(f"<li><a href='/{n}'>{word}</a></li>" for n, word in enumerate(_MENU))
        + "</ul>"
    )


def _news() -> str:
    return (
        "<ul>"
        + "".join(
            f"<li><a href='{n}.html'>{word}</a><span>2026-09-0{n}</span></li>"
            for n, word in enumerate(_NEWS, 1)
        )
        + "</ul>"
    )


def _foot() -> str:
    return "".join(f"<p>{text}</p>" for text in _FOOT)


def government_page(lines: Lines) -> str:
    """A content management system's page: menus, breadcrumb, index table, tools, files, neighbours."""
    title = escape(lines[0])
    words = "".join(
        f'<p style="text-indent: 2em; font-family: 仿宋_GB2312"><span style="font-size:16pt">{escape(line)}</span></p>\n'
        for line in lines
    )
    index = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in _INDEX)
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html><head><meta charset="utf-8"><title>{title}_澄州市人民政府</title><style>.a{{color:red}}</style><script>var a="一、<p>";</script></head><body>
<div id="header"><a href="/">澄州市人民政府门户网站</a><form><input value="请输入关键字"><button>搜索</button></form>{_menu()}</div>
<div class="wrap"><div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/x">规范性文件</a></div>
<div class="left"><h3>栏目导航</h3>{_menu()}<h3>最新文件</h3>{_news()}</div>
<div class="main"><div class="index"><table>{index}</table></div><h1 class="arc-title">{title}</h1>
<div class="info"><span>发布时间：2026-09-15 10:22</span><span>来源：市政府办公室</span><span>浏览次数：<i>1024</i></span><span>字体：【<a>大</a> <a>中</a> <a>小</a>】</span></div>
<div id="zoom" class="content"><div class="TRS_Editor">{words}</div></div>
<div class="fj"><strong>附件下载：</strong><a href="a.doc">实施方案全文.doc</a></div>
<div class="share">分享到：<a>微信</a><a>微博</a></div>
<div class="pn"><p>上一篇：<a href="1.html">{_NEWS[2]}</a></p><p>下一篇：<a href="2.html">{_NEWS[3]}</a></p></div>
<div class="print"><a>【打印本页】</a><a>【关闭窗口】</a></div></div></div>
<div id="footer"><select><option>友情链接</option></select>{_foot()}</div></body></html>"""


def news_page(lines: Lines) -> str:
    """A page of HTML 5 with a headline, a side column and comments."""
    words = "\n".join(f"<p>{escape(line)}</p>" for line in lines)
    return f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(lines[0])}</title></head><body>
<header><a href="/">澄州网</a><nav>{_menu()}</nav></header>
<main><article><h1>{escape(lines[0])}</h1><p class="meta"><time>2026年9月15日</time> · 来源：澄州发布 · 阅读 1234</p>
{words}
</article><aside><h2>相关阅读</h2>{_news()}<h2>热门标签</h2><a>科普</a></aside></main>
<section class="comments"><h2>评论</h2><p>网友甲：讲得很清楚，期待尽快落实到我们街道，希望多办一些面向老人的讲座。</p></section>
<footer>{_foot()}</footer></body></html>"""


def table_page(lines: Lines) -> str:
    """A page of the old kind: tables within tables, lines parted by <BR>, declared as GB2312."""
    words = "<BR>\n".join("&nbsp;&nbsp;&nbsp; " + escape(line) for line in lines)
    menu = " | ".join(f"<a href=/{n}>{word}</a>" for n, word in enumerate(_MENU))
    news = "".join(f"<tr><td>·<a href={n}.htm>{word}</a></td></tr>" for n, word in enumerate(_NEWS))
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>{escape(lines[0])}</title></head><body>
<table width=980 align=center><tr><td><img src=banner.jpg></td></tr><tr><td>{menu}</td></tr></table>
<table width=980 align=center><tr><td width=200 valign=top><table><tr><td>最新公告</td></tr>{news}</table></td>
<td valign=top><table width=100%><tr><td>您现在的位置：首页 &gt;&gt; 文件</td></tr><tr><td align=center><font size=5><b>{escape(lines[0])}</b></font></td></tr>
<tr><td align=center>发布日期：2026-9-15　阅读次数：88　<a href="javascript:window.print()">打印</a></td></tr>
<tr><td><font size=3>{words}</font></td></tr><tr><td align=right><a href="javascript:window.close()">关闭窗口</a></td></tr></table></td></tr></table>
<table width=980 align=center><tr><td align=center>{"<br>".join(_FOOT)}</td></tr></table></body></html>"""


def div_page(lines: Lines) -> str:
    """A page without meaning in its tags: one <div> a line."""
    words = "".join(f"<div><span>　　{escape(line)}</span></div>" for line in lines)
    menu = "".join(f"<a>{word}</a>" for word in _MENU)
    news = "".join(f"<div><a>{word}</a></div>" for word in _NEWS)
    foot = "".join(f"<div>{text}</div>" for text in _FOOT)
    return f"""<!DOCTYPE html><html><head><meta charset=utf-8><title>x</title></head><body><div class=top>{menu}</div>
<div class=c1><div class=side>{news}</div><div class=c2><div class=t>{escape(lines[0])}</div><div class=d>时间：2026-09-15 来源：本站 作者：管理员 点击：33次</div>
<div class=txt>{words}</div><div class=bdshare>分享到 微信 微博</div><div class=rel><b>相关链接</b>{news}</div></div></div>
<div class=bottom>{foot}</div></body></html>"""


PAGES: Mapping[str, Callable[[Lines], str]] = {
    "government": government_page,
    "news": news_page,
    "tables": table_page,
    "divs": div_page,
}


# ------------------------------------------------------------------ .pdf


def pdf(
    content: bytes, filters: bytes = b"", extra: bytes = b"", resources: bytes = b"", trailer: bytes = b""
) -> bytes:
    """A PDF of one page with a content stream, in Helvetica; `extra`: a sixth object, `resources`: more of the page's."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>"
        + resources
        + b">>>>",
        b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), filters, content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        extra or b"null",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj" % number + each + b"endobj\n"
    start = len(made)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        made + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table
        + b"trailer<</Size %d/Root 1 0 R%s>>startxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, start)
    )  # fmt: skip


def text_pdf(lines: Sequence[str]) -> bytes:
    """A PDF with lines of ASCII, one below the other."""
    shown = "".join(f"BT /F 12 Tf 72 {760 - 20 * n} Td ({line}) Tj ET\n" for n, line in enumerate(lines))
    return pdf(shown.encode())


def picture_pdf() -> bytes:
    """A scanned page: a picture and no text."""
    picture = b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\n\x80\nendstream"
    return pdf(b"q 500 0 0 700 40 40 cm /I Do Q", extra=picture, resources=b"/XObject<</I 6 0 R>>")


def locked_pdf() -> bytes:
    """A PDF that asks for a password."""
    lock = (
        b"/Encrypt<</Filter/Standard/V 1/R 2/O("
        + b"o" * 32
        + b")/U("
        + b"u" * 32
        + b")/P -4>>/ID[(0123456789abcdef)(0123456789abcdef)]"
    )
    return pdf(b"BT ET", trailer=lock)
