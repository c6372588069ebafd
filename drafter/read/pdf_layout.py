"""Printed lines of a PDF → paragraphs: page furniture dropped, lines joined by indent, length and distance."""

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from drafter.document import Unread, one_line
from drafter.read.pdf_pages import PdfPage, Printed, printed_lines
from drafter.read.pdf_tables import Ruled, ruled_tables
from drafter.structure.lines import Line

_PAGE_NUMBER = re.compile(
    r"[-—–－―·•\s]*\d{1,4}[-—–－―·•\s]*|第\s*\d{1,4}\s*页(\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}"
)
_MARKER = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)|——|[①-⑳]"
)
# What no line is parted within: a word of Latin letters or figures, a bracket and what follows it, a mark and what it
# follows; quotation marks hold on to both sides.
_WORD = r"(?:[A-Za-z0-9.%％+\-—－–/:,]+|.)"
_CLOSING = "[，。、；：！？）》〉】〕\\])>…”’]*"
_UNIT = re.compile(f"[（《〈【〔\\[(<“‘”’]*{_WORD}?{_CLOSING}(?:[“‘”’]+{_WORD}?{_CLOSING})*")
_WITHIN = re.compile(rf"[。；)）](?:{_MARKER.pattern})")
_UNITS = re.compile(r"[（(]?(责任(单位|分工|部门)|牵头单位|配合单位)")
_ENDS = ("。", "；", "：", "）", ")", ";", ":")
# A rule that is made of characters.
_DRAWN = re.compile(r"[─━＿_\s]+|[—\-=*\s]{8,}")
_EDGE = 2
_SAME_PLACE = 8.0
_REPEATED = 6
_HANGING = 22.0


class Set(Struct, frozen=True):
    """A printed line or a table on its page. `left` and `right`: the edges of the text of that page."""

    page: int
    line: Printed | None
    table: Ruled | None = None
    left: float = 0
    right: float = 0
    pitch: float = 0


def paragraphs(pages: Sequence[PdfPage]) -> tuple[tuple[Line, ...], list[Unread]]:
    """The paragraphs and tables of a PDF in order, and what a page repeated of the page before."""
    tables = [ruled_tables(page.rules, page.chars) for page in pages]
    printed = [
        printed_lines([char for char in page.chars if not any(table.holds(char) for table in found)])
        for page, found in zip(pages, tables, strict=True)
    ]
    printed = _without_furniture(pages, printed)
    sets = [
        each for n, page in enumerate(pages) for each in _page_sets(n, page, printed[n], tables[n], printed)
    ]
    joiner = _Joiner()
    for each in sets:
        joiner.take(each)
    joiner.end()
    return tuple(joiner.done), joiner.healed


# ------------------------------------------------------------------ page furniture


