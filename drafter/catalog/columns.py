"""Plain text in columns: a Chinese character is two columns wide."""

import re
import unicodedata
from collections.abc import Iterable, Sequence


def width(text: str) -> int:
    """Columns that `text` takes in a terminal."""
    return sum(2 if unicodedata.east_asian_width(each) in "WFA" else 1 for each in text)


def fitted(text: str, columns: int) -> str:
    """`text` in exactly so many columns: filled up with spaces, or cut with …"""
    if width(text) > columns:
        while width(text) > columns - 2:
            text = text[:-1]
        text += "…"
    return text + " " * (columns - width(text))


_CLOSING = "，。；、：？！）》”〕…"
_OPENING = "（《“〔"
_WORD = re.compile(rf"[{_OPENING}]*(?:[!-~]+|.)[{_CLOSING}]*", re.DOTALL)


def wrapped(text: str, columns: int, indent: str = "") -> str:
    """`text` broken into lines of about so many columns, each after `indent`.

    Numbers and Latin words stay whole; no line begins with a closing mark or ends with an opening one.
    """
    lines, line = [], indent
    for word in _WORD.findall(text):
        if width(line) + width(word.rstrip(_CLOSING)) > columns and line != indent:
            lines.append(line)
            line = indent
        line += word
    return "\n".join([*lines, line])


def table(rows: Iterable[Sequence[str]], widths: Sequence[int], indent: str = "") -> list[str]:
    """Rows as lines, two spaces between the columns; numbers stand at the right end of theirs."""
    return [
        indent
        + "  ".join(
            " " * max(0, columns - width(cell)) + cell
            if cell.rstrip("%").isdigit()
            else fitted(cell, columns)
            for cell, columns in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]
