"""Plan + template pack → Document. The only package that knows Jinja, and so the one that checks catalog text.

Catalog text and templates are code; values are data and are escaped as they enter a context (DESIGN, rule 1).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from drafter import markup
from drafter.compose.context import FIGURES, Figures, Texts, citation, common, context
from drafter.compose.filters import chinese_date
from drafter.compose.limits import LONGEST_TITLE
from drafter.compose.record import Record
from drafter.compose.render import Renderer
from drafter.document import (
    Annex,
    Document,
    Form,
    Heading,
    Imprint,
    Item,
    Letterhead,
    Meta,
    Notice,
    Paragraph,
    Table,
    block_texts,
)
from drafter.errors import Finding, InputError, Location, Severity, TemplateError, error
from drafter.load import Inputs
from drafter.model.pack import StatusEntry
from drafter.model.plan import Code, Plan
from drafter.model.words import Disclosure, ParentState, Status
from drafter.places import placeholder
from drafter.titles import break_title

__all__ = ["FIGURES", "Figures", "chinese_date", "compose", "compose_paper", "readable", "unused_levels"]


def compose(plan: Plan, inputs: Inputs, figures: Figures | None = None) -> Document:
    """The paper that `plan` becomes in the pack of `inputs`.

    `figures`: gives the alignment with the parent plan, should a template ask. Raises TemplateError with every text
    that cannot be rendered: file, line, include trail and nearest name.
    """
    profile, pack = plan.profile, inputs.pack
    form = pack.forms[profile.layout.form or pack.form].form()
    status = pack.statuses.get(profile.status, StatusEntry()).asked(profile.letterhead)
    renderer = Renderer(_folders(inputs), common(plan))
    texts = renderer.texts(_codes(plan))
    title = _title_segments(renderer, plan, inputs)
    reading = context(plan, texts, form, "".join(title), figures)
    bodies = _bodies(renderer, ("sections",), pack.sections, inputs, reading)
    blocks = tuple(block for body in bodies for block in body.blocks)
    _check_levels(renderer, bodies, pack.sections, form, inputs, reading)
    annexes = _annexes(renderer, plan, texts, inputs, reading, "\n".join(block_texts(blocks, form)))
    if status.mark:
        blocks = (Paragraph(status.mark, "status"), *blocks)
    return Document(
        form=form,
        letterhead=_letterhead(plan, status) if status.head else None,
        notice=_notice(renderer, plan, inputs, status, bodies) if status.notice else None,
        title=_broken(title, profile.layout.title_lines, "title_lines", plan, inputs),
        blocks=blocks + _annex_note(annexes),
        annexes=annexes,
        imprint=_imprint(renderer, plan, inputs, status) if status.head else None,
        meta=Meta(
            locality=plan.place.name,
            level=profile.place.level.value,
            issuer=plan.issuer.name,
            period=(profile.period.start, profile.period.end),
            status=profile.status.stage,
            # A parent of another period is 参照, not 依据 (PRACTICE 18).
            parents=tuple(citation(each) for each in profile.parents if each.state is ParentState.ISSUED),
        ),
    )


def compose_paper(plan: Plan, inputs: Inputs, name: str, figures: Figures | None = None) -> Document:
    """A further paper that the pack makes of the same plan: a letter in the form of GB/T 9704 10.1, or a plain one.

    `name`: its key under `papers`, or its label. Raises InputError where the pack has no such paper, else as `compose`
    does.
    """
    papers, name = inputs.pack.papers, inputs.pack.paper_key(name)
    if name not in papers:
        known = "、".join(f"{key}（{each.label}）" for key, each in papers.items())
        hint = f"可用：{known}" if papers else "这个模板包没有其他文稿"
        raise InputError(
            error(
                "paper.unknown",
                f"模板包“{inputs.pack.id}”没有文稿“{name}”",
                hint,
                inputs.pack_tree.at("papers"),
            )
        )
    paper, at = papers[name], ("papers", name)
    form = inputs.pack.forms[plan.profile.layout.form or inputs.pack.form].form()
    renderer = Renderer(_folders(inputs), common(plan))
    texts = renderer.texts(_codes(plan))
    reading = context(plan, texts, form, "".join(_title_segments(renderer, plan, inputs)), figures)
    bodies = _bodies(renderer, (*at, "sections"), paper.sections, inputs, reading)
    _check_levels(renderer, bodies, paper.sections, form, inputs, reading)
    parts = _bodies(renderer, (*at, "annexes"), paper.annexes, inputs, reading)
    annexes = tuple(annex for part in parts for annex in part.annexes)
    values = {
        **plan.values,
        "issuer": plan.issuer.name,
        "addressees": plan.issuer.addressees,
        "dates": reading["dates"],
    }
    said = {
        key: markup.unescape(renderer.text(Code(getattr(paper, key), inputs.pack_tree.at(*at, key), values)))
        for key in ("mark", "number", "addressees", "signature", "date")
    }
    title = _title(renderer, paper.title, (*at, "title"), plan, inputs)
    letter = paper.kind == "letter"
    return Document(
        form=form,
        letterhead=Letterhead(said["mark"], said["number"] or None, letter=True) if letter else None,
        notice=_closing(said, plan) if letter else None,
        title=break_title(title, (), words=(plan.place.name,)),
        blocks=tuple(block for body in bodies for block in body.blocks) + _annex_note(annexes),
        annexes=annexes,
        meta=Meta(locality=plan.place.name, level=plan.profile.place.level.value, issuer=plan.issuer.name),
    )


def readable(plan: Plan, inputs: Inputs) -> frozenset[str]:
    """The names that every template of the pack finds."""
    form = inputs.pack.forms[plan.profile.layout.form or inputs.pack.form].form()
    texts = Renderer(_folders(inputs), common(plan)).texts(_codes(plan))
    return frozenset([*common(plan), *context(plan, texts, form, "", None)])


def _closing(said: Mapping[str, str], plan: Plan) -> Notice:
    """Whom a letter is addressed to, and who signs it when."""
    return Notice(
        title=(),
        addressees=said["addressees"] or None,
        signature=said["signature"] or None,
        date=said["date"] or None,
        sealed=plan.profile.letterhead.seal,
    )


def _folders(inputs: Inputs) -> list[tuple[str, Path]]:
    """Where templates are looked for, each folder with the id of its pack: in every folder those of the form first."""
    chosen = inputs.pack.forms[inputs.profile.layout.form or inputs.pack.form].templates
    own = [[folder / chosen] if chosen else [] for folder in inputs.folders]
    return [
        (folder.name, each)
        for folder, first in zip(inputs.folders, own, strict=True)
        for each in (*first, folder)
    ]


def _check_levels(
    renderer: Renderer,
    bodies: Sequence[markup.Body],
    names: Sequence[str],
    form: Form,
    inputs: Inputs,
    reading: Mapping[str, Any],
) -> None:
    """A level that the templates use needs a marker in the form; told where the template uses it."""
    chosen = inputs.profile.layout.form or inputs.pack.form
    findings = []
    for name, body in zip(names, bodies, strict=True):
        used = {
            block.level: block.title for block in reversed(body.blocks) if isinstance(block, Heading | Item)
        }
        for level, title in sorted(used.items()):
            if form.markers[level - 1]:
                continue
            there = inputs.pack_tree.at("forms", chosen, "markers")
            hint = f"改用别的层级，或在 {there} 的 markers 补写第{level}级"
            found = error("form.level", f"“{chosen}”形式没有第{level}级序号，正文却用到（{title}）", hint)
            lines = renderer.template(name, reading, there).split("\n")
            line = next(n for n, text in enumerate(lines, 1) if re.match(rf"\s*#{{{level + 1}}}\s", text))
            findings.append(renderer.placed(found, name, reading, line))
    if findings:
        raise TemplateError(findings)


def unused_levels(document: Document, inputs: Inputs) -> tuple[Finding, ...]:
    """One advice for each level that the form declares and the paper does not have."""
    name = inputs.profile.layout.form or inputs.pack.form
    used = {block.level for block in document.blocks if isinstance(block, Heading | Item)}
    at = inputs.pack_tree.at("forms", name, "markers")
    return tuple(
        Finding(
            "form.unused",
            Severity.ADVICE,
            f"“{name}”形式写有第{level}级序号“{marker}”，正文没有这一级",
            "选用有这一级内容的举措，换一种 layout.form，或在 markers 中把这一级写成空字符串",
            at,
        )
        for level, marker in enumerate(document.form.markers, 1)
        if marker and level not in used
    )


def _codes(plan: Plan) -> Iterator[Code]:
    for part in plan.parts:
        yield part.title
    for section in plan.sections:
        yield from (section.title, section.intro, section.aim)
        for entry in section.entries:
            yield from (entry.title, entry.text, entry.due, entry.deliverable)
    for passage in plan.passages:
        yield passage.title
        yield from passage.paragraphs
    for _, text in plan.terms:
        yield text


def _bodies(
    renderer: Renderer, keys: Sequence[str], names: Sequence[str], inputs: Inputs, reading: Mapping[str, Any]
) -> list[markup.Body]:
    """The templates that the pack names at `keys`, each rendered and read; all faults at once."""
    bodies: list[markup.Body] = []
    findings: list[Finding] = []
    for index, name in enumerate(names):
        try:
            bodies.append(renderer.body(name, reading, inputs.pack_tree.at(*keys, index)))
        except (TemplateError, InputError) as bad:
            findings += bad.findings
    if findings:
        raise TemplateError(findings)
    return bodies


def _annexes(
    renderer: Renderer, plan: Plan, texts: Texts, inputs: Inputs, reading: Mapping[str, Any], body: str
) -> tuple[Annex, ...]:
    """The annexes; the glossary holds the terms that stand in `body`, the plan's own text, as they come up there."""
    found = sorted((body.find(name), name, text) for name, text in plan.terms if name in body)
    records = [Record(title=markup.escape(name), text=texts[text]) for _, name, text in found]
    bodies = _bodies(renderer, ("annexes",), inputs.pack.annexes, inputs, {**reading, "terms": records})
    annexes = [annex for each in bodies for annex in each.annexes]
    if plan.profile.layout.landscape_table:
        # Only a sheet that holds nothing but its table is turned; running text stays upright.
        annexes = [replace(each, landscape=_is_table(each)) for each in annexes]
    return tuple(annexes)


