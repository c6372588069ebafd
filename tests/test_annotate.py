"""`build --annotate`: a Word comment at each measure."""

import shutil
from pathlib import Path

import pytest
from docx import Document as WordDocument

from drafter.build import build
from drafter.errors import InputError
from drafter.outline import outline
from drafter.read import read
from drafter.write.trace import State, state


@pytest.fixture
def profile(example: Path, tmp_path: Path) -> Path:
    """A copy of the example, one value taken out."""
    shutil.copy(example.with_name("parent.txt"), tmp_path)
    text = example.read_text("utf-8")
    assert "  values: {regional_platform: 岚江科普云}\n" in text
    path = tmp_path / "profile.yaml"
    changed = text.replace("  values: {regional_platform: 岚江科普云}\n", "  length: 标准\n")
    path.write_text(changed, "utf-8")
    return path


def test_each_measure_has_its_comment(profile: Path) -> None:
    built = build(profile, annotate=True)
    out = profile.with_suffix(".docx")
    said = [comment.text.split("\n") for comment in WordDocument(str(out)).comments]
    printed = [node.origin for node in outline(built.document).nodes if node.origin]
    measures = [origin for origin in printed if not origin.startswith("schedule-")]
    assert [lines[0].partition("：")[2] for lines in said] == measures
    by_id = {lines[0]: lines for lines in said}
    curriculum = by_id["举措：youth-curriculum"]
    assert any(line.startswith("来源：") and "泽州县 2.1.1" in line for line in curriculum)
    assert curriculum[-1].startswith("回应：《澄州市")
    assert curriculum[-1].endswith(" 3.5.1")
    assert by_id["本地自拟：local-study-tour"][1].endswith(" 2.1.4")
    assert by_id["举措：digital-platforms"][-1] == "待填：上级或本地科普平台名称"
    assert by_id["举措：digital-rumour"][-1] == "回应：没有登记所回应的上级条目"


def test_comments_change_neither_the_paper_nor_what_is_known_of_it(profile: Path) -> None:
    plain, noted = profile.with_name("plain.docx"), profile.with_name("noted.docx")
    build(profile, plain)
    build(profile, noted, annotate=True)
    assert outline(read(noted)) == outline(read(plain))
    assert state(noted) is State.OURS
    build(profile, noted)


@pytest.mark.parametrize(("name", "clean"), [("plan.docx", True), ("plan.pdf", False), ("plan.md", False)])
def test_only_a_docx_with_its_trace_bears_comments(profile: Path, name: str, clean: bool) -> None:
    out = profile.with_name(name)
    with pytest.raises(InputError, match="去掉 --annotate"):
        build(profile, out, annotate=True, clean=clean)
    assert not out.exists()
