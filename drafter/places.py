"""How a paper speaks of its place: level word, short name, who governs it, what lies below it."""

import re
from collections.abc import Mapping
from itertools import groupby

from msgspec.structs import replace

from drafter import divisions as listed
from drafter.errors import Finding, error
from drafter.model.issuers import Division
from drafter.model.plan import PlaceWords
from drafter.model.profile import PlaceEntry
from drafter.model.words import IssuerForm, Tier
from drafter.nearest import nearest
from drafter.yaml_tree import Tree

# The end of a name, longest first, and the level word that it gives.
_SUFFIXES = {
    "自治县": "县", "自治旗": "旗", "自治州": "州", "自治区": "区", "地区": "地区", "特区": "区", "新区": "区", "街道": "街道", "苏木": "苏木", "园区": "园区",
    "县": "县", "区": "区", "市": "市", "旗": "旗", "州": "州", "盟": "盟", "省": "省", "乡": "乡", "镇": "镇",
}  # fmt: skip
# Ends of the names of zones, which are no divisions of the state (××新区 is a district); and of townships.
_ZONE = re.compile(
    r"(开发区|高新区|经开区|园区|示范区|管理区|保税区|度假区|试验区|合作区|产业园|工业园|科技园)$"
)
_TOWNSHIP = re.compile(r"(乡|镇|苏木|街道)$")
_PARTED = "前后左右中东西南北"


# ------------------------------------------------------------------ which place


def located(entry: PlaceEntry, tree: Tree) -> tuple[PlaceEntry, list[Finding]]:
    """`entry` with level and parents: as given, else from the list of divisions, which is read only then."""
    if entry.parents:
        return entry.model_copy(update={"level": _level(entry)}), []
    found = listed.find(entry.name)
    if "level" in entry.model_fields_set:
        found = tuple(each for each in found if each.level == entry.level.value)
    if len(found) == 1:
        return _from_list(entry, found[0]), []
    at = tree.at("place")
    if found:
        hint = "写全上级：" + "、".join(listed.in_full(each) for each in found)
        return entry, [error("place.ambiguous", f"叫“{entry.name}”的地方有 {len(found)} 个", hint, at)]
    hint = f"{_meant(entry.name)}区划名录以外的地方（开发区、乡镇等）须写全 parents：省级、市级各一项（name、level）"
    return entry, [error("place.unknown", f"区划名录里没有“{entry.name}”，也没有给出它的上级", hint, at)]


_MOST = 6
"""Candidates that a hint names."""


def _meant(name: str) -> str:
    """The listed places that a name may mean, each with what it lies in; else the names most like it."""
    if name.isdigit():
        return ""
    found = listed.alike(name)
    if not found:
        # Two characters of a long name are always like something.
        return nearest(name, [each for each in listed.by_name() if abs(len(each) - len(name)) < 3])
    more = f"等 {len(found)} 个" if len(found) > _MOST else ""
    return f"是不是要写“{'”或“'.join(listed.in_full(each) for each in found[:_MOST])}”{more}？"


def _level(entry: PlaceEntry) -> Tier:
    if "level" in entry.model_fields_set:
        return entry.level
    if _ZONE.search(entry.name):
        return Tier.ZONE
    return Tier.TOWNSHIP if _TOWNSHIP.search(entry.name) else entry.level


def _from_list(entry: PlaceEntry, place: listed.Place) -> PlaceEntry:
    """Level, parents, word and short name of a listed place; what the entry says wins."""
    higher = listed.above(place)
    # 神农架林区 alone is a 林区 and lies in a province; the districts whose names end so lie in a city.
    forest = place.name.endswith("林区") and higher[-1].level == "province"
    given = {
        "name": place.name,
        "level": Tier(place.level),
        "parents": tuple(PlaceEntry(name=each.name, level=Tier(each.level)) for each in higher),
        "word": entry.word or ("林区" if forest else ""),
        "short": entry.short or (place.name.removesuffix("林区") if forest else ""),
    }
    return entry.model_copy(update=given)


# ------------------------------------------------------------------ its words


def place_words(
    place: PlaceEntry, divisions: Mapping[str, Division], tree: Tree
) -> tuple[PlaceWords | None, list[Finding]]:
    """The words for `place`, or what its entry lacks. `tree` gives the lines of the profile."""
    whole, findings = located(place, tree)
    suffix = next((each for each in _SUFFIXES if whole.name.endswith(each)), "")
    word = whole.word or _SUFFIXES.get(suffix, "园区" if whole.level is Tier.ZONE else "")
    if not word and not findings:
        hint = "补上 word（县、区、市、旗等级别用词）"
        findings.append(error("place.word", f"由“{whole.name}”推不出级别用词", hint, tree.at("place")))
    for name in (name for name in place.divisions if name not in divisions):
        hint = "可用：" + "、".join(divisions)
        findings.append(
            error("place.division", f"没有“{name}”这种下辖区划", hint, tree.at("place", "divisions"))
        )
    # A listed place may leave this open; who describes a place in full can say what lies below it.
    if not place.divisions and place.parents:
        hint = "在 place 下写 divisions，如 [乡镇, 街道]"
        findings.append(error("place.division", "没有写明下辖哪些区划", hint, tree.at("place")))
    if findings:
        return None, findings
    below = [divisions[name] for name in place.divisions]
    city = next((each.name for each in whole.parents if each.level is Tier.PREFECTURE), "")
    words = PlaceWords(
        name=whole.name,
        short=whole.short or _short(whole, suffix),
        word=word,
        city=city,
        towns=_with_brackets([each.name for each in below]) or placeholder("下辖区划"),
        villages=_villages(below) or placeholder("村级区划"),
        town_governments=_governments(below) or placeholder("下辖区划的政府"),
        city_short=short_city(city),
        province=next((each.name for each in whole.parents if each.level is Tier.PROVINCE), ""),
    )
    return replace(words, **_bodies(whole, words)), []


