"""Document → one self-contained HTML page, for reading on a screen and for web sites."""

from collections.abc import Iterable, Sequence
from html import escape

from drafter.document import Block, Document, Form, Heading, Notice, Paragraph, Table, printed

_STYLE = """
:root{color-scheme:light dark}
body{max-width:42em;margin:2em auto;padding:0 1em;font:1.1rem/1.8 FangSong,STFangsong,serif}
h1{text-align:center;font-size:1.5rem;line-height:1.5;margin:2em 0 1em}
h2,h3,h4,h5{font-size:1.1rem;font-weight:normal;margin:0;text-indent:2em}
h2,.run1{font-family:SimHei,"Heiti SC",sans-serif}
h3,.run2{font-family:KaiTi,STKaiti,serif}
p{margin:0;text-indent:2em;text-align:justify}
.mark{color:#c00;font-size:2rem;text-align:center;text-indent:0}
.number{text-align:center;text-indent:0;border-bottom:2px solid #c00;padding:1em 0 .3em}
.flush{text-indent:0}
.right{text-align:right;text-indent:0;padding-right:4em}
.center{text-align:center;text-indent:0}
.annex{margin-top:3em;border-top:1px solid}
table{border-collapse:collapse;width:100%;margin:1em 0;font-size:.95rem;line-height:1.5}
th,td{border:1px solid;padding:.2em .4em;font-weight:normal;text-align:left}
th{font-family:SimHei,"Heiti SC",sans-serif;text-align:center}
.imprint{margin-top:3em;border:solid;border-width:2px 0;font-size:.95rem}
@media print{.annex{break-before:page}}
"""


def html_bytes(document: Document) -> bytes:
    """The page, UTF-8, without any outside resource."""
    title = escape("".join(document.title))
    parts = [
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>",
        *_head(document),
        *_title(document),
        *_blocks(document.blocks, document.form),
        *_closing(document),
    ]
    for label, annex in zip(document.annex_labels, document.annexes, strict=True):
        parts += ['<section class="annex">', _p(label, "flush run1"), f"<h1>{escape(annex.title)}</h1>"]
        parts += [*_blocks(annex.blocks, document.form, annex=True), "</section>"]
    parts += [*_imprint(document), "</body>\n</html>\n"]
    return "\n".join(filter(None, parts)).encode()


def _p(text: str, css: str = "") -> str:
    return f'<p class="{css}">{escape(text)}</p>' if css else f"<p>{escape(text)}</p>"


def _head(document: Document) -> Iterable[str]:
    if document.letterhead:
        yield _p(document.letterhead.issuer_mark, "mark")
        yield _p(document.letterhead.number or "", "number")
    notice = document.notice
    if notice is None:
        return
    if notice.title:
        yield f"<h1>{'<br>'.join(map(escape, notice.title))}</h1>"
    if document.status_mark:
        yield _p(document.status_mark, "center")
    if not _is_letter(document):
        yield from _addressed(notice)
        yield from map(_p, notice.paragraphs)
        yield from _signed(notice)


def _is_letter(document: Document) -> bool:
    return document.letterhead is not None and document.letterhead.letter


def _title(document: Document) -> Iterable[str]:
    """The plan's title; a letter's, with those whom it is addressed to."""
    if document.title:
        yield f"<h1>{'<br>'.join(map(escape, document.title))}</h1>"
    if document.notice and _is_letter(document):
        yield from _addressed(document.notice)


def _closing(document: Document) -> Iterable[str]:
    """A letter is signed after its text."""
    return _signed(document.notice) if document.notice and _is_letter(document) else ()


def _addressed(notice: Notice) -> Iterable[str]:
    if notice.addressees:
        yield _p(notice.addressees + "：", "flush")


def _signed(notice: Notice) -> Iterable[str]:
    for text in filter(None, (notice.signature, notice.date)):
        yield _p(text, "right")
    if notice.note:
        yield _p(f"（{notice.note}）")


def _blocks(blocks: Sequence[Block], form: Form, annex: bool = False) -> Iterable[str]:
    for entry in printed(blocks, form, annex):
        block, number = entry.block, escape(entry.number or "")
        units = escape(f"（{entry.units}）") if entry.units else ""
        if block is None:
            yield f"<p>{units}</p>"
        elif isinstance(block, Table):
            yield _table(block)
        elif isinstance(block, Paragraph):
            yield _p(block.text, "center" if block.role == "status" else "")
        elif isinstance(block, Heading):
            yield f"<h{block.level + 1}>{number}{escape(block.title)}</h{block.level + 1}>"
        else:
            title = f'<span class="run{block.level}">{number}{escape(block.title)}。</span>'
            yield f"<p>{title}{escape(block.text)}{units}</p>"


def _table(table: Table) -> str:
    caption = f"<caption>{escape(table.caption)}</caption>" if table.caption else ""
    rows = [f"<tr>{''.join(f'<th>{escape(cell)}</th>' for cell in table.rows[0])}</tr>"]
    for row in table.rows[1:]:
        if len(row) > 1 and len(set(row)) == 1 and row[0]:
            rows.append(f'<tr><th colspan="{len(row)}">{escape(row[0])}</th></tr>')
        else:
            rows.append(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>")
    return f"<table>{caption}{''.join(rows)}</table>"


def _imprint(document: Document) -> Iterable[str]:
    imprint = document.imprint
    if imprint is None:
        return
    yield '<footer class="imprint">'
    for index, group in enumerate(imprint.copy_to):
        yield _p(("抄送：" if index == 0 else "") + "，".join(group) + "。", "flush")
    yield _p(f"{imprint.printer or ''}　{imprint.date or ''}印发", "flush")
    yield "</footer>"
