"""Plan + template pack → Document. The only package that knows Jinja, and so the one that checks catalog text.

Catalog text and templates are code; values are data and are escaped as they enter a context (DESIGN, rule 1).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from drafter import markup
from drafter.compose.context import Record, Texts, citation, common, context
from drafter.compose.render import Renderer
from drafter.document import (
    Annex,
    Block,
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


def compose(plan: Plan, inputs: Inputs) -> Document:
    """The paper that `plan` becomes in the pack of `inputs`.

    Raises TemplateError with every text that cannot be rendered: file, line, include trail and nearest name.
    """
    profile, pack = plan.profile, inputs.pack
    chosen = pack.forms[profile.layout.form or pack.form]
    form = chosen.form()
    status = pack.statuses.get(profile.status, StatusEntry()).asked(profile.letterhead)
    own = [folder / chosen.templates for folder in inputs.folders if chosen.templates]
    renderer = Renderer((*own, *inputs.folders), common(plan))
    texts = renderer.texts(_codes(plan))
    title = _title_segments(renderer, plan, inputs)
    reading = context(plan, texts, form, "".join(title))
    bodies = _bodies(renderer, "sections", inputs, reading)
    blocks = tuple(block for body in bodies for block in body.blocks)
    annexes = _annexes(renderer, plan, texts, inputs, reading, "\n".join(block_texts(blocks, form)))
    _check_levels(blocks, form, inputs)
    if status.mark:
        blocks = (Paragraph(status.mark, "status"), *blocks)
    return Document(
        form=form,
        letterhead=_letterhead(plan, status) if status.head else None,
        notice=_notice(renderer, plan, inputs, status, title, bodies) if status.notice else None,
        title=_broken(title, profile.layout.title_lines, "title_lines", plan, inputs),
        blocks=blocks + _annex_note(annexes),
        annexes=annexes,
        imprint=_imprint(plan, status) if status.head else None,
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


def _check_levels(blocks: Sequence[Block], form: Form, inputs: Inputs) -> None:
    """A level that the templates use needs a marker in the form."""
    name = inputs.profile.layout.form or inputs.pack.form
    used = {block.level: block.title for block in reversed(blocks) if isinstance(block, Heading | Item)}
    findings = [
        error(
            "form.level",
            f"“{name}”形式没有第{level}级序号，正文却用到（{title}）",
            f"在 forms → {name} → markers 补写第{level}级，或改模板",
            inputs.pack_tree.at("forms", name, "markers"),
        )
        for level, title in sorted(used.items())
        if not form.markers[level - 1]
    ]
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


def chinese_date(day: date) -> str:
    """A date as an official paper writes it: 2026年12月8日, no leading zero (GB/T 9704 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


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


def _bodies(renderer: Renderer, key: str, inputs: Inputs, reading: Mapping[str, Any]) -> list[markup.Body]:
    """The templates that the pack names under `key`, each rendered and read; all faults at once."""
    bodies: list[markup.Body] = []
    findings: list[Finding] = []
    for index, name in enumerate(getattr(inputs.pack, key)):
        try:
            text = renderer.template(name, reading, inputs.pack_tree.at(key, index))
            bodies.append(markup.parse_body(text, f"{name}（套用后）"))
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
    bodies = _bodies(renderer, "annexes", inputs, {**reading, "terms": records})
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
    return [markup.unescape(text) for text in renderer.texts(codes).values()]


def _title_segments(renderer: Renderer, plan: Plan, inputs: Inputs) -> list[str]:
    """The plan's title in the pieces between which a line may end."""
    if plan.profile.title:
        return [plan.profile.title]
    pieces = inputs.pack.plan_title
    places = [inputs.pack_tree.at("plan_title", index) for index in range(len(pieces))]
    return list(filter(None, _segments(renderer, pieces, plan.values, places)))


def _notice_segments(renderer: Renderer, plan: Plan, inputs: Inputs, title: Sequence[str]) -> list[str]:
    """The notice's title in pieces; the plan's own pieces stand where the pack says {title}."""
    quoted = list(title)
    if plan.profile.layout.quote_title:
        quoted[0] = "《" + quoted[0]
        quoted[-1] += "》"
    segments: list[str] = []
    for index, text in enumerate(inputs.pack.notice_title):
        at = inputs.pack_tree.at("notice_title", index)
        before, here, after = text.partition("{title}")
        ends = _segments(renderer, (before, after), {"issuer": plan.issuer.name}, (at, at))
        pieces = list(quoted) if here else [""]
        pieces[0] = ends[0] + pieces[0]
        pieces[-1] += ends[-1]
        segments += pieces
    return segments


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
    title: Sequence[str],
    bodies: Sequence[markup.Body],
) -> Notice:
    profile = plan.profile
    segments, given = _notice_segments(renderer, plan, inputs, title), profile.layout.notice_title_lines
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


def _imprint(plan: Plan, status: StatusEntry) -> Imprint:
    dates = plan.profile.dates
    printed = _day(dates.printed or dates.issued, "印发日期") if status.dated else None
    return Imprint(plan.issuer.copy_to, plan.issuer.printer, printed)


def _day(day: date | None, label: str) -> str:
    return chinese_date(day) if day else placeholder(label)
