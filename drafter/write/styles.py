"""styles.xml and fontTable.xml out of `typography`: named styles only, none refers to the theme."""

from collections.abc import Iterable, Mapping

from drafter.model.words import Face
from drafter.typography import LINE, Style
from drafter.write.xml import Element, add, root

_ALTERNATIVES = {
    Face.FANGSONG: "FangSong",
    Face.KAITI: "KaiTi",
    Face.HEITI: "SimHei",
    Face.XIAOBIAOSONG: "STZhongsong",
    Face.SONGTI: "SimSun",
}


def styles_part(styles: Iterable[Style], fonts: Mapping[Face, str]) -> Element:
    """styles.xml: defaults, then each style."""
    part = root("styles")
    every = add(part, "docDefaults")
    defaults = add(add(every, "rPrDefault"), "rPr")
    _fonts(defaults, fonts[Face.FANGSONG])
    add(defaults, "kern", val=0)
    add(defaults, "sz", val=32)
    add(defaults, "szCs", val=32)
    add(defaults, "lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")
    add(every, "pPrDefault")
    character = add(part, "style", type_="character", default=1, styleId="DefaultParagraphFont")
    add(character, "name", val="Default Paragraph Font")
    add(character, "uiPriority", val=1)
    add(character, "semiHidden")
    table = add(part, "style", type_="table", default=1, styleId="TableNormal")
    add(table, "name", val="Normal Table")
    add(table, "uiPriority", val=99)
    add(table, "semiHidden")
    margins = add(add(table, "tblPr"), "tblCellMar")
    for side in ("top", "left", "bottom", "right"):
        add(margins, side, w=0, type_="dxa")
    for style in styles:
        _style(part, style, fonts)
    return part


def _style(part: Element, style: Style, fonts: Mapping[Face, str]) -> None:
    kind = {"default": 1} if style.base is None and style.kind == "paragraph" else {}
    own = {"customStyle": 1} if style.id.startswith("gw") else {}
    made = add(part, "style", type_=style.kind, **kind, **own, styleId=style.id)
    add(made, "name", val=style.name)
    if style.base:
        add(made, "basedOn", val=style.base)
    add(made, "qFormat")
    if style.kind == "paragraph":
        _paragraph(add(made, "pPr"), style)
    _character(add(made, "rPr"), style, fonts)


def _paragraph(made: Element, style: Style) -> None:
    """Paragraph properties, in the order of the schema (CT_PPr)."""
    if style.keep_next:
        add(made, "keepNext")
    if style.new_page:
        add(made, "pageBreakBefore")
    if style.base is None:
        # Word's widow control would leave pages of 21 lines (5.2.3 asks for 22).
        add(made, "widowControl", val=0)
    if style.red_rule:
        add(add(made, "pBdr"), "bottom", val="single", sz=12, space=8, color="FF0000")
    if style.double_rule:
        add(add(made, "pBdr"), "bottom", val="thickThinSmallGap", sz=24, space=9, color="FF0000")
    if style.base is None:
        add(made, "autoSpaceDE", val=0)
        add(made, "autoSpaceDN", val=0)
        add(made, "adjustRightInd", val=0)
        add(made, "snapToGrid", val=0)
    if style.line or style.before:
        add(made, "spacing", before=style.before, after=0, line=style.line or LINE, lineRule="exact")
    _indent(made, style)
    if style.align:
        add(made, "jc", val=style.align)
    if style.outline is not None:
        add(made, "outlineLvl", val=style.outline)


def _indent(made: Element, style: Style) -> None:
    """Indents in characters for Word and WPS, and in twips for programs that know no characters."""
    one = style.character
    indents: dict[str, int] = {}
    for name, chars in (("left", style.left), ("right", style.right)):
        if chars:
            indents |= {f"{name}Chars": round(chars * 100), name: round(chars * one)}
    if style.hanging:
        indents |= {"hangingChars": round(style.hanging * 100), "hanging": round(style.hanging * one)}
        # Word counts leftChars from where the hanging line begins.
        indents["leftChars"] = round((style.left - style.hanging) * 100)
    if style.first:
        indents |= {"firstLineChars": round(style.first * 100), "firstLine": round(style.first * one)}
    if indents:
        add(made, "ind", **indents)


def _character(made: Element, style: Style, fonts: Mapping[Face, str]) -> None:
    """Run properties, in the order of the schema (CT_RPr)."""
    if style.face:
        _fonts(made, fonts[style.face])
    if style.outline is not None:
        add(made, "b", val=0)
    if style.color or style.outline is not None:
        add(made, "color", val=style.color or "000000")
    if style.tracking is not None:
        add(made, "spacing", val=style.tracking)
    if style.size is not None:
        add(made, "sz", val=round(style.size * 2))
        add(made, "szCs", val=round(style.size * 2))


def _fonts(made: Element, name: str) -> None:
    """One font for all scripts: quotation marks and dashes stay full width without hints."""
    add(made, "rFonts", ascii=name, hAnsi=name, eastAsia=name, cs=name)


def font_table(fonts: Mapping[Face, str]) -> Element:
    """fontTable.xml: each font with a name to fall back on."""
    part = root("fonts")
    for face in Face:
        font = add(part, "font", name=fonts[face])
        add(font, "altName", val=_ALTERNATIVES[face])
        add(font, "charset", val="86")
        add(font, "family", val="auto")
        add(font, "pitch", val="default")
    return part
