"""An alignment told on a terminal, in Chinese: what the parent orders lower levels to do comes first (PRACTICE 28)."""

from collections.abc import Iterable, Iterator

from drafter.align.types import Alignment, Pair, TargetPair

_BAR = 20
_SHOWN = 12
_STATUS = {
    "covered": "已承接",
    "partial": "部分承接",
    "missing": "未承接",
    "excused": "不承接（有理由）",
    "not-applicable": "不适用",
}


def lines(made: Alignment) -> Iterator[str]:
    """The lines of the summary."""
    for warning in made.warnings:
        yield f"注意：{warning}"
    measures = [pair for pair in made.pairs if pair.kind == "measure"]
    yield _figures(made, measures)
    yield "分部分承接情况："
    for section in made.sections:
        filled = round(section.share * _BAR)
        bar = "█" * filled + "░" * (_BAR - filled)
        yield f"  {bar} {section.share:4.0%}  {section.node} {_short(section.title)}（{section.count} 条）"
    ordered = [pair for pair in measures if pair.addressed != "own" and pair.status in ("missing", "partial")]
    yield from _rows("上级明确要求下级做、尚未落实的：", ordered)
    left = [pair for pair in measures if pair not in ordered]
    yield from _rows("未承接的：", (pair for pair in left if pair.status == "missing"))
    yield from _rows("部分承接、缺必须落实内容的：", (pair for pair in left if _lacks(pair)))
    yield from _targets(made.targets)
    yield f"与上级雷同：{made.copied:.0%}" + "".join(
        f"；{_short(section.title)} {section.share:.0%}"
        for section in made.copied_sections
        if section.share >= 0.5
    )
    if made.additions:
        yield f"本方案自有的举措 {len(made.additions)} 条。"


def _figures(made: Alignment, measures: list[Pair]) -> str:
    counts = "，".join(
        f"{shown} {count}"
        for status, shown in _STATUS.items()
        if (count := sum(pair.status == status for pair in measures))
    )
    sure = sum(pair.confidence == "sure" for pair in measures)
    return (
        f"上级举措 {len(measures)} 条：{counts}；承接率 {made.coverage.measures:.0%}，必须落实而缺的要点 "
        f"{made.coverage.must_missing} 个；{sure} 条把握较大，其余 {len(measures) - sure} 条请人工复核。"
    )


def _lacks(pair: Pair) -> bool:
    return pair.status == "partial" and any(point.weight == "must" for point in pair.missing_points)


def _rows(head: str, pairs: Iterable[Pair]) -> Iterator[str]:
    found = list(pairs)
    if not found:
        return
    yield f"{head[:-1]} {len(found)} 条："
    for pair in found[:_SHOWN]:
        mark = "" if pair.confidence == "sure" else "（待复核）"
        by = f" ← {'、'.join(pair.children)}" if pair.children else ""
        yield f"  {pair.parent} {_short(pair.title)}{by}{mark}"
        must = [point.text for point in pair.missing_points if point.weight == "must"]
        if pair.children and must:
            yield f"      缺：{'；'.join(map(_short, must[:3]))}" + (
                f" 等 {len(must)} 点" if len(must) > 3 else ""
            )
        if pair.proposal:
            yield f"      → {pair.proposal}"
    if len(found) > _SHOWN:
        yield f"  …… 另有 {len(found) - _SHOWN} 条，见 --json"


def _targets(targets: Iterable[TargetPair]) -> Iterator[str]:
    open_ones = [each for each in targets if each.verdict in ("below", "missing") and not each.reason]
    if open_ones:
        yield f"指标低于上级或没有承接的 {len(open_ones)} 项（有分解依据的在档案中写明理由）："
    for each in open_ones[:_SHOWN]:
        asked = f"{each.parent.op}{each.parent.value:g}{each.parent.unit}"
        said = f"本方案 {each.child.op}{each.child.value:g}{each.child.unit}" if each.child else "本方案没有"
        yield f"  {_short(each.indicator)}：上级 {asked}，{said}"


def _short(text: str) -> str:
    return text if len(text) <= 30 else text[:29] + "…"
