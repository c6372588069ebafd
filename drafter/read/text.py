"""Plain text and Markdown → Document: UTF-8, GB18030 or UTF-16, with or without line breaks; drafting markup as it is."""

import re
from collections.abc import Iterator

from drafter import markup
from drafter.document import Document, one_line
from drafter.errors import InputError, Location, error
from drafter.structure import Line, structure

MAX_BYTES = 20_000_000
"""A plan of a hundred pages is under one megabyte; what is larger is no plan."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
# Several blanks within a line of pasted text stand where a paragraph was indented.
_INDENT = re.compile(
    r"(?<=[^\s])[\u3000\xa0 \t]*\u3000{2,}[\u3000\xa0 \t]*(?=[一二三四五六七八九十]{1,3}、|[（(]|\d{1,2}[.．、]|[^\s]{8})"
    r"|(?<=[。！？])[\xa0 \t]{4,}"
)
_TABLE_ROW = re.compile(r"^\s*\|.*\|\s*$")
_TABLE_RULE = re.compile(r"^[\s|:\-—]+$")


def read(raw: bytes, where: str) -> Document:
    """The Document in the bytes of a .txt or .md file. Raises InputError where they hold no text or no plan."""
    text = decode(raw, where)
    if is_markup(text):
        return markup.parse(text, where)
    return structure(list(lines(text)), where)


def is_markup(text: str) -> bool:
    """Whether a text is drafting markup: front matter, or the containers that nothing else has."""
    if re.match(r"---\r?\n(?:[a-z_]+:|$)", text) and re.search(r"^---\s*$", text[4:], re.M):
        return bool(re.search(r"^(?:form|meta|notice|letterhead|imprint|unread):", text, re.M))
    return bool(re.search(r"^::: (?:notice|annex )", text, re.M))


def decode(raw: bytes, where: str) -> str:
    """The text of a file whose encoding nobody states. Raises InputError for what is none."""
    at = Location(where)
    if len(raw) > MAX_BYTES:
        message = f"文件超过 {MAX_BYTES // 1_000_000} MB，不会是一份方案"
        raise InputError(error("read.size", message, "请确认是否选错了文件", at))
    if not raw.strip(b"\x00\r\n\t \xef\xbb\xbf\xff\xfe"):
        raise InputError(error("read.empty", "文件是空的", "请确认文件已保存，或换一份文件", at))
    text = _by_mark(raw) or _utf16(raw) or _strict(raw)
    if text is None or _is_binary(text):
        message = "不是文本文件（或编码不是 UTF-8、GB18030、UTF-16）"
        raise InputError(
            error("read.encoding", message, "请用记事本打开核对后另存为 UTF-8，或按原来的格式改回扩展名", at)
        )
    return text


def _by_mark(raw: bytes) -> str | None:
    """By a byte order mark."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError:
                return None
    return None


def _utf16(raw: bytes) -> str | None:
    """UTF-16 without a mark: ASCII digits and line breaks leave a zero in every other byte."""
    sample = raw[:20_000]
    if len(sample) < 4 or len(raw) % 2 or b"\x00" not in sample:
        return None
    for encoding, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if zeros.count(0) * 50 < len(zeros):
            continue
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _is_binary(text) and _has_chinese(text):
            return text
    return None


def _strict(raw: bytes) -> str | None:
    if b"\x00" in raw:
        return None
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    # One torn character (a file cut at a byte) is no reason to refuse the rest.
    for encoding in ("utf-8", "gb18030"):
        text = raw.decode(encoding, errors="replace")
        if text.count("\ufffd") <= max(1, len(text) // 2000) and _has_chinese(text):
            return text
    return None


def _is_binary(text: str) -> bool:
    return len(_CONTROL.findall(text)) > max(4, len(text) // 500) or "\x00" in text


def _has_chinese(text: str) -> bool:
    sample = text[:20_000]
    return sum("一" <= char <= "龥" for char in sample) * 4 >= len(sample.strip())


def lines(text: str) -> Iterator[Line]:
    """The lines of a text with their places. A table of Markdown becomes one line with rows."""
    rows: list[tuple[str, ...]] = []
    started = 0
    for number, raw in enumerate([*re.split(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]", text), ""], 1):
        if _TABLE_ROW.match(raw):
            started = started or number
            if not _TABLE_RULE.match(raw):
                rows.append(tuple(one_line(cell) for cell in raw.strip().strip("|").split("|")))
            continue
        if rows:
            width = max(map(len, rows))
            squared = tuple(row + ("",) * (width - len(row)) for row in rows)
            yield Line("", rows=squared, where=f"第{started}行", whole=False)
            rows, started = [], 0
        for piece in _INDENT.split(raw):
            if one_line(piece):
                yield Line(one_line(piece), where=f"第{number}行", whole=False)