def _is_table(annex: Annex) -> bool:
    return bool(annex.blocks) and all(isinstance(block, Table) for block in annex.blocks)


def _annex_note(annexes: Sequence[Annex]) -> tuple[Paragraph, ...]:
    """附件说明 (GB/T 9704 7.3.4): 附件：1.…, one line an annex, no mark at the end."""
    if len(annexes) == 1:
        return (Paragraph(f"附件：{annexes[0].title}", "attachment-note"),)
    lines = [f"{ordinal}.{annex.title}" for ordinal, annex in enumerate(annexes, 1)]
    return tuple(Paragraph(("" if n else "附件：") + line, "attachment-note") for n, line in enumerate(lines))


# ------------------------------------------------------------------ titles


def _segments(
    renderer: Renderer, texts: Sequence[str], values: Mapping[str, Any], places: Sequence[Location]
) -> list[str]:
    """Pieces of a title as plain text."""
    codes = [Code(text, at, values) for text, at in zip(texts, places, strict=True)]
    made = [markup.unescape(text) for text in renderer.texts(codes).values()]
    if sum(map(len, made)) > LONGEST_TITLE:
        raise TemplateError(
            error("template.limit", f"标题超过 {LONGEST_TITLE} 字", "检查标题里的参数和循环", places[0])
        )
    return made


