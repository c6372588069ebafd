"""Titles: broken between words, within the page, in a good shape."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from drafter.titles import LINE_EMS, break_title, ems, mark_lines

PLAN = ("全民科学素质行动规划纲要", "实施方案（2026—2030年）")
NOTICE = ("关于印发", "《{0}", PLAN[0], PLAN[1] + "》的通知")


def notice(place: str) -> tuple[str, ...]:
    """The pieces of a notice's title of a county's government office."""
    return (f"{place}人民政府办公室", *(piece.format(place) for piece in NOTICE))


def cuts(segments: Sequence[str]) -> set[int]:
    """Where a line may end, counted in characters."""
    return {len("".join(segments[: n + 1])) for n in range(len(segments))}


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("青屏县", 3),
        ("2026—2030年", 6),
        ("（一）", 3),
        ("《》", 2),
        ("a b", 1.5),
        ("％%", 1.5),
        ("——", 2),
    ],
)
def test_a_half_width_character_is_half_an_em(text: str, width: float) -> None:
    assert ems(text) == width


@pytest.mark.parametrize(
    ("segments", "lines"),
    [
        (("青屏县", *PLAN), ("青屏县全民科学素质行动规划纲要", "实施方案（2026—2030年）")),
        (
            notice("青屏县"),
            (
                "青屏县人民政府办公室关于印发",
                "《青屏县全民科学素质行动规划纲要",
                "实施方案（2026—2030年）》的通知",
            ),
        ),
        (
            notice("孟村回族自治县"),
            (
                "孟村回族自治县人民政府办公室关于印发",
                "《孟村回族自治县全民科学素质行动规划纲要",
                "实施方案（2026—2030年）》的通知",
            ),
        ),
        (("青屏县", "工作方案"), ("青屏县工作方案",)),
        (("", "青屏县", "", "工作方案"), ("青屏县工作方案",)),
    ],
)
def test_titles_of_the_example_are_broken_as_a_clerk_breaks_them(
    segments: tuple[str, ...], lines: tuple[str, ...]
) -> None:
    assert break_title(segments) == lines


def test_the_lines_that_the_drafter_set_win() -> None:
    given_lines = ("青屏县", "全民科学素质行动规划纲要实施方案")
    assert break_title(("青屏县", *PLAN), given_lines) == given_lines


@pytest.mark.parametrize(
    ("sizes", "widths"),
    [
        # As even as can be, not as full as can be.
        ((6, 6, 6, 6), (12, 12)),
        # No line of three characters, though all before it would fill one.
        ((9, 9, 3), (9, 12)),
        # Rather uneven than an hourglass.
        ((9, 5, 11, 13), (9, 16, 13)),
        ((11, 9, 5, 9, 11), (11, 14, 20)),
        ((15, 8, 8, 15), (15, 16, 15)),
    ],
)
def test_lines_are_even_without_scrap_or_hourglass(sizes: tuple[int, ...], widths: tuple[int, ...]) -> None:
    assert tuple(ems(line) for line in break_title(tuple("汉" * size for size in sizes))) == widths


PIECE = st.text(alphabet="汉字县—0aA《》（）", min_size=1, max_size=20)


@given(st.lists(PIECE, min_size=1, max_size=7))
def test_no_piece_is_split_and_no_line_is_too_wide(segments: list[str]) -> None:
    assume(all(ems(piece) <= LINE_EMS for piece in segments))
    lines = break_title(segments)
    assert "".join(lines) == "".join(segments)
    assert all(0 < ems(line) <= LINE_EMS for line in lines)
    ends = [len("".join(lines[: n + 1])) for n in range(len(lines))]
    assert set(ends) <= cuts(segments)


@given(st.lists(PIECE, min_size=1, max_size=7))
def test_there_are_no_more_lines_than_needed(segments: list[str]) -> None:
    assume(all(ems(piece) <= LINE_EMS for piece in segments))
    greedy, width = 1, 0.0
    for piece in segments:
        if width + ems(piece) > LINE_EMS:
            greedy, width = greedy + 1, 0.0
        width += ems(piece)
    assert len(break_title(segments)) == greedy


@given(st.lists(st.text(alphabet="汉字县（）", min_size=1, max_size=50), min_size=1, max_size=4))
def test_a_title_that_cannot_be_broken_well_keeps_its_words_within_the_page(segments: list[str]) -> None:
    lines = break_title(segments)
    assert "".join(lines) == "".join(segments)
    assert all(ems(line) <= LINE_EMS for line in lines)


def test_a_wide_title_of_mixed_widths_stays_within_the_page() -> None:
    lines = break_title(("汉" * 20 + "a" * 40,))
    assert all(ems(line) <= LINE_EMS for line in lines), [ems(line) for line in lines]


def test_one_piece_that_is_too_wide_leaves_the_others_whole() -> None:
    """The longest county's name: its office alone is 22 characters wide."""
    segments = notice("积石山保安族东乡族撒拉族自治县")
    text = "|".join(break_title(segments))
    assert re.search(r"\|?全民科学素质行动规划纲要", text)
    assert "实施方案（2026—2030年）" in text


def test_a_title_in_one_piece_is_not_cut_within_a_word() -> None:
    text = "|".join(break_title(("青屏县" + "".join(PLAN),)))
    for word in ("规划纲要", "实施方案", "（2026—2030年）"):
        assert word in text


LONGEST = (
    "积石山保安族东乡族撒拉族自治县",
    "双江拉祜族佤族布朗族傣族自治县",
    "孟村回族自治县",
    "鄂伦春自治旗",
    "西乌珠穆沁旗",
    "神农架林区",
    "六枝特区",
    "滨海新区",
    "塔什库尔干塔吉克自治县",
    "阿拉山口市",
)
"""Long names of every type of county-level unit."""


@pytest.mark.parametrize("place", LONGEST)
def test_titles_of_the_longest_names_keep_their_words(place: str) -> None:
    for segments in ((place, *PLAN), notice(place)):
        lines = break_title(segments, words=(place,))
        assert all(ems(line) <= LINE_EMS for line in lines)
        text = "|".join(lines)
        for word in (place, "规划纲要", "实施方案", "（2026—2030年）"):
            assert word in text


@pytest.mark.parametrize(
    ("mark", "lines"),
    [
        ("青屏县人民政府办公室文件", ("青屏县人民政府办公室文件",)),
        ("孟村回族自治县人民政府办公室文件", ("孟村回族自治县人民政府办公室文件",)),
        (
            "积石山保安族东乡族撒拉族自治县人民政府办公室文件",
            ("积石山保安族东乡族撒拉族自治县", "人民政府办公室文件"),
        ),
    ],
)
def test_a_red_head_that_would_be_too_small_has_two_lines(mark: str, lines: tuple[str, ...]) -> None:
    assert mark_lines(mark) == lines
