"""Profile in, paper out: load, resolve, compose, write, and what is left to do."""

import logging
import math
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from msgspec import Struct

from drafter.compose import Figures
from drafter.document import Document, Heading, Item, printed
from drafter.draft import Drafted, draft, trace_of, words
from drafter.errors import Finding, InputError, Severity, error
from drafter.load import Inputs, layers
from drafter.model.words import Length as Brevity
from drafter.titles import ems
from drafter.write import Notes, Target, Written, write
from drafter.write.files import check_writable

_log = logging.getLogger("drafter")
_ROW = 28
_ROWS = 22


class Length(Struct, frozen=True):
    """How long the plan is without notice and annexes: characters, pages' worth of rows, its longest sections."""

    characters: int
    pages: float
    longest: tuple[tuple[str, int], ...]


class Built(Struct, frozen=True):
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

    `paper`: the paper's key under the pack's `papers`, or its label, which is added to the default name. `out`: where to
    (default: beside the profile, under its name). `to`: the format (default: what the ending of `out` says, else docx). `catalog`, `templates`: the last layers.
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
    drafted = draft(profile, catalog, templates, paper, alignment_figures(profile, catalog, templates))
    document, inputs = drafted.document, drafted.inputs
    if out is None:
        # Only the pack knows what the paper is called.
        label = inputs.pack.papers[inputs.pack.paper_key(paper)].label if paper else ""
        out = profile.with_name(f"{profile.stem}{'-' if label else ''}{label}.{to}")
        check_writable(out, force)
    _log.info("成文 %d 段，附件 %d 个；写入 %s", len(document.blocks), len(document.annexes), out)
    length = measure(document)
    # The rules are about plans; another paper is only asked for what it leaves open.
    judged = () if paper else _judged(drafted, profile, catalog)
    findings = (*drafted.findings, *judged)
    written = None
    if not strict or not any(finding.severity is Severity.ERROR for finding in findings):
        trace = None if clean else trace_of(profile, inputs)
        pack, fonts = inputs.pack, {**inputs.pack.fonts, **inputs.profile.layout.fonts}
        notes = None
        if annotate:
            from drafter.annotate import annotations  # noqa: PLC0415

            notes = Notes(annotations(document, drafted.plan, inputs), inputs.profile.dates.issued)
        written = write(
            document, out, to, fonts=fonts, sizes=pack.sizes, trace=trace, notes=notes, paginate=paginate, force=force
        )  # fmt: skip
    if paper:
        return Built(document, findings, length, written)
    pages = written.pages.body if written and written.pages else None
    return Built(document, (*findings, *_too_long(length, pages, inputs)), length, written)


def _judged(drafted: Drafted, profile: Path, catalog: Path | None) -> tuple[Finding, ...]:
    """What the rules say of the draft, but for what is open: `draft` says that, and where it is filled in."""
    # Imported here: who only drafts, and does not build, needs no rules.
    from drafter.check.own import judge_draft  # noqa: PLC0415

    found = layers("catalog", profile.resolve().parent, catalog)
    return judge_draft(drafted.document, drafted.inputs, found)[1].findings


def alignment_figures(profile: Path, catalog: Path | None, templates: Path | None) -> Figures:
    """What gives the figures of the alignment with the parent plan, by the names in `compose.FIGURES`.

    It aligns when a template first asks, so that other builds align nothing.
    """

    @cache
    def figures() -> Mapping[str, str]:
        from drafter.align.figures import figures as counted  # noqa: PLC0415

        return counted(profile, catalog, templates)

    return figures


def _format_of(out: Path | None) -> Target:
    endings: dict[str, Target] = {".pdf": "pdf", ".md": "md", ".html": "html"}
    return endings.get(out.suffix.lower(), "docx") if out else "docx"


# ------------------------------------------------------------------ length


def measure(document: Document) -> Length:
    """Characters and pages' worth of the plan's body: 22 rows of 28 characters, first lines indented by two."""
    characters, rows = 0, len(document.title) + 1.0
    sections: dict[str, int] = {}
    current = ""
    for entry in printed(document.blocks, document.form):
        text = "".join(words(entry))
        if isinstance(entry.block, Heading | Item) and entry.block.level <= 2:
            current = f"{entry.number or ''}{entry.block.title}"
        size = len(re.sub(r"\s", "", text))
        characters += size
        sections[current] = sections.get(current, 0) + size
        rows += max(1, math.ceil((ems(text) + 2) / _ROW))
    longest = sorted((item for item in sections.items() if item[0]), key=lambda item: -item[1])[:3]
    return Length(characters, round(rows / _ROWS, 1), tuple(longest))


def _too_long(length: Length, pages: int | None, inputs: Inputs) -> tuple[Finding, ...]:
    known, budget = pages if pages is not None else length.pages, inputs.pack.page_budget
    if known <= budget:
        return ()
    longest = "、".join(f"{title}（{size}字）" for title, size in length.longest)
    hint = f"最长的部分：{longest}；可删减举措，{_shorter(inputs)}"
    message = f"正文约 {known:g} 页，超过 {budget} 页"
    return (Finding("draft.length", Severity.ADVICE, message, hint.rstrip("，")),)


def _shorter(inputs: Inputs) -> str:
    """What makes a plan shorter beside fewer measures: brief texts; where all are brief, units in the table alone."""
    profile, pack = inputs.profile, inputs.pack
    if any((pick.length or profile.layout.length) is not Brevity.BRIEF for pick in profile.picks):
        return "或把部分举措改用简本（length: 简）"
    if pack.forms[profile.layout.form or pack.form].responsibility in ("annex", "none"):
        return ""
    forms = "、".join(name for name, each in pack.forms.items() if each.responsibility == "annex")
    return f"或只在任务分工表列单位（layout.form: {forms}）" if forms else ""
