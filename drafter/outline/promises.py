"""Targets: what a plan promises in numbers (INTERFACES, `drafter read`).

A number with a unit counts where something is to be reached (达到, 不少于, 每年 …) or made (培养, 建成 …). Counts of actions, names,
slogans, baselines, conditions, spans of time and whatever stands in quotation marks or book-title marks do not.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from drafter.five_years import YEARS
from drafter.numerals import chinese_number
from drafter.outline.nodes import Draft
from drafter.outline.targets import Target

_UNITS = (
    "个百分点|百分点|亩次|台次|课次|人次|场次|万元|亿元|平方米|平方公里|学时|课时|学分|公顷|千瓦|名|人|次|个|场|家|所|支|项|件|部|条|期|堂|节|篇|辆|座|处|套|台|间|户|门|册|种|亩|元|吨|株|"
    "批次|例|组|对|份|幅|集|档|款|片|块|米|公里|千米|倍|班|届|轮|课|位|张|床|只|头|棵|升|立方米|站|点"
)
_CHINESE = "一二两三四五六七八九十百"
_AMOUNT = re.compile(
    rf"(?P<number>\d+(?:\.\d+)?|[{_CHINESE}]{{1,4}})(?P<range>[至到—~～-]\d+(?:\.\d+)?)?(?P<scale>[万千百亿]*)(?P<more>多|余|来)?"
    rf"(?P<unit>%|％|‰|{_UNITS})(?:[（(](?P<other>[一-龥]{{1,4}})[）)])?"
)
_YEAR = re.compile(
    r"(?P<from>比|较|自|从|以来|于)?(?:到|至|截至|截止|力争到|确保到|争取到)?(?:(?P<year>20\d\d)年|[“\"]?(?P<plan>十[一二三四五六七]五)[”\"]?(?:时期|期间|期末|末|规划期))(?P<after>以来|基础上|起|开始)?"
)
_AT_LEAST = re.compile(
    r"(?:至少|不低于|不少于|不小于|不得少于|不得低于|达到|达|提高到|提高至|提升到|提升至|增加到|增长到|增至|升至|扩大到|扩大至|稳定在|保持在|≥|>=)(?:20\d\d年(?:底|末)?的?|[^，。；、\d一二三四五六七八九十]{0,12})$"
)
_MORE = re.compile(r"(?:超过|高于|大于|突破|多于|超|>)(?:[^，。；、\d]{0,3})$")
_LESS = re.compile(
    r"(?:不超过|不高于|不大于|不多于|低于|少于|控制在|降至|降到|降低到|压缩至|小于|<|≤)(?:[^，。；、\d]{0,3})$"
)
_NEVER_LESS = re.compile(r"不(?:低于|少于|小于|得少于|得低于)[^，。；、\d]{0,3}$")
_ABOVE = re.compile(r"^(?:\s*[（(][^（()）]{1,6}[）)])?(?:及|和|或)?以上(?P<of>的)?")
_BELOW = re.compile(r"^(?:及)?(?:以[内下]|之内|内(?![容部外涵]))")
_QUALIFIERS = re.compile(r"力争|争取|确保|努力|原则上|左右|约(?=\d)")
_TIME = re.compile(r"^.*?(?:20\d\d年(?:底|末|前|年底|\d{1,2}月)*|五”?(?:时期|期间|期末|末))前?")
_RELATION = re.compile(
    r"(?:力争|争取|确保|努力|至少|不低于|不少于|不得少于|达到|达|超过|高于|突破|均|分别|提高到|提升到|提高至|提升至|保持在|稳定在|控制在|应当|要|≥|约)+$"
)
# “由2025年的15.9%提高到” says where it begins, which nobody promises.
_BASELINE = re.compile(
    r"(?:由|从)(?:20\d\d年(?:底|末)?的?)?[^，。；＊\d]{0,10}\d+(?:\.\d+)?[万千百亿]*(?:%|％|‰|[一-龥]{1,3}?)(?=(?:稳步|逐步|进一步)?(?:提高|提升|增加|增长|上升|扩大|降低|下降|减少|压缩)[到至])"
)
_UNTIL = re.compile(r"(?:提高|提升|增加|增长|上升|扩大|降低|下降|减少|压缩)?[到至]20\d\d年(?:底|末)?的?$")
_EACH = re.compile(
    r"每(?:[一二两三四五六七八九十\d]+)?(?:行政村|自然村|村民小组|社区|街道|乡镇|小区|园区|个|所|名|家|支|座|处|户|位|月|周|季度|季|半年|学期|学年|年|次|人|村|县|乡|镇|校|班|期|网格|百人|万人|千人|[一-龥]{1,4}(?=至少|不少|不低|不得|应|要|均|配|设|建|培|有|中|内|\d)|[一-龥]{1,2}(?![一-龥]))"
)
_MAKES = re.compile(
    r"培养|培育|培训|轮训|建成|建设|新建|创建|建立|改建|扩建|改造|打造|配备|配齐|配强|设立|设置|开展|投入|举办|承办|组织|召开|发展|选派|遴选|选聘|聘请|招募|评选|认定|命名|扶持|资助|新增|增加|完成|"
    r"服务|推出|创作|制作|编写|编印|开发|安排|学习|接受|覆盖|拥有|吸纳|注册|引进|推广|发放|印发|赠送|举行|巡展|巡讲|征集|支持|孵化|实施|研究|专题|检查|督查|调度|播出|刊播|发布|更新|上线|设计|建强|补贴|"
    r"帮扶|参加|开放|接待|宣讲|表扬|表彰|建|办|评|育|达|有"
)
_PAST = re.compile(
    r"共有|现有|目前|截至目前|已(?!知)|累计|原有|过去|基准|其中|由[^，。]{0,6}(?:提高|增长|上升)"
)
_COUNTED = re.compile(
    r"^(?:大|类|项|个|条)?(?:重点|主要|具体|专项|提升|基本|重大|基础)?[一-龥]{0,8}?(?:行动|工程|任务|措施|举措|人群|原则|方面|领域|体系|环节|阶段|特色产业|机制|目标|内容|要求|结合|转变|统一|步骤|制度|市县|省市)"
)
_STRUCTURE = frozenset("项个大类条种对")
_QUOTED = re.compile(r"“[^”]*”|《[^》]*》|〈[^〉]*〉|\"[^\"]*\"")
_SENTENCE = re.compile(r"[^。！？\n]+")
_CLAUSE = re.compile(r"[^，,；;：:]+")
_LONGEST = 3000
_ORDINAL = re.compile(r"(?:第|前|近|约占|每|逢|[A-Za-z〔\[（(第之])$")
_SCOPE = re.compile(
    r"(?<![健完安保])(?:全|我|本)[省市县区州旗盟乡镇](?:所有[一-龥]{1,8}(?:[（(][^（()）]{1,6}[）)])?)?|各[县市区州旗乡镇街][^，。；达至均的]{0,10}?(?=至少|每|均|应|要|达|超|不)|每(?:个|所|名|家|座|处)[一-龥]{1,10}?(?=至少|均|配|培|拥|建|每|要|有|不少)"
)
_BACKGROUND = re.compile(r"现状|背景|发展环境|面临|成效|基础$|形势|意义|回顾|基本情况|名词解释|编制说明")


def targets(nodes: Sequence[Draft]) -> tuple[Target, ...]:
    """Every target, in the order of the page. Preamble, annexes and background hold none."""
    found: list[Target] = []
    for node in nodes:
        if node.id == "0" or node.annex or any(_BACKGROUND.search(above.title) for above in node.chain()):
            continue
        for text in (node.title, node.text):
            for sentence in _SENTENCE.finditer(text):
                found += _in_sentence(sentence.group()[:_LONGEST], node.id)
    return tuple(found)


class _Clause(Struct, frozen=True):
    """A clause as printed and with its quotations hidden, the words before it, and the year that holds for it."""

    text: str
    bare: str
    before: str
    year: int | None
    year_words: str
    scope: str | None


def _in_sentence(sentence: str, node: str) -> Iterator[Target]:
    if not re.search(rf"\d|[{_CHINESE}](?:{_UNITS})|%", sentence):
        return
    hidden = _BASELINE.sub(lambda found: "＊" * len(found.group()), _QUOTED.sub(_hide, sentence))
    year, year_words, indicator, scope, last = None, "", "", None, 0
    for place, piece in enumerate(_CLAUSE.finditer(hidden)):
        text = piece.group()
        stated = _stated_year(text)
        if stated:
            year, words = stated
            # What the year stands in is quoted before a later clause, with …… where something lies between.
            year_words, last = words, place
        found = _SCOPE.search(text)
        scope = found.group() if found else scope
        quoted = year_words and place != last
        clause = _Clause(
            sentence[piece.start() : piece.end()],
            text,
            hidden[: piece.start()],
            year,
            year_words + ("，" if place == last + 1 else "，……") if quoted else "",
            scope,
        )
        for target in _in_clause(clause, node, indicator):
            indicator = target.indicator
            yield target


def _hide(quotation: re.Match[str]) -> str:
    """A quotation as so many stars: names hold no targets. “十四五” stays, it is a time."""
    text = quotation.group()
    return text if "五”" in text else "“" + "＊" * (len(text) - 2) + "”"


def _stated_year(text: str) -> tuple[int, str] | None:
    """The year until which a clause speaks, and its words; a year to compare with is none."""
    for found in _YEAR.finditer(text):
        if found["from"] in ("比", "较", "自", "从") or found["after"]:
            continue
        year = int(found["year"]) if found["year"] else YEARS[found["plan"]][1]
        return year, found.group()
    return None


def _in_clause(clause: _Clause, node: str, carried: str) -> Iterator[Target]:
    taken = -1
    for amount in _AMOUNT.finditer(clause.bare):
        if amount.start() < taken:
            continue
        op, value = _operator(clause.bare, amount), _value(amount)
        if op is None or value is None:
            continue
        taken = amount.end()
        start = max(0, amount.start() - 120)
        unit = amount["unit"].replace("％", "%")
        each = _EACH.search(clause.bare, start, amount.start())
        per = each.group().removeprefix("每") if each and unit != "%" else ""
        yield Target(
            indicator=_indicator(
                clause.text[start : amount.start()], clause.text[amount.end() :], clause, unit, carried
            ),
            year=clause.year,
            op=op,
            value=int(value) if value == int(value) else value,
            unit=f"{unit}/{per}" if per else unit,
            text=clause.year_words + clause.text.strip(),
            node=node,
            qualifier="、".join(dict.fromkeys(_QUALIFIERS.findall(clause.bare))) or None,
            scope=clause.scope,
        )


def _value(amount: re.Match[str]) -> float | None:
    number = amount["number"]
    value: float | None = float(number) if number[0].isdecimal() else chinese_number(number)
    if value is None:
        return None
    for scale in amount["scale"]:
        value *= {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}[scale]
    return round(value, 6)


def _operator(text: str, amount: re.Match[str]) -> str | None:
    """The relation that the words round a number state; None where it is no target."""
    # A sentence is short; what is further away says nothing of this number.
    before, after = (
        text[max(0, amount.start() - 120) : amount.start()],
        text[amount.end() : amount.end() + 60],
    )
    if _is_other(before, after, amount):
        return None
    if _MORE.search(before):
        return ">"
    if _AT_LEAST.search(before) or re.search(r"(?:至少|不少于|不低于)[^，。；]{0,16}$", before):
        return ">="
    above = _ABOVE.match(after)
    if above:
        return ">=" if _is_promised(before, after[above.end() :], above, amount["unit"]) else None
    if not _is_bare_target(before, after, amount):
        return None
    # Of a range the lower end is promised.
    return ">=" if amount["range"] else "="


def _is_other(before: str, after: str, amount: re.Match[str]) -> bool:
    """Ordinals, dates, parts of larger numbers, upper bounds."""
    part = before[-1:].isdecimal() or before.endswith((".", "．", "·", "-", "—", "/"))
    bounded = (_LESS.search(before) and not _NEVER_LESS.search(before)) or _BELOW.match(after)
    return bool("＊" in amount.group() or _ORDINAL.search(before) or part or bounded)


def _is_bare_target(before: str, after: str, amount: re.Match[str]) -> bool:
    """A number without a word like 至少: a target where something is made or done so often."""
    unit = amount["unit"]
    if _PAST.search(before) or _DIVIDES.match(after) or (unit[0] in _STRUCTURE and _COUNTED.match(after)):
        return False
    if unit == "%":
        return not re.search(r"(?:占|前|后|比)$", before)
    if "百分点" in unit:
        return True
    each = _EACH.search(before)
    if not amount["number"][0].isdecimal() and (not each or unit not in _OFTEN):
        # 一支队伍, 一批 and the like count nothing.
        return False
    return bool((each or _MAKES.search(before)) and not _CONDITION.search(after))


_OFTEN = frozenset("名人次场期堂节所家课个件项支门座处位轮")
_DIVIDES = re.compile(r"^(?:标准|以上|规则|级|号|步|分|式|化|制|类|型|维|融合|联动|合一|方面)")
_CONDITION = re.compile(r"^(?:以上)?的(?:县|乡|镇|村|学校|企业|地方|单位|地区)")


def _is_promised(before: str, after: str, above: re.Match[str], unit: str) -> bool:
    """X以上 as a promise (培育3千名以上, 90%以上乡镇), not as a condition (60万以上人口的县)."""
    if re.search(r"距|半径|相距|年满|规模|超出|占", before[-6:]) or _PAST.search(before):
        return False
    if above["of"] and not re.search(r"配备|建成|拥有|达到|至少|培养|培育|建设|完成|设立|覆盖", before):
        return False
    return bool(
        _MAKES.search(before)
        or _EACH.search(before)
        or unit == "%"
        or re.search(r"[率量数比]", before)
        or after == ""
        or not before
    )


def _indicator(before: str, after: str, clause: _Clause, unit: str, carried: str) -> str:
    """What is counted: the noun before a percentage, or the verb before a number and the thing after it."""
    head = _TIME.sub("", _UNTIL.sub("", _BASELINE.sub("", before)))
    if clause.scope and clause.scope in head:
        head = head.partition(clause.scope)[2]
    head = _LEADING.sub("", head)
    if head.startswith("每"):
        head = _WITHIN.sub("", _EACH.sub("", head, count=1))
    head = _LEADING.sub("", _RELATION.sub("", head).strip("，、 "))
    if unit in ("%", "‰", "个百分点", "百分点"):
        return head or carried or _last_words(clause.before)
    thing = re.sub(r"^(?:[（(][^（()）]*[）)])?(?:及以上|以上|左右)?(?:的)?", "", after)
    thing = re.split(r"[，。；（(]", thing)[0]
    # “每个村信息员不少于1名” is all scope: better with it than nothing.
    whole = _EACH.sub("", clause.scope or "", count=1)
    return (head + thing) or whole or carried or _last_words(clause.before)


_LEADING = re.compile(r"^(?:力争|争取|确保|努力|并|要|应当|应|使|实现|均|的)+")
_WITHIN = re.compile(r"^[中内里]?(?:[应要须均]|至少|不少于|不低于)*(?:有|拥有)?(?=$|[^效机])")


def _last_words(earlier: str) -> str:
    return re.split(r"[，,；;：:、]", earlier.strip("，,；;：:、"))[-1]
