"""WordprocessingML elements by lxml: one short function, names as in the schema."""

from collections.abc import Iterable
from functools import cache
from typing import Any, TypeAlias

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
NAMESPACES = {"w": W, "r": R}

PROPERTIES = f"{{{W}}}pPr"
Element: TypeAlias = Any
"""An lxml element."""


def root(name: str) -> Element:
    """A root element of the w namespace."""
    return etree.Element(f"{{{W}}}{name}", nsmap=NAMESPACES)


def add(parent: Element, name: str, /, **attributes: object) -> Element:
    """A child `w:name` with `w:` attributes; a key that ends in _ drops it (type_ → w:type)."""
    return etree.SubElement(
        parent, _named(name), {_named(key): str(value) for key, value in attributes.items()}
    )


@cache
def _named(name: str) -> str:
    """A name of the w namespace as lxml writes it."""
    return f"{{{W}}}{name.rstrip('_')}"


def paragraph(parent: Element, style: str) -> Element:
    """An empty paragraph of a style."""
    made = add(parent, "p")
    add(add(made, "pPr"), "pStyle", val=style)
    return made


def run(parent: Element, text: str, style: str | None = None) -> Element:
    """A run with its text; spaces stay."""
    made = add(parent, "r")
    if style:
        add(add(made, "rPr"), "rStyle", val=style)
    words = add(made, "t")
    words.text = text
    if text != text.strip() or "  " in text:
        words.set(SPACE, "preserve")
    return made


def lines(parent: Element, texts: Iterable[str]) -> None:
    """Runs with a line break between them: one paragraph of several lines."""
    for index, text in enumerate(texts):
        if index:
            add(add(parent, "r"), "br")
        run(parent, text)


def serialize(element: Element) -> bytes:
    """The part's bytes."""
    return bytes(etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True))
