"""The first questions: which kind of plan, which place, which period, which plans of the levels above."""

import re
from collections.abc import Callable, Iterator, Mapping

from drafter import divisions
from drafter.model.profile import PlaceEntry
from drafter.model.values import PeriodEntry
from drafter.model.words import Status, Tier
from drafter.nearest import nearest
from drafter.places import located
from drafter.wizard.parents import parent_questions
from drafter.wizard.question import Answer, Choice, Kind, Question
from drafter.wizard.state import State
from drafter.yaml_tree import Tree

_COUNTIES = ("县", "市", "区", "旗", "县市区")
_COMMUNITIES = ("村", "社区")
_OTHER_LEVELS = {
    Tier.COUNTY: (*_COUNTIES, *_COMMUNITIES),
    Tier.ZONE: (*_COUNTIES, *_COMMUNITIES),
    Tier.PREFECTURE: _COMMUNITIES,
}
"""What does not lie directly below a place of a level."""
_PERIOD = re.compile(r"(\d{4})\s*(?:-|—|－|–|至|到)\s*(\d{4})年?")


def opening(state: State) -> Iterator[Question]:
    """The questions that everything else depends on, in order."""
    yield from _kind_of_plan(state)
    if not (state.has("family") and state.has("pack")):
        return
    yield from _where(state)
    if state.place() is None:
        return
    yield PERIOD
    yield STATUS
    if state.period() is not None:
        yield from parent_questions(state)
        yield _features(state)


# ------------------------------------------------------------------ kind of plan


def _kind_of_plan(state: State) -> Iterator[Question]:
    families = state.families()
    helped = "方案的种类决定有哪些行动、举措和要填的事实。"
    told = None if state.has("family") else state.parents_family()
    yield _one_of("family", "起草哪一类方案？", helped, families, told, state.usual_family)
    if state.has("family"):
        yield _one_of(
            "pack", "用哪个模板包？", "模板包决定章节和印出的样子。", state.packs(), None, lambda: None
        )


def _one_of(
    key: str,
    text: str,
    helped: str,
    found: Mapping[str, str],
    told: str | None,
    usual: Callable[[], str | None],
) -> Question:
    """Asked only where there are several, and none is `told`; `usual`: the one that is proposed."""
    names = tuple(found)
    return Question(
        id=key,
        text=text,
        kind=Kind.CHOICE,
        help=helped,
        choices=tuple(Choice(name, title) for name, title in found.items()),
        default=lambda _: told or (names[0] if len(names) == 1 else usual()),
        put=lambda state, answer: state.set(key, answer),
        done=lambda state: state.has(key),
        quiet=told is not None or len(names) == 1,
        open=False,
    )


# ------------------------------------------------------------------ place


def _place_problem(state: State, answer: Answer) -> str:
    names = _steps(str(answer))
    if len(names) > 1:
        return ""
    entry = PlaceEntry(name=str(answer).strip() or "？")
    found, wrong = located(entry, Tree({}))
    if not wrong and found.level is Tier.PROVINCE:
        return f"{divisions.find(entry.name)[0].name}是省级；这里起草县、区、市一级的方案"
    if not wrong or wrong[0].rule == "place.ambiguous":
        return ""
    near = "" if str(answer).isdigit() else nearest(str(answer), divisions.by_name())
    return f"区划名录里没有“{answer}”。{near}开发区、乡镇等名录以外的地方，连同上级一起写：某省/某市/{answer}"


def _steps(text: str) -> list[str]:
    return [each.strip() for each in re.split(r"[/／]", text) if each.strip()]


def _put_place(state: State, answer: Answer) -> None:
    names = _steps(str(answer))
    if len(names) == 1:
        found = divisions.find(names[0])
        plain = len(found) == 1 and len(divisions.find(found[0].name)) == 1
        # A code, or a name with what it lies in, is stored as the name alone where that is enough.
        state.data["place"] = {"name": found[0].name if plain else names[0]}
        return
    levels = ([Tier.PROVINCE, Tier.PREFECTURE, Tier.COUNTY, Tier.TOWNSHIP])[: len(names) - 1]
    above = [{"name": name, "level": level.value} for name, level in zip(names[:-1], levels, strict=False)]
    state.data["place"] = {"name": names[-1], "parents": above}


def _candidates(state: State) -> tuple[Choice, ...]:
    place = state.get("place")
    name = place.get("name", "") if isinstance(place, dict) else str(place or "")
    if isinstance(place, dict) and place.get("parents"):
        return ()
    found = divisions.find(name)
    return tuple(Choice(each.code, divisions.in_full(each)) for each in found) if len(found) > 1 else ()


