"""Files under the rules: profiles are composed, everything else is read."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from drafter.check import RULES, Checked, check, judged, known
from drafter.check.facts import load_facts
from drafter.check.subject import RawLine
from drafter.check.waiving import waivers_of
from drafter.errors import DrafterError, Finding, InputError, Location, error
from drafter.load import Inputs, layers, load, read_bytes
from drafter.structure import Line

_PROFILE = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Report:
    """A file and what the rules say of it."""

    path: Path
    checked: Checked


def judge(
    files: Sequence[Path],
    profile: Path | None = None,
    *,
    disabled: Iterable[str] = (),
    as_template: bool = False,
    catalog: Path | None = None,
    templates: Path | None = None,
    today: date | None = None,
) -> list[Report]:
    """Check each file. `profile`: whose status and waivers hold for files that are no profiles themselves.

    Raises InputError with the problems of every file that cannot be read, and of every rule that does not exist.
    """
    if not files:
        raise InputError(error("check.file", "没有写要审的文件", "例：drafter check 方案.docx"))
    disabled = tuple(disabled)
    known(disabled)
    inputs = load(profile, catalog, templates) if profile else None
    reports, findings = list[Report](), list[Finding]()
    for path in files:
        try:
            one = _draft if path.suffix.lower() in _PROFILE else _paper
            reports.append(
                Report(
                    path, one(path, inputs, disabled, as_template, catalog, templates, today or date.today())
                )
            )
        except DrafterError as bad:
            findings += bad.findings
    if findings:
        raise InputError(findings)
    return reports


def explained(names: Sequence[str]) -> str:
    """What rules look for, why, an example and the mend; `all`: one line a rule. InputError for one that is not there."""
    if "all" in names:
        return "\n".join(f"{rule.id}  {rule.title}" for rule in RULES)
    return "\n\n".join(rule.explained() for rule in known(names))


def _paper(
    path: Path,
    inputs: Inputs | None,
    disabled: tuple[str, ...],
    as_template: bool,
    catalog: Path | None,
    templates: Path | None,
    today: date,
) -> Checked:
    """A file that is read. Only readers of drafter's own files give styles, so they tell whose it is."""
    # Imported here: a draft of ours needs no reader, a file that is read needs nothing that drafts.
    from drafter.read import read_with_lines  # noqa: PLC0415

    document, lines = read_with_lines(path)
    data = read_bytes(path) if path.suffix.lower() == ".docx" else b""
    facts = load_facts(layers("catalog", path.resolve().parent, catalog))
    more = {"status": inputs.profile.status.value} if inputs else {}
    subject = judged(
        document,
        facts,
        today,
        path=str(path),
        raw=tuple(raw_line(line, str(path)) for line in lines),
        own=any(line.style is not None for line in lines),
        as_template=as_template,
        data=data,
        **more,
    )
    return check(subject, disabled, waivers_of(inputs) if inputs else ())


def _draft(
    path: Path,
    inputs: Inputs | None,
    disabled: tuple[str, ...],
    as_template: bool,
    catalog: Path | None,
    templates: Path | None,
    today: date,
) -> Checked:
    """A profile: its paper is composed."""
    from drafter.check.own import judge_draft  # noqa: PLC0415
    from drafter.draft import draft  # noqa: PLC0415

    drafted = draft(path, catalog, templates)
    found = layers("catalog", path.resolve().parent, catalog)
    checked = judge_draft(
        drafted.document,
        drafted.inputs,
        found,
        disabled=disabled,
        as_template=as_template,
        today=today,
        thorough=True,
    )
    return replace(checked, findings=(*drafted.findings, *checked.findings))


def raw_line(line: Line, path: str) -> RawLine:
    """A line as rules see it: with the row, paragraph or page that its reader gives."""
    text = line.text or "｜".join(dict.fromkeys(cell for row in line.rows for cell in row))
    row = re.search(r"第(\d+)行", line.where)
    paragraph = re.search(r"第(\d+)段", line.where)
    return RawLine(
        text,
        Location(
            path,
            line=int(row[1]) if row else None,
            paragraph=int(paragraph[1]) if paragraph else None,
            page=line.page,
        ),
    )
