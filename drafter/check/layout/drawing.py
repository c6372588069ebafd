"""Drawings of a .docx: level lines (the red rule, those of the imprint), pictures, and where a text box stands."""

import re
from collections.abc import Iterator

from drafter.check.layout.formats import is_red
from drafter.read.package import Element

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_V = "{urn:schemas-microsoft-com:vml}"
_EMU = 36_000
_FLAT = 2.0
"""A box that is lower than this many millimetres is drawn as a line."""
_UNITS = {"pt": 25.4 / 72, "mm": 1.0, "cm": 10.0, "in": 25.4, "px": 25.4 / 96, "": 25.4 / 96}


def _one(node: Element) -> Element:
    """Of alternatives the first; they show the same."""
    if node.tag == _MC + "AlternateContent":
        return next((each for each in node if isinstance(each.tag, str)), node)
    return node


def drawn_lines(node: Element) -> Iterator[tuple[bool, float | None]]:
    """Level lines of a drawing: whether red, and how wide in millimetres."""
    node = _one(node)
    for anchor in node.iter(_WP + "anchor", _WP + "inline"):
        extent = anchor.find(_WP + "extent")
        wide, high = (_whole(None if extent is None else extent.get(key)) for key in ("cx", "cy"))
        shape = next(anchor.iter(_A + "prstGeom"), None)
        is_line = shape is not None and (shape.get("prst") or "").startswith(("line", "straightConnector"))
        if high <= _FLAT * _EMU < wide and (is_line or shape is not None):
            yield _is_red(next((each.get("val") for each in anchor.iter(_A + "srgbClr")), None)), wide / _EMU
    for shape in node.iter(_V + "line"):
        ends = [_point(shape.get(key)) for key in ("from", "to")]
        width = None if None in ends else abs((ends[1] or 0) - (ends[0] or 0))
        yield _is_red(shape.get("strokecolor")), width
    for shape in node.iter(_V + "rect", _V + "shape"):
        style = dict(
            part.strip().split(":", 1) for part in (shape.get("style") or "").split(";") if ":" in part
        )
        wide_mm, high_mm = _length(style.get("width")), _length(style.get("height"))
        if wide_mm and high_mm is not None and high_mm <= _FLAT < wide_mm:
            yield _is_red(shape.get("strokecolor") or shape.get("fillcolor")), wide_mm


def has_picture(node: Element) -> bool:
    """Whether a drawing holds a picture, which may show a line or words."""
    return next(node.iter(_PICTURE, _V + "imagedata"), None) is not None


def place_of(node: Element) -> str:
    """Where a floating box stands between the edges: left, right, center, outside, inside; "" where not said so."""
    node = _one(node)
    for anchor in node.iter(_WP + "anchor"):
        align = anchor.find(f"{_WP}positionH/{_WP}align")
        return "" if align is None else (align.text or "").strip()
    for shape in node.iter(_V + "shape", _V + "rect"):
        found = re.search(r"mso-position-horizontal:\s*(\w+)", shape.get("style") or "")
        if found:
            return found[1]
    return ""


def _is_red(color: str | None) -> bool:
    said = (color or "").split()[0].lstrip("#").lower() if color else ""
    if said in ("red", "f00"):
        return True
    return bool(re.fullmatch("[0-9a-f]{6}", said)) and is_red(
        (int(said[:2], 16), int(said[2:4], 16), int(said[4:], 16))
    )


def _whole(said: str | None) -> int:
    return int(said) if said and re.fullmatch(r"\d{1,12}", said) else 0


def _length(said: str | None) -> float | None:
    """A length of VML in millimetres."""
    found = re.fullmatch(r"\s*(-?\d+(?:\.\d+)?)\s*([a-z]*)\s*", said or "")
    return float(found[1]) * _UNITS[found[2]] if found and found[2] in _UNITS else None


def _point(said: str | None) -> float | None:
    return _length((said or "").split(",")[0])
