"""What `drafter doctor` looks at."""

from pathlib import Path

import pytest
from drafts import write

import drafter.doctor
from drafter.doctor import Check, checks


def named(folder: Path, start: str) -> list[Check]:
    return [each for each in checks(folder) if each.name.startswith(start)]


def test_fonts_office_terminal_and_layers_are_looked_at(tmp_path: Path) -> None:
    names = " ".join(each.name for each in checks(tmp_path))
    for each in (
        "字体 仿宋_GB2312",
        "LibreOffice",
        "终端编码",
        "目录 science-literacy",
        "模板包 science-literacy",
    ):
        assert each in names


def test_a_missing_font_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafter.doctor, "_installed", lambda: "楷体_GB2312\n")
    found = {each.name: each for each in named(tmp_path, "字体")}
    assert found["字体 楷体_GB2312"].well
    assert not found["字体 仿宋_GB2312"].well
    assert "layout.fonts" in str(found["字体 仿宋_GB2312"])


def test_a_catalog_of_the_offices_own_is_named_or_its_fault_is(tmp_path: Path) -> None:
    path = write(tmp_path, "catalog/science-literacy/glossary.yaml", "format: glossary/1\nterms: []\n")
    (found,) = (each for each in named(tmp_path, "目录") if "science-literacy" in str(each))
    assert found.well
    assert str(tmp_path) in found.found
    path.write_text("format: glossary/1\nterm: []\n", encoding="utf-8")
    (found,) = (each for each in named(tmp_path, "目录") if not each.well)
    assert "glossary.yaml" in found.found
