"""Punctuation (GB/T 15834—2011): width, pairs, doubled marks, marks between quotations, dashes."""

import itertools
import re
from collections.abc import Iterator
from functools import partial

from drafter.check.rule import Rule, advised, certain, fault, rule
from drafter.check.subject import Subject, around, full_width
from drafter.errors import Finding

_HAN = "一-龥》”）〕"
_HALF_BRACKET = r"\([^()（）A-Za-z]*[一-龥\d][^()（）]*\)"
_HALF_STOP = rf"(?<=[{_HAN}\)%])[,;:?!](?=[一-龥《“（\(]|$)|(?<=[一-龥])[,;:](?=[\d“])"
_FULL_STOP = "[，；：？！]"
_FULL_BRACKET = "[（）]"
_YEARS = r"(?P<left>(?:19|20)\d\d)年?(?P<dash>[-‐‑–―－~～一]|--|──)(?P<right>(?:19|20)\d\d)(?!\d)"


def _width(subject: Subject, half: str, full: str, what: str) -> Iterator[Finding]:
    """Half-width marks: a slip where the paper is full-width otherwise, one advice where all of it is half-width."""
    found = [(text, hit) for text in subject.texts for hit in re.finditer(half, text.text)]
    if not found:
        return
    right = sum(len(re.findall(full, text.text)) for text in subject.texts)
    converted = len(found) * 10 > (len(found) + right) * 9
    message = f"全文{what}都是半角，多为转载或转换所致" if converted else f"中文里用了半角{what}"
    weigh = advised if converted else fault
    for text, hit in found:
        quote = hit.group() if len(hit.group()) > 1 else around(text.text, hit.start(), hit.end(), 5)
        yield weigh(text, quote, message, "改为全角")


@rule(
    "marks.half-width-brackets",
    title="中文里的括号用全角",
    why="GB/T 15834—2011：中文标点占一个字的位置；一篇之内一全一半最显眼",
    example="乡镇(街道) → 乡镇（街道）",
    mend="改为全角；drafter check --fix 可以代改",
    grouped=True,
    needs=("(",),
)
def half_width_brackets(subject: Subject) -> Iterator[Finding]:
    return _width(subject, _HALF_BRACKET, _FULL_BRACKET, "括号")


@rule(
    "marks.half-width",
    title="中文里的逗号、冒号、分号用全角",
    why="GB/T 15834—2011：中文标点占一个字的位置",
    example="责任单位:县科协 → 责任单位：县科协",
    mend="改为全角；drafter check --fix 可以代改",
    grouped=True,
    needs=(",", ";", ":", "?", "!"),
)
def half_width(subject: Subject) -> Iterator[Finding]:
    return _width(subject, _HALF_STOP, _FULL_STOP, "逗号、冒号、分号")


@rule(
    "marks.mixed-pair",
    title="一对括号同为全角或同为半角",
    why="一半全角、一半半角一定是误打",
    example="村(社区） → 村（社区）",
    mend="两半都用全角",
    needs=("(", ")"),
)
def mixed_pair(subject: Subject) -> Iterator[Finding]:
    for text in subject.texts:
        for found in re.finditer(r"[一-龥]{0,6}(?:\([^()（）]{0,60}）|（[^()（）]{0,60}\))", text.text):
            yield certain(text, found.group()[-40:], "一对括号一半全角、一半半角", "两半都用全角")


@rule(
    "marks.unpaired",
    title="引号、书名号、括号成对",
    why="缺一半，引文或题名的范围就看不出来",
    example="《青屏县垃圾分类方案要求 → 《青屏县垃圾分类方案》要求",
    mend="补上缺的一半，或删去多的一半",
)
def unpaired(subject: Subject) -> Iterator[Finding]:
    for text in subject.texts:
        if text.kind in ("table", "units"):
            continue
        plain = text.text.replace("(", "（").replace(")", "）")
        for left, right in ("《》", "“”", "（）", "〔〕", "〈〉"):
            place = _unpaired(plain, left, right) if left in plain or right in plain else None
            if place is not None:
                quote = re.split(r"[。；]", text.text[max(0, place - 4) : place + 14])[0] or text.text[place]
                yield fault(text, quote, f"“{left}”和“{right}”不成对", "补上缺的一半，或删去多的一半")


def _unpaired(text: str, left: str, right: str) -> int | None:
    open_at: list[int] = []
    for place, char in enumerate(text):
        if char == left:
            open_at.append(place)
        elif char == right:
            if not open_at:
                # 1）2） number the parts of a sentence.
                if right == "）" and re.search(r"[\d一二三四五六七八九十]$", text[:place]):
                    continue
                return place
            open_at.pop()
    return open_at[0] if open_at else None


