"""Questions about the paper itself: form, length, who issues, units, and the facts that the whole paper needs."""

import re
from collections.abc import Iterator
from typing import Any

from drafter.model.catalog import Parameter
from drafter.model.pack import FormEntry
from drafter.model.profile import Dates, LetterheadSettings, Profile
from drafter.model.words import Disclosure, Length
from drafter.organs import NONE, unit_names
from drafter.wizard.last import last_targets
from drafter.wizard.measures import filled, parameter_question, room
from drafter.wizard.question import Answer, Choice, Kind, Question
from drafter.wizard.state import State
from drafter.yaml_tree import Tree

_UNITS = re.compile(r"[；;\n]+")
_UNITS_FORM = "写法：县教育体育局=教育、体育；县科技和工业信息化局=科技、工信；无=地震"


def layout_questions(state: State) -> Iterator[Question]:
    """Whose structure, which form of numbering, how long."""
    yield Question(
        id="layout.outline",
        text="章节用谁的？",
        kind=Kind.CHOICE,
        help="用上级的：部分、章节、标题、顺序都随上级方案。用模板的：按本类方案的通例。",
        choices=(Choice("parent", "随上级方案的章节和顺序"), Choice("pack", "用模板的章节")),
        # An existing paper keeps its sections unless a parent comes that it had not.
        default=lambda state: "parent" if state.fresh or "late" in state.noted else "pack",
        put=lambda state, answer: state.set("layout.outline", answer),
        done=lambda state: state.has("layout.outline"),
        when=lambda state: state.driver() is not None,
        open=False,
    )
    yield Question(
        id="layout.form",
        text="序号用哪种形式？",
        kind=Kind.CHOICE,
        help="各地写法不同，随本县惯例；以后改这一项就能整篇换形式。",
        choices=tuple(Choice(name, _shown(name, entry)) for name, entry in state.pack.forms.items()),
        default=lambda state: state.pack.form,
        put=lambda state, answer: state.set("layout.form", answer),
        done=lambda state: state.has("layout.form"),
        open=False,
    )
    yield Question(
        id="layout.length",
        text="篇幅？",
        kind=Kind.CHOICE,
        help="标准：每条举措写全。简：每条只写主要动作，正文约短一半；也可以在档案里只让某一条用简本。",
        choices=tuple(Choice(each.shown, each.shown) for each in reversed(Length)),
        default=lambda state: (Length.STANDARD if room(state) >= _characters(state) else Length.BRIEF).shown,
        about=lambda state: (
            f"选定的举措写全约 {_characters(state)} 字；正文以 {state.pack.page_budget} 页为限。"
        ),
        put=lambda state, answer: state.set("layout.length", answer),
        done=lambda state: state.has("layout.length"),
        # The page budget decides; who wants it otherwise says so in the profile.
        quiet=True,
        open=False,
    )


def _characters(state: State) -> int:
    """How long the picked measures are in full."""
    picked = (state.catalog.measures.get(str(each.get("measure"))) for each in state.data.get("picks") or [])
    own = (len(str(each.get("text"))) for each in state.data.get("local") or [])
    return sum(len(measure.text) for measure in picked if measure) + sum(own)


def _shown(name: str, entry: FormEntry) -> str:
    markers = " ".join(each for each in entry.markers if each)
    where = {
        "item": "每条后写责任单位",
        "section": "每部分末尾写责任单位",
        "annex": "责任单位只列在附表",
        "none": "不写责任单位",
    }
    return f"{markers}  {where[entry.responsibility]}"


# ------------------------------------------------------------------ head


def head_questions(state: State) -> Iterator[Question]:
    """Who issues; and what head and notice need, once the paper has them."""
    able = {name: kind for name, kind in state.catalog.issuers.items() if not kind.refused}
    place = state.place()
    status = next(
        (
            each
            for name, each in state.pack.statuses.items()
            if name.shown == state.get("status") or name == state.get("status")
        ),
        None,
    )
    sends = status is not None and (status.notice or status.head)
    dated = status is not None and status.dated
    yield Question(
        id="letterhead.issuer",
        text="由谁发文？",
        kind=Kind.CHOICE,
        help="决定红头、印发通知的写法和能向谁行文。联合行文暂不支持。",
        choices=tuple(Choice(name, kind.title) for name, kind in able.items()),
        default=lambda _: next((n for n, k in able.items() if place and place.level in k.usual), None),
        put=lambda state, answer: state.set("letterhead.issuer", answer),
        done=lambda state: state.has("letterhead.issuer"),
        open=not sends,
    )
    kind = able.get(str(state.get("letterhead.issuer")))
    unnamed = kind is not None and not kind.name
    for key, text, helped, when in (
        ("name", "发文机关的全称？", "按成立或调整文件填写。", unnamed and sends),
        ("number", "发文字号？", "如 青政办发〔2026〕8号；还没有就先空着。", dated),
        ("approval", "经什么程序同意？", "如 已经县人民政府同意，或 已经县人民政府第×次常务会议审议通过；会议次数照实写。", sends and kind is not None and not kind.sovereign),
        ("addressees", "主送机关？", "空着就按下辖区划推定。", False),
    ):  # fmt: skip
        yield _line(f"letterhead.{key}", text, helped, "number" if key == "number" else "", not when)
    yield Question(
        id="letterhead.disclosure",
        text="附注写什么？",
        kind=Kind.CHOICE,
        help="是否公开由发文单位定。",
        choices=tuple(Choice(each.shown, each.shown) for each in Disclosure),
        put=lambda state, answer: state.set("letterhead.disclosure", answer),
        done=lambda state: state.has("letterhead.disclosure"),
        quiet=not sends,
    )
    yield _line("dates.issued", "成文日期？", "写作 2026-12-08。", "day", not dated)
    yield _line("dates.printed", "印发日期？", "写作 2026-12-08，不早于成文日期。", "day", not dated)