def _title_segments(renderer: Renderer, plan: Plan, inputs: Inputs) -> list[str]:
    """The plan's title in the pieces between which a line may end."""
    if plan.profile.title:
        return [plan.profile.title]
    pieces = inputs.pack.plan_title
    places = [inputs.pack_tree.at("plan_title", index) for index in range(len(pieces))]
    return list(filter(None, _segments(renderer, pieces, plan.values, places)))


def _title(
    renderer: Renderer, texts: Sequence[str], keys: Sequence[str], plan: Plan, inputs: Inputs
) -> list[str]:
    """A title that names the plan, in pieces; the plan's own pieces stand where the pack says {title}."""
    quoted = _title_segments(renderer, plan, inputs)
    asked = plan.profile.layout.quote_title
    if inputs.pack.quote_title if asked is None else asked:
        quoted[0] = "《" + quoted[0]
        quoted[-1] += "》"
    segments: list[str] = []
    for index, text in enumerate(texts):
        at = inputs.pack_tree.at(*keys, index)
        before, here, after = text.partition("{title}")
        ends = _segments(renderer, (before, after), {**plan.values, "issuer": plan.issuer.name}, (at, at))
        pieces = list(quoted) if here else [""]
        pieces[0] = ends[0] + pieces[0]
        pieces[-1] += ends[-1]
        segments += pieces
    return list(filter(None, segments))


