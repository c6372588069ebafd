"""Words: slips, set phrases that were broken, verbs and objects that do not go together. The tables are catalog data."""

import re
from collections.abc import Callable, Iterator
from functools import cache

from drafter.check.rule import Rule, certain, fault, rule
from drafter.check.subject import Subject, around, full_width
from drafter.errors import Finding


def _phrases(kind: str) -> Callable[[Subject], Iterator[Finding]]:
    """A judge over the entries of one kind in phrases.csv."""

    def judge(subject: Subject) -> Iterator[Finding]:
        said = full_width(subject.whole if subject.fresh is None else subject.fresh)
        for phrase in subject.facts.phrases if said else ():
            if phrase.kind != kind:
                continue
            # Most phrases are in no paper: what must stand in them spares compiling their patterns.
            if not any(words in said for words in _always_in(phrase.wrong)):
                continue
            pattern = re.compile(phrase.wrong)
            if not pattern.search(said):
                continue
            for text in subject.texts:
                if text.kind in ("units", "imprint", "head"):
                    continue
                for found in pattern.finditer(full_width(text.text)):
                    words = text.text[found.start() : found.end()]
                    shown = words if len(words) <= 40 else f"{words[:14]}……{words[-20:]}"
                    hint = (
                        f"改为“{found.expand(phrase.right)}”" if phrase.right else "换一种说法，或补上缺的词"
                    )
                    yield Finding("", phrase.severity, f"“{shown}”：{phrase.why}", hint, text.at, words[:40])

    return judge


@cache
def _always_in(pattern: str) -> tuple[str, ...]:
    """Words of which whatever `pattern` matches must hold one: for each alternative its longest run outside brackets."""
    depth, run, runs, found = 0, "", [""], list[str]()
    for char in pattern + "|":
        if (depth == 0 and "一" <= char <= "龥") or char in "、，“”":
            run += char if depth == 0 else ""
            continue
        # A quantifier makes the last character optional.
        runs.append(run[:-1] if char in "?*{" else run)
        run = ""
        if char == "|" and depth == 0:
            found.append(max(runs, key=len))
            runs = [""]
        depth += (char in "([") - (char in ")]")
    return tuple(found)


typo = rule(
    "wording.typo",
    title="没有错别字",
    why="同音、形近的字输入时容易选错；表在目录的 phrases.csv，可自己增补",
    example="截止目前，已建成12个 → 截至目前",
    mend="改为正确的字",
)(_phrases("typo"))

phrase = rule(
    "wording.phrase",
    title="固定说法完整、准确",
    why="战略、文件用语、专门名称漏字改字，意思就变了",
    example="贯彻创新发展战略 → 创新驱动发展战略",
    mend="按通行的完整说法改",
)(_phrases("phrase"))

mismatch = rule(
    "wording.object",
    title="动词与宾语搭配",
    why="句子改长了，动词管不住后面的宾语",
    example="加大对设施使用情况的检查评估 → 加强对……的检查评估",
    mend="换动词，或补上缺的宾语",
)(_phrases("object"))

usage = rule(
    "wording.usage",
    title="用语规范、不重复",
    why="口语、叠床架屋的说法不合公文文风",
    example="及时有效的开展 → 及时有效地开展",
    mend="改为规范说法",
)(_phrases("usage"))


@rule(
    "wording.doubled",
    title="没有重出的字、词",
    why="换行、粘贴时多打的一遍",
    example="澄州市生态环境局局青屏分局 → 删去一个“局”",
    mend="删去多的一个",
)
def doubled(subject: Subject) -> Iterator[Finding]:
    single = "(?<![布格结当全终开出])局局|(?<![目标])的的(?!士)|(?<!为)了了(?!解)"
    pair = r"([^\W\d]{2,6})\1"
    hit = any(words in subject.whole for words in ("局局", "的的", "了了"))
    patterns = [single] * hit + [pair] * bool(re.search(pair, subject.whole))
    seen: set[str] = set()
    for text in subject.texts if patterns else ():
        for found in [each for pattern in patterns for each in re.finditer(pattern, text.text)]:
            if not _may_repeat(found.group(), subject):
                quote = around(text.text, found.start(), found.end(), 5)
                seen.add(found.group())
                yield certain(text, quote, f"“{found.group()}”重出", "删去多的一个")
    # A reader mends what was printed twice at a line's end; the file has it all the same.
    for before, line, after in zip(subject.bare, subject.raw, subject.bare[1:], strict=False):
        joined = before[-12:] + after[:12]
        for found in re.finditer(single, joined):
            if found.group() not in seen and not any(found.group() in text.text for text in subject.texts):
                yield certain(
                    line.at,
                    around(joined, found.start(), found.end(), 6),
                    f"“{found.group()}”重出（在换行处）",
                    "删去多的一个",
                )


@rule(
    "wording.no-predicate",
    title="句子有谓语",
    why="“以……为……”只是条件，后面没有说做什么，句子没有完",
    example="以文化站为主阵地，以志愿服务为手段。 → ……为手段，开展便民服务。",
    mend="补上做什么，或并入下一句",
    needs=("。以", "\n以", ".以"),
)
def no_predicate(subject: Subject) -> Iterator[Finding]:
    for text in subject.prose:
        wide = full_width(text.text)
        for sentence in wide.replace("；", "。").split("。")[:-1]:
            if all(
                part.startswith("以") and "为" in part and part.endswith(_ROLES)
                for part in sentence.split("，")
            ):
                end = wide.find(sentence) + len(sentence) + 1
                quote = text.text[max(0, end - 40, end - len(sentence) - 1) : end]
                yield fault(text, quote, "只有“以……为……”，没有谓语", "补上做什么，或并入下一句")


_ROLES = (
    "手段", "阵地", "平台", "基础", "重点", "抓手", "目标", "主体", "主线", "核心", "保障", "支撑", "载体", "骨干", "依托", "导向",
    "补充", "引领", "动力", "关键",
)  # fmt: skip


def _may_repeat(words: str, subject: Subject) -> bool:
    half = words[: len(words) // 2]
    return words in subject.facts.doubles or half in subject.facts.doubles or half.startswith("一")


RULES: tuple[Rule, ...] = (doubled, no_predicate, typo, phrase, mismatch, usage)
