"""Measures chosen from the catalog, by section; their own parameters where there is no default."""

from collections.abc import Callable, Iterator

from drafter.model.catalog import Group, Measure, Parameter
from drafter.model.words import ParameterKind
from drafter.places import placeholder
from drafter.wizard.chosen import add_pick
from drafter.wizard.preview import preview
from drafter.wizard.question import Answer, Choice, Kind, Question
from drafter.wizard.state import State

_PAGE = 22 * 28
"""Characters on a page (GB/T 9704 5.2.3)."""


def measure_questions(state: State) -> Iterator[Question]:
    """Without a parent: the usual measures, or a choice by section; with one: further ones on top."""
    driven = state.driver() is not None

    def put(state: State, answer: Answer) -> None:
        state.noted["measures"] = str(answer)
        for name in {"usual": usual, "all": fitting}.get(str(answer), lambda _: [])(state):
            add_pick(state, name)

    choices = [Choice("choose", "逐部分选"), Choice("none", "不加" if driven else "都不用")]
    if not driven:
        count = len(usual(state))
        first = Choice("usual", f"各地通行、符合县情的 {count} 条，先出第一稿")
        choices = [first, Choice("all", f"符合县情的 {len(fitting(state))} 条全部采用"), *choices]
    yield Question(
        id="measures",
        text="除上级各条以外，还要从目录里加选吗？" if driven else "选用哪些举措？",
        kind=Kind.CHOICE,
        help="建议的是符合县情特征、不属慎用的举措，篇幅以模板包的页数为限；档案里可以随时增删。",
        choices=tuple(reversed(choices)) if driven else tuple(choices),
        default=lambda _: "none" if driven else "usual",
        put=put,
        done=lambda state: (
            "measures" in state.noted or (not driven and bool(state.data.get("picks"))) or not state.fresh
        ),
        open=False,
    )
    if state.noted.get("measures") != "choose" and not any(
        key.startswith("measures.") for key in state.given
    ):
        return
    for group in state.catalog.family.groups:
        yield _group(state, group, driven)


def _group(state: State, group: Group, driven: bool) -> Question:
    """Which measures of a group are picked; ticked are those that are, and without a parent those that fit."""
    names = [name for name, home in state.catalog.group_of.items() if home == group.id]
    key = f"measures.{group.id}"

    def ticked(state: State) -> Answer:
        picked = {each.get("measure") for each in state.data.get("picks") or []}
        ticked = set() if driven else set(fitting(state))
        return tuple(name for name in names if name in picked or name in ticked)

    return Question(
        id=key,
        text=f"{group.title}：选用哪些？（可多选）",
        kind=Kind.MANY,
        help="已勾选的符合县情。标“慎用”的须有明文依据。",
        choices=tuple(_choice(state, state.catalog.measures[name]) for name in names),
        default=ticked,
        put=lambda state, answer: _choose(state, group.id, names, answer),
        done=lambda state: key in state.noted,
        when=lambda state: state.noted.get("measures") == "choose" or key in state.given,
    )


def fitting(state: State) -> list[str]:
    """The measures that fit the county's features, without those that are taken with caution only."""
    having = set(state.data.get("features") or ())
    return [
        name
        for name, each in state.catalog.measures.items()
        if set(each.applies) <= having and not each.caution
    ]


def room(state: State) -> int:
    """How many characters of measures the page budget of the pack leaves: half of what its pages hold."""
    return state.pack.page_budget * _PAGE // 2


def usual(state: State) -> list[str]:
    """Of the measures that fit, those that most plans have, as many as the page budget holds in brief."""
    names = fitting(state)
    plans = {name: len({each.plan for each in state.catalog.measures[name].sources}) for name in names}
    left = room(state)
    kept = set()
    for name in sorted(names, key=lambda name: -plans[name]):
        left -= len(state.catalog.measures[name].brief or state.catalog.measures[name].text)
        if left < 0:
            break
        kept.add(name)
    return [name for name in names if name in kept]