@rule(
    "marks.doubled",
    title="标点不重叠",
    why="两个点号连用，多是删改时留下的",
    example="抓好落实。。 → 抓好落实。",
    mend="留下该用的一个",
)
def doubled(subject: Subject) -> Iterator[Finding]:
    for text in subject.texts:
        for found in re.finditer(r"[，。、；：,;]{2,}|[（(][，。、；]|、[”》](?=、)", text.text):
            yield certain(text, around(text.text, found.start(), found.end(), 5), "标点重叠", "只留一个")


@rule(
    "marks.between-quotes",
    title="并列的引号之间、书名号之间不加顿号",
    why="GB/T 15834—2011 的 4.5.3.5；后面带括注的可以加",
    example="“智慧乡村”、“数字乡村” → “智慧乡村”“数字乡村”",
    mend="删去顿号",
    needs=("”、“", "》、《"),
)
def between_quotes(subject: Subject) -> Iterator[Finding]:
    for text in subject.texts:
        for found in re.finditer(
            r"“[^“”]{1,14}”、“[^“”]{1,14}”(?![（(])|《[^《》]{1,20}》、《[^《》]{1,20}》(?![（(])", text.text
        ):
            yield advised(text, found.group()[:40], "并列的引号（书名号）之间多了顿号", "删去顿号")


@rule(
    "marks.list-comma",
    title="并列的几项之间用顿号，不用逗号",
    why="一处用逗号，读者会以为前后是两句话",
    example="建设文化馆，图书馆、展览馆 → 建设文化馆、图书馆、展览馆",
    mend="把逗号改为顿号",
)
def list_comma(subject: Subject) -> Iterator[Finding]:
    _, _, each, role = _LIST_COMMAS
    for text in subject.prose:
        wide = full_width(text.text)
        for pattern in _patterns(wide):
            for found in re.finditer(pattern, wide):
                # A long member may have a verb within, as 服务站 has; a clause of its own begins with one.
                verb = (re.match if pattern == role else re.search)(_VERB, found["second"])
                if verb is None and "发挥" not in found["second"]:
                    begin = found.start("first" if pattern == role else 0)
                    quote = text.text[begin : found.end()][:40]
                    # 各镇、街道，各人群: the comma may part two lists.
                    weigh = advised if pattern == each else fault
                    yield weigh(text, quote, "并列的几项之间误用逗号", "改为顿号")


def _patterns(text: str) -> set[str]:
    """Those of _LIST_COMMAS that may match at a comma of `text`: to compile them takes longer than to ask."""
    alike, same, each, role = _LIST_COMMAS
    parts = text.split("，")
    return {
        pattern
        for before, after in itertools.pairwise(parts)
        for pattern, fits in (
            (alike, any(before.endswith(end) and _joined(end, after) for end in _ENDS)),
            (same, any(before[-size - 2 : -2] == after[:size] for size in (3, 4, 5, 6))),
            (each, "各" in before and after.startswith("各")),
            (role, "发挥" in before and "等" in after and "作用" in after),
        )
        if fits
    }


def _joined(end: str, after: str) -> bool:
    return f"{end}、" in after or f"{end}和" in after


_ENDS = ("馆", "站", "基地", "中心", "大赛", "活动", "主体", "机构", "工程", "平台", "园")
_VERB = (
    r"^[修建办设开改扩]|开展|组织|实施|推进|推动|加强|建设|建立|打造|提升|提高|发挥|举办|促进|支持|鼓励|引导|健全|完善|利用|依托|做好|进行|参与|培育|培养|服务|深入|广泛"
    r"|通过|落实|强化|深化|加快|向|为|由|将|把|使|让|在|以|对|按|并|要|可|应|是"
)
_LIST_COMMAS = (
    # 创办A馆，B馆、C馆: the members end alike
    r"[一-龥]{1,6}(?P<end>" + "|".join(_ENDS) + r")，(?P<second>[一-龥“”A-Za-z+]{1,24}?)(?P=end)[、和](?=[一-龥])",
    # 开展甲乙主体，甲乙成果和…: the members begin alike
    r"(?P<begin>[一-龥]{3,6})[一-龥]{2}，(?P<second>(?P=begin)[一-龥]{2})[、和](?=[一-龥])",
    # 各镇、街道，各人群
    r"各[一-龥]{1,4}、[一-龥]{1,4}，(?P<second>各[一-龥]{1,4})(?=[一-龥]{4,})",
    # 发挥甲、乙和丙，丁、戊等作用
    r"(?<=发挥)[^，。；]*、[^，。；、]*?(?P<first>[^，。；、]{2,10}(?<!作用)，)(?P<second>(?!推广|面向|针对|结合|围绕|探索|拓展|丰富|创新|普及|整合|汇聚|搭建|用好|办好|联合|动员|吸引)[^，。；、]{2,24}、[^，。；]{2,60}?)(?=等[^，。；、]{0,6}作用)",
)  # fmt: skip


