"""The plan above: what it orders and this plan does not carry, targets below its own, text copied from it.

The rows are those of `drafter align`; a person's decisions in the profile close them there and here.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from drafter.check.rule import Rule, advised, certain, fault, rule
from drafter.check.subject import Subject
from drafter.errors import Finding, Location

if TYPE_CHECKING:
    from drafter.align.types import Alignment, Pair

_COPIED = 0.6
_ORDERED = ("subordinate", "both")


def _aligned(subject: Subject) -> "Alignment":
    """The alignment; rules of this module are asked only where there is one."""
    return cast("Alignment", subject.alignment)


def _missing(made: "Alignment") -> "Iterator[Pair]":
    return (pair for pair in made.pairs if pair.kind == "measure" and pair.status == "missing")


def _name(pair: "Pair") -> str:
    return f"上级第{pair.parent}条“{pair.title[:30]}”" if pair.title else f"上级第{pair.parent}条"


@rule(
    "parent.orders",
    title="上级要求下级做的，本方案都有",
    why="上级督查先看分解给下级的任务有没有落实；条号、对应关系与 drafter align 相同",
    example="省方案要求“各县（市、区）每年办一次集市日”，县方案没有 → 补上这一项",
    mend="补上；确不适用的，在档案 decisions 中写明理由",
    of="parent",
)
def orders(subject: Subject) -> Iterator[Finding]:
    made = _aligned(subject)
    for pair in _missing(made):
        if pair.addressed not in _ORDERED:
            continue
        # Of another period it is no basis, and what looks missing may stand under other words.
        weigh = advised if made.other_period else certain if pair.confidence == "sure" else fault
        doubt = "" if pair.confidence == "sure" else "；对应关系待核"
        yield weigh(
            Location(subject.path),
            "",
            f"{_name(pair)}要求下级落实，这里没有对应的内容{doubt}",
            pair.proposal or "补上；确不适用的，在档案 decisions 中写明理由",
        )


@rule(
    "parent.missing",
    title="上级的其他举措，或有对应，或有理由",
    why="上级自己做的事本级不一定做，但要想过",
    example="省方案有“建好乡镇文化站”，县方案没有 → 补上，或写明不适用",
    mend="补上，或在档案 decisions 中定为“不适用”并写明理由",
    of="parent",
)
def missing(subject: Subject) -> Iterator[Finding]:
    made = _aligned(subject)
    for pair in _missing(made):
        if pair.addressed in _ORDERED:
            continue
        weigh = advised if made.other_period or pair.proposal else fault
        hint = pair.proposal or "补上，或在档案 decisions 中定为“不适用”并写明理由"
        yield weigh(Location(subject.path), "", f"{_name(pair)}没有对应的内容", hint)


@rule(
    "parent.target",
    title="目标值不低于上级，低的写明理由",
    why="各地分解的指标不同，低于上级全域目标须有分解的依据",
    example="省方案2030年达到22%，县方案写18% → 改为22%，或写明按省分解指标",
    mend="核对分解指标；属实的，在档案 decisions 中写明依据",
    of="parent",
)
def target(subject: Subject) -> Iterator[Finding]:
    for each in _aligned(subject).targets:
        if each.verdict != "below" or each.reason or each.child is None:
            continue
        above, below = each.parent, each.child
        yield fault(
            Location(subject.path, node=below.node),
            below.text[:40],
            f"“{each.indicator}”本方案为{below.value:g}{below.unit}，低于上级的{above.value:g}{above.unit}",
            "核对分解指标；属实的，在档案 decisions 中写明依据",
        )


@rule(
    "parent.copied",
    title="不照抄上级",
    why="上下一般粗，是督查常批评的；照抄的部分要补本地的任务、数字、单位",
    example="一个部分六成以上的字句与上级相同 → 写本地怎么做",
    mend="补本地的做法、数字、责任单位，删去照抄的话",
    of="parent",
)
def copied(subject: Subject) -> Iterator[Finding]:
    for section in _aligned(subject).copied_sections:
        if section.share >= _COPIED:
            own = f"，本地的事实{section.count}处" if section.count else "，没有本地的事实"
            yield advised(
                Location(subject.path, node=section.node),
                section.title[:40],
                f"这一部分{section.share:.0%}的字句与上级相同{own}",
                "补本地的做法、数字和责任单位",
            )


@rule(
    "parent.period",
    title="上级方案与本方案是同一期的",
    why="另一期的上级方案只作参照，不作依据：目标、年份、文号不能照用",
    example="2026—2030年的县方案对照2021—2025年的省方案 → 只比任务，不比目标",
    mend="本期的上级方案印发后，再对照一次",
    of="parent",
)
def period(subject: Subject) -> Iterator[Finding]:
    made = _aligned(subject)
    if made.other_period:
        years = "—".join(map(str, made.parent.period)) + "年" if made.parent.period else "另一期"
        yield advised(
            Location(subject.path),
            "",
            f"上级方案是{years}的，只作参照，不比目标",
            "本期的上级方案印发后，再对照一次",
        )


RULES: tuple[Rule, ...] = (orders, target, missing, copied, period)
