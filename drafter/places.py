"""How a paper speaks of its place: level word, short name, what lies below it."""

from collections.abc import Mapping

from drafter.errors import Finding, error
from drafter.model.catalog import Division
from drafter.model.plan import PlaceWords
from drafter.model.profile import PlaceEntry
from drafter.model.words import Tier
from drafter.yaml_tree import Tree

_SUFFIXES = ("自治县", "自治旗", "自治州", "自治区", "地区", "县", "区", "市", "旗", "州", "盟", "省")


def place_words(
    place: PlaceEntry, divisions: Mapping[str, Division], tree: Tree
) -> tuple[PlaceWords | None, list[Finding]]:
    """The words for `place`, or what its entry lacks. `tree` gives the lines of the profile."""
    suffix = next((each for each in _SUFFIXES if place.name.endswith(each)), "")
    word = place.word or suffix[-1:]
    findings = []
    if not word:
        hint = "补上 word（县、区、市、旗等级别用词）"
        findings.append(error("place.word", f"由“{place.name}”推不出级别用词", hint, tree.at("place")))
    if not place.parents:
        hint = "写全 parents：省级、市级各一项（name、level）"
        findings.append(error("place.parents", f"没有给出“{place.name}”的上级", hint, tree.at("place")))
    unknown = [name for name in place.divisions if name not in divisions]
    for name in unknown:
        hint = "可用：" + "、".join(divisions)
        findings.append(
            error("place.division", f"没有“{name}”这种下辖区划", hint, tree.at("place", "divisions"))
        )
    if not place.divisions:
        hint = "在 place 下写 divisions，如 [乡镇, 街道]"
        findings.append(error("place.division", "没有写明下辖哪些区划", hint, tree.at("place")))
    if findings:
        return None, findings
    below = [divisions[name] for name in place.divisions]
    short = place.short or place.name.removesuffix(suffix)
    words = PlaceWords(
        name=place.name,
        # A name of one character keeps its suffix: nobody says 和 for 和县.
        short=short if len(short) > 1 else place.name,
        word=word,
        city=next((each.name for each in place.parents if each.level is Tier.PREFECTURE), ""),
        towns=_with_brackets([each.name for each in below]),
        villages=_with_brackets(list(dict.fromkeys(["村"] * _rural(below) + ["社区"]))),
        town_governments="、".join(each.government for each in below),
    )
    return words, []


def _rural(below: list[Division]) -> bool:
    return any(each.village != "社区" for each in below)


def _with_brackets(names: list[str]) -> str:
    """乡镇 and 街道 as 乡镇（街道）."""
    first, *others = names
    return f"{first}（{'、'.join(others)}）" if others else first


def placeholder(label: str) -> str:
    """What is printed where something is still unknown."""
    return f"〔待填：{label}〕"


def fill(pattern: str, words: PlaceWords) -> str:
    """A name pattern of the catalog with the words of the place: {word}教育局 → 县教育局."""
    for name in ("word", "name", "short", "city", "towns", "town_governments"):
        pattern = pattern.replace("{" + name + "}", getattr(words, name))
    return pattern