def _short(place: PlaceEntry, suffix: str) -> str:
    """青屏 of 青屏县. A name of one character keeps its suffix, as does one of several parts (鄂托克前旗)."""
    if place.level is Tier.ZONE:
        return place.name
    stem = place.name.removesuffix(suffix)
    if suffix.startswith("自治"):
        bare = listed.without_peoples(stem)
        # 东乡族自治县 bears the people's name and no other.
        stem = bare.removesuffix("族") if bare == stem and len(stem) > 2 else bare
    whole = len(stem) < 2 or (suffix == "旗" and stem[-1] in _PARTED)
    return place.name if whole else stem


def short_city(city: str) -> str:
    """湘西州 for an autonomous prefecture; every other name as it is."""
    stem = city.removesuffix("自治州")
    return city if stem == city else listed.without_peoples(stem) + "州"


def _bodies(place: PlaceEntry, words: PlaceWords) -> dict[str, str]:
    """Who governs: committee and government by level, each as it is called there."""
    word, name = words.word, words.name
    party, league, government, full = f"{word}委", f"团{word}委", f"{word}人民政府", f"{name}人民政府"
    office, direct = f"{full}办公室", f"{word}直各单位"
    # What sits in a district belongs mostly to its city (PRACTICE 12).
    district = place.level is Tier.COUNTY and word == "区" and (words.city or words.province).endswith("市")
    stationed = f"驻{word}市管单位" if district else f"驻{word}单位"
    if word == "林区":
        party, league = "林区党委", "林区团委"
    if word in ("地区", "盟"):
        letter = word[:1]
        party, league, government, full = f"{letter}委", f"团{letter}委", "行署", f"{name}行政公署"
        office = f"{full}办公室"
    if place.level is Tier.ZONE:
        party, league, government, full = "党工委", "团工委", "管委会", f"{name}管理委员会"
        office, direct = f"{full}办公室", "管委会各部门"
    if place.level is Tier.TOWNSHIP:
        party, league, office = f"{word}党委", f"{word}团委", f"{name}党政办公室"
    if place.level is Tier.TOWNSHIP and word == "街道":
        party, league, government, full = "街道党工委", "街道团工委", "街道办事处", f"{name}办事处"
        direct = "街道各部门"
    return {
        "party": party, "league": league, "government": government, "full_government": full, "office": office, "direct": direct,
        "stationed": stationed,
    }  # fmt: skip


def in_form(words: PlaceWords, form: IssuerForm) -> PlaceWords:
    """`words` with names as the issuing body writes its own: 雁峰区…, 衡阳市雁峰区…, 区… (PRACTICE 13)."""
    if form is IssuerForm.FULL:
        return words
    city = words.city or (words.province if words.province.endswith("市") else "")
    start = words.word if form is IssuerForm.WITHOUT_PLACE else city + words.name
    return replace(
        words,
        name=start,
        full_government=start + words.full_government.removeprefix(words.name),
        office=start + words.office.removeprefix(words.name),
    )


# ------------------------------------------------------------------ what lies below


def _governments(below: list[Division]) -> str:
    """各乡镇人民政府、街道办事处: units with the same kind of government share its name (各苏木镇人民政府)."""
    shared = groupby(below, key=lambda each: each.government.removeprefix("各").removeprefix(each.name))
    names = []
    for office, same in shared:
        several = list(same)
        joined = office == "人民政府" and len(several) > 1
        together = "".join(each.name for each in several) + office
        names += [together] if joined else [each.government for each in several]
    return ("" if not names or names[0].startswith("各") else "各") + "、".join(names)


def _villages(below: list[Division]) -> str:
    """村（社区）, 嘎查村（社区）, 村（连队、社区）, 社区: there are communities wherever there are villages."""
    kinds = dict.fromkeys(each.village for each in below if each.village and each.village != "社区")
    names = [each for each in kinds if not any(each != other and each in other for other in kinds)]
    if not names:
        return "社区" if any(each.village for each in below) else ""
    if {"嘎查", "村"} <= set(names):
        names = ["嘎查村", *(each for each in names if each not in ("嘎查", "村"))]
    return _with_brackets([*names, "社区"])


def _with_brackets(names: list[str]) -> str:
    """乡镇 and 街道 as 乡镇（街道）."""
    return names[0] + (f"（{'、'.join(names[1:])}）" if names[1:] else "") if names else ""


def placeholder(label: str) -> str:
    """What is printed where something is still unknown."""
    return f"〔待填：{label}〕"


def fill(pattern: str, words: PlaceWords) -> str:
    """A name pattern of the catalog with the words of the place: {word}教育局 → 县教育局."""
    for name in PlaceWords.__struct_fields__:
        pattern = pattern.replace("{" + name + "}", getattr(words, name))
    return pattern
