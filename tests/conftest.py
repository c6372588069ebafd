"""Fixtures that every test may use, and what the tests marked `render` need."""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from drafter.load import layers, load_catalog
from drafter.roles import Roles

Completed = subprocess.CompletedProcess[str]


def pytest_configure(config: pytest.Config) -> None:
    """Name the markers that only these tests use."""
    config.addinivalue_line("markers", "slow: takes more than a few seconds; runs all the same")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a render or browser test where its programs are missing, or fail it where DRAFTER_REQUIRE_RENDER wants them."""
    reason = ""
    if item.get_closest_marker("render") is not None:
        reason = missing_for_pages()
    if item.get_closest_marker("browser") is not None:
        reason = reason or missing_for_browser()
    if reason and os.environ.get("DRAFTER_REQUIRE_RENDER"):
        pytest.fail(f"DRAFTER_REQUIRE_RENDER is set, but {reason}", pytrace=False)
    if reason:
        pytest.skip(reason)


@cache
def missing_for_pages() -> str:
    """Why pages cannot be rendered and measured here; empty where they can."""
    if not (shutil.which("soffice") or shutil.which("libreoffice")):
        return "LibreOffice is not installed"
    matcher = shutil.which("fc-match")
    if matcher is None:
        return "fontconfig (fc-match) is not installed"
    answer = subprocess.run(
        [matcher, "仿宋_GB2312"], capture_output=True, encoding="utf-8", errors="replace", check=False
    ).stdout
    return "" if "FandolFang" in answer else "the stand-in fonts are not installed (tests/tools/gbfonts.py)"


@cache
def missing_for_browser() -> str:
    """Why no page can be opened in Chromium here; empty where it can."""
    if (
        importlib.util.find_spec("playwright") is None
        or importlib.util.find_spec("axe_playwright_python") is None
    ):
        return "playwright and axe-playwright-python are not installed"
    return "" if chromium() else "Chromium is not installed"


@cache
def chromium() -> str | None:
    """The program of Chromium, if there is one."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def example(root: Path) -> Path:
    """The profile of the worked example."""
    return root / "examples" / "qingping" / "profile.yaml"


@pytest.fixture(scope="session")
def plans() -> Path:
    """The folder of real plans (.txt) that DRAFTER_PLANS names, itself or by the folder around `plans/`."""
    named = os.environ.get("DRAFTER_PLANS")
    if not named:
        pytest.skip("DRAFTER_PLANS is not set: no real plans to compare with")
    folder = Path(named)
    inner = folder / "plans"
    found = inner if inner.is_dir() else folder
    if not any(found.glob("*.txt")):
        pytest.fail(f"DRAFTER_PLANS is {named}, but no .txt stands there", pytrace=False)
    return found


@pytest.fixture(scope="session")
def run() -> Callable[..., Completed]:
    """Runs a program to its end and gives back what it printed; never raises for its exit code."""

    def program(*command: str | Path, cwd: Path | None = None, timeout: float = 280) -> Completed:
        # Chinese must pass through pipes on every system; the fresh interpreters must not see this one's path.
        env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | {
            "PYTHONUTF8": "1"
        }
        return subprocess.run(
            [str(part) for part in command],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            cwd=cwd,
            env=env,
            timeout=timeout,
            check=False,
        )

    return program


@pytest.fixture(scope="session")
def run_drafter(run: Callable[..., Completed]) -> Callable[..., Completed]:
    """Runs the `drafter` command of this environment, in a process of its own."""
    found = shutil.which("drafter", path=str(Path(sys.executable).parent))
    assert found, "no `drafter` beside this Python: pip install -e '.[test]'"
    command = found

    def drafter(*arguments: str | Path, cwd: Path | None = None) -> Completed:
        return run(command, *arguments, cwd=cwd)

    return drafter


@pytest.fixture(scope="session")
def roles() -> Roles:
    """The roles of every unit that the shipped catalog knows."""
    catalog, _ = load_catalog("science-literacy", layers("catalog"))
    assert catalog
    return Roles(catalog.organs)
