"""Words of their time: changed terms, past periods, programmes that have ended. Judged at the paper's own date."""

import re
from collections.abc import Iterator

from drafter.check.rule import Rule, advised, certain, fault, rule
from drafter.check.subject import Subject, around, without_titles
from drafter.errors import Finding
from drafter.five_years import YEARS

_PLANS = (
    r"实施|开展|力争|推进|确保|培养|培训|建设|争取|实现|超过|不低于|打造|完善|落实|要|将|均|设立|表彰|进行"
)
_REVIEW = r"以来|取得|成效|回顾|圆满|完成了|已|达到了|基础上|经验|相比|比(?:20|“)|较(?:20|“)|提高到|提升到|为基|基期|累计|全面完成|收官|我[省市县区].{0,12}达到"

# Words of a period are judged by the paper's own, and reviews of the last one are let be: see `past_period`.
_PERIOD = r"十[二三四五六]五|到20\d\d年"


@rule(
    "term.changed",
    title="会议、机构、活动、群体的名称用现行说法",
    why="按文件自己的日期核对；改了的说法继续用，就是没有跟上",
    example="新型职业农民 → 高素质农民",
    mend="改为现行说法",
)
def changed(subject: Subject) -> Iterator[Finding]:
    for term in subject.facts.terms:
        if term.since is None or subject.day is None or term.since > subject.day:
            continue
        if term.old not in subject.whole or re.search(_PERIOD, term.old):
            continue
        for text in subject.texts:
            for found in re.finditer(re.escape(term.old), without_titles(text.text)):
                weigh = advised if term.verify else fault
                note = f"（{term.note}）" if term.note else ""
                yield weigh(
                    text,
                    found.group(),
                    f"{term.since.year}年起，“{term.old}”改称“{term.new}”{note}",
                    f"改为“{term.new}”",
                )


@rule(
    "term.past-period",
    title="规划期用语与本期一致",
    why="本期方案里把上一个五年当作将来，是套用旧稿漏改",
    example="2026—2030年的方案写“‘十四五’期间，培训500人” → “十五五”期间",
    mend="改为本期；回顾上期成绩的，写明是回顾",
)
def past_period(subject: Subject) -> Iterator[Finding]:
    period = subject.period
    if period is None:
        return
    past = [words for words, (_, end) in YEARS.items() if end < period[0]]
    past += [f"到{year}年" for year in range(2000, period[0])]
    if not any(words in subject.whole for words in past):
        return
    for text in subject.prose:
        plain = without_titles(text.text)
        for found in re.finditer(r"[“\"]?(十[二三四五六]五)[”\"]?(?:时期|期间|期末|末(?!的))", plain):
            if YEARS[found[1]][1] < period[0] and _is_ahead(_sentence(plain, found.start())):
                message = f"“{found[1]}”已过，本方案是 {period[0]}—{period[1]} 年"
                yield certain(
                    text,
                    around(text.text, found.start(), found.end(), 6),
                    message,
                    "改为本期；回顾上期的，写明是回顾",
                )
        for found in re.finditer(r"(?<![较比])到(20\d\d)年(?:底|末)?", plain):
            if int(found[1]) < period[0] and _is_ahead(_sentence(plain, found.start())):
                message = f"“{found.group()}”早于本方案的规划期 {period[0]}—{period[1]} 年"
                yield certain(
                    text, around(text.text, found.start(), found.end(), 10), message, "改为本期的年份"
                )


def _is_ahead(sentence: str) -> bool:
    """Whether a sentence speaks of what is to be done, not of what was reached."""
    return bool(re.search(_PLANS, sentence)) and not re.search(_REVIEW, sentence)


def _sentence(text: str, place: int) -> str:
    start = max(text.rfind(mark, 0, place) for mark in "。；") + 1
    ends = [end for end in (text.find("。", place), text.find("；", place)) if end >= 0]
    return text[start : min(ends, default=len(text))]


@rule(
    "term.programme-ended",
    title="提到的计划、行动、项目仍在期内",
    why="有期限的计划到期后，再“实施”就落空",
    example="2027年的方案写“实施技能中国行动”（2021—2025年） → 查有无接续文件",
    mend="查接续的计划，没有的改写为工作内容",
)
def programme_ended(subject: Subject) -> Iterator[Finding]:
    for programme in subject.facts.programmes:
        if programme.valid_to is None or subject.day is None or programme.valid_to >= subject.day:
            continue
        if programme.name not in subject.whole:
            continue
        for text in subject.prose:
            for found in re.finditer(re.escape(programme.name), without_titles(text.text)):
                weigh = advised if programme.verify else fault
                yield weigh(
                    text,
                    found.group(),
                    f"“{programme.name}”计划期已满（到{programme.valid_to.year}年）",
                    "查接续的计划，没有的改写",
                )


@rule(
    "term.party-rule",
    title="党内法规不称“法律法规”",
    why="《干部教育培训工作条例》等由党中央制定，是党内法规",
    example="《干部教育培训工作条例》等相关法律法规 → 等有关规定",
    mend="改为“等有关规定”",
    needs=("法律法规",),
)
def party_rule(subject: Subject) -> Iterator[Finding]:
    party = {
        policy.title
        for policy in subject.facts.policies
        if not policy.law and re.search(r"条例|规定|准则", policy.title)
    }
    for text in subject.prose:
        for found in re.finditer(r"(?:《[^《》]+》)+等?(?:有关|相关)?(?:的)?法律法规", text.text):
            named = re.findall(r"《([^《》]+)》", found.group())
            if any(name in party for name in named):
                yield advised(
                    text,
                    found.group()[-40:] if len(found.group()) > 40 else found.group(),
                    "所列是党内法规和规章，不是法律法规",
                    "改为“等有关规定”",
                )


RULES: tuple[Rule, ...] = (changed, past_period, programme_ended, party_rule)
