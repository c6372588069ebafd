"""Lines as a file has them → lines that belong to the paper: page numbers, rules, conversion marks and odd blanks go."""

import re
from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from drafter.document import one_line
from drafter.structure.lines import Line
from drafter.structure.markers import marker_at

_BLANK = re.compile(r"(?<=[^\x00-\x7f]) +| +(?=[^\x00-\x7f])|(?<=\d) +(?=[.%])|(?<=[.]) +(?=\d)")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffc\ue000-\uf8ff]")
_HEAVY = re.compile(r"\*\*|__")
_HASHES = re.compile(r"^#{1,6} +")
_RULE = re.compile(r"^[─—–－_=*~·…\s﹏＿━═\-]{4,}$")
_LEADER = re.compile(r"(?:[.．·•]{4,}|…{2,})\d{1,3}$")
# — 12 —, 第3页 and the like, without blanks.
_PAGE = re.compile(
    r"^[(（]?[—–―－─\-·~]+\d{1,3}[—–―－─\-·~]+[)）]?$|^第\d{1,3}页(?:[/，,]?共\d{1,3}页)?$|^\d{1,3}/\d{1,3}$"
)
_PAGE_PIECE = re.compile(r"^[()（）—–―－─\-\d]{1,4}$")


def clean(lines: Sequence[Line]) -> list[Line]:
    """The lines of the paper. Tables stay as they are."""
    kept = []
    for line in _without_contents(_without_page_numbers(_without_running_heads(lines))):
        if line.rows:
            kept.append(replace(line, rows=tuple(tuple(map(tidy, row)) for row in line.rows)))
            continue
        text = line.text if line.style and line.run_in else tidy(line.text)
        if text and not _RULE.match(text):
            kept.append(replace(line, text=text))
    return kept


def tidy(text: str) -> str:
    """One clean line without conversion marks, and without blanks where Chinese is set."""
    text = _INVISIBLE.sub("", text)
    text = _HASHES.sub("", one_line(_HEAVY.sub("", text)))
    return _BLANK.sub("", text)


def _without_contents(lines: Sequence[Line]) -> list[Line]:
    """A table of contents goes: lines that end in leader dots and a page, and those beside them under 目录."""
    kept: list[Line] = []
    inside = False
    texts = [line.text.replace(" ", "") for line in lines]
    later = Counter(map(_digitless, texts))
    for line, text in zip(lines, texts, strict=True):
        if line.rows or not text:
            kept.append(line)
        elif text in ("目录", "目次"):
            inside = True
        elif _LEADER.search(text):
            continue
        elif (
            inside
            and len(text) < 60
            and (re.search(r"\d{1,3}$", text) or later[_digitless(text)] > 1)
            and marker_at(text)
        ):
            later[_digitless(text)] -= 1
        else:
            inside = False
            kept.append(line)
    return kept


def _without_page_numbers(lines: Sequence[Line]) -> list[Line]:
    """Page numbers go, also where a converter broke one over several lines: ( / — / 19 / —)."""
    kept: list[Line] = []
    index = 0
    while index < len(lines):
        width = _page_number_at(lines, index)
        if width:
            index += width
            continue
        kept.append(lines[index])
        index += 1
    return kept


def _page_number_at(lines: Sequence[Line], start: int) -> int:
    """How many lines from `start` make one page number; 0 for none."""
    joined = ""
    for count, line in enumerate(lines[start : start + 6], 1):
        text = line.text.replace(" ", "")
        if line.rows or (count > 1 and text and not _PAGE_PIECE.match(text)):
            break
        joined += text
        closed = not joined.startswith(("(", "（")) or joined.endswith((")", "）"))
        if _PAGE.match(joined) and closed:
            following = lines[start + count].text.strip() if start + count < len(lines) else ""
            return count + (following in ("）", ")"))
        if not _PAGE_PIECE.match(text) and count == 1:
            return 0
    # A bare number at the edge of a page is one too.
    bare = lines[start].text.strip()
    alone = bare.isascii() and bare.isdigit() and len(bare) <= 3
    return 1 if alone and not lines[start].rows else 0


def _without_running_heads(lines: Sequence[Line]) -> list[Line]:
    """What stands first or last on three pages or more, but for its digits, is no part of the text."""
    edges: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        if line.page is not None and line.text and not line.rows:
            edges.setdefault(line.page, []).append(index)
    if len(edges) < 3:
        return list(lines)
    outer = [index for each in edges.values() for index in {each[0], each[-1]}]
    counts = Counter(_digitless(lines[index].text) for index in outer)
    dropped = {
        index
        for index in outer
        if counts[_digitless(lines[index].text)] >= max(3, len(edges) // 2)
        and len(lines[index].text) <= 40
        and "。" not in lines[index].text
    }
    return [line for index, line in enumerate(lines) if index not in dropped]


def _digitless(text: str) -> str:
    return re.sub(r"\d+", "#", text.replace(" ", ""))
