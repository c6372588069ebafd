"""Search: a drafter's own words find the measure that is meant, typing errors included."""

from pathlib import Path

import pytest
from drafts import ROOT, write

from drafter.catalog import open_catalog
from drafter.model.catalog import Catalog
from drafter.search import as_json, search

CASES = ROOT / "tests" / "cases" / "search.txt"
FLOOD = ROOT / "tests" / "families" / "flood" / "catalog"


def questions(part: str) -> list[tuple[str, set[str]]]:
    """The questions of a part of the cases, with the ids that answer each."""
    _, _, rest = CASES.read_text(encoding="utf-8").partition(f"# {part}")
    rows = (line.split(" → ") for line in rest.partition("\n# ")[0].splitlines()[1:] if " → " in line)
    return [(question, set(ids.split())) for question, ids in rows]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    """The shipped catalog."""
    return open_catalog("science-literacy").catalog


def ids(catalog: Catalog, words: str) -> list[str]:
    return [hit.measure.id for hit in search(catalog, words)]


@pytest.mark.parametrize(
    ("part", "first", "three"), [("everyday", 0.9, 0.95), ("a wrong", 1.0, 1.0), ("several", 1.0, 1.0)]
)
def test_what_is_meant_comes_first(catalog: Catalog, part: str, first: float, three: float) -> None:
    """`first`: the least share of questions whose answer comes first; `three`: among the first three."""
    asked = questions(part)
    assert len(asked) >= 4
    answers = [(question, wanted, ids(catalog, question)) for question, wanted in asked]
    missed = [(question, found[:3]) for question, wanted, found in answers if not wanted & set(found[:1])]
    lost = [(question, found[:3]) for question, wanted, found in answers if not wanted & set(found[:3])]
    assert len(missed) <= (1 - first) * len(asked), missed
    assert len(lost) <= (1 - three) * len(asked), lost


def test_every_question_of_the_cases_has_an_answer(catalog: Catalog) -> None:
    asked = [each for part in ("everyday", "a wrong", "several") for each in questions(part)]
    assert len(asked) >= 80
    assert [question for question, wanted in asked if not wanted & set(catalog.measures)] == []


@pytest.mark.parametrize("words", ["区块链挖矿", "菜谱", "zzz", "", "，。", "怎么办", "请问有没有"])
def test_what_is_not_there_is_not_found(catalog: Catalog, words: str) -> None:
    assert ids(catalog, words) == []


def small(folder: Path, *measures: str) -> Catalog:
    """A family of its own with these measures."""
    family = "format: family/1\nid: roads\ntitle: 修路方案\ngroups: [{id: all, kind: part, title: 各项}]\n"
    write(folder, "roads/family.yaml", family)
    write(folder, "roads/all.yaml", "format: measures/1\ngroup: all\nmeasures:\n- " + "\n- ".join(measures))
    return open_catalog("roads", folder).catalog


def test_a_shortened_word_is_the_long_one(tmp_path: Path) -> None:
    rows = (
        "{id: books, title: 甲, text: 乙, tags: [图书管理员]}",
        "{id: other, title: 丙, text: 丁, tags: [桥梁]}",
    )
    catalog = small(tmp_path, *rows)
    assert [hit.score > 3 for hit in search(catalog, "图管员")] == [True]
    assert all(hit.score < 2 for hit in search(catalog, "员管图"))


def test_a_question_that_is_a_tag_finds_it(tmp_path: Path) -> None:
    """Even where most of it is made of words that every question has."""
    catalog = small(
        tmp_path,
        "{id: short, title: 甲, text: 乙, tags: [钱, 经费]}",
        "{id: whole, title: 丙, text: 丁, tags: [钱从哪来, 预算]}",
    )
    assert ids(catalog, "钱从哪来")[0] == "whole"


def test_words_that_every_question_has_find_nothing(tmp_path: Path) -> None:
    catalog = small(
        tmp_path,
        "{id: bridge, title: 甲, text: 乙, tags: [桥梁]}",
        "{id: how, title: 丙, text: 讲清楚怎么做、为什么做}",
    )
    assert ids(catalog, "怎么修桥梁") == ["bridge"]


def test_what_hardly_fits_is_left_out_beside_what_fits(catalog: Catalog) -> None:
    """One word in common is worth showing where there is nothing better, and only there."""
    for question, _ in questions("everyday"):
        scores = [hit.score for hit in search(catalog, question, most=50)]
        assert scores == sorted(scores, reverse=True)
        assert scores[-1] >= scores[0] / 7, question


def test_everyday_words_come_from_tags(tmp_path: Path) -> None:
    """A tag of one character is a word: 钱 is found in a question, and not within 钱塘."""
    text = "format: measures/1\ngroup: condition\nmeasures:\n- {id: money, title: 甲乙, text: 丙丁, tags: [钱, 拨款]}\n"
    write(tmp_path, "science-literacy/money.yaml", text)
    catalog = open_catalog("science-literacy", tmp_path).catalog
    assert ids(catalog, "钱从哪来")[0] == "money"
    assert ids(catalog, "没钱怎么办")[0] == "money"
    assert ids(catalog, "拨款")[0] == "money"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("城区排水", "works-drainage"),
        ("叫应", "warning-call"),
        ("抢检队伍", "rescue-teams"),
        ("停水怎么送水", "rescue-supplies"),
    ],
)
def test_a_family_of_its_own(words: str, found: str) -> None:
    assert ids(open_catalog("flood-safety", FLOOD).catalog, words)[0] == found


def test_full_width_letters_and_marks_do_not_matter(catalog: Catalog) -> None:
    assert ids(catalog, "“科普大篷车”？") == ids(catalog, "科普大篷车")
    assert ids(catalog, "ＡＩ") == ids(catalog, "ai")


def test_the_line_is_the_one_that_was_found() -> None:
    hit = search(open_catalog("flood-safety", FLOOD).catalog, "备用水源")[0]
    assert "年底前落实备用水源" in hit.line
    assert "{{" not in hit.line


def test_the_json_is_the_agreed_one(catalog: Catalog) -> None:
    made = as_json(search(catalog, "科普大篷车", most=2))
    assert made["format"] == "drafter.search/1"
    assert len(made["results"]) == 2
    first, second = made["results"]
    assert list(first) == ["id", "title", "group", "score", "sources"]
    assert first["id"] == "facilities-mobile"
    assert first["score"] > second["score"] > 0
    assert {"plan": "zezhou", "item": "3.3.1"} in first["sources"]
    assert first["group"] == "科普基础设施工程"
