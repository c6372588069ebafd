"""docs/catalog.md: its example is a good entry, its commands run, its table names every rule."""

import re
import shlex
import sys
from datetime import date
from pathlib import Path

import pytest
from drafts import ROOT, write

from drafter.catalog import catalog_layers
from drafter.catalog.checks import check, packs_of
from drafter.cli import main
from drafter.model.catalog import Measure, SourcePlan

TODAY = date(2026, 11, 22)
PAPER = (ROOT / "docs" / "catalog.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^    drafter (catalog [^#\n]*)", PAPER, re.M)


def test_the_example_has_no_findings(tmp_path: Path) -> None:
    (example,) = re.findall(r"^```yaml\n(.*?)^```", PAPER, re.M | re.S)
    path = write(tmp_path, "catalog/science-literacy/mine.yaml", example)
    result = check("science-literacy", catalog_layers(beside=tmp_path), packs_of("science-literacy"), TODAY)
    assert "elderly-night-school" in result.catalog.measures
    assert [str(each) for each in result.findings if each.at and each.at.path == str(path)] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_its_commands_run(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["drafter", *shlex.split(command)])
    assert main() == 0
    assert capsys.readouterr().out


def test_it_names_every_field_and_every_rule() -> None:
    assert len(COMMANDS) >= 6
    named = set(re.findall(r"`([\w.*-]+)`", PAPER))
    assert set(Measure.model_fields) <= named
    assert {"id", "title", "place", "items"} <= named & set(SourcePlan.model_fields)
    checks = ROOT / "drafter" / "catalog" / "checks"
    code = "\n".join(path.read_text(encoding="utf-8") for path in checks.glob("*.py"))
    rules = {f"catalog.{rule}" for rule in re.findall(r'finding\("([\w-]+)"', code)}
    assert len(rules) > 12
    assert rules <= named
