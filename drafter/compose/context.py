"""What a template may read: records of rendered texts and escaped values, and the functions that go with them."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from jinja2.exceptions import UndefinedError

from drafter import markup
from drafter.compose.filters import chinese_date
from drafter.compose.names import PERIOD_FIELDS, PLACE_FIELDS
from drafter.compose.record import Record
from drafter.compose.render import FormLevelError, escaped
from drafter.document import Citation, Form, Responsibility
from drafter.errors import TemplateError, error
from drafter.model.catalog import Policy
from drafter.model.plan import Code, Passage, Plan, PlanEntry, PlanSection
from drafter.model.profile import Parent
from drafter.model.words import GroupKind, ParentState
from drafter.nearest import nearest
from drafter.places import placeholder

Texts = Mapping[Code, str]
Figures = Callable[[], Mapping[str, str]]
"""What gives the figures of an alignment by name; called only where a template asks for one."""
FIGURES: Mapping[str, str] = {
    "rows": "上级方案须落实的任务数",
    "covered": "已落实的任务数",
    "partial": "部分落实的任务数",
    "missing": "未列入的任务数",
    "coverage": "任务覆盖率",
    "targets": "上级方案的目标数",
    "targets_met": "达到上级要求的目标数",
    "copied": "与上级方案文字相同的比例",
}
"""The figures of an alignment that templates may ask for, each with what it says."""


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
            asked = str(name)[:60]
            raise UndefinedError(f"{message.format(asked)}。{nearest(asked, known)}")
        return markup.escape(shown(known[name]))

    return look_up


def _cited(policy: Policy) -> str:
    """《title》（number）; laws and regulations are cited without a number."""
    return f"《{policy.title}》" + (f"（{policy.number}）" if policy.number and not policy.law else "")


def context(plan: Plan, texts: Texts, form: Form, title: str, figures: Figures | None) -> dict[str, Any]:
    """All that a template of the pack may read beside `common`."""
    profile, issuer = plan.profile, plan.issuer
    made = {id(section): _section(section, texts) for section in plan.sections}
    sections = list(made.values())
    wording = issuer.wording.replace("{title}", title).replace("{approval}", issuer.approval)
    return {
        **{name: escaped(value) for name, value in plan.values.items()},
        "plan_title": markup.escape(title),
        "issuer": markup.escape(issuer.name),
        "addressees": markup.escape(issuer.addressees),
        "dates": Record(
            issued=_day(profile.dates.issued, "成文日期"),
            printed=_day(profile.dates.printed or profile.dates.issued, "印发日期"),
        ),
        "alignment": lambda name: _figure(figures, name),
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
            _parent(parent, plan) for parent in profile.parents if parent.state != ParentState.OTHER_PERIOD
        ],
        "passages": lambda slot: _passages(plan, texts, slot),
        "head": lambda level, title, section=None: _head(form, level, title, section),
        "item": lambda level, entry, title=None, text=None: _item(form, level, entry, title, text),
        "terms": [],
    }


def _day(day: date | None, label: str) -> str:
    return chinese_date(day) if day else placeholder(label)


def _figure(figures: Figures | None, name: str) -> str:
    """A figure of the alignment with the parent plan; open where nothing was aligned."""
    if name not in FIGURES:
        asked = str(name)[:60]
        raise UndefinedError(f"比对结果里没有“{asked}”。{nearest(asked, FIGURES)}")
    found = figures().get(name) if figures else None
    return placeholder(FIGURES[name]) if found is None else markup.escape(found)


def _section(section: PlanSection, texts: Texts) -> Record:
    return Record(
        id=section.id,
        kind=section.kind,
        title=_title(section.title, texts),
        intro=texts[section.intro],
        aim=texts[section.aim],
        entries=[_entry(entry, texts) for entry in section.entries],
        **_units(section),
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
        **_units(entry),
    )


def _units(led: PlanEntry | PlanSection) -> dict[str, Any]:
    """Units as a template may print them, and as the line of markup that names them."""
    units = Responsibility(led.lead, led.support)
    return {
        "lead": [markup.escape(name) for name in led.lead],
        "support": [markup.escape(name) for name in led.support],
        "leads": markup.escape("、".join(led.lead)),
        "supports": markup.escape("、".join(led.support)),
        "units": markup.print_responsibility(units) if led.lead or led.support else "",
    }


def _passages(plan: Plan, texts: Texts, slot: str) -> list[Record]:
    """The narrative entries of a slot, in the catalog's order."""
    if slot not in plan.slots:
        asked = str(slot)[:60]
        raise UndefinedError(f"目录里没有“{asked}”这类文字。{nearest(asked, plan.slots)}")
    return [_passage(passage, texts) for passage in plan.passages if passage.slot == slot]


def _passage(passage: Passage, texts: Texts) -> Record:
    paragraphs = [texts[paragraph] for paragraph in passage.paragraphs]
    return Record(
        id=passage.id, title=_title(passage.title, texts), paragraphs=paragraphs, text="".join(paragraphs)
    )


def citation(parent: Parent) -> Citation:
    """A parent plan as it is cited; its title is open while nobody has given it."""
    return Citation(parent.title or placeholder(f"{parent.level.shown}方案题名"), parent.number)


def _parent(parent: Parent, plan: Plan) -> Record:
    cited = citation(parent)
    number = f"（{cited.number}）" if cited.number else ""
    text = cited.title if cited.title.startswith("〔") else f"《{cited.title}》{number}"
    above = next((place for place in plan.profile.place.parents if place.level is parent.level), None)
    return Record(
        id=parent.id,
        level=parent.level.value,
        state=parent.state.value,
        cited=markup.escape(text),
        title=markup.escape(cited.title),
        number=markup.escape(cited.number or ""),
        place=markup.escape(above.name if above else ""),
    )


def _head(form: Form, level: int, title: str, section: Record | None) -> str:
    """A heading; with a section, its units where the form prints them once for a section.

    Where the level runs in, a section's introduction follows its title in the same paragraph.
    """
    lines = [f"{_signs(level)} {title}"]
    if section is not None and section.intro and form.run_in[level - 1]:
        lines[0] += f"。{section.intro}"
    if section is not None and section.units and form.responsibility == "section":
        lines += ["", section.units]
    return "\n".join(lines) + "\n"


def _item(form: Form, level: int, entry: Record, title: str | None = None, text: str | None = None) -> str:
    """An entry at a level: run-in or under a heading of its own, as the form has it; its units after it.

    `title` and `text` stand in place of the entry's own: so a section's aim is printed with the section's units.
    """
    origin = getattr(entry, "id", "") if title is None else ""
    mark = f"{_signs(level)} {entry.title if title is None else title}"
    group = f" {{@{origin}}}" if origin else ""
    units = []
    if form.responsibility == "item" and getattr(entry, "units", None):
        units = ["", entry.units]
    if form.run_in[level - 1]:
        return "\n".join([f"{mark}。{entry.text if text is None else text}{group}", *units]) + "\n"
    paragraphs = [text] if text is not None else getattr(entry, "paragraphs", None) or [entry.text]
    return "\n".join([f"{mark}{group}", *units, "", "\n\n".join(paragraphs)]) + "\n"


def _signs(level: int) -> str:
    """What opens a heading of a level."""
    if level not in (1, 2, 3, 4):
        raise FormLevelError(f"没有第{str(level)[:20]}级标题；head 和 item 的第一项是 1 至 4")
    return "#" * (level + 1)
