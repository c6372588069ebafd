"""Numbers (GB/T 15835—2011): zero, double bounds, ranges, and counts that do not agree with what they count."""

import re
from collections.abc import Iterator

from drafter.check.rule import Rule, fault, rule
from drafter.check.subject import Subject, Text, around, without_titles
from drafter.errors import Finding
from drafter.numerals import number
from drafter.outline import Node

_YEAR_DIGITS = "一二三四五六七八九"
_COUNT = r"(?P<count>\d{1,2}|[一二三四五六七八九十两]{1,3})"


@rule(
    "numbers.zero",
    title="汉字年份里的零写“〇”",
    why="GB/T 15835—2011 的 5.2.3；数字 0、字母 O 混在汉字里是误打",
    example="二0三五年 → 二〇三五年",
    mend="改为“〇”；drafter check --fix 可以代改",
    needs=tuple(digit + zero for digit in _YEAR_DIGITS for zero in "0０OＯo○"),
)
def zero(subject: Subject) -> Iterator[Finding]:
    for text in subject.texts:
        for found in re.finditer(
            rf"[{_YEAR_DIGITS}][0０OＯo][{_YEAR_DIGITS}0０OＯo〇][{_YEAR_DIGITS}0〇]", text.text
        ):
            yield fault(text, found.group(), "汉字数字里夹了“0”或字母", "改为“〇”")
        for found in re.finditer(rf"[{_YEAR_DIGITS}]○[{_YEAR_DIGITS}]{{2}}", without_titles(text.text)):
            yield fault(text, found.group(), "汉字年份用了圆圈“○”", "改为“〇”")


@rule(
    "numbers.double-bound",
    title="“至少”与“以上”、“约”与“左右”不并用",
    why="两头限定，意思重复，数额也说不清",
    example="至少配备1名以上 → 至少配备1名",
    mend="只留一头",
    needs=("以上", "左右", "上下", "以下", "以内"),
)
def double_bound(subject: Subject) -> Iterator[Finding]:
    pairs = (r"(?:至少|不少于|不低于|超过|最少)[^，。；、]{0,6}?[\d一二两三四五六七八九十百千万]+(?:\.\d+)?[%％个名项次万亿元人家支所处]{0,3}以上",
             r"(?:约|大约|近)\d+[^，。；、]{0,4}(?:左右|上下)", r"(?:不超过|至多|最多)[^，。；、]{0,4}\d+[^，。；、]{0,3}以(?:下|内)")  # fmt: skip
    ends = (("以上",), ("左右", "上下"), ("以下", "以内"))
    starts = (("至少", "不少于", "不低于", "超过", "最少"), ("约", "近"), ("不超过", "至多", "最多"))
    for text in subject.prose:
        for pattern, *both in zip(pairs, starts, ends, strict=True):
            if not all(any(word in text.text for word in words) for words in both):
                continue
            for found in re.finditer(pattern, text.text):
                yield fault(text, found.group(), "前后两头限定，意思重复", "只留“至少”“以上”中的一个")


@rule(
    "numbers.range",
    title="百分数、数值范围两端写全",
    why="GB/T 15835—2011 的 4.1：63%～68%，不写 63～68%",
    example="15—20% → 15%～20%",
    mend="两端都带“%”",
    needs=("%", "％"),
)
def range_ends(subject: Subject) -> Iterator[Finding]:
    for text in subject.prose:
        if "%" not in text.text and "％" not in text.text:
            continue
        for found in re.finditer(r"(?<![\d.%％])\d+(?:\.\d+)?(?:[-—~～－–]|至)\d+(?:\.\d+)?[%％]", text.text):
            yield fault(text, found.group(), "百分数范围只有后一端带“%”", "两端都带“%”")


@rule(
    "numbers.mixed-unit",
    title="阿拉伯数字后不写“百”“千”",
    why="GB/T 15835—2011 的 5.1.3：阿拉伯数字只与“万”“亿”连用",
    example="3千名 → 3000名",
    mend="改为阿拉伯数字写全",
    needs=("千", "百"),
)
def mixed_unit(subject: Subject) -> Iterator[Finding]:
    for text in subject.prose:
        for found in re.finditer(
            r"\d+(?:\.\d+)?[十百千](?=[名人个家所户亩元项余多平公吨册])[一-龥]", text.text
        ):
            yield fault(text, found.group(), "阿拉伯数字与“百”“千”连用", "写全，如 3000")


@rule(
    "numbers.announced",
    title="总说几项，下面就列几项",
    why="说五项列四项，或说四项列五项，必有一处没改",
    example="“实施五项行动”，其下只有四项 → 改总说，或补齐",
    mend="按实列数改总说；“5”与“五”全文用一种",
)
def announced(subject: Subject) -> Iterator[Finding]:
    for node in subject.outline.nodes:
        if node.level != 1 or node.kind == "annex":
            continue
        listed = subject.children.get(node.id, [])
        ends = ("行动", "工程", "举措", "措施", "任务")
        if len(listed) < 2 or not any(all(each.title.endswith(end) for each in listed) for end in ends):
            continue
        for words in (node.title, *node.text.split("\n")):
            for found in re.finditer(
                _COUNT + r"(?:项|大|个)(?P<what>[^\W\d]{0,4}?)(?P<noun>行动|工程|举措|措施|任务)", words
            ):
                named = [each for each in listed if each.title.endswith(found["noun"])]
                said = number(found["count"].replace("两", "二"))
                if len(named) >= 2 and said and said != len(named) and len(named) == len(listed):
                    where = next(
                        text for text in subject.texts if text.node is node and found.group() in text.text
                    )
                    yield fault(
                        where,
                        found.group(),
                        f"总说“{found.group()}”，其下列了 {len(named)} 项",
                        "改总说的数目，或补齐所列",
                    )