def _line(key: str, text: str, helped: str, kind: str, quiet: bool) -> Question:
    """A question for one line of the head."""
    checks = {"number": _number_problem, "day": _day_problem}
    return Question(
        id=key,
        text=text,
        help=helped,
        put=lambda state, answer: state.set(key, answer),
        done=lambda state: state.has(key),
        check=checks.get(kind, lambda _, __: ""),
        quiet=quiet,
    )


def _number_problem(_: State, answer: Answer) -> str:
    return _fault(LetterheadSettings, "number", answer)


def _day_problem(_: State, answer: Answer) -> str:
    return _fault(Dates, "issued", answer)


def _fault(model: type[LetterheadSettings] | type[Dates], key: str, answer: Answer) -> str:
    """What the model says of one value, in Chinese."""
    try:
        model.model_validate({key: answer})
    except ValueError as bad:
        return str(bad).split("Value error, ")[-1].split(" [type=")[0]
    return ""


# ------------------------------------------------------------------ units


def unit_question(state: State) -> Iterator[Question]:
    """Merged bureaus and other names, once; every other unit has its usual name and is marked 待核."""
    words = state.words()
    if words is None:
        return

    def about(state: State) -> str:
        if "units" not in state.noted:
            usual = "、".join(dict.fromkeys(needed(state).values()))
            return f"方案要用到的单位，按通例叫：{usual}\n{_UNITS_FORM}"
        lines = [f"从上一轮方案取了 {len(state.data['organs'])} 个单位的名称。"]
        if state.noted["units"]:
            lines.append(f"看名称是合并设置的，请核对：{state.noted['units']}")
        if unclear := state.noted.get("units.unclear"):
            lines.append(f"看不出承担哪项职能的，要用的请补上：{unclear}")
        return "\n".join([*lines, _UNITS_FORM])

    yield Question(
        id="units",
        text="哪些单位合并设置，或名称与通例不同？（没有就直接回车）",
        help="一个单位写一条，分号隔开；等号后面是它承担的职能。一项职能只归一个单位，没有单位承担的写 无=地震。",
        check=_unit_problem,
        default=lambda state: state.noted.get("units", ""),
        about=about,
        put=_put_units,
        done=lambda state: "organs" in state.data and "units" not in state.noted,
    )


def needed(state: State) -> dict[str, str]:
    """Role → usual name, for the roles that the picked measures need; before there are any, for all."""
    words = state.words()
    place = state.place()
    if words is None or place is None:
        return {}
    profile = _minimal(state)
    names, _ = unit_names(state.catalog.organs, profile, words, Tree({}))
    roles: list[str] = []
    for pick in state.data.get("picks") or []:
        measure = state.catalog.measures.get(str(pick.get("measure")))
        roles += [*measure.lead, *measure.support] if measure else []
    for local in state.data.get("local") or []:
        roles += [*(local.get("lead") or ()), *(local.get("support") or ())]
    wanted = sorted(set(roles) & set(names), key=lambda role: state.catalog.organs[role].order)
    return {role: names[role] for role in wanted or names}


def _minimal(state: State) -> Profile:
    """A profile that knows place and period only."""
    return Profile.model_validate(
        {
            "format": "profile/1",
            "family": state.data["family"],
            "pack": state.data["pack"],
            "place": state.place(),
            "period": state.get("period"),
        }
    )


def units_of(state: State, text: str) -> tuple[list[dict[str, Any]], str]:
    """What was typed as the entries of `organs`, or what is wrong with it."""
    made: list[dict[str, Any]] = []
    taken: dict[str, str] = {}
    names = {role: organ.title for role, organ in state.catalog.organs.items()}
    for piece in (part.strip() for part in _UNITS.split(text) if part.strip()):
        name, sign, rest = piece.replace("＝", "=").partition("=")
        parts = [each.strip() for each in re.split(r"[、，,]", rest) if each.strip()]
        if not sign or not name.strip() or not parts:
            return [], f"“{piece}”写法不对；写作 单位名称=职能、职能"
        roles = []
        for part in parts:
            role = _role(state, part)
            if not role:
                close = [title for title in names.values() if any(c in title for c in part)][:6]
                return [], f"没有“{part}”这一职能" + (f"；相近的：{'、'.join(close)}" if close else "")
            if role in taken:
                return [], f"“{names[role]}”同时归“{taken[role]}”和“{name.strip()}”，一项职能只能归一个单位"
            taken[role] = name.strip()
            roles.append(role)
        made.append({"name": name.strip(), "serves": roles})
    return made, ""


