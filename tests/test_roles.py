"""Units and the roles that they serve."""

import pytest

from drafter.model.profile import LocalOrgan
from drafter.roles import Roles, stem


@pytest.mark.parametrize(
    ("name", "served"),
    [
        ("市教育局", ("education",)),
        ("澄州市教育局", ("education",)),
        ("市委宣传部", ("publicity",)),
        ("团市委", ("youth_league",)),
        ("青屏县团委", ("youth_league",)),
        ("市人社局", ("hr_social_security",)),
        ("市文化广电旅游局", ("culture_tourism",)),
        ("市文化广播电视旅游局", ("culture_tourism",)),
        ("市自然资源和规划局", ("natural_resources",)),
        ("县委党校（县行政学校）", ("party_school",)),
        ("县卫生健康和体育局", ("health", "sports")),
        ("某协会", ()),
    ],
)
def test_units_are_known_by_their_usual_names(name: str, served: tuple[str, ...], roles: Roles) -> None:
    assert roles.served(name) == served


def test_the_countys_own_list_wins(roles: Roles) -> None:
    local = LocalOrgan.model_validate({"name": "县教育局", "serves": ["science_tech", "education"]})
    assert Roles({}, (local,)).served("县教育局") == ("science_tech", "education")


def test_a_unit_that_no_list_knows_serves_what_it_is_named_by(roles: Roles) -> None:
    assert roles.of("县某某公司") == roles.of("市某某公司") == {"某某公司"}


def test_stems_of_units() -> None:
    names = ("市教育局", "青屏县教育和体育局", "县水利局", "市科协", "团县委", "团市委")
    assert [stem(name) for name in names] == ["教育", "教育体育", "水利", "科协", "团委", "团委"]