@rule(
    "numbers.two-measures",
    title="同一组任务的量词全文一种",
    why="标题说“五大工程”，正文说“五项工程”，是两次写成没有统一",
    example="标题“实施五大重点工程”，正文“实施五项重点工程” → 统一",
    mend="统一为一种说法",
    needs=tuple(count + "大" for count in "二三四五六七八九十0123456789"),
)
def two_measures(subject: Subject) -> Iterator[Finding]:
    held: dict[tuple[int, str], dict[str, list[tuple[Text, str]]]] = {}
    for text in subject.prose:
        for found in re.finditer(_COUNT + _MEASURED, without_titles(text.text)):
            said = number(found["count"].replace("两", "二"))
            if said:
                by_measure = held.setdefault((said, found["what"]), {})
                by_measure.setdefault(found["measure"], []).append((text, found.group()))
    for by_measure in held.values():
        usual = max(by_measure, key=lambda measure: len(by_measure[measure]))
        for measure, places in by_measure.items():
            if measure != usual:
                text, words = places[0]
                other = by_measure[usual][0][1]
                yield fault(text, words, f"别处写“{other}”，这里写“{words}”", "统一为一种说法")


_MEASURED = r"(?P<measure>[大项个类]) ?(?P<what>[^\W\d]{2,6}?(?:行动|工程|任务|举措|措施|计划|机制|体系))"


@rule(
    "numbers.list-count",
    title="“甲、乙、丙三类”的数与所列相符",
    why="数目与列举不符，不知道漏了哪一项",
    example="围绕茶叶、油茶、柑橘4大产业 → 3大产业，或补一项",
    mend="数一数所列，改数目或补项",
)
def list_count(subject: Subject) -> Iterator[Finding]:
    counted = re.compile(
        _COUNT
        + r"(?:大|类)(?:特色|重点|支柱|主导|优势|新兴|关键)?(?:产业|领域|人群|群体|行业|体系|板块|对象|平台|行动|工程|任务)"
    )
    for text in subject.prose:
        for found in counted.finditer(text.text):
            before = re.search(r"[^，。；：“”]*$", text.text[: found.start()])
            listed = re.sub(
                r"^.*?(?:围绕|聚焦|对|以|包括|抓好|推进|发展|建设|开展)", "", before.group() if before else ""
            )
            said = number(found["count"].replace("两", "二"))
            marks = listed.count("、") + 1
            every = marks + len(re.findall(r"[和及与]", listed))
            if marks > 2 and said and not listed.endswith("等") and not marks <= said <= every:
                yield fault(
                    text,
                    (listed + found.group())[-40:],
                    f"所列为 {marks} 项，后面说“{found['count']}”",
                    "数一数所列，改数目或补项",
                )


@rule(
    "numbers.announced-sections",
    title="总说里并列的几个方面，下面都有对应的部分",
    why="总说四个方面，下面只写了两个，是漏写或没有改总说",
    example="“以甲、乙、丙、丁为重点”，其下只有（一）推进甲（二）推进乙 → 补丙、丁，或改总说",
    mend="补上缺的部分，或从总说中删去",
)
def announced_sections(subject: Subject) -> Iterator[Finding]:
    for node in subject.outline.nodes:
        children = [each for each in subject.children.get(node.id, []) if each.number]
        if node.text.count("、") < 2 or not len(children) >= 2 or node.kind == "annex":
            continue
        yield from _unwritten(node, children, subject)


_LEADING = r"^(?:推进|推动|加强|实施|强化|深化|完善|建立|健全|提升|加快|坚持|促进|优化|开展|构建)+"


def _unwritten(node: Node, children: list[Node], subject: Subject) -> Iterator[Finding]:
    cores = [re.sub(_LEADING, "", child.title) for child in children]
    for sentence in re.split(r"[。；\n]", node.text):
        for found in re.finditer(
            r"(?:以|打造|围绕|突出|聚焦|着力|从)(?P<list>[^，。；]*、[^，。；]*、[^，。；]*)", sentence
        ):
            members = [re.split(r"为(?=[^\W\d]{2,3}(?:$|的))", part)[0] for part in found["list"].split("、")]
            missing = [each for each in members if not any(core in each or each in core for core in cores)]
            held = [core for core in cores if any(core in each or each in core for each in members)]
            if (
                len(held) == len(cores)
                and all(len(core) >= 2 for core in cores)
                and missing
                and len(members) <= 8
            ):
                where = next(text for text in subject.texts if text.node is node and sentence in text.text)
                quote = around(
                    where.text,
                    where.text.find(missing[0]),
                    where.text.find(missing[-1]) + len(missing[-1]),
                    0,
                )
                said = "、".join(missing)
                yield fault(
                    where,
                    quote,
                    f"总说列了 {len(members)} 个方面，其中“{said}”下面没有对应的部分",
                    "补上，或改总说",
                )


RULES: tuple[Rule, ...] = (
    zero,
    double_bound,
    range_ends,
    mixed_unit,
    announced,
    two_measures,
    list_count,
    announced_sections,
)
