"""A head without line breaks → its lines: notice title, addressees, text, signature, date, plan title, preamble."""

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from drafter.divisions import chain_at
from drafter.numerals import find_date
from drafter.structure.furniture import NUMBER
from drafter.structure.lines import Line
from drafter.structure.titles import PLAN_END, STATUS, fold

_NOTICE = re.compile(
    r"(?:关于|印发)[^。：:]{4,120}?的?通知(?=[》]?(?:各|驻|有关|市|县|区|省|州|[一-龥]{2,10}[〔［\[（(](?:19|20)\d{2}|《|经|为|现))"
)
_ADDRESSEES = re.compile(r"(?:各|驻|有关|市|县|区|省|州)[^。：:《》]{3,180}[：:]")
_NAMED = re.compile(r"印发(?:的)?[《〈]?(?P<title>[^。：:]+?)[》〉]?的?通知")
_TITLE = re.compile(
    rf"[^。：:；]{{6,70}}?(?:方案|规划|计划|要点|意见)(?:[（(〔\[]?(?:19|20)\d{{2}}[^（()）]{{0,12}}年?[）)〕\]]?年?)?(?:{STATUS.pattern})?"
    r"(?=为|根据|按照|依据|近年|当前|[一-龥]{2,6}(?:贯彻|落实|推进|加强)|本|全面|深入)"
)
_RED = re.compile(rf"([一-龥]{{4,30}}?文件)({NUMBER.pattern})(?=[一-龥])")
_NOTE = re.compile(r"[（(](?:此件|本文|信息公开)[^）)]{0,20}[）)]")


def unglue_head(lines: Sequence[Line]) -> list[Line]:
    """The lines of a head, each element on its own."""
    done: list[Line] = []
    for line in lines:
        if line.rows or len(line.text) < 80 or not _is_glued(line.text):
            done.append(line)
        else:
            done += [replace(line, text=piece) for piece in _pieces(line.text)]
    return done


def _is_glued(text: str) -> bool:
    """A long line with more than one element in it: a title and a colon, or a date after a full stop."""
    title = _NOTICE.search(text)
    if title and _ADDRESSEES.match(text, title.end()):
        return True
    if chain_at(text)[1] and _TITLE.match(text):
        return True
    found = find_date(text)
    return bool(found and "。" in text[: found[1][0]] and re.search(r"印发|发布", text[: found[1][0]]))


def _pieces(text: str) -> Iterator[str]:
    named: str | None = None
    red = _RED.match(text)
    if red:
        yield from filter(None, red.groups())
        text = text[red.end() :]
    title = _NOTICE.search(text)
    if title:
        name = _NAMED.search(title.group())
        named = name["title"] if name else None
        end = title.end() + (1 if text[title.end() : title.end() + 1] == "》" else 0)
        yield text[:end]
        text = text[end:]
        number = re.match(rf"[（(]?{NUMBER.pattern}[）)]?", text)
        if number:
            yield number.group()
            text = text[number.end() :]
    number = re.match(
        rf"[（(]?{NUMBER.pattern}[）)]?(?=各|驻|有关|市|县|区|省|州|[一-龥]{{2,12}}(?:人民政府|[：:]))", text
    )
    if number:
        yield number.group()
        text = text[number.end() :]
    addressees = _ADDRESSEES.match(text)
    if not title and not addressees and not find_date(text[:600]):
        yield from filter(None, _title(text, None))
        return
    if addressees:
        yield addressees.group()
        text = text[addressees.end() :]
    found = find_date(text)
    if named is None:
        quoted = re.search(
            r"《((?:[^《》]|《[^《》]*》)+)》(?=[^《》。]{0,40}(?:印发|同意|审议|通过))", text[:600]
        )
        named = quoted.group(1) if quoted else None
    if found and found[1][0] < 600:
        yield from _closing(text[: found[1][0]])
        yield text[found[1][0] : found[1][1]]
        text = text[found[1][1] :]
        note = _NOTE.match(text)
        if note:
            yield note.group()
            text = text[note.end() :]
    yield from filter(None, _title(text, named))


def _closing(text: str) -> Iterator[str]:
    """The paragraphs of a notice, and the signature that follows their last full stop."""
    body, stop, signature = text.rpartition("。")
    if stop:
        yield body + stop
    if signature.strip():
        yield signature.strip()


def _title(text: str, named: str | None) -> tuple[str, ...]:
    """The plan's title, and what follows it."""
    if named:
        wanted = fold(named)
        for size in range(len(named) // 2, min(len(text), len(named) + 20) + 1):
            if fold(text[:size]) != wanted:
                continue
            end = size + len(re.match("[》）)\\]】年]*", text[size:]).group())  # type: ignore[union-attr]
            mark = STATUS.match(text, end)
            return (text[:end], mark.group(), text[mark.end() :]) if mark else (text[:end], text[end:])
    found = _TITLE.match(text)
    if found and PLAN_END.search(found.group()):
        mark = STATUS.search(found.group())
        if mark and mark.end() == found.end():
            return text[: mark.start()], mark.group(), text[found.end() :]
        return found.group(), text[found.end() :]
    return (text,)