def _without_furniture(pages: Sequence[PdfPage], printed: Sequence[list[Printed]]) -> list[list[Printed]]:
    """Lines without page numbers, and without what stands at the edge of most pages at the same place."""
    heads: Counter[str] = Counter()
    for lines in printed:
        heads.update({_shape(line) for line in _edges(lines)})
    wanted = max(3, len(pages) // 2)
    kept = []
    for page, lines in zip(pages, printed, strict=True):
        dropped = set()
        for line in _edges(lines):
            outside = line.bottom > 0.9 * page.height or line.top < 0.12 * page.height
            number = outside and bool(_PAGE_NUMBER.fullmatch(line.text.strip()))
            # The number's own margin may be narrow; a lone number that ends or begins a page is one anywhere.
            lone = line in (lines[0], lines[-1]) and bool(
                re.fullmatch(r"[-—–－\s]*\d{1,3}[-—–－\s]*", line.text)
            )
            if number or lone or (heads[_shape(line)] >= wanted and outside):
                dropped.add(id(line))
        kept.append([line for line in lines if id(line) not in dropped])
    return kept


def _edges(lines: Sequence[Printed]) -> list[Printed]:
    return [*lines[:_EDGE], *lines[max(_EDGE, len(lines) - _EDGE) :]]


def _shape(line: Printed) -> str:
    """Words and place, digits alike: a running head counts its pages."""
    return re.sub(r"\d+", "#", re.sub(r"\s", "", line.text)) + f"@{round(line.base / _SAME_PLACE)}"


def _page_sets(
    number: int,
    page: PdfPage,
    lines: Sequence[Printed],
    tables: Sequence[Ruled],
    every: Sequence[Sequence[Printed]],
) -> list[Set]:
    """Lines and tables of a page from top to bottom, each with the edges of the page's text."""
    around = lines if len(lines) >= 8 else [line for each in every for line in each]
    left, right = (
        _edge([line.left for line in around], least=True),
        _edge([line.right for line in around], least=False),
    )
    steps = [round(a.base - b.base) for a, b in itertools.pairwise(lines) if a.base > b.base]
    pitch = float(Counter(steps).most_common(1)[0][0]) if steps else 0.0
    sets = [(line.base, Set(number, line, None, left, right, pitch)) for line in lines]
    sets += [(table.top, Set(number, None, table)) for table in tables]
    return [each for _, each in sorted(sets, key=lambda pair: -pair[0])]


def _edge(places: Sequence[float], least: bool) -> float:
    """The edge at which most lines begin or end, among those near the outermost: marks may hang over it."""
    if not places:
        return 0.0
    wanted = max(2, len(places) // 25)
    ordered = sorted(places, reverse=not least)
    near = {place: sum(1 for other in places if abs(other - place) <= 4) for place in set(places)}
    outermost = next((place for place in ordered if near[place] >= wanted), ordered[0])
    return max(
        (place for place in near if abs(place - outermost) <= _HANGING),
        key=lambda place: (near[place], place),
    )


# ------------------------------------------------------------------ joining


class _Joiner(Struct):
    """Gathers lines into the paragraph that is open. `first` and `next`: where its lines begin."""

    done: list[Line] = field(default_factory=list)
    open: list[Set] = field(default_factory=list)
    healed: list[Unread] = field(default_factory=list)

    def take(self, each: Set) -> None:
        each = self.without_repeat(each)
        if each.table is not None:
            self.table(each, each.table)
            return
        if each.line is not None and _DRAWN.fullmatch(each.line.text):
            self.end()
            return
        if self.open and not self.goes_on(each):
            self.end()
        if each.line is None or each.line.text:
            self.open.append(each)

    def without_repeat(self, each: Set) -> Set:
        """A line that begins a page, without the end of the page before that it says again."""
        above = self.open[-1] if self.open else None
        if above is None or above.page == each.page or above.line is None or each.line is None:
            return each
        text, last = each.line.text.strip(), above.line.text.strip()
        for size in range(min(len(text), len(last)), _REPEATED - 1, -1):
            if last.endswith(text[:size]) and not last.endswith("。"):
                self.healed.append(
                    Unread(f"换页处重复的“{one_line(text[:size])}”，已删去一处", f"第{each.page + 1}页")
                )
                return replace(each, line=replace(each.line, text=text[size:]))
        return each

    def end(self) -> None:
        """Close the open paragraph."""
        if self.open:
            first = self.open[0]
            text = one_line(_seamed([each.line.text for each in self.open if each.line]))
            centred = len(self.open) == 1 and _is_centred(first)
            if text:
                where = f"第{first.page + 1}页"
                self.done.append(Line(text, page=first.page + 1, where=where, whole=False, centred=centred))
        self.open = []

    def table(self, each: Set, table: Ruled) -> None:
        """A table; one that goes on from the page before joins it, its repeated head dropped."""
        self.end()
        last = self.done[-1] if self.done else None
        rows = table.rows
        if last and last.rows and last.page == each.page and len(last.rows[0]) == len(rows[0]):
            more = rows[1:] if rows[0] == last.rows[0] else rows
            self.done[-1] = Line("", rows=(*last.rows, *more), page=each.page + 1, where=last.where)
        else:
            self.done.append(Line("", rows=rows, page=each.page + 1, where=f"第{each.page + 1}页的表格"))

    def goes_on(self, each: Set) -> bool:
        """Whether a line belongs to the open paragraph."""
        above, first = self.open[-1], self.open[0]
        line, last = each.line, above.line
        if line is None or last is None or first.line is None:
            return False
        em = max(line.em, 1.0)
        if abs(line.em - last.em) > 0.15 * max(line.em, last.em) and min(len(line.text), len(last.text)) > 2:
            return False
        if _is_centred(above) or _is_centred(each):
            return False
        if last.right < above.right - _slack(line.text) * em:
            return False
        if each.page == above.page and each.pitch and last.base - line.base > 1.35 * max(each.pitch, em):
            return False
        return _fits(line, each.left, [(one.line, one.left) for one in self.open if one.line])


def _fits(line: Printed, left: float, above: Sequence[tuple[Printed, float]]) -> bool:
    """Whether a line after a full one stands where the next line of the paragraph `above` must begin."""
    em = max(line.em, 1.0)
    first, last = above[0], above[-1]
    indent, opened = line.left - left, first[0].left - first[1]
    begins = bool(_MARKER.match(line.text))
    # Where first lines are not set in, only words tell: a number after a finished sentence begins a paragraph.
    # Not so where numbers stand within the paragraph already: a paper without any breaks of line.
    run_on = any(_WITHIN.search(one.text) for one, _ in above)
    finished = not run_on and (begins or _UNITS.match(line.text)) and last[0].text.rstrip().endswith(_ENDS)
    if len(above) > 1:
        settled = last[0].left - last[1]
        if abs(settled - opened) < 0.8 * em and finished:
            return False
        return abs(indent - settled) < 0.8 * em or (indent < 0.8 * em and not begins)
    if indent > opened + 0.8 * em:
        # A hanging indent: the number stands out, the lines after it are set in.
        return opened < 0.8 * em and bool(_MARKER.match(first[0].text)) and not begins
    if opened > 0.8 * em:
        return indent < opened - 0.8 * em
    return not finished


def _slack(text: str) -> float:
    """How many characters a full line may lack: what could not be parted from the word that begins the next one."""
    unit = None if _MARKER.match(text) else _UNIT.match(text)
    held = unit.group() if unit else "一"
    return 0.4 + sum(0.6 if char.isascii() else 1.0 for char in held)


def _is_centred(each: Set) -> bool:
    """Whether a line stands in the middle, well away from both edges."""
    if each.line is None:
        return False
    before, after = each.line.left - each.left, each.right - each.line.right
    em = each.line.em
    return (
        before > 2.6 * em
        and after > 0.5 * em
        and abs(before - after) < max(1.2 * em, 0.06 * (each.right - each.left))
    )


def _seamed(texts: Sequence[str]) -> str:
    """Lines as one: a space only between Latin words."""
    made = ""
    for text in texts:
        piece = text.strip()
        if (
            made
            and piece
            and made[-1].isascii()
            and made[-1].isalpha()
            and piece[0].isascii()
            and piece[0].isalpha()
        ):
            made += " "
        made += piece
    return made
