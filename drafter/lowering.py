"""A parent's own item put on the county's level: place, level words, units (PRACTICE 22).

What a person must rework stays marked: of a plan of another period no figure, year or term is taken over (PRACTICE 18).
"""

import re

from msgspec import Struct

from drafter.levels import COUNTIES, locality
from drafter.model.plan import PlaceWords
from drafter.roles import Roles

_PARENT_WORDS = "市州盟省区"
_TERM = re.compile(r"[“\"]?十[一二三四五六七八九]五[”\"]?(?=时期|期间|末|规划|以来|期末|，|。|末期)")
_YEARS = re.compile(r"(?:20\d\d|二〇[〇一二三四五六七八九]{2})(?:\s*[—\-－–至]\s*(?:20)?\d\d)?年(?:底|末)?")
_FIGURE = re.compile(
    r"(?<![A-Za-z0-9“—.+])\d+(?:\.\d+)?(?=[个所名家场次支人万亿%％‰种条项平元部件期套天])[万亿千百]*(?:余)?"
)
_NUMBERED = re.compile(r"〔\d{4}〕\d+号|[（(]〔待填：年份〕[)）]")
_EACH = re.compile(rf"各(?:{COUNTIES.pattern}|县)(?:人民政府)?、?")
"""How a parent speaks to each of the counties: what it asks of them is the county's own business."""
_ENDS = (
    "委|政府|政协|人大|教|科|文|卫|人社|人力|民政|民宗|农|林|水|气象|应急|财政|发|工|市场|妇联|总工会|融媒|广播|自然|生态|住|交通|商务|统计"
    "|退役|体育|残联|公安|司法|数据|网信|关工|老|党校|图书|博物|地震|消防|医保|机关"
)
_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_RISKY = re.compile(r"台账|问责|挂钩|巡察|一票否决|通报批评|责任追究")


class Lowered(Struct, frozen=True):
    """An item on the county's level: title without 。, text, roles of its units that are known."""

    title: str
    text: str
    lead: tuple[str, ...]
    support: tuple[str, ...]


def lowered(
    title: str,
    text: str,
    units: tuple[tuple[str, ...], tuple[str, ...]],
    parent: str,
    words: PlaceWords,
    roles: Roles,
    *,
    other_period: bool,
) -> Lowered:
    """`title`, `text` and `units` (lead, support) of an item of the plan of the place `parent`.

    `other_period`: figures and years become 〔待填〕.
    Clauses that order ledgers, penalties and the like are left out: a person decides on them (PRACTICE 24).
    """
    title, text = (put_down(_full_width(each), parent, words) for each in (title, text))
    if other_period:
        title, text = _without_figures(title), _without_figures(text)
    text = "\n".join(_harmless(each) for each in text.split("\n"))
    # One line: a local measure is one paragraph.
    text = "".join(text.split("\n")).strip()
    if not text or len(title) > 30:
        whole = f"{title}。{text}" if text else f"{title}。"
        title = _short(title)
        text = whole if len(whole) > len(title) + 4 else f"{whole[:-1]}，由〔待填：责任单位〕制定具体办法。"
    # A merged bureau stands for the first thing that it is named by: the county may have a bureau for each.
    lead, support = (
        tuple(dict.fromkeys(role for name in names for role in roles.served(name)[:1])) for names in units
    )
    others = tuple(role for role in support if role not in lead)
    return Lowered(title.replace("。", "，").strip("，"), text, lead, others)


def put_down(text: str, parent: str, words: PlaceWords) -> str:
    """Names of the parent's place, its level words and its units as the county says them.

    A level word only where it surely is one: what is reported to the parent stays with the parent.
    """
    level, place = words.word, locality(parent)
    names = [*place.names, place.bare] if len(place.bare) > 1 else place.names
    if names:
        # In one pass: the county's name may hold what the parent is called.
        called = re.compile("|".join(map(re.escape, names)))
        text = called.sub(lambda found: words.short if found[0] == place.bare else words.name, text)
    text = COUNTIES.sub(level, _EACH.sub(f"全{level}", text))
    word = place.word[-1:]
    if not word or word not in _PARENT_WORDS:
        return text
    text = re.sub(rf"(?<=[全我本]){word}(?![级域内外])", level, text)
    text = re.sub(rf"{word}(?=[级直](?!以上))", level, text)
    before = "城乡都本全各我超新县区大菜夜上股农集开"
    return re.sub(rf"(?<![{before}]){word}(?={_ENDS})(?!市场监管的)", level, text)


def _without_figures(text: str) -> str:
    text = _NUMBERED.sub("", text)
    text = _YEARS.sub("〔待填：年份〕", text)
    text = _TERM.sub("〔待填：规划期〕", text)
    return _FIGURE.sub("〔待填：数量〕", text)


def _harmless(text: str) -> str:
    """A paragraph without the sentences that threaten or count; as it is where nothing else would be left."""
    sentences = re.findall(r"[^。；]+[。；]?", text)
    kept = "".join(each for each in sentences if not _RISKY.search(each))
    return kept or text


def risky(text: str) -> bool:
    """Whether every sentence of a text orders ledgers, penalties and the like (PRACTICE 24)."""
    sentences = [each for each in re.findall(r"[^。；]+", text) if each.strip()]
    return bool(sentences) and all(_RISKY.search(each) for each in sentences)


def _short(title: str) -> str:
    parts = [part for part in re.split(r"[，；：]", re.sub(r"在?〔[^〕]*〕末?", "", title)) if len(part) >= 4]
    first = next((part for part in parts if len(part) <= 30), parts[0][:24] if parts else title[:24])
    return first if first.count("“") == first.count("”") else first.replace("“", "").replace("”", "")


def _full_width(text: str) -> str:
    """Punctuation between Chinese characters in its full width, as in every official paper."""
    text = re.sub(
        r"(?<=[^\x00-\x7f])[,;:?!]|[,;:?!](?=[^\x00-\x7f])", lambda found: _WIDE[found.group()], text
    )
    return re.sub(r"\((?=[^()]*[^\x00-\x7f()])([^()]*)\)", r"（\1）", text)
