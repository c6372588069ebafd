"""What is mechanical and certain, mended in the text of a file: brackets, stops, dashes, blanks, quotation marks, numbers.

Everything else stays byte for byte: encoding, line ends, front matter and the attributes of drafting markup.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from drafter.errors import InputError, Location, error
from drafter.load import read_bytes
from drafter.write.files import check_writable, write_atomically

_HAN = "一-龥"
_MENDS: tuple[tuple[str, str, str], ...] = (
    ("citation.number-form", rf"(?<=[{_HAN}])[\[［【](\d{{4}})[\]］】]第?0*(\d{{1,4}}号)", r"〔\1〕\2"),
    ("citation.inner-marks", r"(?<=[一-龥])[<＜]([^<>＜＞《》]{2,80})[>＞](?=[^《]*》)", r"〈\1〉"),
    ("citation.year-bracket", r"([（(]\d{4}年?[-—–―－~～]\d{4})([）)])年(?=[^》]*》)", r"\1年\2"),
    ("marks.year-dash", r"((?<!\d)(?:19|20)\d\d年?)[-‐‑–―－~～]((?:19|20)\d\d)(?![\d-])", r"\1—\2"),
    ("marks.half-width-brackets", rf"\(([^()（）]*[{_HAN}][^()（）]*)[)）]", r"（\1）"),
    ("marks.mixed-pair", rf"（([^()（）]*[{_HAN}][^()（）]*)\)", r"（\1）"),
    ("marks.half-width", rf"(?<=[{_HAN}》”）〕]),(?=[{_HAN}《“（])", "，"),
    ("marks.half-width", rf"(?<=[{_HAN}》”）〕]);(?=[{_HAN}《“（]|$)", "；"),
    ("marks.half-width", rf"(?<=[{_HAN}》”）〕]):(?=[{_HAN}《“（]|$)", "："),
    ("marks.straight-quotes", rf'"([^"]*[{_HAN}][^"]*)"', r"“\1”"),
    ("marks.spaces", rf"(?<=[{_HAN}，。；：“”（）]) +(?=\d)(?!\s*\d{{4}}年\d{{1,2}}月)", ""),
    ("marks.spaces", rf"(?<=\d) +(?=[{_HAN}])", ""),
    ("numbers.zero", r"(?<=[二一])[0０OＯo](?=[一二三四五六七八九][〇0０OＯo一二三四五六七八九]年)", "〇"),
    ("numbers.zero", r"(?<=[二一]〇[一二三四五六七八九])[0０OＯo](?=年)", "〇"),
)
"""Rule, pattern, what takes its place; in this order."""


class Change(Struct, frozen=True):
    """One mend: the line of the file, the words before and after, and the rule that asks for it."""

    line: int
    before: str
    after: str
    rule: str


def fix(source: Path, target: Path) -> tuple[Change, ...]:
    """Write `source` with its mends to `target`; gives every change.

    Raises InputError where `source` is no text, OutputError where `target` is the source or is there already.
    """
    if source.exists() and target.exists() and source.samefile(target):
        message = f"--fix 不能写回原文件“{source}”"
        raise InputError(error("fix.same", message, "换一个输出文件名", Location(str(target))))
    check_writable(target, force=False)
    raw = read_bytes(source)
    text, encoding = _decoded(raw, source)
    changes: list[Change] = []
    mended = "".join(_line(line, number, skip, changes) for number, line, skip in _lines(text))
    write_atomically(target, mended.encode(encoding))
    return tuple(changes)


def _decoded(raw: bytes, path: Path) -> tuple[str, str]:
    """The text with its byte order mark, and the encoding that gives the same bytes back."""
    for encoding in ("utf-8", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and text.encode(encoding) == raw:
            return text, encoding
    message = f"--fix 只改文本文件（.txt、.md），“{path.name}”不是"
    raise InputError(
        error("fix.kind", message, "Word 文件请按审核结果在 Word、WPS 里改", Location(str(path)))
    )


def _lines(text: str) -> Iterator[tuple[int, str, bool]]:
    """Number, line with its end, and whether it is to be left alone: front matter is data, not text."""
    lines = text.splitlines(keepends=True)
    front = bool(lines) and lines[0].lstrip("\ufeff").strip() == "---"
    for number, line in enumerate(lines, 1):
        yield number, line, front or line.startswith("@")
        if front and number > 1 and line.strip() == "---":
            front = False


def _line(line: str, number: int, skip: bool, changes: list[Change]) -> str:
    if skip:
        return line
    words = line.rstrip("\r\n")
    end, tail = line[len(words) :], ""
    group = re.search(r"[ \t]*\{[@.=][^{}]*\}$", words)
    if group:
        words, tail = words[: group.start()], group.group()
    for rule, pattern, right in _MENDS:
        for found in re.finditer(pattern, words):
            after = found.expand(right)
            if after != found.group():
                room = (max(0, found.start() - 6), found.end() + 6)
                before = words[room[0] : room[1]]
                shown = words[room[0] : found.start()] + after + words[found.end() : room[1]]
                changes.append(Change(number, before, shown, rule))
        words = re.sub(pattern, right, words)
    return words + tail + end
