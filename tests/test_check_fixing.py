"""--fix mends what is mechanical and certain, and nothing else; every change is listed; never onto its own input."""

from pathlib import Path

import pytest
from drafts import EXAMPLE, problems, write
from typer.testing import CliRunner

from drafter.build import build
from drafter.check.fixing import fix
from drafter.cli import application

MENDS = [
    ("citation.number-form", "岚政办发[2026]第015号", "岚政办发〔2026〕15号"),
    ("citation.inner-marks", "《关于印发<修路方案>的通知》", "《关于印发〈修路方案〉的通知》"),
    ("citation.year-bracket", "《修路规划（2026—2035）年》", "《修路规划（2026—2035年）》"),
    ("marks.year-dash", "2026-2030年修路", "2026—2030年修路"),
    ("marks.half-width-brackets", "乡镇(街道)派人", "乡镇（街道）派人"),
    ("marks.half-width-brackets", "乡镇(街道）派人", "乡镇（街道）派人"),
    ("marks.mixed-pair", "乡镇（街道)派人", "乡镇（街道）派人"),
    ("marks.half-width", "先修路,再架线", "先修路，再架线"),
    ("marks.straight-quotes", '组成"修路队"进村', "组成“修路队”进村"),
    ("marks.spaces", "每站 3 人", "每站3人"),
    ("numbers.zero", "二0三0年建成", "二〇三〇年建成"),
    ("numbers.zero", "二O三五年建成", "二〇三五年建成"),
]
KEPT = [
    "电话2026-20301，网址a,b:c(d) x<y>z。",
    "青屏县人民政府办公室 2026年12月10日",
    "（1）修路；（2）架线，9:30开工，比例3:1。",
    "@责任 牵头=a；原文=(甲,乙)",
    "乡镇派人 {@road-repair .road =25．}",
]


def fixed(folder: Path, text: str) -> str:
    target = folder / "改.txt"
    fix(write(folder, "原.txt", text), target)
    return target.read_text(encoding="utf-8")


@pytest.mark.parametrize(("rule", "before", "after"), MENDS)
def test_a_mechanical_fault_is_mended_and_listed(rule: str, before: str, after: str, tmp_path: Path) -> None:
    changes = fix(write(tmp_path, "原.txt", f"第一行\n{before}。\n"), tmp_path / "改.txt")
    assert (tmp_path / "改.txt").read_text(encoding="utf-8") == f"第一行\n{after}。\n"
    assert {(change.line, change.rule) for change in changes} == {(2, rule)}


@pytest.mark.parametrize("text", KEPT)
def test_what_is_not_certain_stays(text: str, tmp_path: Path) -> None:
    assert fixed(tmp_path, text) == text


def test_front_matter_stays(tmp_path: Path) -> None:
    text = "---\nperiod: 2026-2030\nnote: 甲(乙)\n---\n\n## 修路\n\n2026-2030年修路。\n"
    assert fixed(tmp_path, text) == text.replace("2026-2030年修路", "2026—2030年修路")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encoding_and_line_ends_stay(encoding: str, tmp_path: Path) -> None:
    source = tmp_path / "原.txt"
    source.write_bytes("先修路,再架线。\r\n\r\n完。".encode(encoding))
    fix(source, tmp_path / "改.txt")
    assert (tmp_path / "改.txt").read_bytes() == "先修路，再架线。\r\n\r\n完。".encode(encoding)


def test_drafting_markup_of_a_draft_stays(tmp_path: Path) -> None:
    build(EXAMPLE, tmp_path / "plan.md")
    assert fix(tmp_path / "plan.md", tmp_path / "改.md") == ()
    assert (tmp_path / "改.md").read_bytes() == (tmp_path / "plan.md").read_bytes()


def test_it_refuses_its_own_input(tmp_path: Path) -> None:
    source = write(tmp_path, "原.txt", "先修路,再架线。")
    (finding,) = problems(lambda: fix(source, tmp_path / "." / "原.txt"))
    assert finding.rule == "fix.same"
    assert source.read_text(encoding="utf-8") == "先修路,再架线。"


def test_it_refuses_what_is_no_text(tmp_path: Path) -> None:
    build(EXAMPLE, tmp_path / "plan.docx")
    (finding,) = problems(lambda: fix(tmp_path / "plan.docx", tmp_path / "改.docx"))
    assert finding.rule == "fix.kind"
    assert not (tmp_path / "改.docx").exists()


def test_it_does_not_write_over_the_file_of_another(tmp_path: Path) -> None:
    source, target = write(tmp_path, "原.txt", "先修路,再架线。"), write(tmp_path, "改.txt", "别人的")
    problems(lambda: fix(source, target))
    assert target.read_text(encoding="utf-8") == "别人的"


def test_the_command_lists_the_changes(tmp_path: Path) -> None:
    source = write(tmp_path, "原.txt", "一、修路\n（一）山路\n先修路,再架线。\n")
    done = CliRunner().invoke(application(), ["check", str(source), "--fix", str(tmp_path / "改.txt")])
    assert "第3行：先修路,再架线。 → 先修路，再架线。  [marks.half-width]" in done.stderr
    assert "改动 1 处" in done.stderr
    both = CliRunner().invoke(
        application(), ["check", str(source), str(source), "--fix", str(tmp_path / "又.txt")]
    )
    assert both.exit_code == 2
