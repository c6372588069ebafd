"""How papers speak of their own level and of those below."""

import pytest

from drafter.levels import LOWER, Locality, locality


@pytest.mark.parametrize(
    ("name", "spoken"),
    [
        ("青屏县", Locality(("青屏县",), "青屏", "县")),
        ("岚江省澄州市", Locality(("岚江省澄州市", "澄州市"), "澄州", "市")),
        ("湘西土家族苗族自治州", Locality(("湘西土家族苗族自治州", "湘西自治州", "湘西州"), "湘西", "州")),
        ("全国", Locality()),
        ("", Locality()),
    ],
)
def test_names_and_level_word_of_a_place(name: str, spoken: Locality) -> None:
    assert locality(name) == spoken


@pytest.mark.parametrize(
    "text", ["各县（市、区）", "县市区", "各县市（区）", "县、区", "旗县区", "各市州", "县(市、区)"]
)
def test_the_levels_below_are_known(text: str) -> None:
    found = LOWER.search(f"要求{text}办理")
    assert found
    assert found[0] == text


@pytest.mark.parametrize("text", ["县市场监管局", "繁荣本地市场", "县区域中心", "县级"])
def test_markets_and_areas_are_no_level(text: str) -> None:
    assert LOWER.search(text) is None
