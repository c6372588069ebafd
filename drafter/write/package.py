"""Document → the bytes of a .docx: a package of our own, written part by part.

The package is plain enough to write directly; python-docx would start from its template, which carries parts and styles
that a strict validator objects to, and takes longer to import than a whole build.
"""

import io
import zipfile
from collections.abc import Mapping, Sequence

from lxml import etree
from msgspec import Struct, field
from msgspec.structs import replace

from drafter.document import Document
from drafter.model.words import Element as Sized
from drafter.model.words import Face
from drafter.titles import mark_lines
from drafter.typography import FONTS, Style, sized, styles_for
from drafter.write.body import Parity, document_part
from drafter.write.first_page import first_page, signature
from drafter.write.letter import first_footer, first_header
from drafter.write.sections import Running, footer_part, header_part
from drafter.write.styles import font_table, styles_part
from drafter.write.theme import THEME
from drafter.write.trace import Trace, trace_part
from drafter.write.xml import Element, add, root, serialize

_EPOCH = (1980, 1, 1, 0, 0, 0)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_ITEM_ID = "{6C1D4E0A-2F0B-4B7E-9D55-0D7A5E6F9B01}"


class _Package(Struct):
    """Parts by name, their content types, and the relationships that start from each part ("" is the package)."""

    parts: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    relations: dict[str, list[str]] = field(default_factory=dict)

    def add(self, name: str, content: bytes, content_type: str, relation: str, source: str = "") -> str:
        """Add a part and the relationship by which `source` reaches it; returns the relationship's id."""
        self.parts[name] = content
        self.types[name] = content_type
        entries = self.relations.setdefault(source, [])
        number = f"rId{len(entries) + 1}"
        entries.append(f'<Relationship Id="{number}" Type="{relation}" Target="/{name}"/>')
        return number

    def zipped(self) -> bytes:
        """The package with fixed times and in one order: [Content_Types].xml first, as Word writes it."""
        files = {"[Content_Types].xml": self._content_types()}
        for source, entries in self.relations.items():
            folder, _, name = source.rpartition("/")
            path = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
            joined = "".join(entries)
            files[path] = (
                f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{joined}</Relationships>'.encode()
            )
        files |= self.parts
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
            for path, content in files.items():
                entry = zipfile.ZipInfo(path, _EPOCH)
                entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
                target.writestr(entry, content)
        return packed.getvalue()

    def _content_types(self) -> bytes:
        overrides = "".join(
            f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in self.types.items()
        )
        return (
            f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
        ).encode()


def docx_bytes(
    document: Document,
    fonts: Mapping[Face, str],
    trace: Trace | None,
    parity: Parity = "as-is",
    instead: Sequence[Element] | None = None,
    sizes: Mapping[Sized, float] | None = None,
) -> bytes:
    """The .docx of a Document; the same input gives the same bytes.

    `fonts`: names that differ from `typography.FONTS`; `sizes`: points that differ. `trace`: what the custom XML part
    keeps, None for a clean copy. `parity`, `instead`: see `body.document_part`.
    """
    names = {**FONTS, **fonts}
    package, main = _Package(), "word/document.xml"
    package.add(main, b"", f"{_WORD}.document.main+xml", f"{_OFFICE}/relationships/officeDocument")
    turned = any(annex.landscape for annex in document.annexes)
    running = _footers(package, main, blank=turned or parity == "after-blank")
    if turned:
        running = replace(running, headers=_headers(package, main))
    if document.letterhead and document.letterhead.letter:
        running = replace(running, first=_letter(package, main, document.letterhead.issuer_mark))
    parts = {
        "styles": styles_part(sized(_styles(document), sizes or {}), names),
        "settings": _settings(),
        "fontTable": font_table(names),
    }
    for name, element in parts.items():
        relation = f"{_OFFICE}/relationships/{name}"
        package.add(f"word/{name}.xml", serialize(element), f"{_WORD}.{name}+xml", relation, main)
    theme_type = "application/vnd.openxmlformats-officedocument.theme+xml"
    package.add("word/theme/theme1.xml", THEME, theme_type, f"{_OFFICE}/relationships/theme", main)

    body, marks = document_part(document, parity, running, trace is not None, instead)
    package.parts[main] = serialize(body)
    core_type = "application/vnd.openxmlformats-package.core-properties+xml"
    core_relation = f"{_PACKAGE}/relationships/metadata/core-properties"
    package.add("docProps/core.xml", _core_properties(document), core_type, core_relation)
    if trace:
        _add_trace(package, main, trace_part(trace, marks, package.parts[main]))
    return package.zipped()


