"""`drafter check` on .docx files: layout among the rules, printed pages, findings as comments at their words."""

import json
import shutil
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from docx import Document as WordDocument
from docx.shared import Mm
from drafts import EXAMPLE, write, write_profile
from test_check_command import LOCAL
from test_comments import told
from typed import saved, typed
from typer.testing import CliRunner

from drafter.build import build
from drafter.cli import application

Run = Callable[..., CompletedProcess[str]]
Check = Callable[..., tuple[int, str, str]]
MARGIN = "layout.margins"


@pytest.fixture
def invoke() -> Check:
    """Runs the command in this process: exit code, standard output, standard error."""

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        done = CliRunner().invoke(application(), ["check", *map(str, arguments)])
        return done.exit_code, done.stdout, done.stderr

    return run


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A .docx that drafter made."""
    build(write_profile(tmp_path), tmp_path / "plan.docx")
    return tmp_path / "plan.docx"


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """A .docx that somebody typed: a slip in it, twice, and a margin that is wrong."""
    paper = typed()
    paper.sections[0].left_margin = Mm(31.8)
    body = [each for each in paper.paragraphs if len(each.text) > 40]
    body[0].add_run("截 止")
    body[0].add_run("目前建成六处。")
    body[-1].add_run("截止目前建成七处。")
    path = tmp_path / "typed.docx"
    path.write_bytes(saved(paper))
    return path


def edited(path: Path, margin: float) -> Path:
    """A file with another left margin, as a person would set it."""
    paper = WordDocument(str(path))
    for section in paper.sections:
        section.left_margin = Mm(margin)
    paper.save(str(path))
    return path


def findings(output: str) -> dict[str, dict[str, Any]]:
    return {each["rule"]: each for each in json.loads(output)["findings"]}


# ------------------------------------------------------------------ layout


def test_layout_of_a_file_of_ours_is_right(invoke: Check, ours: Path) -> None:
    _, output, _ = invoke(ours, "--format", "json")
    assert MARGIN in json.loads(output)["checked"]
    assert not [rule for rule in findings(output) if rule.startswith("layout.")]


def test_layout_that_a_person_spoiled_in_ours_is_an_error(invoke: Check, ours: Path) -> None:
    code, output, _ = invoke(edited(ours, 20), "--format", "json")
    assert code == 1
    assert findings(output)[MARGIN]["severity"] == "error"


def test_layout_of_another_program_is_a_warning(invoke: Check, theirs: Path) -> None:
    _, output, _ = invoke(theirs, "--format", "json")
    assert findings(output)[MARGIN]["severity"] == "warning"
    assert findings(output)[MARGIN]["places"][0]["file"] == str(theirs)


def test_each_wrong_value_of_a_layout_rule_stays_a_finding(invoke: Check, tmp_path: Path) -> None:
    paper = typed()
    body = [each for each in paper.paragraphs if len(each.text) > 40]
    body[0].paragraph_format.space_before, body[0].paragraph_format.space_after = Mm(2), Mm(5)
    path = tmp_path / "typed.docx"
    path.write_bytes(saved(paper))
    _, output, _ = invoke(path, "--format", "json")
    made = [each for each in json.loads(output)["findings"] if each["rule"] == "layout.paragraph-space"]
    assert len(made) == 2
    assert made[0]["quote"] == made[1]["quote"]


def test_layout_rules_are_disabled_waived_and_explained(invoke: Check, theirs: Path, tmp_path: Path) -> None:
    assert MARGIN not in findings(invoke(theirs, "--format", "json", "--disable", MARGIN)[1])
    profile = write_profile(
        tmp_path, picks=f"picks: []\nwaivers:\n- {{rule: {MARGIN}, reason: 本机关惯例}}\n"
    )
    _, output, _ = invoke(theirs, "--profile", profile, "--format", "json")
    assert findings(output)[MARGIN]["waived"] == "本机关惯例"
    assert "页边距：上37" in invoke("--explain", MARGIN)[1]


def test_a_text_file_needs_no_layout_modules(run: Run, tmp_path: Path) -> None:
    text = write(tmp_path, "方案.txt", "青屏县实施方案\n一、总体要求\n先试点。")
    code = f"""
