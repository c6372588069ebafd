"""Profile → paper that is not yet written: load, resolve, compose, and what the drafter still has to answer."""

import logging
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from drafter.compose import Figures, compose, compose_paper, unused_levels
from drafter.document import Document, Heading, Item, Paragraph, Printed, Table, printed
from drafter.errors import Finding, InputError, Location, Severity
from drafter.hanging import chosen_parent
from drafter.load import Inputs, load, read_bytes
from drafter.model.plan import Plan
from drafter.resolve import Unknown, resolve
from drafter.write.trace import Trace, digest

if TYPE_CHECKING:
    from drafter.outline import Outline

_log = logging.getLogger("drafter")
_OPEN = re.compile(r"〔待填：[^〕]*〕")
_KEYS = {
    "发文字号": "letterhead.number",
    "成文日期": "dates.issued",
    "印发日期": "dates.printed",
    "附注": "letterhead.disclosure",
    "发文机关名称": "letterhead.name",
    "下辖区划": "place.divisions",
    "村级区划": "place.divisions",
    "下辖区划的政府": "place.divisions",
}


class Drafted(Struct, frozen=True):
    """A paper that was composed and not yet written. `findings`: what the drafter still has to answer."""

    document: Document
    plan: Plan
    inputs: Inputs
    findings: tuple[Finding, ...]


def draft(
    profile: Path,
    catalog: Path | None = None,
    templates: Path | None = None,
    paper: str | None = None,
    figures: Figures | None = None,
) -> Drafted:
    """Load, resolve and compose the plan of a profile, or another paper of its pack.

    `figures`: gives the alignment with the parent plan, should a template ask. Raises InputError or TemplateError with
    every problem.
    """
    inputs = load(profile, catalog, templates, strict=False)
    _log.info(
        "读入 %s：目录 %s（%d 条举措），模板包 %s",
        profile,
        inputs.catalog.family.id,
        len(inputs.catalog.measures),
        inputs.pack.id,
    )
    plan = resolve(inputs, parent_outline(profile, inputs))
    _log.info(
        "选定 %d 个部分、%d 条举措",
        len(plan.sections),
        sum(len(section.entries) for section in plan.sections),
    )
    document = compose_paper(plan, inputs, paper, figures) if paper else compose(plan, inputs, figures)
    findings = (
        *inputs.left_out,
        *open_findings(document, plan, inputs),
        *unverified_findings(document, plan),
        *(() if paper else unused_levels(document, inputs)),
        *_altered_parents(profile, inputs),
        *plan.advice,
    )
    return Drafted(document, plan, inputs, findings)


def parent_outline(profile: Path, inputs: Inputs) -> "Outline | None":
    """The outline that a profile asks for; a file that cannot be read is refused where the profile names it."""
    chosen = chosen_parent(inputs.profile)
    if chosen is None:
        return None
    # Imported here: most builds read no plan, and the readers load large libraries.
    from drafter.outline import outline  # noqa: PLC0415
    from drafter.read import read  # noqa: PLC0415

    try:
        return outline(read(profile.parent / (chosen.file or "")))
    except InputError as bad:
        at = inputs.tree.at("parents", inputs.profile.parents.index(chosen), "file")
        raise InputError(
            [Finding(each.rule, each.severity, each.message, each.hint, at) for each in bad]
        ) from None


def parent_digest(file: Path) -> str:
    """What a profile notes of a parent's file: the first 16 digits of its SHA-256. Raises InputError as reading does."""
    return digest(read_bytes(file))[:16]


def is_altered(file: str | None, known: str | None, home: Path) -> bool:
    """Whether a parent's `file`, seen from the profile's folder `home`, is another than that of the digest `known`."""
    if not file or not known:
        return False
    try:
        return parent_digest(home / file) != known
    except InputError:
        # A file that is not there is told where it is needed.
        return False


def altered_parent(file: str, profile: Path) -> tuple[str, str]:
    """What a drafter is told of such a file, and what to run."""
    return (
        f"上级方案“{file}”在逐条对照以后改过或重新保存过，各条的对应关系可能过时",
        f"运行 drafter new {profile} --parent {profile.parent / file} 重新对照",
    )


def _altered_parents(profile: Path, inputs: Inputs) -> tuple[Finding, ...]:
    """One warning for each parent whose file was changed under its name after its items were answered."""
    return tuple(
        Finding(
            "parent.altered",
            Severity.WARNING,
            *altered_parent(parent.file or "", profile),
            inputs.tree.at("parents", index, "file"),
        )
        for index, parent in enumerate(inputs.profile.parents)
        if is_altered(parent.file, parent.digest, profile.parent)
    )


