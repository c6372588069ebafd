"""The county's measures in the parts and sections of the parent plan."""

import shutil
from pathlib import Path

import pytest
from drafts import EXAMPLE, problems, write

from drafter.build import Built, build
from drafter.document import Heading, Item
from drafter.errors import Finding


def built(folder: Path, *changes: tuple[str, str], parent: str | None = None) -> Built:
    """The example in its parent's outline."""
    text = EXAMPLE.read_text(encoding="utf-8")
    for old, new in (("form: items", "form: items\n  outline: parent"), *changes):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    if parent is None:
        shutil.copy(EXAMPLE.with_name("parent.txt"), folder)
    else:
        write(folder, "parent.txt", parent)
    return build(write(folder, "profile.yaml", text), folder / "plan.md")


def titles(paper: Built, level: int) -> list[str]:
    """The headings of a level."""
    return [b.title for b in paper.document.blocks if isinstance(b, Heading) and b.level == level]


def refused(folder: Path, *changes: tuple[str, str], parent: str | None = None) -> Finding:
    (finding,) = problems(lambda: built(folder, *changes, parent=parent))
    return finding


def test_parts_sections_and_order_are_the_parents(tmp_path: Path) -> None:
    paper = built(tmp_path)
    assert titles(paper, 1) == ["总体要求", "重点工程", "重点人群科学素质提升行动", "组织实施"]
    second = titles(paper, 2)[3:]
    assert second[:5] == [
        "基层科普能力提升工程",
        "科普基础设施提质工程",
        "科普信息化工程",
        "科技资源科普化工程",
        "科普队伍建设工程",
    ]
    assert second[5] == "领导干部和公务员科学素质提升行动"


def test_a_measure_hangs_where_the_item_stands_that_it_answers(tmp_path: Path) -> None:
    here, found = "", {}
    for block in built(tmp_path).document.blocks:
        if isinstance(block, Heading) and block.level == 2:
            here = block.title
        elif isinstance(block, Item):
            found[block.origin] = here
    # A measure of the facilities in the catalog, but the parent has what it answers elsewhere.
    assert found["local-study-tour"] == "基层科普能力提升工程"
    assert found["youth-scientist-spirit"] == "青少年科学素质提升行动"
    assert found["condition-budget"] == "保障经费投入"


def test_what_nothing_hangs_in_is_dropped_and_told(tmp_path: Path) -> None:
    paper = built(tmp_path)
    (told,) = (finding for finding in paper.findings if finding.rule == "outline.dropped")
    assert "建立科普专项统计制度" in told.message
    assert "建立科普专项统计制度" not in titles(paper, 2)


PARENT = """澄州市全民科学素质行动规划纲要实施方案（2026—2030年）

为推进工作，制定本方案。

一、实施两大行动

（一）全市青少年科学素质提升行动

1.办好课堂。开展科学课。（市教育局牵头，市科协配合）

（二）澄州市民营企业家素质提升行动

1.办好讲座。开展讲座。（市科协牵头，市教育局配合）

二、保障措施

（一）市级统筹

1.加强领导。定期研究。
"""


def test_titles_are_put_on_the_countys_level(tmp_path: Path) -> None:
    paper = built(tmp_path, parent=PARENT)
    assert "全县青少年科学素质提升行动" in titles(paper, 2)
    assert "县级统筹" in titles(paper, 2)
    assert not [title for title in titles(paper, 2) if "澄州" in title or "全市" in title]


def test_a_parent_of_another_period_lends_its_structure_only(tmp_path: Path) -> None:
    paper = built(tmp_path, parent=PARENT.replace("2026—2030", "2021—2025"))
    (told,) = (finding for finding in paper.findings if finding.rule == "outline.period")
    assert "其他规划期" in told.message
    assert "2025年）" not in "".join(paper.document.title)


def test_an_outline_needs_a_parents_file(tmp_path: Path) -> None:
    finding = refused(tmp_path, (", file: parent.txt", ""))
    assert (finding.rule, finding.at is not None) == ("outline.parent", True)
    assert "文件" in finding.message


@pytest.mark.parametrize(("name", "told"), [("chengzou", "没有上级方案"), ("lanjiang", "没有文件")])
def test_the_parent_that_is_named_must_be_there(tmp_path: Path, name: str, told: str) -> None:
    finding = refused(tmp_path, ("length: 简", f"length: 简\n  parent: {name}"))
    assert finding.rule == "outline.parent"
    assert told in finding.message


def test_a_parent_without_measures_is_refused(tmp_path: Path) -> None:
    text = (
        PARENT.split("一、", maxsplit=1)[0]
        + "一、指导思想\n\n坚持科学发展。\n\n二、主要目标\n\n到2030年，大有提高。\n"
    )
    assert refused(tmp_path, parent=text).rule == "outline.empty"


def test_a_parent_that_cannot_be_read_is_refused_where_it_is_named(tmp_path: Path) -> None:
    finding = refused(tmp_path, (", file: parent.txt", ", file: nowhere.txt"))
    assert finding.rule == "file.missing"
    assert finding.at is not None
    assert str(finding.at.path).endswith("profile.yaml")
