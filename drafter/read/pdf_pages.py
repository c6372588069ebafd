"""The text layer of a PDF by pdfium: printed lines with their places, and the ruled tables of each page."""

import ctypes
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2
import pypdfium2.raw as c
from msgspec import Struct

from drafter.read.limits import MAX_PATHS

_SKIPPED = (0, 0xFFFE, 0xFFFF, 0xFFFD, 0x02)
_SOFT_HYPHEN = 0xAD
_TURNED = 0.1


class Char(Struct, frozen=True):
    """A character and its place on the page, in points from the lower left corner.

    `base`: its base line, by which characters of several fonts belong to one line; boxes differ from font to font.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    base: float

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2


class Printed(Struct, frozen=True):
    """One printed line. `em`: its size, the width of a Chinese character."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    em: float
    base: float


class Rule(Struct, frozen=True):
    """A drawn line, upright or level."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def is_upright(self) -> bool:
        return self.top - self.bottom > self.right - self.left


class PdfPage(Struct, frozen=True):
    """What a page holds. `lost`: characters without a meaning; `turned`: rotated ones (watermarks)."""

    width: float
    height: float
    chars: tuple[Char, ...]
    rules: tuple[Rule, ...]
    pictures: int
    lost: int
    turned: int


def read_page(page: Any) -> PdfPage:
    """The characters and drawn lines of a page of pypdfium2."""
    textpage = page.get_textpage()
    try:
        chars, lost, turned = _chars(textpage)
    finally:
        textpage.close()
    rules, pictures = _drawn(page)
    width, height = page.get_size()
    return PdfPage(width, height, tuple(chars), tuple(rules), pictures, lost, turned)


def _chars(textpage: Any) -> tuple[list[Char], int, int]:
    box = c.FS_RECTF()
    where = ctypes.byref(box)
    x, y = ctypes.c_double(), ctypes.c_double()
    origin = ctypes.byref(x), ctypes.byref(y)
    found: list[Char] = []
    lost = turned = 0
    high = 0
    for index in range(c.FPDFText_CountChars(textpage)):
        code = c.FPDFText_GetUnicode(textpage, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0
        high = 0
        generated = c.FPDFText_IsGenerated(textpage, index) == 1
        if code in _SKIPPED or code > 0x10FFFF or 0xE000 <= code < 0xF900:
            lost += not generated
            continue
        # pdfium adds spaces and line ends of its own; ours come from the places.
        if (
            generated
            or code < 32
            or code == _SOFT_HYPHEN
            or not c.FPDFText_GetLooseCharBox(textpage, index, where)
        ):
            continue
        angle = c.FPDFText_GetCharAngle(textpage, index)
        if angle > _TURNED and abs(angle - 2 * 3.14159265) > _TURNED:
            turned += 1
            continue
        text = chr(code)
        if 0x2E80 <= code < 0x2FE0 or 0xF900 <= code < 0xFB00:
            text = unicodedata.normalize("NFKC", text)  # fonts that name a character by its radical
        c.FPDFText_GetCharOrigin(textpage, index, *origin)
        found.append(Char(text, box.left, box.bottom, box.right, box.top, y.value))
    return found, lost, turned


def _drawn(page: Any) -> tuple[list[Rule], int]:
    """Thin drawn lines and the sides of boxes; how many pictures there are."""
    rules: list[Rule] = []
    pictures = 0
    for count, each in enumerate(page.get_objects(max_depth=3)):
        if count > MAX_PATHS:
            break
        if each.type == c.FPDF_PAGEOBJ_IMAGE:
            pictures += 1
        if each.type != c.FPDF_PAGEOBJ_PATH:
            continue
        try:
            left, bottom, right, top = each.get_bounds()
        except pypdfium2.PdfiumError:
            continue
        wide, high = right - left, top - bottom
        if min(wide, high) <= 3 < max(wide, high):
            rules.append(Rule(left, bottom, right, top))
        elif wide > 15 and high > 8 and _is_stroked(each):
            rules += [
                Rule(left, bottom, left, top), Rule(right, bottom, right, top),
                Rule(left, bottom, right, bottom), Rule(left, top, right, top),
            ]  # fmt: skip
    return rules, pictures


def _is_stroked(path: Any) -> bool:
    fill, stroke = ctypes.c_int(), c.FPDF_BOOL()
    return bool(c.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke)) and stroke.value)


# ------------------------------------------------------------------ lines


def printed_lines(chars: Sequence[Char]) -> list[Printed]:
    """Characters as printed lines from top to bottom; what stands side by side is one line."""
    runs = sorted(_runs(chars), key=lambda run: -run[0].base)
    lines: list[list[list[Char]]] = []
    for run in runs:
        if lines and abs(lines[-1][0][0].base - run[0].base) < 0.35 * min(
            _height(lines[-1][0]), _height(run)
        ):
            lines[-1].append(run)
        else:
            lines.append([run])
    return [made for line in lines if (made := _line(line))]


def _runs(chars: Sequence[Char]) -> Iterator[list[Char]]:
    """Characters that follow each other on one line."""
    run: list[Char] = []
    for char in chars:
        if run:
            last = run[-1]
            size = max(last.top - last.bottom, char.top - char.bottom, 1)
            if abs(char.base - last.base) > 0.35 * size or char.left < last.left - size:
                yield run
                run = []
        run.append(char)
    if run:
        yield run


def _height(run: Sequence[Char]) -> float:
    return max(char.top - char.bottom for char in run)


def _line(runs: list[list[Char]]) -> Printed | None:
    # Quotation marks of another font are drawn apart from the words between them: only the place tells the order.
    chars: list[Char] = []
    for char in sorted((char for run in runs for char in run), key=lambda char: char.left):
        twice = (
            chars
            and chars[-1].text == char.text
            and char.left - chars[-1].left < 0.3 * (char.right - char.left)
        )
        if not twice:  # bold that is made by printing twice
            chars.append(char)
    shown = [char for char in chars if not char.text.isspace()]
    if not shown:
        return None
    em = sorted(char.top - char.bottom for char in shown)[len(shown) // 2]
    widths = [char.right - char.left for char in shown if ord(char.text[0]) > 0x2E7F]
    em = sorted(widths)[len(widths) // 2] if widths else em
    return Printed(
        _joined(chars, em),
        shown[0].left,
        min(char.bottom for char in shown),
        max(char.right for char in shown),
        max(char.top for char in shown),
        em,
        shown[0].base,
    )


def _joined(chars: Sequence[Char], em: float) -> str:
    """The words of a line; a gap is a space where words of Latin letters or whole columns stand apart."""
    text = ""
    for index, char in enumerate(chars):
        if index:
            gap = char.left - chars[index - 1].right
            latin = text[-1:].isascii() and char.text.isascii()
            if (gap > 1.5 * em or (latin and gap > 0.2 * em)) and not text.endswith(" "):
                text += " "
        text += char.text
    return text