def _role(state: State, word: str) -> str:
    """The role that a drafter means: its id, its title with or without 部门, or the usual name of its unit."""
    organs = state.catalog.organs
    if word in organs:
        return word
    for role, organ in organs.items():
        if word in (organ.title, organ.title.removesuffix("部门")):
            return role
    usual = {name: role for role, name in needed(state).items()}
    if word in usual:
        return usual[word]
    bare = state.roles.names
    if word in bare:
        return bare[word]
    found = [role for name, role in bare.items() if name.startswith(word)]
    titled = [role for role, organ in organs.items() if organ.title.startswith(word)]
    both = list(dict.fromkeys((*titled, *found)))
    return both[0] if len(both) == 1 or (both and titled[:1] == both[:1]) else ""


def _unit_problem(state: State, answer: Answer) -> str:
    return units_of(state, str(answer))[1]


def _put_units(state: State, answer: Answer) -> None:
    made, _ = units_of(state, str(answer))
    none = [role for each in made if each["name"] == NONE for role in each["serves"]]
    told = {role for each in made for role in each["serves"]}
    # What the last plan gave stays, but for the roles that go to a unit that is told here.
    given = (state.data.get("organs") or []) if state.noted.pop("units", None) is not None else []
    kept = [each | {"serves": [role for role in each["serves"] if role not in told]} for each in given]
    state.data["organs"] = [each for each in (*kept, *made) if each["name"] != NONE and each["serves"]]
    if none:
        state.data["none"] = none


# ------------------------------------------------------------------ facts


def value_questions(state: State) -> Iterator[Question]:
    """What family, pack and narrative ask; for a target first whether a figure was handed down."""
    for parameter in state.parameters():
        key = f"values.{parameter.name}"
        target = bool(parameter.indicator) and not parameter.baseline
        if target:
            yield from _handed_down(state, parameter)
        if parameter.default is not None and key not in state.given:
            continue
        yield value_question(state, parameter, key)


def value_question(state: State, parameter: Parameter, key: str) -> Question:
    """The question for a fact that the whole paper needs; `key` is its path in the profile."""
    return parameter_question(
        state,
        parameter,
        key,
        parameter.label,
        lambda state, answer: state.set(key, list(answer) if isinstance(answer, tuple) else answer),
        lambda state: filled(state.get(key)) or state.noted.get(f"{key}.given") == "unknown",
        lambda state: _figures(state, parameter),
    )


def _handed_down(state: State, parameter: Parameter) -> Iterator[Question]:
    key = f"values.{parameter.name}.given"

    def put(state: State, answer: Answer) -> None:
        state.noted[key] = str(answer)

    yield Question(
        id=key,
        text=f"“{parameter.label}”上级下达了数值没有？",
        kind=Kind.CHOICE,
        help="下达过的照填，并写明由哪份文件下达。没有下达的由本级研究确定；定不下来就先空着，印作〔待填〕，不要照搬国家或省的数。",
        choices=(
            Choice("given", "下达了"),
            Choice("own", "没有下达，本级自己定"),
            Choice("unknown", "还不知道，先空着"),
        ),
        default=lambda _: "unknown",
        about=lambda state: _figures(state, parameter),
        put=put,
        done=lambda state: key in state.noted or state.has(f"values.{parameter.name}"),
        open=False,
    )
    yield Question(
        id=f"targets.{parameter.name}",
        text=f"“{parameter.label}”的数值由哪份文件下达、或怎样确定？",
        help="如：某市科素办〔2026〕3号分解下达。低于上级目标的，审核时要看这一条。",
        put=lambda state, answer: _put_basis(state, parameter.name, str(answer)),
        done=lambda state: any(
            each.get("value") == parameter.name for each in state.data.get("targets") or []
        ),
        when=lambda state: state.has(f"values.{parameter.name}") and state.fresh,
    )


def _put_basis(state: State, name: str, basis: str) -> None:
    kept = [each for each in state.entries("targets") if each.get("value") != name]
    state.data["targets"] = [*kept, {"value": name, "basis": basis}]


def _figures(state: State, parameter: Parameter) -> str:
    """What the parent and the county's last plan say of an indicator; nothing is proposed from it."""
    if not parameter.indicator:
        return ""
    lines = []
    driver = state.driver()
    if driver and not parameter.baseline:
        other = (state.parent(driver[0]) or {}).get("state") == "other-period"
        found = [each for each in driver[1].targets if parameter.indicator in f"{each.indicator}{each.text}"]
        lines += [
            f"上级方案写的是：{each.text}" + ("（其他规划期，只供参照）" if other else "")
            for each in found[:2]
        ]
    last = last_targets(state, parameter.indicator)
    return "\n".join([*lines, *([last] if last else [])])
