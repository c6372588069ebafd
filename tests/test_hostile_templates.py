"""Templates are untrusted: whatever one asks for, it ends soon, reads no file but its pack's, and is told with its line."""

import re
import sys
from pathlib import Path

import pytest
from drafts import ROOT, problems, write, write_profile

from drafter.compose import compose
from drafter.load import load
from drafter.resolve import resolve

CASES = ROOT / "tests" / "cases" / "templates" / "hostile.txt"
PACK = "templates/science-literacy"


def cases() -> list[tuple[str, str, int, str]]:
    """Title, rule, line and template of each case."""
    pieces = re.split(r"(?m)^======== (.*?) \| (.*?) \| (\d+)\n", CASES.read_text(encoding="utf-8"))[1:]
    return [
        (title, rule, int(line), text)
        for title, rule, line, text in zip(*(pieces[n::4] for n in range(4)), strict=True)
    ]


@pytest.mark.timeout(60)
@pytest.mark.parametrize(("title", "rule", "line", "text"), cases(), ids=[case[0] for case in cases()])
def test_a_hostile_template_ends_with_its_place(
    tmp_path: Path, title: str, rule: str, line: int, text: str
) -> None:
    (tmp_path / "secret.md.j2").write_text("秘密", encoding="utf-8")
    write(tmp_path, "templates/secret.md.j2", "秘密")
    path = write(tmp_path, f"{PACK}/schedule.md.j2", text)
    if sys.platform != "win32":
        (path.parent / "link.md.j2").symlink_to(tmp_path / "secret.md.j2")
    profile = write_profile(tmp_path)
    inputs = load(profile)
    plan = resolve(inputs)
    (finding,) = problems(lambda: compose(plan, inputs))
    assert finding.rule == rule
    assert finding.at is not None
    assert (finding.at.path, finding.at.line) == (str(path), line)
    assert re.search("[一-龥]", finding.message)
    assert len(str(finding)) < 3000
    assert "秘密" not in str(finding)
