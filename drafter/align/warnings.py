"""What a reader of an alignment must know before its figures: papers that do not fit, parts that were not read."""

from collections.abc import Iterator

from drafter.align.levelling import place_of
from drafter.errors import Finding, Location, error
from drafter.outline import Facts, Outline
from drafter.pairs import pairs

_RANKS = {"state": 0, "province": 1, "prefecture": 2, "county": 3, "zone": 3, "township": 4}
_SAME_FAMILY = 0.4


def no_measures(parent: Outline) -> Finding:
    """Why nothing can be aligned with a parent that orders nothing."""
    title = parent.meta.title or "上级方案"
    hint = "核对是不是拿错了文件；用 drafter read 查看读出的结构"
    return error(
        "align.no-measures", f"“{title}”中没有读出任何举措，无从对照", hint, Location(node="上级方案")
    )


def other_period(child: Facts, parent: Facts) -> bool:
    """Whether the parent's period has no year in common with the child's; unknown periods are taken as the same."""
    if not child.period or not parent.period:
        return False
    return parent.period[1] < child.period[0] or child.period[1] < parent.period[0]


def warnings(child: Outline, parent: Outline, other: bool) -> Iterator[str]:
    """The warnings, each one line in Chinese."""
    if other:
        period = f"（{parent.meta.period[0]}—{parent.meta.period[1]}年）" if parent.meta.period else ""
        yield f"上级方案属于另一规划期{period}，只对照任务，不对照指标和年份"
    for name, paper in (("上级方案", parent), ("本方案", child)):
        lost = [each for each in paper.unread if each.lost]
        if lost:
            places = "、".join(f"{each.what}（{each.where}）" for each in lost[:3])
            more = f"等 {len(lost)} 处" if len(lost) > 3 else ""
            yield f"{name}有没有读懂的部分：{places}{more}；承接率可能不准，请先补齐"
    above, below = _RANKS.get(parent.meta.level or ""), _RANKS.get(child.meta.level or "")
    if above is not None and below is not None and above > below:
        yield "两份文件的次序可能反了：第二份的层级低于第一份；写法是 drafter align 本级方案 上级方案"
    if not any(node.kind == "measure" for node in child.nodes):
        yield "本方案中没有读出任何举措，上级的每一条都会显示为未承接"
    if not _one_family(child.meta, parent.meta):
        yield f"两份方案的题目差别很大（“{child.meta.title}”与“{parent.meta.title}”），可能不是同一类方案"


def _one_family(child: Facts, parent: Facts) -> bool:
    """Whether the titles, without places and years, are much the same; unknown titles are."""
    one, other = _subject(child), _subject(parent)
    if not one or not other:
        return True
    return len(one & other) / min(len(one), len(other)) >= _SAME_FAMILY


def _subject(facts: Facts) -> set[str]:
    title = facts.title or ""
    for name in place_of(facts).names:
        title = title.replace(name, "")
    return (
        set(pairs(title))
        - {"实施", "施方", "方案", "工作", "作方"}
        - {pair for pair in pairs(title) if any(map(str.isdigit, pair))}
    )
