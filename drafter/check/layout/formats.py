"""What a paragraph or run of a .docx looks like in the end: defaults, styles and its own properties put together.

Properties are kept flat: `spacing.line` is w:spacing/@w:line, `jc` is w:jc/@w:val (ECMA-376 17.7.2 says what wins).
"""

from collections.abc import Mapping

from msgspec import Struct, field

from drafter.read.package import Element
from drafter.read.styles import Styles, W, value

Properties = Mapping[str, str]

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_CHARACTER = 315.9
_AUTO_LEAD = 1.3
"""Height of a single-spaced line of Chinese text, in parts of its size."""
_OPPOSED = (("ind.firstLine", "ind.hanging"), ("ind.hanging", "ind.firstLine"))


def flat(holder: Element | None) -> dict[str, str]:
    """The properties below a w:pPr or w:rPr, by name and attribute."""
    found: dict[str, str] = {}
    for child in () if holder is None else holder:
        if not isinstance(child.tag, str) or not child.tag.startswith(W):
            continue
        name = child.tag[len(W) :]
        if name in ("rPr", "sectPr", "pPrChange", "rPrChange"):
            continue
        if name == "pBdr":
            for side in child:
                found |= {
                    f"{side.tag[len(W) :]}Border.{_bare(key)}": said for key, said in side.attrib.items()
                }
            continue
        if not child.attrib:
            found[name] = "1"
        for key, said in child.attrib.items():
            bare = _bare(key)
            found[name if bare == "val" else f"{name}.{bare}"] = said
    return found


def _bare(key: str) -> str:
    return key.rpartition("}")[2]


def laid_over(below: Properties, above: Properties) -> dict[str, str]:
    """`above` over `below`; a hanging indent takes away a first-line one, a font name one that the theme gives."""
    made = dict(below)
    for key in above:
        for mine, other in _OPPOSED:
            if key.startswith(mine):
                made.pop(other, None)
                made.pop(other + "Chars", None)
        if key.startswith("rFonts."):
            made.pop(key + "Theme", None)
            made.pop(key.removesuffix("Theme"), None)
        if key in ("color", "color.themeColor"):
            made.pop("color.themeColor", None)
    made.update(above)
    return made


class Resolver(Struct):
    """Puts properties together, each style once. `theme`: fonts of the theme by name (minorEastAsia …)."""

    styles: Styles
    defaults: tuple[Properties, Properties]
    theme: Mapping[str, str] = field(default_factory=dict)
    _paragraphs: dict[str | None, dict[str, str]] = field(default_factory=dict)
    _runs: dict[tuple[str | None, str | None], dict[str, str]] = field(default_factory=dict)

    def paragraph(self, style: str | None, listed: Properties, own: Properties) -> dict[str, str]:
        """Properties of a paragraph; `listed`: those that its numbering gives."""
        made = self._paragraphs.get(style)
        if made is None:
            made = self._chained(dict(self.defaults[0]), style, "pPr")
            self._paragraphs[style] = made
        if listed:
            made = laid_over(made, listed) if "numPr" in own else laid_over(listed, made)
        return laid_over(made, own) if own else made

    def run(self, style: str | None, run_style: str | None, own: Properties) -> dict[str, str]:
        """Properties of a run in a paragraph of `style`."""
        made = self._runs.get((style, run_style))
        if made is None:
            made = self._chained(dict(self.defaults[1]), style, "rPr")
            made = self._chained(made, run_style, "rPr") if run_style else made
            self._runs[style, run_style] = made
        return laid_over(made, own) if own else made

    def _chained(self, made: dict[str, str], style: str | None, part: str) -> dict[str, str]:
        for each in reversed(list(self.styles.chain(style))):
            made = laid_over(made, flat(each.find(W + part)))
        return made

    def font(self, run: Properties, slot: str = "eastAsia") -> str | None:
        """The font of a run's Chinese (`eastAsia`) or Latin (`ascii`) characters; None where nothing sets one."""
        theme = run.get(f"rFonts.{slot}Theme")
        return (self.theme.get(theme) if theme else None) or run.get(f"rFonts.{slot}") or None


def read_resolver(styles_part: Element | None, theme_part: Element | None, styles: Styles) -> Resolver:
    """The resolver of a document, from its styles and its theme."""
    defaults: list[Properties] = [{}, {}]
    if styles_part is not None:
        for index, kind in enumerate(("pPr", "rPr")):
            defaults[index] = flat(styles_part.find(f"{W}docDefaults/{W}{kind}Default/{W}{kind}"))
    return Resolver(styles, (defaults[0], defaults[1]), _theme_fonts(theme_part))