@rule(
    "marks.year-dash",
    title="起止年份之间用一字线“—”",
    why="GB/T 15834—2011 的 4.13.3.3；连字符“-”、浪纹线、长横混用，全文不一",
    example="2021-2025年 → 2021—2025年",
    mend="改为“—”；drafter check --fix 可以代改",
    grouped=True,
    needs=tuple("-‐‑–―－~～一─"),
)
def year_dash(subject: Subject) -> Iterator[Finding]:
    for text in subject.texts:
        for found in re.finditer(_YEARS, text.text):
            after = "年" if text.text[found.end() :].startswith("年") else ""
            yield fault(
                text,
                found.group() + after,
                "起止年份之间没有用一字线",
                f"改为“{found['left']}—{found['right']}{after}”",
            )


@rule(
    "marks.spaces",
    title="汉字与数字、汉字与汉字之间不留空格",
    why="公文按字排列，空格会把词和数断开",
    example="到 2030 年 → 到2030年",
    mend="删去空格；drafter check --fix 可以代改",
    grouped=True,
)
def spaces(subject: Subject) -> Iterator[Finding]:
    if not subject.raw and " " not in subject.whole:
        return
    lines = [(line.text, line.at) for line in subject.raw] or [(text.text, text.at) for text in subject.texts]
    pattern = re.compile(
        r"[一-龥“”]{0,2}(?<=[一-龥，。、；：“”（）]) +(?!\d{4}年\d{1,2}月\d)[\d.]+%?(?: *[一-龥]{1,2})?|[一-龥]{0,3}\d+ +(?=[一-龥])[一-龥]{1,2}"
    )
    for line, at in lines:
        for found in pattern.finditer(line):
            yield advised(at, found.group().strip(), "数字与汉字之间有空格", "删去空格")


@rule(
    "marks.straight-quotes",
    title="中文用弯引号“”",
    why="GB/T 15834—2011 的 4.8；直引号分不出前后",
    example='"十五五"时期 → “十五五”时期',
    mend="改为“”；drafter check --fix 可以代改",
    grouped=True,
)
def straight_quotes(subject: Subject) -> Iterator[Finding]:
    for text in subject.texts:
        for found in re.finditer(r'"[^"]{1,30}"', text.text) if '"' in text.text else ():
            yield fault(text, found.group(), "用了直引号", "改为“”")
        if "”" not in text.text.partition("“")[0]:
            continue
        for found in re.finditer(r"”[^“”]{1,20}“(?=[^“”]*$)", text.text):
            if "“" not in text.text[: found.start()]:
                yield fault(text, found.group(), "前后引号用反了", "前引号用“，后引号用”")


def _residue(subject: Subject) -> Iterator[Finding]:
    if not subject.raw and not any(words in subject.whole for words in _LEFT):
        return
    pattern = re.compile(r"^\s*\*\*|\*\*\S|https?://|网站地图|扫一扫|打印本页|&nbsp;|�|<br>")
    weigh = partial(certain) if subject.own else partial(advised)
    lines = [(line.text, line.at) for line in subject.raw] or [(text.text, text.at) for text in subject.texts]
    for words, at in lines:
        for found in pattern.finditer(words):
            yield weigh(
                at, around(words, found.start(), found.end(), 6), "网页、转换或软件留下的符号", "删去"
            )


_LEFT = ("**", "http", "网站地图", "扫一扫", "打印本页", "&nbsp;", "�", "<br>")
residue = rule(
    "marks.residue",
    title="没有网页、转换软件留下的符号",
    why="转载或粘贴带来的符号印出来就是差错",
    example="**加快建设** → 加快建设",
    mend="删去",
    grouped=True,
)(_residue)

RULES: tuple[Rule, ...] = (
    mixed_pair, unpaired, doubled, list_comma, between_quotes, straight_quotes, half_width_brackets, half_width, year_dash,
    spaces, residue,
)  # fmt: skip
