"""Words that papers get wrong: the table `common/phrases.csv` of every layer, which an office can extend in a spreadsheet."""

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from drafter.errors import Finding, InputError, Location, Severity, error
from drafter.load import Layer, read_bytes, shipped
from drafter.yaml_tree import decode

KINDS = ("typo", "phrase", "object", "usage")
_KNOWN = (*KINDS, "name", "double")
_SEVERITIES = {each.value: each for each in Severity}
_COLUMNS = ("kind", "severity", "wrong", "right", "why", "example", "good")


class Phrase(Struct, frozen=True):
    """What to look for, what to write instead, and why.

    `wrong`: a regular expression whose whole match is the fault; `right` may refer to its groups, and is empty where the
    mend depends on the sentence. `example` holds the fault; `good` looks like it and does not.
    """

    kind: str
    severity: Severity
    wrong: str
    right: str
    why: str
    example: str
    good: str


class Phrases(Struct, frozen=True):
    """The rows by what they are. `names`: as they are written; `doubles`: words that may stand twice in a row."""

    phrases: tuple[Phrase, ...] = ()
    names: tuple[str, ...] = ()
    doubles: frozenset[str] = frozenset()


def load_phrases(layers: Sequence[Layer]) -> Phrases:
    """The tables of all layers. Raises InputError with every row that cannot be used."""
    findings: list[Finding] = []
    shipped_folder = shipped("catalog")
    rows = [
        row
        for layer in layers
        # The patterns of the shipped table are tried by a test; compiling all of them would slow every run.
        for row in _rows(layer.folder / "common" / "phrases.csv", layer.folder != shipped_folder, findings)
    ]
    if findings:
        raise InputError(findings)
    return Phrases(
        tuple(row for row in rows if row.kind in KINDS),
        tuple(row.wrong for row in rows if row.kind == "name"),
        frozenset(row.wrong for row in rows if row.kind == "double"),
    )


def _rows(path: Path, try_patterns: bool, findings: list[Finding]) -> Iterator[Phrase]:
    if not path.is_file():
        return
    lines = csv.reader(decode(read_bytes(path), str(path)).splitlines())
    head = tuple(next(lines, ()))
    if head != _COLUMNS:
        hint = "第一行写：" + ",".join(_COLUMNS)
        findings.append(error("phrases.columns", "表头不对", hint, Location(str(path), 1)))
        return
    for number, cells in enumerate(lines, 2):
        if not any(cells):
            continue
        wrong = _wrong(cells, try_patterns)
        if wrong:
            findings.append(error("phrases.row", wrong, "改正这一行", Location(str(path), number)))
            continue
        kind, severity, *rest = cells
        yield Phrase(kind, _SEVERITIES.get(severity, Severity.WARNING), *rest)


def _wrong(cells: Sequence[str], try_pattern: bool) -> str:
    """What is wrong with a row, or nothing."""
    if len(cells) != len(_COLUMNS):
        return f"应有 {len(_COLUMNS)} 列，现有 {len(cells)} 列"
    kind, severity, pattern = cells[:3]
    if kind not in _KNOWN:
        return f"kind 不能是“{kind}”；可用：" + "、".join(_KNOWN)
    if kind in KINDS and severity not in _SEVERITIES:
        return f"severity 不能是“{severity}”；可用：" + "、".join(Severity)
    if not pattern or (kind in KINDS and not (cells[4] and cells[5])):
        return "wrong、why、example 不能空"
    if kind in KINDS and try_pattern:
        try:
            re.compile(pattern)
        except re.error as bad:
            return f"wrong 不是合格的正则表达式（第 {(bad.pos or 0) + 1} 个字符处）"
    return ""
