"""What a template may read: records of rendered texts and escaped values, and the functions that go with them."""

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

from jinja2.exceptions import UndefinedError

from drafter import markup
from drafter.compose.names import PERIOD_FIELDS, PLACE_FIELDS
from drafter.compose.render import escaped
from drafter.document import Citation, Form, Responsibility
from drafter.errors import TemplateError, error
from drafter.model.catalog import Policy
from drafter.model.plan import Code, Passage, Plan, PlanEntry, PlanSection
from drafter.model.profile import Parent
from drafter.model.words import GroupKind, ParentState
from drafter.nearest import nearest
from drafter.places import placeholder

Texts = Mapping[Code, str]


class Record(SimpleNamespace):
    """A bundle of names that a template reads."""


def common(plan: Plan) -> dict[str, Any]:
    """What every text may use: the place, the period, features, and look-ups of units, papers and programmes."""
    words, period = plan.place, plan.profile.period
    return {
        "place": Record(**{name: escaped(getattr(words, name)) for name in PLACE_FIELDS}),
        "period": Record(**{name: getattr(period, name) for name in PERIOD_FIELDS}),
        "features": frozenset(plan.profile.features),
        "organ": _look_up(plan.organs, "没有“{}”这一职能", str),
        "cite": _look_up(plan.policies, "没有文件“{}”", _cited),
        "title": _look_up(plan.policies, "没有文件“{}”", lambda policy: f"《{policy.title}》"),
        "programme": _look_up(plan.programmes, "没有计划项目“{}”", lambda programme: str(programme.name)),
    }


def _look_up(known: Mapping[str, Any], message: str, shown: Callable[[Any], str]) -> Callable[[str], str]:
    """A template function: the printed form of an entry by its id; an unknown id says which is nearest."""

    def look_up(name: str) -> str:
        if name not in known:
            raise UndefinedError(f"{message.format(name)}。{nearest(name, known)}")
        return markup.escape(shown(known[name]))

    return look_up


def _cited(policy: Policy) -> str:
    """《title》（number）; laws and regulations are cited without a number."""
    return f"《{policy.title}》" + (f"（{policy.number}）" if policy.number and not policy.law else "")


def context(plan: Plan, texts: Texts, form: Form, title: str) -> dict[str, Any]:
    """All that a template of the pack may read beside `common`."""
    profile, issuer = plan.profile, plan.issuer
    made = {id(section): _section(section, texts) for section in plan.sections}
    sections = list(made.values())
    wording = issuer.wording.replace("{title}", title).replace("{approval}", issuer.approval)
    return {
        **{name: escaped(value) for name, value in plan.values.items()},
        "plan_title": markup.escape(title),
        "issuer": markup.escape(issuer.name),
        "notice_text": markup.escape(wording),
        "status": profile.status.stage,
        "length": profile.layout.length.value,
        "form": form,
        "landscape_table": profile.layout.landscape_table,
        "outline": [
            Record(
                title=texts[part.title],
                kind=part.kind.value,
                sections=[made[id(section)] for section in part.sections],
            )
            for part in plan.parts
        ],
        "groups": [each for each in sections if each.kind == GroupKind.GROUP],
        "projects": [each for each in sections if each.kind == GroupKind.PROJECT],
        "safeguards": [each for each in sections if each.kind == GroupKind.SAFEGUARD],
        "parts": [each for each in sections if each.kind == GroupKind.PART],
        "parents": [
            _parent(parent) for parent in profile.parents if parent.state != ParentState.OTHER_PERIOD
        ],
        "passages": lambda slot: _passages(plan, texts, slot),
        "head": lambda level, title, section=None: _head(form, level, title, section),
        "item": lambda level, entry, title=None, text=None: _item(form, level, entry, title, text),
        "terms": [],
    }


def _section(section: PlanSection, texts: Texts) -> Record:
    return Record(
        id=section.id,
        kind=section.kind,
        title=_title(section.title, texts),
        intro=texts[section.intro],
        aim=texts[section.aim],
        entries=[_entry(entry, texts) for entry in section.entries],
        lead=section.lead,
        support=section.support,
    )


def _title(code: Code, texts: Texts) -> str:
    """A title; one with 。 would end there on the page."""
    title = texts[code]
    if "。" in title:
        hint = "标题和标题里的参数不能含“。”"
        raise TemplateError(error("title.stop", f"标题里有“。”：{title}", hint, code.at))
    return title


def _entry(entry: PlanEntry, texts: Texts) -> Record:
    return Record(
        id=entry.id,
        title=_title(entry.title, texts),
        text=texts[entry.text],
        due=texts[entry.due],
        deliverable=texts[entry.deliverable],
        lead=entry.lead,
        support=entry.support,
        leads=markup.escape("、".join(entry.lead)),
        supports=markup.escape("、".join(entry.support)),
    )


def _passages(plan: Plan, texts: Texts, slot: str) -> list[Record]:
    """The narrative entries of a slot, in the catalog's order."""
    found = [_passage(passage, texts) for passage in plan.passages if passage.slot == slot]
    if slot not in plan.slots:
        raise UndefinedError(f"目录里没有“{slot}”这类文字。{nearest(slot, plan.slots)}")
    return found


def _passage(passage: Passage, texts: Texts) -> Record:
    paragraphs = [texts[paragraph] for paragraph in passage.paragraphs]
    return Record(
        id=passage.id, title=_title(passage.title, texts), paragraphs=paragraphs, text="".join(paragraphs)
    )


def citation(parent: Parent) -> Citation:
    """A parent plan as it is cited; its title is open while nobody has given it."""
    return Citation(parent.title or placeholder(f"{parent.level.shown}方案题名"), parent.number)


def _parent(parent: Parent) -> Record:
    cited = citation(parent)
    number = f"（{cited.number}）" if cited.number else ""
    text = cited.title if cited.title.startswith("〔") else f"《{cited.title}》{number}"
    return Record(id=parent.id, level=parent.level.value, state=parent.state.value, cited=markup.escape(text))


def _head(form: Form, level: int, title: str, section: Record | None) -> str:
    """A heading; with a section, its units where the form prints them once for a section.

    Where the level runs in, a section's introduction follows its title in the same paragraph.
    """
    lines = [f"{'#' * (level + 1)} {title}"]
    if section is not None and section.intro and form.run_in[level - 1]:
        lines[0] += f"。{section.intro}"
    if section is not None and (section.lead or section.support) and form.responsibility == "section":
        lines += ["", markup.print_responsibility(Responsibility(section.lead, section.support))]
    return "\n".join(lines) + "\n"


def _item(form: Form, level: int, entry: Record, title: str | None = None, text: str | None = None) -> str:
    """An entry at a level: run-in or under a heading of its own, as the form has it; its units after it.

    `title` and `text` stand in place of the entry's own: so a section's aim is printed with the section's units.
    """
    origin = getattr(entry, "id", "") if title is None else ""
    mark = f"{'#' * (level + 1)} {entry.title if title is None else title}"
    group = f" {{@{origin}}}" if origin else ""
    units = []
    if form.responsibility == "item" and (getattr(entry, "lead", None) or getattr(entry, "support", None)):
        units = ["", markup.print_responsibility(Responsibility(entry.lead, entry.support))]
    if form.run_in[level - 1]:
        return "\n".join([f"{mark}。{entry.text if text is None else text}{group}", *units]) + "\n"
    paragraphs = [text] if text is not None else getattr(entry, "paragraphs", None) or [entry.text]
    return "\n".join([f"{mark}{group}", *units, "", "\n\n".join(paragraphs)]) + "\n"
