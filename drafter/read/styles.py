"""styles.xml of a .docx: what a paragraph or run gets from its style and from the styles that this one is based on."""

from collections.abc import Iterator

from msgspec import Struct, field

from drafter.read.package import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MOST_BASES = 20


def value(parent: Element | None, name: str) -> str | None:
    """`w:val` of the child `w:name`; "" where the child has none, None where there is no such child."""
    child = None if parent is None else parent.find(W + name)
    return None if child is None else child.get(W + "val") or ""


def is_on(parent: Element | None, name: str) -> bool | None:
    """Whether the switch `w:name` is on; None where it is not set."""
    said = value(parent, name)
    return None if said is None else said not in ("0", "false", "off", "none")


class Styles(Struct, frozen=True):
    """Styles by id."""

    by_id: dict[str, Element] = field(default_factory=dict)
    default: str | None = None

    def name(self, style: str | None) -> str | None:
        """The name of a style id; LibreOffice writes the built-in "heading 1" with a capital."""
        name = value(self.by_id.get(style or ""), "name") or None
        return name.lower() if name and name.lower().startswith("heading ") else name

    def chain(self, style: str | None) -> Iterator[Element]:
        """A style and those it is based on, nearest first."""
        for _ in range(_MOST_BASES):
            element = self.by_id.get(style or "")
            if element is None:
                return
            yield element
            style = value(element, "basedOn")

    def switch(self, style: str | None, name: str, part: str = "rPr") -> bool:
        """Whether a style turns `w:name` on, in its run (`rPr`) or paragraph (`pPr`) properties."""
        said = (is_on(each.find(W + part), name) for each in self.chain(style))
        return next((on for on in said if on is not None), False)

    def setting(self, style: str | None, name: str) -> str | None:
        """The value of the paragraph property `w:name`."""
        said = (value(each.find(W + "pPr"), name) for each in self.chain(style))
        return next((found for found in said if found is not None), None)


def read_styles(part: Element | None) -> Styles:
    """The styles of a document; without styles.xml there are none."""
    if part is None:
        return Styles()
    found = {each.get(W + "styleId") or "": each for each in part.iter(W + "style")}
    default = next(
        (
            each.get(W + "styleId")
            for each in found.values()
            if each.get(W + "type") == "paragraph" and each.get(W + "default") in ("1", "true", "on")
        ),
        None,
    )
    return Styles(found, default)
