"""How a paper speaks of its place: level word, short name, what lies below it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.errors import Finding
from drafter.model.catalog import Division
from drafter.model.plan import PlaceWords
from drafter.model.profile import PlaceEntry
from drafter.model.words import Tier
from drafter.places import fill, place_words, placeholder
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
        ("孟村回族自治县", "县", "孟村回族"), ("鄂伦春自治旗", "旗", "鄂伦春"), ("湘西州", "州", "湘西"), ("兴安盟", "盟", "兴安"),
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
        (("苏木", "镇", "街道"), "苏木（镇、街道）", "村（社区）", "各苏木机关、各镇机关、各街道机关"),
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


@pytest.mark.parametrize(
    ("place", "rules"),
    [
        (PlaceEntry(name="青屏", parents=PARENTS, divisions=("镇",)), ["place.word"]),
        (PlaceEntry(name="青屏县", divisions=("镇",)), ["place.parents"]),
        (PlaceEntry(name="青屏县", parents=PARENTS), ["place.division"]),
        (PlaceEntry(name="青屏县", parents=PARENTS, divisions=("公社", "大队")), ["place.division"] * 2),
        (PlaceEntry(name="青屏"), ["place.word", "place.parents", "place.division"]),
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
    st.text(alphabet="青屏孟村回族", min_size=2, max_size=8),
    st.sampled_from(["县", "区", "市", "旗", "自治县"]),
)
def test_short_name_and_suffix_make_the_name(stem: str, suffix: str) -> None:
    found = words(stem + suffix)
    assert found.short + suffix == stem + suffix
    assert suffix.endswith(found.word)