def _choice(state: State, measure: Measure) -> Choice:
    plans = state.catalog.sources
    where = "、".join(dict.fromkeys(plans[each.plan].place for each in measure.sources if each.plan in plans))
    note = preview(state, measure) + (f"［{where}］" if where else "")
    return Choice(measure.id, ("（慎用）" if measure.caution else "") + measure.title, note)


def _choose(state: State, group: str, names: list[str], answer: Answer) -> None:
    state.noted[f"measures.{group}"] = "done"
    kept = [
        each
        for each in state.entries("picks")
        if each.get("measure") not in names or each["measure"] in answer
    ]
    state.data["picks"] = kept
    for name in answer:
        add_pick(state, name)


# ------------------------------------------------------------------ what picked measures ask


def pick_questions(state: State) -> Iterator[Question]:
    """The parameters of picked measures that have no default."""
    for pick in tuple(state.data.get("picks") or []):
        measure = state.catalog.measures.get(str(pick.get("measure")))
        for parameter in measure.parameters if measure else ():
            key = f"picks.{pick['measure']}.{parameter.name}"
            if parameter.default is not None and key not in state.given:
                continue
            yield _parameter(state, pick["measure"], parameter, key, measure.title if measure else "")


def _parameter(state: State, name: str, parameter: Parameter, key: str, title: str) -> Question:
    def pick(state: State) -> dict[str, object]:
        return next((each for each in state.entries("picks") if each.get("measure") == name), {})

    def put(state: State, answer: Answer) -> None:
        values = pick(state).setdefault("values", {})
        if isinstance(values, dict):
            values[parameter.name] = list(answer) if isinstance(answer, tuple) else answer

    def done(state: State) -> bool:
        values = pick(state).get("values")
        return isinstance(values, dict) and filled(values.get(parameter.name))

    return parameter_question(state, parameter, key, f"“{title}”中的{parameter.label}", put, done)


def filled(value: object) -> bool:
    """Whether a value is there and is no placeholder."""
    return bool(value) and not str(value).startswith("〔待填")


def parameter_question(
    state: State,
    parameter: Parameter,
    key: str,
    text: str,
    put: Callable[[State, Answer], None],
    done: Callable[[State], bool],
    about: Callable[[State], str] = lambda _: "",
) -> Question:
    """The question for a parameter that family, pack or measure declares."""
    choices: tuple[Choice, ...] = tuple(Choice(each, each) for each in parameter.choices)
    if parameter.kind is ParameterKind.ORGAN:
        choices = tuple(Choice(role, organ.title) for role, organ in state.catalog.organs.items())
    if parameter.kind is ParameterKind.POLICY:
        choices = tuple(Choice(name, policy.title) for name, policy in state.catalog.policies.items())
    numbers = (ParameterKind.NUMBER, ParameterKind.YEAR)
    kind = Kind.CHOICE if choices else Kind.NUMBER if parameter.kind in numbers else Kind.TEXT
    unit = f"（{parameter.unit}）" if parameter.unit else ""
    default = parameter.default[0] if parameter.default else None

    def check(_: State, answer: Answer) -> str:
        return _unfit(parameter, choices, answer)

    def leave(state: State) -> None:
        # A text that must not be empty says itself that it is still open.
        if parameter.required and kind is Kind.TEXT:
            put(state, placeholder(parameter.label))

    return Question(
        id=key,
        text=f"{text}{unit}？",
        kind=kind,
        help=parameter.help,
        choices=choices,
        default=lambda _: default,
        check=check,
        put=put,
        done=done,
        about=about,
        leave=leave,
        open=not parameter.required or kind is Kind.TEXT,
    )


def _unfit(parameter: Parameter, choices: tuple[Choice, ...], answer: Answer) -> str:
    if choices:
        known = "、".join(f"{each.value}（{each.label}）" for each in choices[:12])
        return "" if answer in [each.value for each in choices] else f"没有“{answer}”这个选项，可用：{known}"
    given = answer if isinstance(answer, tuple) else (answer,)
    if parameter.kind is ParameterKind.LIST and isinstance(answer, str):
        given = tuple(part for part in answer.split("、") if part)
    return parameter.problem(given)
