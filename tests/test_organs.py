"""Roles → the units that serve them here."""

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from drafter.errors import Finding
from drafter.load import layers, load_catalog
from drafter.model.catalog import FormerOrgan, Organ, OrganNames, OrganVariant
from drafter.model.plan import PlaceWords
from drafter.model.profile import LocalOrgan, Profile
from drafter.model.words import NameStyle
from drafter.organs import in_order, obsolete, unit_names, units, unserved, unverified
from drafter.yaml_tree import Tree

WORDS = PlaceWords("青屏县", "青屏", "县", "澄州市", "乡镇（街道）", "村（社区）", "各乡镇人民政府")
ORGANS = {
    role: Organ(
        id=role, title=title, order=order, names=OrganNames(standard=pattern, full=full, colloquial=short)
    )
    for order, (role, title, pattern, full, short) in enumerate(
        (
            ("publicity", "宣传部门", "{word}委宣传部", "中共{name}委宣传部", "{word}委宣传部"),
            ("education", "教育部门", "{word}教育局", "{name}教育局", "教育局"),
            ("sports", "体育部门", "{word}体育局", "{name}体育局", "体育局"),
            (
                "environment",
                "生态环境部门",
                "{city}生态环境局{short}分局",
                "{city}生态环境局{short}分局",
                "环保局",
            ),
            ("zone", "园区", "{zone}管委会", "{zone}管理委员会", "{zone}管委会"),
        )
    )
}


def profile(*organs: LocalOrgan, names: NameStyle = NameStyle.STANDARD) -> Profile:
    """A profile with units of its own."""
    return Profile.model_validate(
        {
            "format": "profile/1", "family": "x", "pack": "x", "place": "青屏县", "period": "2026—2030",
            "letterhead": {"issuer": "x"}, "layout": {"names": names}, "organs": [each.model_dump() for each in organs],
        }
    )  # fmt: skip


def named(*organs: LocalOrgan, names: NameStyle = NameStyle.STANDARD) -> tuple[dict[str, str], list[Finding]]:
    """Role → name."""
    return unit_names(ORGANS, profile(*organs, names=names), WORDS, Tree({}))


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        (NameStyle.STANDARD, "县教育局"),
        (NameStyle.FULL, "青屏县教育局"),
        (NameStyle.COLLOQUIAL, "教育局"),
    ],
)
def test_the_whole_paper_names_units_in_one_style(style: NameStyle, expected: str) -> None:
    assert named(names=style)[0]["education"] == expected


def test_a_name_takes_city_and_short_name_from_the_place() -> None:
    assert named()[0]["environment"] == "澄州市生态环境局青屏分局"


def test_a_name_with_a_part_that_nobody_knows_is_open() -> None:
    assert named()[0]["zone"] == "〔待填：园区名称〕"


def test_a_name_with_a_city_is_open_where_there_is_none() -> None:
    """A county-level city under the province (PRACTICE 14)."""
    words = PlaceWords("仙桃市", "仙桃", "市", "", "镇（街道）", "村（社区）", "各镇人民政府")
    names, _ = unit_names(ORGANS, profile(), words, Tree({}))
    assert names["environment"] == "〔待填：生态环境部门名称〕"


def test_the_countys_own_list_wins_and_a_merged_bureau_serves_several_roles() -> None:
    names, wrong = named(LocalOrgan(name="县教育体育局", serves=("education", "sports")))
    assert not wrong
    assert names["education"] == names["sports"] == "县教育体育局"
    assert names["publicity"] == "县委宣传部"


def test_a_role_that_is_not_known_is_told_with_the_nearest() -> None:
    _, (finding,) = named(LocalOrgan(name="县教育局", serves=("educatoin",)))
    assert (finding.rule, "educatoin" in finding.message, "education" in finding.hint) == (
        "organ.unknown",
        True,
        True,
    )


