"""`drafter align` writes its reports: where they go, what they leave alone, what stands on standard output."""

from pathlib import Path

import openpyxl
import pytest
from compared import CHILD, PARENT
from docx import Document as WordDocument
from typer.testing import CliRunner, Result

from drafter.cli import application
from drafter.markup import print_document
from drafter.write.trace import State, state


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """Child and parent as files."""
    for name, document in (("child.md", CHILD), ("parent.md", PARENT)):
        (tmp_path / name).write_text(print_document(document), encoding="utf-8")
    return str(tmp_path / "child.md"), str(tmp_path / "parent.md")


def run(*arguments: str | Path) -> Result:
    """The command in this process."""
    return CliRunner().invoke(application(), ["align", *map(str, arguments)])


def test_one_run_writes_every_report(files: tuple[str, str], tmp_path: Path) -> None:
    kinds = ("html", "docx", "xlsx", "json")
    options = [part for kind in kinds for part in (f"--{kind}", str(tmp_path / f"out.{kind}"))]
    done = run(*files, *options)
    assert done.exit_code == 0, done.output
    assert "上级举措 5 条" in done.stdout
    assert [state(tmp_path / f"out.{kind}") for kind in kinds] == [State.OURS] * 4
    assert "登记河湖台账" in (tmp_path / "out.html").read_text(encoding="utf-8")
    assert openpyxl.load_workbook(tmp_path / "out.xlsx").sheetnames[0] == "任务对照表"
    assert WordDocument(str(tmp_path / "out.docx")).tables
    # Nobody edited them: the next run replaces them.
    assert run(*files, *options).exit_code == 0
    assert not list(tmp_path.glob("*.bak"))


def test_an_edited_report_is_kept(files: tuple[str, str], tmp_path: Path) -> None:
    out = tmp_path / "out.html"
    run(*files, "--html", out)
    out.write_text(out.read_text(encoding="utf-8").replace("总体情况", "总体情况（已核）"), encoding="utf-8")
    refused = run(*files, "--html", out)
    assert refused.exit_code == 2
    assert "有人工修改" in refused.stderr
    assert run(*files, "--html", out, "--force").exit_code == 0
    assert "已核" in out.with_name("out.html.bak").read_text(encoding="utf-8")


def test_a_report_on_standard_output_stands_there_alone(files: tuple[str, str]) -> None:
    done = run(*files, "--html", "-")
    assert done.stdout.startswith("<!DOCTYPE html>")
    assert "上级举措" not in done.stdout.partition("<")[0]
    package = run(*files, "--xlsx", "-").stdout_bytes
    assert package.startswith(b"PK")


def test_two_reports_in_one_place_are_refused(files: tuple[str, str], tmp_path: Path) -> None:
    done = run(*files, "--html", "-", "--docx", "-")
    assert done.exit_code == 2
    assert "标准输出" in done.stderr
    same = tmp_path / "out"
    assert run(*files, "--html", same, "--xlsx", same).exit_code == 2
    assert not same.exists()


def test_a_place_that_cannot_be_written_is_told_before_anything_is_read(tmp_path: Path) -> None:
    done = run("no.md", "none.md", "--html", tmp_path / "none" / "out.html")
    assert done.exit_code == 2
    assert "没有文件夹" in done.stderr
