"""Places: names of somewhere else, levels that are not below this one, bodies that a place does not have."""

import re
from collections.abc import Iterator
from functools import cache

from drafter.check.rule import Rule, advised, fault, rule
from drafter.check.subject import Subject, Text, around, without_titles
from drafter.divisions import Place, above, by_name, chain_at, lies_in, places
from drafter.errors import Finding

_COUNTY_WORD = r"县[（(]市、?区[）)]|县[（(]区[）)]|县市[（(]区[）)]|县[（(]市[）)]|县市区|(?<![市一-龥]县)县区(?!域)|区县(?!域)|市县区"
_AWARD = r"(?:示范|先进|文明|卫生|试点|达标|强|创建)[一-龥]{0,4}$"


def _here(subject: Subject) -> Place | None:
    _, chain = chain_at(subject.outline.meta.locality or "")
    return chain[-1] if chain else None


@rule(
    "place.level-word",
    title="指下级区划的用语与实际区划相符",
    why="没有市辖区的州写“县（市、区）”，没有县市的县写“各县（市、区）”，都是照抄上级留下的",
    example="不设区的州写“县市（区）” → 县市",
    mend="按本地下辖区划改写，全文一种写法",
)
def level_word(subject: Subject) -> Iterator[Finding]:
    here = _here(subject)
    if here is None or here.level == "province" or subject.outline.meta.level in ("zone", "township"):
        return
    below = [each for each in places() if each.parent == here.code]
    kinds = {
        "区" if each.name.endswith("区") else "市" if each.name.endswith("市") else "县" for each in below
    }
    for text in subject.prose:
        for found in re.finditer(_COUNTY_WORD, without_titles(text.text)):
            before = text.text[max(0, found.start() - 8) : found.start()]
            after = text.text[found.end() : found.end() + 6]
            if re.search(_AWARD, before) or re.search(
                r"(?:全国|全省|省|外地|其他|其它|兄弟|本市)$", before.rstrip("各")
            ):
                continue
            said = {char for char in found.group() if char in "县市区"}
            if here.level == "prefecture" and below and "区" in said and "区" not in kinds:
                yield fault(
                    text, found.group(), f"{here.name}不设区，这里写了“{found.group()}”", "按本地区划改写"
                )
            elif here.level == "county" and re.match(r"人民政府|政府|要|党委|科协|委|直|应", after):
                yield fault(
                    text, found.group(), f"{here.name}之下没有县（市、区）", "改为乡镇（街道）等本地区划"
                )


@rule(
    "place.level-words-mixed",
    title="指下级区划的用语全文一种写法",
    why="“县市区”“县区”“县市（区）”混用，范围就说不准",
    example="各县市区……每个县区 → 统一为县市区",
    mend="统一为一种",
)
def level_words_mixed(subject: Subject) -> Iterator[Finding]:
    here = _here(subject)
    if here is None or here.level != "prefecture" or any(level_word.judge(subject)):
        return
    shown: dict[str, list[tuple[Text, str]]] = {}
    for text in subject.prose:
        for found in re.finditer(
            r"县[（(]市、区[）)]|县[（(]区[）)]|县市[（(]区[）)]|县[（(]市[）)]|县市区|(?<=[各每个])县区|(?<=[各、])县市(?![一-龥]*场|[（(区])",
            without_titles(text.text),
        ):
            if not re.search(_AWARD, text.text[max(0, found.start() - 8) : found.start()]):
                shown.setdefault(re.sub("[()（）、]", "", found.group()), []).append(
                    (text, around(text.text, found.start(), found.end(), 2))
                )
    if len(shown) < 2:
        return
    usual = max(shown, key=lambda name: len(shown[name]))
    for name, held in shown.items():
        if name != usual:
            where, quote = held[0]
            yield fault(
                where,
                quote,
                f"同指下级区划，写了“{name}”（{len(held)} 处）和“{usual}”（{len(shown[usual])} 处）",
                f"统一为“{usual}”",
            )


@rule(
    "place.foreign",
    title="正文没有别处的地名残留",
    why="套用别处的方案，最常漏改的是地名",
    example="青屏县的方案里写“云栖县各乡镇” → 青屏县各乡镇",
    mend="改为本地；确为他地的（结对帮扶、纪念日），可免审",
)
def foreign(subject: Subject) -> Iterator[Finding]:
    here = _here(subject)
    if here is None:
        return
    chain = {here, *above(here)}
    names = _county_names()
    for text in subject.texts:
        if text.kind in ("head", "imprint", "table"):
            continue
        cleaned = re.sub(r"“[^”]*”", lambda found: "＿" * len(found.group()), without_titles(text.text))
        for found in re.finditer(r"[县区市](?=各|全|人民政府|科协|委|直|[一-龥]{2,6}局)", cleaned):
            end = found.end()
            name = next(
                (
                    cleaned[end - size : end]
                    for size in (7, 6, 5, 4, 3)
                    if cleaned[max(0, end - size) : end] in names
                ),
                "",
            )
            if name and not any(place in chain or lies_in(place, here) for place in by_name()[name]):
                yield fault(
                    text,
                    around(text.text, end - len(name), end, 6),
                    f"“{name}”不是本地也不是上级",
                    "核对是否套用时漏改",
                )


@cache
def _county_names() -> frozenset[str]:
    """Names that can be nothing but a place: no 市中区, no 城区."""
    return frozenset(
        place.name
        for place in places()
        if len(place.name) >= 3
        and place.level != "province"
        and not place.name.startswith(("市", "城", "郊", "矿"))
    )


@rule(
    "place.military",
    title="军分区设在地级，县级是人民武装部",
    why="以县级市命名的军分区不存在，抄送会送不到",
    example="青屏军分区（青屏是县级） → 澄州军分区，或青屏县人民武装部",
    mend="核对名称",
    needs=("军分区",),
)
def military(subject: Subject) -> Iterator[Finding]:
    short: dict[str, set[str]] = {}
    for place in places():
        short.setdefault(re.sub(r"(?:市|县|区|地区|盟|省)$", "", place.name), set()).add(place.level)
        if place.name.endswith("自治州"):
            short.setdefault(place.name[:2], set()).add("prefecture")
    for text in subject.texts:
        for found in re.finditer("军分区", text.text):
            before = text.text[: found.start()]
            name = next((before[-size:] for size in (4, 3, 2) if before[-size:] in short), "")
            if short.get(name) == {"county"}:
                hint = "核对名称：军分区以地级市（州）命名，县级是人民武装部"
                weigh = advised if _may_be_seat(f"{name}市") else fault
                yield weigh(text, f"{name}军分区", f"“{name}”是县级，不设军分区", hint)


def _may_be_seat(name: str) -> bool:
    """Whether a city lies in a prefecture that is none: some of their 军分区 bear the name of the city in which they sit."""
    found = by_name().get(name, ())
    return any(higher.name.endswith(("自治州", "地区", "盟")) for place in found for higher in above(place))


RULES: tuple[Rule, ...] = (level_word, level_words_mixed, foreign, military)