def _theme_fonts(part: Element | None) -> dict[str, str]:
    """Theme names → fonts; an empty Chinese font is the one that the theme names for the script."""
    found: dict[str, str] = {}
    if part is None:
        return found
    for kind in ("major", "minor"):
        holder = next(part.iter(f"{_A}{kind}Font"), None)
        if holder is None:
            continue
        latin, chinese = holder.find(_A + "latin"), holder.find(_A + "ea")
        hans = next(
            (each.get("typeface") for each in holder.iter(_A + "font") if each.get("script") == "Hans"), None
        )
        for slot, name in (
            ("Ascii", None if latin is None else latin.get("typeface")),
            ("HAnsi", None if latin is None else latin.get("typeface")),
            ("EastAsia", (None if chinese is None else chinese.get("typeface")) or hans),
        ):
            if name:
                found[kind + slot] = name
    return found


# ------------------------------------------------------------------ measures


def number(said: str | None) -> float | None:
    """A measure as Word writes it: twips, or a length with its unit; None where it is neither."""
    if not said:
        return None
    for unit, twips in (("pt", 20.0), ("cm", 566.93), ("mm", 56.693), ("in", 1440.0)):
        if said.endswith(unit):
            said, factor = said.removesuffix(unit), twips
            break
    else:
        factor = 1.0
    try:
        made = float(said) * factor
    except ValueError:
        return None
    return made if abs(made) < 1e6 else None


def is_on(said: str | None) -> bool:
    """Whether a flat property is a switch that is turned on."""
    return said is not None and said not in ("0", "false", "off", "none")


def size_of(run: Properties) -> float:
    """Size of a run's Chinese characters in points; Word's own default is 10."""
    return (number(run.get("sz")) or 20) / 2


class Indents(Struct, frozen=True):
    """Indents in 字 of the paragraph's size; `first` is where the first line begins, from `left`."""

    left: float
    right: float
    first: float


def indents_of(paragraph: Properties, size: float) -> Indents:
    """Indents of a paragraph whose characters have `size` points. Those in characters win over those in twips."""
    one = _CHARACTER if abs(size - 16) < 0.3 else size * 20

    def one_of(*names: str) -> float:
        for name in names:
            chars = number(paragraph.get(f"ind.{name}Chars"))
            if chars:
                return chars / 100
        for name in names:
            twips = number(paragraph.get(f"ind.{name}"))
            if twips:
                return twips / one
        return 0.0

    hanging = one_of("hanging")
    left = one_of("left", "start")
    if hanging and number(paragraph.get("ind.leftChars")):
        left += hanging  # Word counts leftChars from where the hanging line begins
    return Indents(left, one_of("right", "end"), -hanging if hanging else one_of("firstLine"))


def line_height(paragraph: Properties, size: float, grid: float) -> float:
    """Height of one line in twips. `grid`: pitch of the section's grid, 0 where there is none."""
    said, rule = number(paragraph.get("spacing.line")), paragraph.get("spacing.lineRule", "auto")
    if said and rule == "exact":
        return said
    natural = size * 20 * _AUTO_LEAD
    if rule == "atLeast" and said:
        natural = max(natural, said)
    snaps = grid > 0 and (not paragraph.get("snapToGrid") or is_on(paragraph.get("snapToGrid")))
    if snaps:
        natural = -(-natural // grid) * grid
    return natural * (said / 240 if said and rule == "auto" else 1)


def space(paragraph: Properties, side: str, grid: float) -> float:
    """Space before or after a paragraph in twips; that in lines wins."""
    rows = number(paragraph.get(f"spacing.{side}Lines"))
    if rows:
        return rows / 100 * (grid or 240)
    return number(paragraph.get(f"spacing.{side}")) or 0.0


def color_of(run: Properties) -> tuple[int, int, int]:
    """Color as red, green, blue; what the theme or the program chooses counts as black unless a value is given."""
    said = run.get("color", "auto")
    try:
        whole = int(said, 16) if len(said) == 6 else 0
    except ValueError:
        whole = 0
    return whole >> 16, whole >> 8 & 255, whole & 255


def is_red(color: tuple[int, int, int]) -> bool:
    """Whether a color is a red: pure red, or one that a printer makes of it."""
    return color[0] > 140 and color[1] < 90 and color[2] < 90


def style_of(properties: Element | None, styles: Styles) -> str | None:
    """The style id of a paragraph."""
    return value(properties, "pStyle") or styles.default