def _put_which(state: State, answer: Answer) -> None:
    state.set("place.name", divisions.in_full(divisions.by_code()[str(answer)]))


def _where(state: State) -> Iterator[Question]:
    yield Question(
        id="place",
        text="给哪个地方起草？",
        kind=Kind.PLACE,
        help="写县、区、市的全称，如“双峰县”，也可以写六位区划代码。名录以外的地方连同上级写：某省/某市/某开发区。",
        put=_put_place,
        done=lambda state: state.has("place"),
        check=_place_problem,
        open=False,
    )
    which = _candidates(state)
    yield Question(
        id="place.which",
        text="叫这个名字的地方不止一个，是哪一个？",
        kind=Kind.CHOICE,
        choices=which,
        when=lambda _: bool(which),
        put=_put_which,
        done=lambda _: False,
        open=False,
    )
    if state.place() is None:
        return
    names = _below(state)
    yield Question(
        id="place.divisions",
        text="本地下辖哪些乡级单位？（可多选）",
        kind=Kind.MANY,
        help="决定主送机关和“各乡镇（街道）”这类用语。有乡也有镇的选“乡镇”；有街道的再选“街道”。",
        choices=tuple(Choice(each, each, state.catalog.divisions[each].government) for each in names),
        check=lambda _, answer: "" if answer else "至少勾选一种；一时定不了的输入 > 以后再填",
        put=_put_divisions,
        done=lambda state: bool(state.get("place.divisions")),
        open=not state.get("place.parents"),
    )


def _below(state: State) -> tuple[str, ...]:
    """What may lie directly below the place, without what only other provinces have."""
    place = state.place()
    above = {each.name for each in place.parents if each.level is Tier.PROVINCE} if place else set()
    others = _OTHER_LEVELS.get(_level(state), ())
    return tuple(
        name
        for name, each in state.catalog.divisions.items()
        if name not in others and (not each.provinces or not above or above & set(each.provinces))
    )


def _level(state: State) -> Tier:
    place = state.place()
    return place.level if place else Tier.COUNTY


def _put_divisions(state: State, answer: Answer) -> None:
    if isinstance(state.data["place"], str):
        state.data["place"] = {"name": state.data["place"]}
    state.set("place.divisions", list(answer))


# ------------------------------------------------------------------ period, status


def usual_period(state: State) -> str:
    """The five-year plan that today's work is for: the next one from the middle of the last year on."""
    year, month = state.today.year, state.today.month
    start = year - (year - 1) % 5
    if year == start + 4 and month >= 7:
        start += 5
    return PeriodEntry(start=start, end=start + 4).text


def _period_problem(_: State, answer: Answer) -> str:
    found = _PERIOD.fullmatch(str(answer).strip())
    if not found:
        return f"“{answer}”不是规划期；写作 2026-2030"
    start, end = int(found[1]), int(found[2])
    if not (1990 <= start <= end <= 2100):
        return f"规划期应当先后有序、在 1990 至 2100 年之间，现为 {start} 至 {end}"
    return ""


def _put_period(state: State, answer: Answer) -> None:
    found = _PERIOD.fullmatch(str(answer).strip())
    if found:
        state.data["period"] = f"{found[1]}—{found[2]}"


PERIOD = Question(
    id="period",
    text="规划期？",
    help="方案管哪几年，首尾两年都算，如 2026-2030。",
    default=usual_period,
    check=_period_problem,
    put=_put_period,
    done=lambda state: state.has("period"),
    open=False,
)

STATUS = Question(
    id="status",
    text="稿别？",
    kind=Kind.CHOICE,
    choices=tuple(Choice(each.value, each.shown) for each in Status),
    default=lambda _: Status.DRAFT.value,
    put=lambda state, answer: state.set("status", Status(str(answer)).shown),
    done=lambda state: state.has("status"),
    open=False,
    quiet=True,
)


# ------------------------------------------------------------------ features


def _usual_features(state: State) -> Answer:
    words, place = state.words(), state.place()
    if words is None or place is None:
        return ()
    names = "".join((*(each.name for each in place.parents), place.name))
    return tuple(
        each.id
        for each in state.catalog.family.features
        if any(mark == words.word or (len(mark) > 1 and mark in names) for mark in each.usual)
    )


def _features(state: State) -> Question:
    return Question(
        id="features",
        text="县情特征？（可多选，决定哪些举措适用）",
        kind=Kind.MANY,
        help="按实际情况勾选。没有的不选：选了“有高等学校”，方案里就会写高校的任务。",
        choices=tuple(Choice(each.id, each.label) for each in state.catalog.family.features),
        default=_usual_features,
        put=lambda state, answer: state.set("features", list(answer)),
        done=lambda state: "features" in state.data,
    )
