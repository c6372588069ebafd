"""What follows the last paragraph of a plan: signature, annexes, imprint (GB/T 9704 7.3.4, 7.3.7, 7.4), the page's own matter."""

import re
from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from drafter.document import Imprint, Unread
from drafter.numerals import find_date
from drafter.structure.furniture import is_furniture
from drafter.structure.lines import Line
from drafter.structure.markers import marker_at
from drafter.structure.titles import ORGAN_END

_COPY = re.compile(r"^抄\s*送[:：]?|^抄报[:：]?")
_PRINTED = re.compile(r"印发$")
ANNEX = re.compile(
    r"^附\s*件(?P<number>[一二三四五六七八九十]{1,2}|\d{1,2})?(?:[-—]\d{1,2})?[:：.、]?(?P<title>[^，。；]{0,40})$"
)
ANNEX_NOTE = re.compile(r"^附\s*件[:：]\s*(?:\d{1,2}[.．、])?.+")
_LISTED = re.compile(r"^\d{1,2}[.．、][^。；]{2,50}$")


class Tail(Struct):
    """A paper without its end. `body`: the numbered part; `annexes`: label or title line, then content."""

    body: list[Line] = field(default_factory=list)
    annexes: list[tuple[str | None, str, list[Line]]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    imprint: Imprint | None = None
    signature: str | None = None
    date: str | None = None
    unread: list[Unread] = field(default_factory=list)


def read_tail(lines: Sequence[Line]) -> Tail:
    """Split the end off a plan whose head is already gone."""
    tail = Tail()
    rest, tail.imprint = _imprint([each for line in lines for each in _laid_out(line)])
    rest = _without_page_matter(rest)
    starts = _annex_starts(rest)
    tail.body = rest[: starts[0]] if starts else rest
    for index, start in enumerate(starts):
        end = starts[index + 1] if index + 1 < len(starts) else len(rest)
        tail.annexes.append(_annex(rest[start:end]))
    _take_notes(tail)
    _take_signature(tail)
    return tail


def _laid_out(line: Line) -> list[Line]:
    """An imprint that was set as a table, as its lines; anything else as it is."""
    cells = [cell for row in line.rows for cell in dict.fromkeys(row) if cell]
    if not any(_COPY.match(cell) for cell in cells) and not (
        len(cells) <= 3 and cells and _PRINTED.search(cells[-1])
    ):
        return [line]
    pieces = [piece for cell in cells for piece in re.split(r"(?<=。)", cell) if piece]
    return [replace(line, text=piece, rows=()) for piece in pieces]


def _imprint(lines: list[Line]) -> tuple[list[Line], Imprint | None]:
    """Take 抄送 and the printing line out, wherever they stand after the body."""
    groups: list[tuple[str, ...]] = []
    printer = day = None
    kept: list[Line] = []
    index = 0
    while index < len(lines):
        text = lines[index].text
        opening = _COPY.match(text)
        printed = _printed(lines, index)
        if opening and len(text) < 400:
            run = [_COPY.sub("", text)]
            while index + 1 < len(lines) and _goes_on(lines[index + 1], lines, index + 1):
                index += 1
                run.append(lines[index].text)
            groups += [names for names in map(_group, run) if names]
        elif printed:
            printer, day = printed[0] or printer, printed[1]
            index += printed[2] - 1
            if printer and kept and kept[-1].text == printer:
                kept.pop()
        else:
            kept.append(lines[index])
        index += 1
    if groups or printer or day:
        return kept, Imprint(tuple(groups), printer, day)
    return kept, None


def _printed(lines: Sequence[Line], index: int) -> tuple[str | None, str, int] | None:
    """Printing office, date and number of lines of 某某办公室 2026年1月1日印发."""
    text = lines[index].text
    if lines[index].rows or len(text) > 70 or "。" in text:
        return None
    count = 1
    if not _PRINTED.search(text) and index + 1 < len(lines) and ORGAN_END.search(text):
        following = lines[index + 1].text
        if _PRINTED.search(following) and find_date(following) and len(following) < 20:
            text, count = text + following, 2
    found = find_date(text)
    if not found or text[found[1][1] :] not in ("印发", "印", "印制"):
        return None
    return text[: found[1][0]].strip("，, ") or None, text[found[1][0] : found[1][1]], count


def _goes_on(line: Line, lines: Sequence[Line], index: int) -> bool:
    """Whether a line is a further group of 抄送."""
    text = line.text
    if (
        line.rows
        or marker_at(text)
        or is_furniture(text)
        or _printed(lines, index)
        or len(text) > 200
        or ANNEX.match(text)
    ):
        return False
    return text.endswith(("。", "，", "、")) or ("，" in text and "。" not in text)


def _group(text: str) -> tuple[str, ...]:
    names, depth, current = [], 0, ""
    for char in text.strip("：: 。"):
        depth += char in "（("
        depth -= char in "）)"
        if char in "，,、；;。" and depth <= 0:
            names.append(current)
            current = ""
        else:
            current += char
    names.append(current)
    return tuple(name.strip() for name in names if name.strip())


def _without_page_matter(lines: list[Line]) -> list[Line]:
    """The page's own lines at the end go; from the first of them on nothing but the page's follows."""
    end = len(lines)
    while end and not lines[end - 1].rows and is_furniture(lines[end - 1].text):
        end -= 1
    for index in range(max(0, end - 40), end):
        line = lines[index]
        if line.rows or not is_furniture(line.text) or marker_at(line.text):
            continue
        if all(_is_page_line(later) for later in lines[index:end]):
            return lines[:index]
    return lines[:end]


def _is_page_line(line: Line) -> bool:
    return (
        not line.rows
        and not marker_at(line.text)
        and "。" not in line.text
        and len(line.text) < 60
        and not ANNEX.match(line.text)
    )


def _annex_starts(lines: Sequence[Line]) -> list[int]:
    """Where annexes begin: 附件 or 附件1 on a line, and something of more than a title after it."""
    found = []
    for index, line in enumerate(lines):
        hit = None if line.rows else ANNEX.match(line.text)
        if hit is None or index + 1 >= len(lines):
            continue
        if hit["title"] and ANNEX_NOTE.match(line.text) and not _content_follows(lines, index):
            continue
        if not hit["title"] or hit["number"] or _content_follows(lines, index):
            found.append(index)
    return found


def _content_follows(lines: Sequence[Line], index: int) -> bool:
    """Whether lines after a line `附件：标题` are that annex, and not more of a list or the end of the paper."""
    following = lines[index + 1] if index + 1 < len(lines) else None
    if following is None or _LISTED.match(following.text) or ANNEX.match(following.text):
        return False
    return (
        bool(following.rows)
        or "。" in following.text
        or any(later.rows for later in lines[index + 1 : index + 4])
    )


def _annex(lines: list[Line]) -> tuple[str | None, str, list[Line]]:
    hit = ANNEX.match(lines[0].text)
    number, title = (hit["number"], hit["title"].strip("：: ")) if hit else (None, "")
    rest = lines[1:]
    while rest and not title.endswith(("）", ")")) and not rest[0].rows and _title_line(rest[0], bool(title)):
        title += rest[0].text
        rest = rest[1:]
        if len(title) > 60:
            break
    return number, title or "附件", rest


def _title_line(line: Line, has_title: bool) -> bool:
    text = line.text
    if marker_at(text) or "。" in text or "：" in text or len(text) > 40 or not text:
        return False
    return not has_title


def _take_notes(tail: Tail) -> None:
    """附件说明 at the end of the body."""
    for index in range(max(0, len(tail.body) - 14), len(tail.body)):
        line = tail.body[index]
        if line.rows or not ANNEX_NOTE.match(line.text) or len(line.text) > 120:
            continue
        end = index + 1
        while end < len(tail.body) and _LISTED.match(tail.body[end].text):
            end += 1
        tail.notes = [each.text for each in tail.body[index:end]]
        tail.body = tail.body[:index] + tail.body[end:]
        return


def _take_signature(tail: Tail) -> None:
    """A plan that goes out without a notice is signed and dated at its end."""
    body = tail.body
    if not body or body[-1].rows or len(body) < 3:
        return
    text = body[-1].text
    found = find_date(text)
    if not found or text[found[1][1] :].strip("）) ") or len(text) > 60 or "。" in text or "，" in text:
        return
    name = text[: found[1][0]].strip()
    cut = 1
    if (
        not name
        and ORGAN_END.search(body[-2].text)
        and len(body[-2].text) <= 40
        and "。" not in body[-2].text
        and not marker_at(body[-2].text)
    ):
        name, cut = body[-2].text, 2
    if name and not ORGAN_END.search(name):
        return
    tail.signature, tail.date = name or None, text[found[1][0] : found[1][1]]
    tail.body = body[:-cut]
