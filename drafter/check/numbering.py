"""Numbers of headings and items (GB/T 9704 7.3.3): in order, of one shape, no level left out."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from drafter.check.rule import Rule, advised, certain, fault, rule
from drafter.check.subject import Subject, bare
from drafter.errors import Finding, Location
from drafter.numerals import number
from drafter.outline import Node

_ORDINAL = re.compile(r"[（(]?(?P<ordinal>\d{1,3}|[一二三四五六七八九十百]{1,5})(?P<after>[）)、.．])")


def _ordinal(node: Node) -> int | None:
    found = _ORDINAL.match(node.number or "")
    return number(found["ordinal"]) if found else None


def _series(subject: Subject) -> Iterable[list[Node]]:
    """Nodes that are numbered in one row: the children of a node, or a whole level where numbers run on."""
    runs_on: dict[int, list[Node]] = {}
    for children in subject.children.values():
        numbered = [each for each in children if _ordinal(each) is not None and each.kind != "annex"]
        if numbered and not subject.document.form.restart[numbered[0].level - 1]:
            runs_on.setdefault(numbered[0].level, []).extend(numbered)
        elif numbered:
            yield numbered
    yield from runs_on.values()


@rule(
    "numbering.sequence",
    title="同级序号连续，不重号、不缺号",
    why="重号、缺号使条目无法引用，也常是漏了一段",
    example="一、二、四 → 一、二、三",
    mend="重新编号，并核对是否漏了内容",
)
def sequence(subject: Subject) -> Iterator[Finding]:
    for series in _series(subject):
        for before, after in itertools.pairwise(series):
            said, expected = _ordinal(after), (_ordinal(before) or 0) + 1
            if said != expected and not (said == 1 and before.level != after.level):
                what = "重号" if said == expected - 1 else "序号不连续"
                quote = f"{after.number}{after.title}"
                yield certain(
                    Location(subject.path, node=after.id),
                    quote,
                    f"{what}：“{before.number}”之后是“{after.number}”",
                    "重新编号，并核对是否漏了内容",
                )


@rule(
    "numbering.mixed",
    title="同一层次的序号写法一致",
    why="“25．”与“26.”混用，多是两处拼接或手工编号",
    example="25．……26.…… → 25.……26.……",
    mend="统一为一种，阿拉伯数字后用下脚点“.”",
)
def mixed(subject: Subject) -> Iterator[Finding]:
    for level in (1, 2, 3, 4):
        nodes = [node for node in subject.body if node.level == level and _ordinal(node) is not None]
        shapes = {node.id: re.sub(r"\d+|[一二三四五六七八九十百]+", "1", node.number or "") for node in nodes}
        counted = Counter(shapes.values()).most_common()
        if len(counted) < 2 or counted[0][1] < 3 * sum(count for _, count in counted[1:]):
            continue
        for node in nodes:
            if shapes[node.id] != counted[0][0]:
                usual = next(each.number for each in nodes if shapes[each.id] == counted[0][0])
                yield fault(
                    Location(subject.path, node=node.id),
                    f"{node.number}{node.title}",
                    f"序号“{node.number}”与同级的“{usual}”写法不同",
                    "统一为一种",
                )


@rule(
    "numbering.jump",
    title="层次不跳级",
    why="GB/T 9704 7.3.3：层次依次为“一、”“（一）”“1.”“（1）”",
    example="“一、”下直接用“（1）” → 改用“（一）”",
    mend="改为下一级的序号；没有“（一）”层而直接用“1.”的短文可以保留",
)
def jump(subject: Subject) -> Iterator[Finding]:
    markers = subject.document.form.markers
    told: set[str] = set()
    for node in subject.body:
        above = subject.nodes.get(node.id.rpartition(".")[0])
        if above is None or above.id in told or _ordinal(node) is None:
            continue
        if node.level - above.level < 2:
            continue
        between = markers[above.level : node.level - 1]
        if any(any(other.level == above.level + 1 for other in subject.outline.nodes) for _ in between):
            told.add(above.id)
            yield advised(
                Location(subject.path, node=node.id),
                f"{node.number}{node.title}",
                f"“{above.number}”之下直接用“{node.number}”，跳过一级",
                "改为下一级的序号",
            )


@rule(
    "numbering.extra-mark",
    title="“（一）”“（1）”后不加顿号，阿拉伯数字后用下脚点",
    why="括号已经隔开序号与标题；“1、”是口头习惯",
    example="（一）、强化保障 → （一）强化保障；1、加强领导 → 1.加强领导",
    mend="删去顿号，或把“1、”改为“1.”",
)
def extra_mark(subject: Subject) -> Iterator[Finding]:
    for line in subject.raw:
        found = re.match(r"\s*([（(][一二三四五六七八九十\d]{1,3}[）)]、|\d{1,2}、)[^\s]{0,12}", line.text)
        if found:
            yield fault(
                line.at,
                found.group().strip(),
                f"序号“{found[1]}”写法不对",
                "“（一）”后不加顿号，“1”后用下脚点",
            )


@rule(
    "numbering.heading-stop",
    title="独立成行的标题末尾不用句号",
    why="标题不是句子；同段接排的标题（标题。正文）才用句号",
    example="（一）加强领导。（独占一行，其下另起段） → （一）加强领导",
    mend="删去句号",
)
def heading_stop(subject: Subject) -> Iterator[Finding]:
    lines = {bare(line.text) for line in subject.raw}
    for level in (1, 2):
        alone = [
            node
            for node in subject.outline.nodes
            if node.level == level and not node.text and subject.children.get(node.id)
        ]
        stopped = [node for node in alone if bare(f"{node.number or ''}{node.title}。") in lines]
        # Where all have it, titles and text are set run-in throughout, and some have no text of their own.
        if len(stopped) < len(alone):
            for node in stopped:
                quote = f"{node.number or ''}{node.title}。"
                yield fault(
                    Location(subject.path, node=node.id), quote, "独立成行的标题末尾用了句号", "删去句号"
                )


RULES: tuple[Rule, ...] = (sequence, mixed, jump, extra_mark, heading_stop)