import sys
from drafter.build import build
from drafter.check.papers import Asked, judge
from pathlib import Path
build(Path({str(EXAMPLE)!r}), Path({str(tmp_path / "plan.docx")!r}))
judge([Path({str(text)!r})], Asked())
loaded = sorted(name for name in sys.modules if name.startswith("drafter.check.layout."))
sys.exit(0 if loaded == ["drafter.check.layout.rules"] else str(loaded))
"""
    done = run(sys.executable, "-c", code)
    assert done.returncode == 0, done.stderr


# ------------------------------------------------------------------ pages


@pytest.mark.render
def test_pages_are_judged_only_if_asked(invoke: Check, ours: Path) -> None:
    _, output, _ = invoke(ours, "--format", "json")
    assert "layout.rows" not in json.loads(output)["checked"]
    _, output, _ = invoke(ours, "--format", "json", "--render")
    assert "layout.rows" in json.loads(output)["checked"]


@pytest.mark.render
def test_a_profile_is_judged_by_its_pages(invoke: Check) -> None:
    code, output, _ = invoke(EXAMPLE, "--render")
    assert (code, output) == (0, f"{EXAMPLE}\n没有发现问题。\n")


def test_without_libreoffice_pages_are_refused_with_the_reason(
    invoke: Check, ours: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("drafter.write.render._NAMES", ("no-such-program",))
    monkeypatch.setattr("drafter.write.render._PLACES", ())
    code, output, messages = invoke(ours, "--render")
    assert (code, output) == (2, "")
    assert "没有找到 LibreOffice" in messages
    assert "--render" in messages


# ------------------------------------------------------------------ comments


def comments(path: Path) -> dict[str, str]:
    """What each comment says → the words that it is about."""
    return {said: words for words, said in told(path.read_bytes())}


def about(path: Path, rule: str) -> tuple[str, str]:
    """The words and the lines of the one comment of a rule."""
    ((said, words),) = [(said, words) for said, words in comments(path).items() if f"［{rule}］" in said]
    return words, said


def audited(run: Run, path: Path) -> str:
    """What is wrong with a package."""
    program = shutil.which("openxml-audit", path=str(Path(sys.executable).parent))
    assert program, "openxml-audit is not installed"
    done = run(program, path)
    return done.stdout if done.returncode else ""


def test_comments_stand_at_the_words(invoke: Check, theirs: Path, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.docx"
    code, output, messages = invoke(theirs, "--docx", out)
    assert code == 1
    words, said = about(out, "wording.typo")
    assert words == "截 止目前"
    assert said.splitlines() == [
        next(line for line in said.splitlines() if line.startswith("错误：")), "→ 改为“截至目前”", "［wording.typo］",
    ]  # fmt: skip
    assert "（共2处）" in said
    assert len(comments(out)) == output.count("[") == len(told(out.read_bytes()))
    assert f"已写入 {out}" in messages
    assert audited(run, out) == audited(run, theirs)


def test_what_has_no_words_stands_at_the_title(invoke: Check, theirs: Path, tmp_path: Path) -> None:
    invoke(theirs, "--docx", tmp_path / "out.docx")
    words, _ = about(tmp_path / "out.docx", MARGIN)
    assert words == "青屏县人民政府办公室关于"


def test_a_profile_becomes_a_commented_paper_that_may_be_written_again(
    invoke: Check, run: Run, tmp_path: Path
) -> None:
    profile, out = write_profile(tmp_path, picks=LOCAL), tmp_path / "out.docx"
    assert invoke(profile, "--docx", out)[0] == 1
    assert about(out, "wording.typo")[0] == "截止目前"
    assert audited(run, out) == ""
    assert invoke(profile, "--docx", out)[0] == 1
    assert not out.with_suffix(".docx.bak").exists()


def test_a_file_of_another_is_kept(invoke: Check, ours: Path, tmp_path: Path) -> None:
    out = write(tmp_path, "他.docx", "他人的文件")
    code, output, messages = invoke(ours, "--docx", out)
    assert (code, output) == (2, "")
    assert "没有覆盖" in messages
    assert invoke(ours, "--docx", out, "--force")[0] == 0
    assert (tmp_path / "他.docx.bak").read_text(encoding="utf-8") == "他人的文件"


@pytest.mark.parametrize(
    ("out", "said"),
    [("plan.docx", "不能写到要审的文件上"), ("out.pdf", "批注只能写成 .docx"), ("无/out.docx", "没有文件夹")],
)
def test_where_comments_cannot_go(out: str, said: str, invoke: Check, ours: Path, tmp_path: Path) -> None:
    before = ours.read_bytes()
    code, output, messages = invoke(ours, "--docx", tmp_path / out, "--force")
    assert (code, output) == (2, "")
    assert said in messages
    assert ours.read_bytes() == before


def test_comments_need_one_docx(invoke: Check, ours: Path, tmp_path: Path) -> None:
    text = write(tmp_path, "方案.txt", "青屏县实施方案\n一、总体要求")
    assert "这不是 .docx" in invoke(text, "--docx", tmp_path / "out.docx")[2]
    assert "一次只批注一个文件" in invoke(ours, text, "--docx", tmp_path / "out.docx")[2]
    assert not (tmp_path / "out.docx").exists()


def test_the_strict_form_of_the_format_is_refused(invoke: Check, ours: Path, tmp_path: Path) -> None:
    strict = tmp_path / "strict.docx"
    with zipfile.ZipFile(ours) as source, zipfile.ZipFile(strict, "w") as target:
        for name in source.namelist():
            content = source.read(name).replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
            target.writestr(name, content)
    assert invoke(strict)[0] in (0, 1)
    code, _, messages = invoke(strict, "--docx", tmp_path / "out.docx")
    assert code == 2
    assert "不能加批注" in messages
