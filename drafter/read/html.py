"""A saved web page → Lines of the article in it (`article` finds it, `page_blocks` reads the tree)."""

import email
import email.policy
import re
from pathlib import Path

from resiliparse.parse.html import HTMLTree

from drafter.document import Unread
from drafter.read import refuse
from drafter.read.article import find_article
from drafter.read.found import Found, bounded, unread
from drafter.read.limits import MAX_HTML, MAX_LINES
from drafter.read.page_blocks import read_page
from drafter.structure.lines import Line

_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,20})""", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w-]{2,20})""", re.IGNORECASE)
_INLINE_FILE = re.compile(rb"""data:[\w/+.-]{1,60};base64,[A-Za-z0-9+/=\s%]{100,}""")
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read_html(data: bytes, path: Path) -> Found:
    """The lines of the article within a page."""
    data, charset = _page_of_archive(data)
    if len(data) > MAX_HTML:
        data = _INLINE_FILE.sub(b"", data)
    if len(data) > MAX_HTML:
        raise refuse.too_large(path, "网页", refuse.megabytes(MAX_HTML))
    text, doubt = decode_page(data, charset)
    try:
        tree = HTMLTree.parse(text.replace("\x00", ""))
    except (ValueError, RuntimeError) as bad:
        raise refuse.damaged(path, "网页", str(bad)[:80]) from None
    page = read_page(tree)
    if len(page.blocks) > MAX_LINES:
        raise refuse.too_large(path, "网页行数", f"{MAX_LINES} 行")
    if not page.blocks:
        raise refuse.no_text(path, "网页")
    article = find_article(tree, page)
    lines = tuple(
        Line(
            "" if block.rows else block.text,
            rows=block.rows,
            where=f"网页第{index}行",
            whole=False,
            centred=block.centred,
        )
        for index, block in enumerate(article.blocks, 1)
    )
    left_out = [unread(f"网页正文以外的文字：{text}", "网页") for text in article.outside]
    left_out += [unread(f"网页所附文件没有读：{name}", "网页") for name in article.attached]
    left_out += [
        unread(f"网页中隐藏的文字：{text}", "网页") for text in page.hidden if len(text) > 40 and "。" in text
    ]
    return Found(lines, bounded([*doubt, *left_out]))


def decode_page(data: bytes, charset: str | None = None) -> tuple[str, list[Unread]]:
    """The text of a page: by its mark, by what it declares, else by what fits."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), []
    declared = _DECLARED.search(data[:8192]) or _XML_DECLARED.match(data)
    said = charset or (declared[1].decode("ascii", "replace") if declared else "")
    # GB18030 holds all of GB2312 and GBK, and pages that declare the smaller ones use the larger.
    first = "gb18030" if re.fullmatch(r"gb.*|x-gbk|cp936|ms936", said, re.IGNORECASE) else said
    for encoding in (first, "utf-8", "gb18030", "utf-16"):
        try:
            return data.decode(encoding), []
        except (UnicodeError, LookupError):
            continue
    best = min(("utf-8", "gb18030"), key=lambda each: data.decode(each, "replace").count("\ufffd"))
    text = data.decode(best, "replace")
    return text, [unread(f"编码有误，{text.count(chr(0xFFFD))} 处字符无法辨认", "网页")]


def _page_of_archive(data: bytes) -> tuple[bytes, str | None]:
    """The page within a web archive (.mht), and its character set; a plain page as it is."""
    if not re.match(
        rb"(?s)\s*(From|MIME-Version|Subject|Date|Snapshot-Content-Location|Content-Type):", data[:200]
    ):
        return data, None
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                return content, part.get_content_charset()
    return data, None
