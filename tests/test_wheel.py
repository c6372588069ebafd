"""The wheel alone is enough: built, installed in a fresh environment, used outside the checkout."""

import os
import shutil
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from docx import Document

Run = Callable[..., CompletedProcess[str]]

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

FOLDER_OF_PROGRAMS = "Scripts" if os.name == "nt" else "bin"


@pytest.fixture(scope="module")
def wheel(root: Path, run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the checkout."""
    folder = tmp_path_factory.mktemp("dist")
    done = run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, root)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def programs(wheel: Path, run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a fresh environment that holds the wheel and what it needs, nothing else."""
    environment = tmp_path_factory.mktemp("fresh") / "venv"
    made = run(sys.executable, "-m", "venv", environment)
    assert made.returncode == 0, made.stdout + made.stderr
    folder = environment / FOLDER_OF_PROGRAMS
    installed = run(folder / "python", "-m", "pip", "install", "--quiet", wheel, cwd=environment, timeout=600)
    assert installed.returncode == 0, installed.stdout + installed.stderr
    return folder


def test_the_wheel_carries_its_data(wheel: Path, root: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    expected = {
        f"drafter/data/{kind}/{path.relative_to(root / kind).as_posix()}"
        for kind in ("catalog", "templates")
        for path in (root / kind).rglob("*")
        if path.is_file()
    }
    expected |= {f"drafter/align/report.{kind}" for kind in ("css", "js")}
    assert expected <= names, sorted(expected - names)
    assert not [name for name in names if name.startswith(("tests/", "examples/"))]


def test_the_example_from_the_wheel(programs: Path, example: Path, run: Run, tmp_path: Path) -> None:
    shutil.copytree(example.parent, tmp_path / "county")
    done = run(programs / "drafter", "build", "county/profile.yaml", "-o", "plan.docx", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    # python-docx of the tests, not of the fresh environment: the file must open for others.
    text = "\n".join(paragraph.text for paragraph in Document(str(tmp_path / "plan.docx")).paragraphs)
    assert "青屏县" in text


def test_the_checkout_is_not_used(programs: Path, root: Path, run: Run, tmp_path: Path) -> None:
    done = run(programs / "python", "-c", "import drafter; print(drafter.__file__)", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert not Path(done.stdout.strip()).is_relative_to(root)
