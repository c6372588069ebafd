"""Rules on printed pages: what only shows once a program has laid the paper out (GB/T 9704 5.2.3, 7.4.1).

It loads a large library: import it where pages are asked for.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

import pypdfium2
from msgspec import Struct

from drafter.check.layout.fault import Fault, by_rule, findings_of
from drafter.check.layout.roles import COPIES, PRINTED
from drafter.check.layout.rules import ADVICES, MENDS
from drafter.errors import Finding
from drafter.read.pdf_pages import PdfPage, Printed, Rule, printed_lines, read_page
from drafter.structure.markers import marker_at
from drafter.typography import PAGE
from drafter.write.render import to_pdf

_MM = 72 / 25.4
_BODY = 16.0
_LEFT = PAGE.left / 20
_RIGHT = (PAGE.width - PAGE.right) / 20
_FOOT = PAGE.bottom / 20
_NUMBER = re.compile(r"[—–―\-－─]?\d{1,4}[—–―\-－─]?")
_CLOSING = set("，。、；：？！）〕》〉」』】”’")
_ENDS = ("。", "；", "：", "，")
_SHARE = 0.02
"""Lines that a mark kept from their end, of all full ones."""


class _Page(Struct, frozen=True):
    """An upright page: its lines from top to bottom, without the page number."""

    number: int
    lines: tuple[Printed, ...]
    rules: tuple[Rule, ...]
    height: float

    @property
    def is_plain(self) -> bool:
        """Nothing but text in the size of the body."""
        return bool(self.lines) and not self.rules and all(_is_body(line) for line in self.lines)


def page_findings(package: bytes, own: bool, path: str | None = None) -> tuple[Finding, ...]:
    """What is wrong with the pages that LibreOffice makes of a .docx; see `layout_findings` for `own` and `path`.

    OutputError where there is no LibreOffice.
    """
    pages = _pages(to_pdf(package))
    return findings_of(_faults(pages), own, ADVICES, MENDS, path)


@lru_cache(maxsize=1)
def page_findings_by_rule(
    package: bytes, own: bool, path: str | None = None
) -> Mapping[str, tuple[Finding, ...]]:
    """`page_findings` by rule: rules that are asked one by one lay the paper out once."""
    return by_rule(page_findings(package, own, path))


def _pages(pdf: bytes) -> list[PdfPage]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [read_page(page) for page in document]
    finally:
        document.close()


def _faults(found: Sequence[PdfPage]) -> Iterator[Fault]:
    upright = [
        _Page(number, tuple(_text_lines(page)), page.rules, page.height)
        for number, page in enumerate(found, 1)
        if page.width <= page.height
    ]
    yield from _rows(upright)
    yield from _characters(upright)
    yield from _headings(upright)
    yield from _imprint(upright, len(found))


def _text_lines(page: PdfPage) -> Iterator[Printed]:
    for line in printed_lines(page.chars):
        is_number = line.base < _FOOT and _NUMBER.fullmatch("".join(line.text.split()))
        if not is_number:
            yield line


def _is_body(line: Printed) -> bool:
    return abs(line.em - _BODY) < 0.6


def _rows(pages: Sequence[_Page]) -> Iterator[Fault]:
    """22 rows on pages that the text fills: such as reach as low as the lowest."""
    steps = Counter(
        round((above.base - below.base) * 4) / 4
        for page in pages
        for above, below in pairwise(page.lines)
        if _is_body(above) and _is_body(below) and 8 < above.base - below.base < 80
    )
    if not steps:
        return
    pitch = steps.most_common(1)[0][0]
    plain = [page for page in pages if page.is_plain]
    top = Counter(round(page.lines[0].base) for page in plain).most_common(1)
    lowest = min((page.lines[-1].base for page in plain), default=0.0)
    for page in plain:
        first, last = page.lines[0].base, page.lines[-1].base
        if abs(first - top[0][0]) > 3 or last > lowest + pitch / 2:
            continue
        rows = round((first - last) / pitch) + 1
        if rows != 22:
            yield _fault(
                "rows",
                str(rows),
                f"第{page.number}页排满为{rows}行，应为22行（GB/T 9704 5.2.3）",
                page,
                page.lines[0],
            )


def _characters(pages: Sequence[_Page]) -> Iterator[Fault]:
    """28 characters on lines that reach the right edge; the commonest count is judged, and how many differ."""
    counted: list[tuple[int, _Page, Printed]] = []
    for page in pages:
        for line in page.lines if not page.rules or page.number == 1 else ():
            text = "".join(line.text.split())
            end = line.right - (line.em if text[-1] in _CLOSING and line.right > _RIGHT + 3 else 0)
            pure = all(ord(char) > 0x2000 for char in text)
            if _is_body(line) and pure and len(text) > 8 and end > _RIGHT - 0.8 * line.em:
                indent = round((line.left - _LEFT) / line.em)
                hangs = end != line.right
                counted.append((len(text) - hangs + indent, page, line))
    if not counted:
        return
    common = Counter(count for count, _, _ in counted).most_common(1)[0][0]
    _, page, line = next(each for each in counted if each[0] == common)
    if common != 28:
        yield _fault(
            "characters",
            str(common),
            f"每行为{common}字（如第{page.number}页），应为28字（GB/T 9704 5.2.3）",
            page,
            line,
        )
    else:
        odd = [each for each in counted if not 27 <= each[0] <= 28]
        if len(odd) > _SHARE * len(counted):
            count, page, line = odd[0]
            message = (
                f"有{len(odd)}行不是28字（如第{page.number}页一行{count}字），字距不匀（GB/T 9704 5.2.3）"
            )
            yield _fault("characters", "不匀", message, page, line)


def _headings(pages: Sequence[_Page]) -> Iterator[Fault]:
    """A heading whose text begins on the next page."""
    for page, following in pairwise(pages):
        if not page.lines or not following.lines or following.number != page.number + 1:
            continue
        last = page.lines[-1]
        text = last.text.strip()
        ended = text.endswith(_ENDS) or last.right > _RIGHT - 1.5 * last.em
        indent = (last.left - _LEFT) / last.em
        # Further left or right stand lists of annexes and names.
        if marker_at(text) is not None and not ended and 1.2 < indent < 2.8:
            yield _fault(
                "heading-at-foot", text, f"标题“{text[:20]}”单独落在第{page.number}页末行", page, last
            )


def _imprint(pages: Sequence[_Page], total: int) -> Iterator[Fault]:
    """版记 on the last page, an even one, its last rule on the foot of the text box."""
    for page in reversed(pages):
        lines = [line for line in page.lines if _is_imprint("".join(line.text.split()))]
        if not lines:
            continue
        if page.number != total:
            yield _fault(
                "imprint-page",
                "不是末页",
                f"版记在第{page.number}页，不在最后一页（共{total}页）（GB/T 9704 7.4.1）",
                page,
                lines[0],
            )
        elif page.number % 2:
            yield _fault(
                "imprint-page",
                "单页",
                f"版记在第{page.number}页，应在双页（双面印刷的最后一面）（GB/T 9704 7.4.1）",
                page,
                lines[0],
            )
        level = [rule.bottom for rule in page.rules if not rule.is_upright and rule.bottom < lines[0].base]
        if level and abs(min(level) - _FOOT) > 1.5 * _MM:
            gap = abs(min(level) - _FOOT) / _MM
            yield _fault(
                "imprint-page",
                "不在页底",
                f"版记末条分隔线离版心下边缘{gap:.0f}毫米，应与之重合（GB/T 9704 7.4.1）",
                page,
                lines[0],
            )
        return


def _is_imprint(text: str) -> bool:
    return bool(COPIES.match(text)) or (len(text) <= 55 and bool(PRINTED.search(text)))


def _fault(rule: str, value: str, message: str, page: _Page, line: Printed) -> Fault:
    return Fault(f"layout.{rule}", value, message, page=page.number, quote="".join(line.text.split()))
