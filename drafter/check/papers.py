"""Files under the rules: profiles are composed, everything else is read."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from drafter.check import RULES, Checked, check, judged, known
from drafter.check.facts import load_facts
from drafter.check.subject import RawLine, Subject
from drafter.check.waiving import waivers_of
from drafter.errors import DrafterError, Finding, InputError, Location, error
from drafter.load import Inputs, is_profile, layers, load, read_bytes
from drafter.structure import Line

if TYPE_CHECKING:
    from drafter.align import Alignment
    from drafter.draft import Drafted


class Asked(Struct, frozen=True):
    """What is asked of each file.

    `profile`: whose status and waivers hold for files that are no profiles themselves. `as_template`: judged by today.
    `catalog`, `templates`: the last layers. `parent`: the plan above, to be aligned. `rendered`: judge printed pages too.
    `packed`: a profile's paper is made into a .docx, which its layout is judged by; printed pages need it anyway.
    """

    profile: Path | None = None
    disabled: tuple[str, ...] = ()
    as_template: bool = False
    catalog: Path | None = None
    templates: Path | None = None
    today: date | None = None
    parent: Path | None = None
    rendered: bool = False
    packed: bool = False


class Report(Struct, frozen=True):
    """A file, how rules see it, and what they say of it."""

    path: Path
    subject: Subject
    checked: Checked


def judge(files: Sequence[Path], asked: Asked) -> list[Report]:
    """Check each file.

    Raises InputError with the problems of every file that cannot be read, and of every rule that does not exist;
    OutputError where pages are asked for and there is no LibreOffice.
    """
    if not files:
        raise InputError(error("check.file", "没有写要审的文件", "例：drafter check 方案.docx"))
    known(asked.disabled)
    if asked.rendered:
        # Imported here, as below: few runs render.
        from drafter.write.render import soffice  # noqa: PLC0415

        soffice()
    inputs = load(asked.profile, asked.catalog, asked.templates) if asked.profile else None
    reports, findings = list[Report](), list[Finding]()
    for path in files:
        try:
            made = _draft(path, asked) if is_profile(path) else _paper(path, inputs, asked)
            reports.append(Report(path, *made))
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


def _paper(path: Path, inputs: Inputs | None, asked: Asked) -> tuple[Subject, Checked]:
    """A file that is read. Only readers of drafter's own files give styles, so they tell whose it is."""
    # Imported here: a draft of ours needs no reader, a file that is read needs nothing that drafts.
    from drafter.read import read_with_lines  # noqa: PLC0415
    from drafter.read.sniff import Kind, sniff  # noqa: PLC0415

    document, lines = read_with_lines(path)
    data = read_bytes(path)
    is_docx = sniff(data, path)[0] is Kind.DOCX
    if not is_docx and (asked.rendered or asked.packed):
        what = "不能排出页面来审" if asked.rendered else "不能加批注"
        hint = "用 Word 或 WPS 另存为 .docx 后再审"
        raise InputError(error("check.docx", f"这不是 .docx，也不是档案，{what}", hint, Location(str(path))))
    facts = load_facts(layers("catalog", path.resolve().parent, asked.catalog))
    more: dict[str, Any] = {"status": inputs.profile.status.value} if inputs else {}
    subject = judged(
        document,
        facts,
        asked.today or date.today(),
        path=str(path),
        raw=tuple(raw_line(line, str(path)) for line in lines),
        own=any(line.style is not None for line in lines),
        as_template=asked.as_template,
        data=data if is_docx else b"",
        rendered=asked.rendered,
        alignment=_alignment(path, asked),
        **more,
    )
    return subject, check(subject, asked.disabled, waivers_of(inputs) if inputs else ())


def _draft(path: Path, asked: Asked) -> tuple[Subject, Checked]:
    """A profile: its paper is composed."""
    from drafter.check.own import judge_draft  # noqa: PLC0415
    from drafter.draft import draft  # noqa: PLC0415

    drafted = draft(path, asked.catalog, asked.templates)
    subject, checked = judge_draft(
        drafted.document,
        drafted.inputs,
        layers("catalog", path.resolve().parent, asked.catalog),
        disabled=asked.disabled,
        today=asked.today,
        thorough=True,
        as_template=asked.as_template,
        data=_packed(path, drafted, asked) if asked.packed or asked.rendered else b"",
        rendered=asked.rendered,
        alignment=_alignment(path, asked),
    )
    return subject, replace(checked, findings=(*drafted.findings, *checked.findings))


def _packed(path: Path, drafted: "Drafted", asked: Asked) -> bytes:
    from drafter.draft import trace_of  # noqa: PLC0415
    from drafter.write import packed  # noqa: PLC0415

    inputs = drafted.inputs
    fonts = {**inputs.pack.fonts, **inputs.profile.layout.fonts}
    return packed(drafted.document, fonts, inputs.pack.sizes, trace_of(path, inputs), asked.rendered)


def _alignment(path: Path, asked: Asked) -> "Alignment | None":
    if asked.parent is None:
        return None
    from drafter.align.sides import align_files  # noqa: PLC0415

    profile = None if is_profile(path) else asked.profile
    return align_files(path, asked.parent, profile, catalog=asked.catalog, templates=asked.templates)


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
