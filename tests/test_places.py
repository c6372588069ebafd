"""How a paper speaks of its place: level word, short name, what lies below it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.divisions import Place, find, in_full, places
from drafter.errors import Finding
from drafter.model.issuers import Division
from drafter.model.plan import PlaceWords
from drafter.model.profile import PlaceEntry
from drafter.model.words import IssuerForm, Tier
from drafter.places import fill, in_form, located, place_words, placeholder
from drafter.yaml_tree import Tree

PARENTS = (PlaceEntry(name="岚江省", level=Tier.PROVINCE), PlaceEntry(name="澄州市", level=Tier.PREFECTURE))
DIVISIONS = {
    name: Division(name=name, government=f"各{name}机关", village=village)
    for name, village in (("乡镇", "村"), ("镇", "村"), ("街道", "社区"), ("苏木", "嘎查"))
}


def asked(place: PlaceEntry) -> tuple[PlaceWords | None, list[Finding]]:
    """The words for a place, and what is wrong with its entry."""
    return place_words(place, DIVISIONS, Tree({}))


def words(
    name: str, word: str = "", short: str = "", divisions: tuple[str, ...] = ("乡镇", "街道")
) -> PlaceWords:
    """The words for a county of that name, which lacks nothing."""
    found, wrong = asked(PlaceEntry(name=name, word=word, short=short, parents=PARENTS, divisions=divisions))
    assert found, wrong
    return found


@pytest.mark.parametrize(
    ("name", "word", "short"),
    [
        ("青屏县", "县", "青屏"), ("汀湾区", "区", "汀湾"), ("临江市", "市", "临江"), ("乌兰旗", "旗", "乌兰"),
        ("孟村回族自治县", "县", "孟村"), ("鄂伦春自治旗", "旗", "鄂伦春"), ("湘西州", "州", "湘西"), ("兴安盟", "盟", "兴安"),
    ],
)  # fmt: skip
def test_level_word_and_short_name_follow_from_the_full_name(name: str, word: str, short: str) -> None:
    found = words(name)
    assert (found.name, found.word, found.short) == (name, word, short)


@pytest.mark.parametrize("name", ["和县", "赵县", "萧县", "康县"])
def test_a_name_of_one_character_keeps_its_suffix(name: str) -> None:
    assert words(name).short == name
    assert words(name).word == "县"


def test_what_the_profile_says_wins() -> None:
    found = words("孟村回族自治县", word="自治县", short="孟村")
    assert (found.word, found.short) == ("自治县", "孟村")


@pytest.mark.parametrize(
    ("divisions", "towns", "villages", "governments"),
    [
        (("乡镇", "街道"), "乡镇（街道）", "村（社区）", "各乡镇机关、各街道机关"),
        (("街道",), "街道", "社区", "各街道机关"),
        (("镇",), "镇", "村（社区）", "各镇机关"),
        (("苏木", "镇", "街道"), "苏木（镇、街道）", "嘎查村（社区）", "各苏木机关、各镇机关、各街道机关"),
    ],
)
def test_towns_and_villages_are_those_that_the_profile_names(
    divisions: tuple[str, ...], towns: str, villages: str, governments: str
) -> None:
    found = words("青屏县", divisions=divisions)
    assert (found.towns, found.villages, found.town_governments) == (towns, villages, governments)


def test_no_street_office_is_invented() -> None:
    found = words("青屏县", divisions=("乡镇",))
    assert "街道" not in found.towns + found.town_governments


def test_the_prefecture_is_the_city() -> None:
    assert words("青屏县").city == "澄州市"


def test_a_county_under_the_province_has_no_city() -> None:
    found, _ = asked(PlaceEntry(name="仙桃市", parents=PARENTS[:1], divisions=("镇",)))
    assert found is not None
    assert found.city == ""


# ------------------------------------------------------------------ listed places


def listed(name: str, *divisions: str) -> PlaceWords:
    """The words for a place of the list."""
    found, wrong = asked(PlaceEntry(name=name, divisions=divisions or ("镇",)))
    assert found, wrong
    return found


@pytest.mark.parametrize(
    ("given", "name", "word", "short", "city", "province"),
    [
        ("双峰县", "双峰县", "县", "双峰", "娄底市", "湖南省"), ("娄底市双峰县", "双峰县", "县", "双峰", "娄底市", "湖南省"),
        ("湖南双峰县", "双峰县", "县", "双峰", "娄底市", "湖南省"), ("431321", "双峰县", "县", "双峰", "娄底市", "湖南省"),
        ("湖南省娄底市双峰县", "双峰县", "县", "双峰", "娄底市", "湖南省"), ("浏阳市", "浏阳市", "市", "浏阳", "长沙市", "湖南省"),
        ("花垣县", "花垣县", "县", "花垣", "湘西土家族苗族自治州", "湖南省"), ("湘西州花垣县", "花垣县", "县", "花垣", "湘西土家族苗族自治州", "湖南省"),
        ("湘西自治州", "湘西土家族苗族自治州", "州", "湘西", "", "湖南省"), ("鄂托克前旗", "鄂托克前旗", "旗", "鄂托克前旗", "鄂尔多斯市", "内蒙古自治区"),
        ("孟村回族自治县", "孟村回族自治县", "县", "孟村", "沧州市", "河北省"), ("东乡族自治县", "东乡族自治县", "县", "东乡", "临夏回族自治州", "甘肃省"),
        ("鄂伦春自治旗", "鄂伦春自治旗", "旗", "鄂伦春", "呼伦贝尔市", "内蒙古自治区"), ("仙桃市", "仙桃市", "市", "仙桃", "", "湖北省"),
        ("东莞市", "东莞市", "市", "东莞", "", "广东省"), ("北京市朝阳区", "朝阳区", "区", "朝阳", "", "北京市"), ("110105", "朝阳区", "区", "朝阳", "", "北京市"),
        ("长春市朝阳区", "朝阳区", "区", "朝阳", "长春市", "吉林省"), ("神农架林区", "神农架林区", "林区", "神农架", "", "湖北省"),
        ("六枝特区", "六枝特区", "区", "六枝", "六盘水市", "贵州省"), ("碑林区", "碑林区", "区", "碑林", "西安市", "陕西省"), ("和县", "和县", "县", "和县", "马鞍山市", "安徽省"),
        ("兴安盟", "兴安盟", "盟", "兴安", "", "内蒙古自治区"), ("喀什地区", "喀什地区", "地区", "喀什", "", "新疆维吾尔自治区"),
        ("广西", "广西壮族自治区", "区", "广西", "", ""),
    ],
)  # fmt: skip
def test_a_place_is_known_by_name_or_code(
    given: str, name: str, word: str, short: str, city: str, province: str
) -> None:
    found = listed(given)
    assert (found.name, found.word, found.short, found.city, found.province) == (
        name,
        word,
        short,
        city,
        province,
    )


@pytest.mark.parametrize(
    ("name", "party", "league", "government", "office"),
    [
        ("双峰县", "县委", "团县委", "县人民政府", "双峰县人民政府办公室"), ("雁峰区", "区委", "团区委", "区人民政府", "雁峰区人民政府办公室"),
        ("鄂托克旗", "旗委", "团旗委", "旗人民政府", "鄂托克旗人民政府办公室"), ("湘西州", "州委", "团州委", "州人民政府", "湘西土家族苗族自治州人民政府办公室"),
        ("神农架林区", "林区党委", "林区团委", "林区人民政府", "神农架林区人民政府办公室"), ("兴安盟", "盟委", "团盟委", "行署", "兴安盟行政公署办公室"),
        ("喀什地区", "地委", "团地委", "行署", "喀什地区行政公署办公室"),
    ],
)  # fmt: skip
def test_who_governs_is_called_by_level(
    name: str, party: str, league: str, government: str, office: str
) -> None:
    found = listed(name)
    assert (found.party, found.league, found.government, found.office) == (party, league, government, office)


def test_every_listed_place_is_found_by_code_and_full_name() -> None:
    for place in places():
        assert find(place.code) == (place,)
        assert find(in_full(place)) == (place,)
        found = listed(place.code)
        assert found.name == place.name
        assert place.name.endswith(found.word)
        assert found.short in place.name
        assert len(found.short) > 1, place.name


def test_a_name_of_several_places_lists_them_with_their_parents() -> None:
    found, (finding,) = asked(PlaceEntry(name="朝阳区"))
    assert found is None
    assert finding.rule == "place.ambiguous"
    assert "北京市朝阳区" in finding.hint
    assert "吉林省长春市朝阳区" in finding.hint


@pytest.mark.parametrize(
    ("name", "near"),
    [("孟村回族县", "孟村回族自治县"), ("双峰", "双峰县"), ("鄂托克县", "鄂托克旗"), ("999999", "parents")],
)
def test_an_unknown_name_gives_the_nearest(name: str, near: str) -> None:
    found, (finding,) = asked(PlaceEntry(name=name))
    assert found is None
    assert finding.rule == "place.unknown"
    assert near in finding.hint


def test_a_listed_place_leaves_open_what_lies_below_it() -> None:
    found, wrong = asked(PlaceEntry(name="双峰县"))
    assert not wrong
    assert found is not None
    assert all(each.startswith("〔待填：") for each in (found.towns, found.villages, found.town_governments))


def test_a_place_given_in_full_reads_no_list(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(_: str) -> tuple[Place, ...]:
        raise AssertionError

    monkeypatch.setattr("drafter.divisions.find", never)
    assert words("青屏县").city == "澄州市"


@pytest.mark.parametrize(
    ("name", "level", "word", "government"),
    [
        ("澄州经济技术开发区", Tier.ZONE, "区", "管委会"), ("澄州高新技术产业园", Tier.ZONE, "园区", "管委会"),
        ("石溪镇", Tier.TOWNSHIP, "镇", "镇人民政府"), ("石溪乡", Tier.TOWNSHIP, "乡", "乡人民政府"), ("滨河街道", Tier.TOWNSHIP, "街道", "街道办事处"),
        ("澄南新区", Tier.COUNTY, "区", "区人民政府"),
    ],
)  # fmt: skip
def test_zones_and_townships_are_given_in_full(name: str, level: Tier, word: str, government: str) -> None:
    place = PlaceEntry(name=name, parents=PARENTS, divisions=("街道",))
    assert located(place, Tree({}))[0].level is level
    found = words(name, divisions=("街道",))
    assert (found.word, found.government) == (word, government)


@pytest.mark.parametrize(
    ("given", "form", "office"),
    [
        ("雁峰区", IssuerForm.FULL, "雁峰区人民政府办公室"), ("雁峰区", IssuerForm.WITH_CITY, "衡阳市雁峰区人民政府办公室"),
        ("雁峰区", IssuerForm.WITHOUT_PLACE, "区人民政府办公室"), ("北京市朝阳区", IssuerForm.WITH_CITY, "北京市朝阳区人民政府办公室"),
        ("仙桃市", IssuerForm.WITH_CITY, "仙桃市人民政府办公室"),
    ],
)  # fmt: skip
def test_the_issuer_writes_its_name_in_one_of_three_forms(given: str, form: IssuerForm, office: str) -> None:
    assert in_form(listed(given), form).office == office


# ------------------------------------------------------------------ what is missing


@pytest.mark.parametrize(
    ("place", "rules"),
    [
        (PlaceEntry(name="青屏", parents=PARENTS, divisions=("镇",)), ["place.word"]),
        (PlaceEntry(name="青屏县", divisions=("镇",)), ["place.unknown"]),
        (PlaceEntry(name="青屏县", parents=PARENTS), ["place.division"]),
        (PlaceEntry(name="青屏县", parents=PARENTS, divisions=("公社", "大队")), ["place.division"] * 2),
        (PlaceEntry(name="青屏", parents=PARENTS), ["place.word", "place.division"]),
    ],
)
def test_what_is_missing_is_told_all_at_once(place: PlaceEntry, rules: list[str]) -> None:
    found, wrong = asked(place)
    assert found is None
    assert [finding.rule for finding in wrong] == rules
    assert all(finding.hint for finding in wrong)


def test_a_pattern_is_filled_with_the_words_of_the_place() -> None:
    pattern = "{word}|{name}|{short}|{city}|{towns}|{town_governments}"
    assert fill(pattern, words("青屏县")) == "县|青屏县|青屏|澄州市|乡镇（街道）|各乡镇机关、各街道机关"


def test_what_a_pattern_cannot_know_stays() -> None:
    assert fill("{zone}管委会", words("青屏县")) == "{zone}管委会"


def test_what_is_unknown_is_printed_as_such() -> None:
    assert placeholder("发文字号") == "〔待填：发文字号〕"


@given(
    st.text(alphabet="青屏孟村石山", min_size=2, max_size=8),
    st.sampled_from(["县", "区", "市", "旗", "自治县"]),
)
def test_short_name_and_suffix_make_the_name(stem: str, suffix: str) -> None:
    found = words(stem + suffix)
    assert found.short + suffix == stem + suffix
    assert suffix.endswith(found.word)