def _broken(
    segments: Sequence[str], given: Sequence[str], key: str, plan: Plan, inputs: Inputs
) -> tuple[str, ...]:
    """The lines of a title; lines set by hand must hold the whole title."""
    if given and "".join(given) != "".join(segments):
        hint = f"各行连起来应当是：{''.join(segments)}"
        raise InputError(error("title.lines", f"“{key}”与标题不一致", hint, inputs.tree.at("layout", key)))
    return break_title(segments, given, words=(plan.place.name,))


# ------------------------------------------------------------------ head and foot


def _letterhead(plan: Plan, status: StatusEntry) -> Letterhead:
    number = plan.profile.letterhead.number or placeholder("发文字号")
    return Letterhead(plan.issuer.head, number if status.dated else None)


def _notice(
    renderer: Renderer,
    plan: Plan,
    inputs: Inputs,
    status: StatusEntry,
    bodies: Sequence[markup.Body],
) -> Notice:
    profile = plan.profile
    segments = _title(renderer, inputs.pack.notice_title, ("notice_title",), plan, inputs)
    given = profile.layout.notice_title_lines
    return Notice(
        title=_broken(segments, given, "notice_title_lines", plan, inputs),
        addressees=plan.issuer.addressees,
        paragraphs=tuple(text for body in bodies for text in body.notice_paragraphs),
        signature=plan.issuer.name,
        date=_day(profile.dates.issued, "成文日期") if status.dated else None,
        note=_note(profile.letterhead.disclosure, profile.status),
        sealed=profile.letterhead.seal,
    )


def _note(disclosure: Disclosure | None, status: Status) -> str | None:
    """附注: asked, never assumed; open on an issued paper until somebody decides (PRACTICE 8)."""
    if disclosure is None:
        return placeholder("附注") if status is Status.ISSUED else None
    return None if disclosure is Disclosure.NONE else disclosure.shown


def _imprint(renderer: Renderer, plan: Plan, inputs: Inputs, status: StatusEntry) -> Imprint:
    """版记: what the profile says, else the pack, else what the kind of issuing body usually has."""
    dates, said, own = plan.profile.dates, plan.profile.letterhead, inputs.pack.imprint
    printed = _day(dates.printed or dates.issued, "印发日期") if status.dated else None
    at = inputs.pack_tree.at("imprint")
    copy_to, printer = plan.issuer.copy_to, plan.issuer.printer
    if said.copy_to is None and own.copy_to is not None:
        copy_to = tuple(
            tuple(_segments(renderer, group, plan.values, [at] * len(group))) for group in own.copy_to
        )
    if own.printer and not said.printer:
        (printer,) = _segments(renderer, (own.printer,), plan.values, (at,))
    return Imprint(copy_to, printer, printed)


def _day(day: date | None, label: str) -> str:
    return chinese_date(day) if day else placeholder(label)
