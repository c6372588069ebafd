"""Small inputs for tests: profiles made from the example's, layers beside them, and the problems they give."""

from collections.abc import Callable
from pathlib import Path

import pytest

from drafter.compose import compose
from drafter.document import Document
from drafter.errors import DrafterError, Finding
from drafter.load import load
from drafter.resolve import resolve

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "qingping" / "profile.yaml"
PICKS = """picks:
- measure: farmers-demo-bases
  length: 标准
  values: {leading_industries: 茶叶}
- measure: farmers-training
- measure: resources-open
- measure: organisation-leadership
"""
Changes = tuple[str, str]


def write_profile(folder: Path, *changes: Changes, picks: str = PICKS) -> Path:
    """The example's profile with a few picks; each old piece of `changes`, which stands there once, is replaced."""
    head, _, _ = EXAMPLE.read_text(encoding="utf-8").partition("picks:\n")
    text = head.replace(", file: parent.txt", "") + picks
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return write(folder, "profile.yaml", text)


def write(folder: Path, name: str, text: str) -> Path:
    """A file in `folder`, its own folders made for it."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def composed(profile: Path, catalog: Path | None = None, templates: Path | None = None) -> Document:
    """The paper of a profile."""
    inputs = load(profile, catalog, templates)
    return compose(resolve(inputs), inputs)


def problems(step: Callable[[], object]) -> tuple[Finding, ...]:
    """What a step that must fail finds wrong."""
    with pytest.raises(DrafterError) as refused:
        step()
    return refused.value.findings


def line_of(path: Path, piece: str) -> int:
    """The number of the one line of a file that holds `piece`."""
    found = [
        number
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if piece in line
    ]
    assert len(found) == 1, (piece, found)
    return found[0]


def is_at(finding: Finding, path: Path, piece: str) -> bool:
    """Whether a finding names the file and the line that holds `piece`."""
    return finding.at is not None and (finding.at.path, finding.at.line) == (str(path), line_of(path, piece))