def test_a_role_of_two_units_is_ambiguous() -> None:
    first, second = LocalOrgan(name="甲局", serves=("sports",)), LocalOrgan(name="乙局", serves=("sports",))
    names, (finding,) = named(first, second)
    assert finding.rule == "organ.ambiguous"
    assert "甲局" in finding.message
    assert "乙局" in finding.message
    assert names["sports"] == "甲局"


def test_a_merged_bureau_is_named_once() -> None:
    names = {"education": "县教育体育局", "sports": "县教育体育局", "publicity": "县委宣传部"}
    assert units(["education", "publicity", "sports"], names) == ("县教育体育局", "县委宣传部")


def test_a_unit_that_leads_does_not_support_as_well() -> None:
    names = {"education": "县教育体育局", "sports": "县教育体育局", "publicity": "县委宣传部"}
    assert units(["sports", "publicity"], names, without=("县教育体育局",)) == ("县委宣传部",)


def test_units_stand_in_the_customary_order() -> None:
    assert in_order(["zone", "education", "publicity"], ORGANS) == ["publicity", "education", "zone"]


def test_every_name_of_the_shipped_catalog_can_be_filled(root: Path) -> None:
    """Only what is the county's own, such as the name of its park, may stay open."""
    family = next(path.parent.name for path in (root / "catalog").glob("*/family.yaml"))
    catalog, wrong = load_catalog(family, layers("catalog"))
    assert catalog is not None, wrong
    for style in NameStyle:
        names, _ = unit_names(catalog.organs, profile(names=style), WORDS, Tree({}))
        assert not [name for name in names.values() if "{" in name or "}" in name]
        assert sum("待填" in name for name in names.values()) <= 2


# ------------------------------------------------------------------ variants, former names, roles that nobody serves


def test_a_variant_holds_where_its_conditions_do() -> None:
    usual = OrganNames(standard="{word}教育局", full="{name}教育局", colloquial="{word}教育局")
    other = OrganNames(standard="{word}教委", full="{name}教育委员会", colloquial="{word}教委")
    organ = Organ(
        id="education",
        title="教育部门",
        names=usual,
        variants=(OrganVariant(provinces=("澜京市",), names=other),),
    )
    organs = {"education": organ}
    here, there = (replace(WORDS, province=name) for name in ("澜京市", "岚江省"))
    assert unit_names(organs, profile(), here, Tree({}))[0]["education"] == "县教委"
    assert unit_names(organs, profile(), there, Tree({}))[0]["education"] == "县教育局"
    assert unverified(organs, profile(), here, {"education": "县教委"}) == {"县教委": ("县教育局",)}
    assert unverified(organs, profile(), there, {"education": "县教育局"}) == {}


@pytest.mark.parametrize(("day", "refused"), [(date(2024, 1, 31), False), (date(2024, 2, 1), True)])
@pytest.mark.parametrize("name", ["县乡村振兴局", "青屏县乡村振兴局"])
def test_a_former_name_is_refused_after_its_last_day(name: str, day: date, refused: bool) -> None:
    former = [FormerOrgan(name="{word}乡村振兴局", successor="education", until=date(2024, 1, 31))]
    listed = profile(LocalOrgan(name=name, serves=("sports",)))
    found = obsolete(former, listed, WORDS, {"education": "县教育局"}, Tree({}), day)
    assert [each.rule for each in found] == ["organ.obsolete"] * refused
    assert all("县教育局" in each.hint for each in found)


def test_roles_that_nobody_serves() -> None:
    listed = profile(LocalOrgan(name="无", serves=("sports",)))
    assert unserved(listed) == {"sports"}
    assert named(LocalOrgan(name="无", serves=("sports",)))[0]["sports"] == "县体育局"


def test_the_shipped_list_has_no_word_of_a_level() -> None:
    """Names follow the level word: none says 县, 区 or 旗 of itself."""
    catalog, wrong = load_catalog("science-literacy", layers("catalog"))
    assert catalog
    assert not wrong
    for organ in catalog.organs.values():
        for names in (organ.names, *(each.names for each in organ.variants)):
            patterns = " ".join((names.standard, names.full, names.colloquial))
            assert not set("县旗") & set(patterns), organ.id