def _styles(document: Document) -> tuple[Style, ...]:
    """The styles of this paper: its head, signature and the lines of its first page as its words need them."""
    notice, head = document.notice, document.letterhead
    mark = "\n".join(mark_lines(head.issuer_mark)) if head else ""
    if notice is None:
        return styles_for(mark, {})
    return styles_for(mark, signature(notice), first_page(notice, head, document.status_mark).pitch)


def _footers(package: _Package, main: str, blank: bool) -> Running:
    """The footers of odd pages, even pages and, where wanted, pages without a number."""
    relation = f"{_OFFICE}/relationships/footer"
    made = [
        package.add(
            f"word/footer{n}.xml", serialize(footer_part(style)), f"{_WORD}.footer+xml", relation, main
        )
        for n, style in enumerate(("gwPageOdd", "gwPageEven", None)[: 3 if blank else 2], 1)
    ]
    return Running(made[0], made[1], made[2] if blank else "")


def _headers(package: _Package, main: str) -> tuple[str, str, str]:
    """Relationship ids of the headers of turned odd pages, turned even pages and upright pages."""
    relation, kind = f"{_OFFICE}/relationships/header", f"{_WORD}.header+xml"
    odd, even, none = (
        package.add(f"word/header{n}.xml", serialize(header_part(style)), kind, relation, main)
        for n, style in enumerate(("gwPageOdd", "gwPageEven", None), 1)
    )
    return odd, even, none


def _letter(package: _Package, main: str, mark: str) -> tuple[str, str]:
    """Relationship ids of the header and footer of a letter's first page."""
    made = []
    for name, element, kind in (
        ("header", first_header(mark), "header"),
        ("footer", first_footer(), "footer"),
    ):
        relation = f"{_OFFICE}/relationships/{kind}"
        made.append(
            package.add(f"word/{name}First.xml", serialize(element), f"{_WORD}.{kind}+xml", relation, main)
        )
    return made[0], made[1]


def _settings() -> Element:
    """settings.xml, children in the order of CT_Settings."""
    part = root("settings")
    add(part, "zoom", percent=100)
    add(part, "bordersDoNotSurroundHeader")
    add(part, "bordersDoNotSurroundFooter")
    add(part, "defaultTabStop", val=420)
    add(part, "evenAndOddHeaders")
    add(part, "drawingGridVerticalSpacing", val=156)
    add(part, "characterSpacingControl", val="compressPunctuation")
    compatibility = add(part, "compat")
    for name in (
        "spaceForUL",
        "balanceSingleByteDoubleByteWidth",
        "doNotLeaveBackslashAlone",
        "ulTrailSpace",
        "adjustLineHeightInTable",
    ):
        add(compatibility, name)
    uri = "http://schemas.microsoft.com/office/word"
    add(compatibility, "compatSetting", name="compatibilityMode", uri=uri, val=15)
    add(part, "themeFontLang", val="en-US", eastAsia="zh-CN")
    add(part, "decimalSymbol", val=".")
    add(part, "listSeparator", val=",")
    return part


def _core_properties(document: Document) -> bytes:
    """Title, issuer and language; no dates, so that bytes stay the same."""
    core, dublin = f"{_PACKAGE}/metadata/core-properties", "http://purl.org/dc/elements/1.1/"
    part = etree.Element(f"{{{core}}}coreProperties", nsmap={"cp": core, "dc": dublin})
    issuer = document.meta.issuer or ""
    for name, text in (
        (f"{{{dublin}}}title", "".join(document.title)),
        (f"{{{dublin}}}creator", issuer),
        (f"{{{core}}}lastModifiedBy", issuer),
        (f"{{{dublin}}}language", "zh-CN"),
    ):
        etree.SubElement(part, name).text = text
    return serialize(part)


def _add_trace(package: _Package, main: str, content: bytes) -> None:
    package.add("customXml/item1.xml", content, "application/xml", f"{_OFFICE}/relationships/customXml", main)
    properties = f'{_HEAD}<ds:datastoreItem ds:itemID="{_ITEM_ID}" xmlns:ds="{_OFFICE}/customXml"/>'
    package.add(
        "customXml/itemProps1.xml",
        properties.encode(),
        "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
        f"{_OFFICE}/relationships/customXmlProps",
        "customXml/item1.xml",
    )
