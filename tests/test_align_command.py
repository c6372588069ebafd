"""`drafter align` on the command line: summary, JSON, exit codes. Run in process."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from drafts import EXAMPLE, write

from drafter.cli import main

Run = Callable[..., tuple[int, str, str]]
PARENT = EXAMPLE.with_name("parent.txt")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command; gives its exit code, standard output and standard error."""

    def command(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["drafter", "align", *map(str, arguments)])
        code = main()
        out, err = capsys.readouterr()
        return code, out, err

    return command


def test_the_summary_tells_what_is_left(run: Run) -> None:
    code, out, _ = run(EXAMPLE, PARENT)
    assert code == 0
    lines = out.splitlines()
    assert lines[0].startswith("上级举措 40 条：")
    assert any("█" in line for line in lines)
    order = [
        next(n for n, line in enumerate(lines) if line.startswith(head))
        for head in ("上级明确要求", "未承接的", "部分承接")
    ]
    assert order == sorted(order)


def test_json_on_standard_output_stands_alone(run: Run) -> None:
    code, out, _ = run(EXAMPLE, PARENT, "--json", "-")
    assert code == 0
    assert json.loads(out)["format"] == "drafter.align/1"


def test_json_files_are_replaced_unless_somebody_edited_them(run: Run, tmp_path: Path) -> None:
    made = tmp_path / "align.json"
    assert run(EXAMPLE, PARENT, "--json", made)[0] == 0
    assert json.loads(made.read_text(encoding="utf-8"))["format"] == "drafter.align/1"
    assert run(EXAMPLE, PARENT, "--json", made)[0] == 0
    assert [path.name for path in tmp_path.iterdir()] == ["align.json"]
    made.write_text(made.read_text(encoding="utf-8") + " ", encoding="utf-8")
    assert run(EXAMPLE, PARENT, "--json", made)[0] == 2
    assert run(EXAMPLE, PARENT, "--json", made, "--force")[0] == 0
    assert (tmp_path / "align.json.bak").exists()


def test_coverage_below_what_is_asked_exits_1(run: Run) -> None:
    code, _, err = run(EXAMPLE, PARENT, "--min-coverage", "100")
    assert code == 1
    assert "低于要求的 100%" in err
    assert run(PARENT, PARENT, "--min-coverage", "100")[0] == 0


def test_bad_input_exits_2_with_every_problem(run: Run, tmp_path: Path) -> None:
    code, out, err = run(tmp_path / "none.txt", tmp_path)
    assert (code, out) == (2, "")
    assert "none.txt" in err
    assert "共 2 个问题" in err
    empty = write(tmp_path, "空.txt", "澄州市方案\n\n一、总体要求\n坚持预防为主，认真做好各项工作。\n")
    code, _, err = run(PARENT, empty)
    assert code == 2
    assert "没有读出任何举措" in err
    assert run(PARENT, PARENT, "--min-coverage", "101")[0] == 2