def trace_of(profile: Path, inputs: Inputs) -> Trace:
    """What the .docx remembers of its making. A parent file that is named but not there is refused."""
    parents, findings = {}, []
    for index, parent in enumerate(inputs.profile.parents):
        if parent.file:
            try:
                parents[parent.id] = digest(read_bytes(profile.parent / parent.file))
            except InputError as bad:
                at = inputs.tree.at("parents", index, "file")
                findings += [Finding(each.rule, each.severity, each.message, each.hint, at) for each in bad]
    if findings:
        raise InputError(findings)
    answers = {pick.measure: pick.answers for pick in inputs.profile.picks}
    answers |= {local.id: local.answers for local in inputs.profile.local}
    return Trace(digest(profile.read_bytes()), parents, answers, inputs.profile.decisions)


# ------------------------------------------------------------------ what is open


def open_findings(document: Document, plan: Plan, inputs: Inputs) -> tuple[Finding, ...]:
    """One finding for each 〔待填：…〕 that is printed; how much it weighs follows from the status (PRACTICE 11)."""
    status = inputs.pack.statuses.get(plan.profile.status)
    severity = Severity(status.open) if status else Severity.ADVICE
    places: dict[str, list[Location]] = {}
    for node, text in _located(document):
        for found in _OPEN.findall(text):
            places.setdefault(found, []).append(Location(node=node))
    keys = _open_keys(plan)
    return tuple(
        Finding(
            rule="draft.open",
            severity=severity,
            message=text,
            hint=f"在档案中填写 {keys[text]}" if text in keys else "",
            at=found[0],
            quote=text[:40],
            count=len(found),
            places=tuple(found[:3]),
        )
        for text, found in places.items()
    )


def unverified_findings(document: Document, plan: Plan) -> tuple[Finding, ...]:
    """One advice for each proposed name of a unit that is printed and differs from place to place (PRACTICE 15)."""
    texts = list(_located(document))
    findings = []
    for name, others in plan.unverified.items():
        found = [Location(node=node) for node, text in texts if name in text]
        if found:
            other = f"；也可能叫：{'、'.join(others)}" if others else ""
            hint = f"按本地机构名录核对，在档案的 organs 中写明{other}"
            message = f"待核：“{name}”是按通例推出的单位名称"
            places = tuple(found[:3])
            findings.append(
                Finding("organ.verify", Severity.ADVICE, message, hint, found[0], name, len(found), places)
            )
    return tuple(findings)


def _open_keys(plan: Plan) -> Mapping[str, str]:
    """Where in the profile each open value is filled in."""
    keys = {f"〔待填：{label}〕": key for label, key in _KEYS.items()}
    keys |= {name: f"organs：{{name: …, serves: {role}}}" for role, name in plan.organs.items()}
    for section in plan.sections:
        for entry in section.entries:
            keys |= {
                value: f"picks → {entry.id} → values.{name}" for name, value in _unknown(entry.text.values)
            }
    return keys | {value: f"values.{name}" for name, value in _unknown(plan.values)}


def _unknown(values: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    return ((name, str(value)) for name, value in values.items() if isinstance(value, Unknown))


def _located(document: Document) -> Iterator[tuple[str, str]]:
    """Every printed string with the name of the place where a drafter finds it."""
    if document.letterhead:
        yield "版头", document.letterhead.number or ""
    if document.notice:
        notice = document.notice
        for text in (
            *notice.title,
            notice.addressees,
            *notice.paragraphs,
            notice.signature,
            notice.date,
            notice.note,
        ):
            yield "印发通知", text or ""
    yield "标题", "".join(document.title)
    for node, entry in _numbered(document):
        yield from ((node, text) for text in words(entry))
    for label, annex in zip(document.annex_labels, document.annexes, strict=True):
        for entry in printed(annex.blocks, document.form, annex=True):
            yield from ((f"{label}《{annex.title}》", text) for text in words(entry))
    if document.imprint:
        yield "版记", document.imprint.date or ""


def _numbered(document: Document) -> Iterator[tuple[str, Printed]]:
    """The plan's own blocks, each with the heading or item that it belongs to."""
    node = "开头"
    for entry in printed(document.blocks, document.form):
        if isinstance(entry.block, Heading | Item):
            node = f"{entry.number or ''}{entry.block.title}"
        yield node, entry


def words(entry: Printed) -> list[str]:
    """The strings of a printed block, its marker and units among them."""
    block = entry.block
    if isinstance(block, Table):
        return [cell for row in block.rows for cell in row]
    strings = [entry.number or "", f"（{entry.units}）" if entry.units else ""]
    if isinstance(block, Paragraph):
        strings.insert(1, block.text)
    elif isinstance(block, Item):
        strings.insert(1, f"{block.title}。{block.text}")
    elif block is not None:
        strings.insert(1, block.title)
    return strings
