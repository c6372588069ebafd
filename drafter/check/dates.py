"""Dates and stages: none before the paper, none that overlap, none that do not exist."""

import itertools
import re
from collections.abc import Iterator
from datetime import date

from drafter.check.rule import Rule, certain, fault, rule
from drafter.check.subject import Subject, Text, without_titles
from drafter.errors import Finding, Location

_STAGE = (
    r"(?P<start>20\d\d)年?(?:\d{1,2}月)?\s*(?:[-—–―－~～]+|至|到)\s*(?P<end>20\d\d)年(?P<month>\d{1,2}月)?"
)


@rule(
    "date.stage-past",
    title="实施阶段不早于印发",
    why="印发时已经结束的阶段无法执行",
    example="2027年印发，写“2025—2026年为启动阶段” → 自印发之日起",
    mend="改为从印发之日起",
)
def stage_past(subject: Subject) -> Iterator[Finding]:
    if subject.issued is None:
        return
    for text, stages in _schedules(subject):
        for found in stages:
            if int(found["end"]) < subject.issued.year:
                yield certain(
                    text,
                    found.group(),
                    f"这一阶段到{found['end']}年结束，早于印发的{subject.issued.year}年",
                    "改为从印发之日起",
                )


@rule(
    "date.stage-overlap",
    title="实施阶段首尾相接，不重叠、不断档",
    why="同一年落在两个阶段，或有一年不在任何阶段",
    example="2026—2027年、2027—2030年 → 2026—2027年、2028—2030年",
    mend="调整起止年份",
)
def stage_overlap(subject: Subject) -> Iterator[Finding]:
    every = [(text, found) for text, stages in _schedules(subject) for found in stages]
    for (_, before), (text, after) in itertools.pairwise(every):
        if before["month"] or after["month"] or before.string == after.string:
            continue
        if int(before["end"]) >= int(after["start"]) > int(before["start"]):
            yield fault(
                text,
                after.group(),
                f"与前一阶段“{before.group()}”在{after['start']}年重叠",
                "调整起止年份，首尾相接",
            )
        elif int(after["start"]) > int(before["end"]) + 1:
            yield fault(
                text, after.group(), f"与前一阶段“{before.group()}”之间断档", "调整起止年份，首尾相接"
            )


def _schedules(subject: Subject) -> Iterator[tuple[Text, list[re.Match[str]]]]:
    """Texts that set out stages, with the years of each."""
    titles = {node.id: node.title for node in subject.outline.nodes}
    for text in subject.texts:
        if text.node is None or text.kind != "text":
            continue
        path = text.node.id.split(".")
        above = "".join(titles.get(".".join(path[:depth]), "") for depth in range(1, len(path) + 1))
        if any(word in above for word in ("阶段", "进度", "步骤", "时间安排")):
            stages = list(re.finditer(_STAGE, without_titles(text.text)))
            if stages:
                yield text, stages


@rule(
    "date.printed-before-issued",
    title="印发日期不早于成文日期",
    why="版记的印发日期是付印日期，只能在成文之后",
    example="成文2026年12月10日，印发2026年12月9日 → 改正",
    mend="核对两个日期",
)
def printed_before_issued(subject: Subject) -> Iterator[Finding]:
    meta = subject.outline.meta
    if (
        meta.issued_date
        and meta.printed_date
        and date.fromisoformat(meta.printed_date) < date.fromisoformat(meta.issued_date)
    ):
        quote = (
            subject.document.imprint.date
            if subject.document.imprint and subject.document.imprint.date
            else ""
        )
        yield certain(
            Location(subject.path, node="版记"),
            quote,
            f"印发日期 {meta.printed_date} 早于成文日期 {meta.issued_date}",
            "核对两个日期",
        )


@rule(
    "date.impossible",
    title="日期真实存在",
    why="写了不存在的日子",
    example="2026年9月31日 → 2026年9月30日",
    mend="核对日期",
    needs=("日",),
)
def impossible(subject: Subject) -> Iterator[Finding]:
    for text in subject.texts:
        for found in (
            ()
            if "日" not in text.text
            else re.finditer(r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日", text.text)
        ):
            try:
                date(int(found[1]), int(found[2]), int(found[3]))
            except ValueError:
                yield certain(text, found.group(), f"没有“{found.group()}”这一天", "核对日期")


RULES: tuple[Rule, ...] = (stage_past, stage_overlap, printed_before_issued, impossible)
