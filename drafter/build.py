"""Profile in, paper out: load, resolve, compose, write, and what is left to do."""

import logging
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.compose import Figures, compose, compose_paper, unused_levels
from drafter.document import Document, Heading, Item, Paragraph, Printed, Table, printed
from drafter.errors import Finding, InputError, Location, Severity, error
from drafter.hanging import chosen_parent
from drafter.load import Inputs, load, read_bytes
from drafter.model.plan import Plan
from drafter.resolve import Unknown, resolve
from drafter.titles import ems
from drafter.write import Notes, Target, Written, write
from drafter.write.files import check_writable
from drafter.write.trace import Trace, digest

if TYPE_CHECKING:
    from drafter.outline import Outline

_log = logging.getLogger("drafter")
_OPEN = re.compile(r"〔待填：[^〕]*〕")
_ROW = 28
_ROWS = 22
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


@dataclass(frozen=True, slots=True)
class Length:
    """How long the plan is without notice and annexes: characters, pages' worth of rows, its longest sections."""

    characters: int
    pages: float
    longest: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build gave. `written` is None where `strict` refused; `findings` are what is still open."""

    document: Document
    findings: tuple[Finding, ...]
    length: Length
    written: Written | None


def build(
    profile: Path,
    out: Path | None = None,
    to: Target | None = None,
    *,
    catalog: Path | None = None,
    templates: Path | None = None,
    paginate: bool = False,
    annotate: bool = False,
    clean: bool = False,
    force: bool = False,
    strict: bool = False,
    paper: str | None = None,
) -> Built:
    """Draft the plan of a profile, or another paper of its pack, and write it.

    `paper`: the paper's key under the pack's `papers`; its label is added to the default name. `out`: where to (default: beside the profile, under its name). `to`: the format (default: what the ending of `out`
    says, else docx). `catalog`, `templates`: the last layers.
    `paginate`: render, count pages, put the imprint on an even page. `annotate`: a Word comment at each measure.
    `clean`: without the trace part.
    `strict`: do not write while there are error-level findings. Raises InputError, TemplateError or OutputError with
    every problem; then nothing was written.
    """
    to = to or _format_of(out)
    if annotate and (clean or to != "docx"):
        hint = "去掉 --annotate，或去掉 --clean 并写成 .docx"
        raise InputError(error("build.annotate", "只有带来源标记的 .docx 才能加批注", hint))
    if out is not None:
        check_writable(out, force)
    inputs = load(profile, catalog, templates, strict=False)
    label = inputs.pack.papers[paper].label if paper in inputs.pack.papers else ""
    out = out or profile.with_name(f"{profile.stem}{'-' if label else ''}{label}.{to}")
    check_writable(out, force)
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
    figures = alignment_figures(profile, inputs, plan)
    document = compose_paper(plan, inputs, paper, figures) if paper else compose(plan, inputs, figures)
    _log.info("成文 %d 段，附件 %d 个；写入 %s", len(document.blocks), len(document.annexes), out)
    length = measure(document)
    findings = (
        *inputs.left_out,
        *open_findings(document, plan, inputs),
        *unverified_findings(document, plan),
        *unused_levels(document, inputs),
        *plan.advice,
    )
    written = None
    if not strict or not any(finding.severity is Severity.ERROR for finding in findings):
        trace = None if clean else trace_of(profile, inputs)
        pack, fonts = inputs.pack, {**inputs.pack.fonts, **inputs.profile.layout.fonts}
        notes = None
        if annotate:
            from drafter.annotate import annotations  # noqa: PLC0415

            notes = Notes(annotations(document, plan, inputs), inputs.profile.dates.issued)
        written = write(
            document, out, to, fonts=fonts, sizes=pack.sizes, trace=trace, notes=notes, paginate=paginate, force=force
        )  # fmt: skip
    if paper:
        return Built(document, findings, length, written)
    pages = written.pages.body if written and written.pages else None
    return Built(document, (*findings, *_too_long(length, pages, inputs.pack.page_budget)), length, written)


def alignment_figures(profile: Path, inputs: Inputs, plan: Plan) -> Figures | None:
    """What gives the figures of the alignment with the parent plan, by the names in `compose.FIGURES`.

    Called by a template at most, so that other builds align nothing. None: every figure prints 〔待填：…〕.
    """
    # The alignment is connected here, and nowhere else.
    return None


def _format_of(out: Path | None) -> Target:
    endings: dict[str, Target] = {".pdf": "pdf", ".md": "md", ".html": "html"}
    return endings.get(out.suffix.lower(), "docx") if out else "docx"


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
            message=f"{text}（{len(found)} 处）" if len(found) > 1 else text,
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
        yield from ((node, text) for text in _words(entry))
    for label, annex in zip(document.annex_labels, document.annexes, strict=True):
        for entry in printed(annex.blocks, document.form, annex=True):
            yield from ((f"{label}《{annex.title}》", text) for text in _words(entry))
    if document.imprint:
        yield "版记", document.imprint.date or ""


def _numbered(document: Document) -> Iterator[tuple[str, Printed]]:
    """The plan's own blocks, each with the heading or item that it belongs to."""
    node = "开头"
    for entry in printed(document.blocks, document.form):
        if isinstance(entry.block, Heading | Item):
            node = f"{entry.number or ''}{entry.block.title}"
        yield node, entry


def _words(entry: Printed) -> list[str]:
    """The strings of a printed block, its marker and units among them."""
    block = entry.block
    if isinstance(block, Table):
        return [cell for row in block.rows for cell in row]
    words = [entry.number or "", f"（{entry.units}）" if entry.units else ""]
    if isinstance(block, Paragraph):
        words.insert(1, block.text)
    elif isinstance(block, Item):
        words.insert(1, f"{block.title}。{block.text}")
    elif block is not None:
        words.insert(1, block.title)
    return words


# ------------------------------------------------------------------ length


def measure(document: Document) -> Length:
    """Characters and pages' worth of the plan's body: 22 rows of 28 characters, first lines indented by two."""
    characters, rows = 0, len(document.title) + 1.0
    sections: dict[str, int] = {}
    current = ""
    for entry in printed(document.blocks, document.form):
        text = "".join(_words(entry))
        if isinstance(entry.block, Heading | Item) and entry.block.level <= 2:
            current = f"{entry.number or ''}{entry.block.title}"
        size = len(re.sub(r"\s", "", text))
        characters += size
        sections[current] = sections.get(current, 0) + size
        rows += max(1, math.ceil((ems(text) + 2) / _ROW))
    longest = sorted((item for item in sections.items() if item[0]), key=lambda item: -item[1])[:3]
    return Length(characters, round(rows / _ROWS, 1), tuple(longest))


def _too_long(length: Length, pages: int | None, budget: int) -> tuple[Finding, ...]:
    known = pages if pages is not None else length.pages
    if known <= budget:
        return ()
    longest = "、".join(f"{title}（{size}字）" for title, size in length.longest)
    hint = f"最长的部分：{longest}；可删减举措，或把部分举措改用简本（length: 简）"
    message = f"正文约 {known:g} 页，超过 {budget} 页"
    return (Finding("draft.length", Severity.ADVICE, message, hint),)
