"""The papers that a plan names: their titles, numbers, years, and short names."""

import re
from collections.abc import Iterator
from datetime import date

from drafter.check.rule import Rule, advised, certain, fault, rule
from drafter.check.subject import Subject, Text
from drafter.errors import Finding
from drafter.model.catalog import Policy

_NUMBER = r"[^\W\d]{1,9}(?P<left>[〔［\[（(【])(?P<year>\d{2,4})(?P<right>[〕］\]）)】])(?P<di>第?)(?P<ordinal>\d{1,4})号"
_DEFINED = r"(?:以下|下)?(?:统称|简称|下称)(?:为|：|:)?[《“]{1,2}(?P<short>[^《》“”]{2,20})[》”]"
_STATUTE = r"(?:法|条例|规定|办法|规则|细则|准则|章程|标准|基准|指南|目录|规范|导则|法典|宪法)$"
_DASHES = r"[-—–―－~～－至]+"


@rule(
    "citation.number-form",
    title="文号用六角括号〔〕，年份四位，序号不补零、不写“第”",
    why="GB/T 9704—2012 的 7.2.5；写法不对，上级文件查不到",
    example="岚政办发[2026]第015号 → 岚政办发〔2026〕15号",
    mend="把括号换成〔〕，删去“第”和开头的 0",
)
def number_form(subject: Subject) -> Iterator[Finding]:
    for text in subject.texts:
        for found in re.finditer(_NUMBER, text.text) if "号" in text.text else ():
            if _well_formed(found):
                continue
            right = re.sub(r"[〔［\[（(【]\d+[〕］\]）)】]第?\d+号$", "", found.group())
            year = found["year"] if len(found["year"]) == 4 else "20" + found["year"][-2:]
            mended = f"{right}〔{year}〕{int(found['ordinal'])}号"
            weigh = certain if subject.own else fault
            yield weigh(text, found.group(), f"文号“{found.group()}”写法不对", f"改为“{mended}”")


def _well_formed(found: re.Match[str]) -> bool:
    brackets = found["left"] + found["right"]
    return brackets == "〔〕" and len(found["year"]) == 4 and not found["di"] and found["ordinal"][0] != "0"


@rule(
    "citation.inner-marks",
    title="书名号里再用书名号，内层用〈〉",
    why="GB/T 15834—2011 的 4.15.3.6；“<”“>”是小于号、大于号，不是标点",
    example="《关于印发<青屏县垃圾分类方案>的通知》 → 《关于印发〈青屏县垃圾分类方案〉的通知》",
    mend="内层改用〈〉",
)
def inner_marks(subject: Subject) -> Iterator[Finding]:
    for text in subject.texts:
        # A second 《 or a < before the next 》 is rare; looking for these costs less than the patterns.
        if not any(part.count("《") > 1 or "<" in part or "＜" in part for part in text.text.split("》")):
            continue
        for found in re.finditer(r"《[^《》]*?([<＜][^<>＜＞《》]*[>＞])", text.text):
            yield fault(text, found[1], "书名号内层误用“<>”", "内层书名号用〈〉")
        for found in re.finditer(r"《[^《》]*(《[^《》]*》)[^《》]*》", text.text):
            yield fault(text, found[1], "书名号内层又用《》", "内层书名号用〈〉")


@rule(
    "citation.title-year",
    title="所引文件的题名、年份、文号三者一致",
    why="依据引错，整篇方案的依据就站不住；按目录中的文件库核对",
    example="题名写“（2021—2025年）”，文号所指的文件是“（2021—2035年）” → 照原件改",
    mend="对照原件改正题名或文号",
)
def title_year(subject: Subject) -> Iterator[Finding]:
    by_number = {policy.number: policy for policy in subject.facts.policies if policy.number}
    by_title = {_fold(policy.title): policy for policy in subject.facts.policies}
    for text, cited in subject.cited:
        known = by_number.get(cited.number or "")
        if (
            known
            and _fold(known.title) not in _fold(cited.title)
            and not _is_short_for(cited.title, known.title)
        ):
            yield certain(
                text,
                _differing(cited.title, known),
                f"{known.number}的题名是《{known.title}》",
                "对照原件改正题名或文号",
            )
            continue
        same = by_title.get(_fold(cited.title))
        if same and same.number and cited.number and cited.number != same.number:
            yield fault(text, cited.number, f"《{same.title}》的文号是{same.number}", "对照原件改正文号")


def _differing(title: str, known: Policy) -> str:
    """The part of a wrong title that shows the fault: its years where they differ, else the title."""
    years = re.search(r"[（(]?\d{4}年?" + _DASHES + r"\d{4}年?[）)]?年?", title)
    right = re.search(r"\d{4}" + _DASHES + r"\d{4}", known.title)
    if years and right and re.findall(r"\d{4}", years.group()) != re.findall(r"\d{4}", right.group()):
        before = title[max(0, years.start() - 12) : years.start()]
        return (before + years.group())[-40:]
    return title[:40]


def _fold(title: str) -> str:
    return re.sub(r"\W|(?<=\d{4})年(?!度)", "", title)


@rule(
    "citation.year-bracket",
    title="题名中年份的“年”写在括号里",
    why="题名须与原件一字不差，年份括号是题名的一部分",
    example="《青屏县数字乡村规划（2021-2035）年》 → 《青屏县数字乡村规划（2021—2035年）》",
    mend="把“年”移到括号内",
    needs=("）年", ")年"),
)
def year_bracket(subject: Subject) -> Iterator[Finding]:
    for text in subject.texts:
        for found in re.finditer(rf"[（(]\d{{4}}年?{_DASHES}\d{{4}}[）)]年", text.text):
            yield certain(text, found.group(), "“年”写到了括号外", "改为（2021—2035年）的形式")


@rule(
    "citation.informal-issuer",
    title="文件题名中发文机关用规范名称",
    why="题名中的机关名与原件一致，口语简称不会出现在正式题名里",
    example="《澄州市政府办关于印发……的通知》 → 《澄州市人民政府办公室关于印发……的通知》",
    mend="对照原件写全发文机关",
    needs=("府办关于",),
)
def informal_issuer(subject: Subject) -> Iterator[Finding]:
    for text in subject.texts:
        for found in re.finditer(r"《([一-龥]{2,12}?(?<!人民)(?:政府办|府办))关于", text.text):
            yield fault(
                text, found[1], f"题名中的发文机关“{found[1]}”是口语简称", "对照原件写作“……人民政府办公室”"
            )


_OUTLINE = r"国民经济和社会发展第十[一二三四五六七]个五年规划和(?:二[〇○零0]三五|2035)年远景目标(?!纲要|的)"


@rule(
    "citation.title-incomplete",
    title="五年规划纲要的题名写全",
    why="人代会批准的是“……规划和二〇三五年远景目标纲要”，漏“纲要”就不是这份文件",
    example="《青屏县……第十四个五年规划和二〇三五年远景目标》 → 《……远景目标纲要》",
    mend="补上“纲要”",
    needs=("远景目标",),
)
def title_incomplete(subject: Subject) -> Iterator[Finding]:
    for text in subject.texts:
        for found in re.finditer(_OUTLINE, text.text):
            yield fault(text, found.group()[-24:], "规划题名漏了“纲要”", "写全题名，以“纲要”结尾")


@rule(
    "citation.undefined-short",
    title="文件的简称第一次出现时要写明“以下简称”",
    why="没有定义的简称，读者不知道指哪一份文件",
    example="按照《垃圾分类方案》要求（前文只有全称） → 首次引用处加（以下简称《垃圾分类方案》）",
    mend="在第一次引用全称处用“以下简称《……》”定义，或改用全称",
)
def undefined_short(subject: Subject) -> Iterator[Finding]:
    defined = {
        found["short"]
        for text in subject.texts
        if "称" in text.text
        for found in re.finditer(_DEFINED, text.text)
    }
    cited = [(text, one.title) for text, one in subject.cited if text.kind != "annex"]
    longer = dict.fromkeys(title for _, title in cited if len(title) > 12)
    longer |= {"".join(subject.document.title): None}
    for text, title in cited:
        if title in defined or len(title) > 12 or re.search(_STATUTE, title) or "“" in title:
            continue
        full = next((one for one in longer if one != title and _is_short_for(title, one)), None)
        if full:
            yield fault(
                text,
                f"《{title}》",
                f"简称《{title}》没有定义",
                f"在首次引用《{full[:30]}》处写明“以下简称《{title}》”",
            )


def _is_short_for(short: str, full: str) -> bool:
    """Whether the characters of `short` stand in `full` in this order."""
    rest = iter(full)
    return len(short) >= 2 and len(full) > len(short) + 3 and all(char in rest for char in short)


@rule(
    "citation.unused-short",
    title="定义了的简称后文要用",
    why="定义了又不用，或后文仍写全称，定义就是多余的",
    example="（以下简称《纲要》）而后文再没有《纲要》 → 删去定义",
    mend="删去定义，或后文改用简称",
    needs=("简称", "下称"),
)
def unused_short(subject: Subject) -> Iterator[Finding]:
    for text in subject.texts:
        for found in re.finditer(_DEFINED, text.text) if "称" in text.text else ():
            short = found["short"]
            uses = sum(one.text.count(f"《{short}》") + one.text.count(f"“{short}”") for one in subject.texts)
            if uses <= 1:
                yield advised(
                    text, found.group(), f"定义了简称“{short}”，后文没有用", "删去定义，或后文改用简称"
                )


@rule(
    "citation.expired",
    title="所引规划、计划的期限未满",
    why="印发时规划期已满的文件不再是依据",
    example="2026年印发，引《2018—2022年岚江省干部教育培训规划》 → 换成现行规划",
    mend="查现行文件；确需提及的，写明是回顾",
)
def expired(subject: Subject) -> Iterator[Finding]:
    if subject.day is None:
        return
    folded = {_fold(policy.title): policy for policy in subject.facts.policies if policy.valid_to}
    for text, cited in subject.cited:
        if text.kind not in ("text", "heading", "notice"):
            continue
        known = folded.get(_fold(cited.title))
        years = re.search(r"\d{4}年?" + _DASHES + r"(\d{4})年", cited.title)
        end = known.valid_to if known and known.valid_to else date(int(years[1]), 12, 31) if years else None
        if (
            end is None
            or end >= subject.day
            or _is_own(cited.title, subject)
            or _is_history(text, cited.title)
        ):
            continue
        yield fault(
            text,
            cited.title[:40],
            f"《{cited.title}》的规划期到{end.year}年已满",
            "改引现行文件；作为回顾的写明“已完成”",
        )


def _is_own(title: str, subject: Subject) -> bool:
    return _fold(title) == _fold("".join(subject.document.title))


def _is_history(text: Text, title: str) -> bool:
    after = text.text[text.text.find(title) + len(title) :][:30]
    return bool(re.search(r"实施以来|期满|完成|收官|总结|评估|到期", after))


@rule(
    "citation.chain",
    title="依据写到每一级：国家、省、市和本级规划纲要",
    why="缺一级上级方案，送审时会被问到",
    example="只引国发文件，未引省实施方案 → 补省、市方案及文号",
    mend="补上上一级的实施方案及文号；确无的，可不理会",
)
def chain(subject: Subject) -> Iterator[Finding]:
    meta = subject.outline.meta
    parents = [parent.title for parent in meta.parents]
    if meta.level not in ("county", "prefecture") or not any(
        "规划纲要" in title and "国民经济" not in title for title in parents
    ):
        return
    opening = next((text for text in subject.texts if text.node and text.node.id == "0"), None)
    if not any(re.search(r"省|自治区|^《?(?:北京|天津|上海|重庆)市", title) for title in parents):
        first = re.search(r"《[^《》]{2,39}", opening.text) if opening else None
        quote = first.group() if first else ""
        yield advised(opening, quote, "依据里没有省一级的实施方案", "补上省级方案的题名和文号")


@rule(
    "citation.without-number",
    title="引用文件要有文号",
    why="《党政机关公文处理工作条例》：引用公文先引标题，后引发文字号",
    example="根据《岚江省垃圾分类实施方案》 → 《岚江省垃圾分类实施方案》（岚政办发〔2026〕15号）",
    mend="在题名后补文号；法律法规和没有文号的文件除外",
)
def without_number(subject: Subject) -> Iterator[Finding]:
    numbered = {_unyeared(policy.title): policy.number for policy in subject.facts.policies}
    for text, cited in subject.cited:
        if text.node is None or text.node.id != "0":
            continue
        number = numbered.get(_unyeared(cited.title), "")
        if cited.number or number is None or (not number and not re.search(_ORDERS, cited.title)):
            continue
        hint = f"题名后补（{number}）" if number else "题名后补文号；确无文号的，可不理会"
        yield advised(text, cited.title[:40], "引用的文件没有写文号", hint)


_ORDERS = r"(?:方案|意见|通知|办法)(?:[（(].*[）)])?$"


def _unyeared(title: str) -> str:
    return re.sub(r"[\W\d]|年(?=[）)—–~～-]|$)", "", title)


RULES: tuple[Rule, ...] = (
    number_form, inner_marks, title_year, year_bracket, informal_issuer, title_incomplete, undefined_short, unused_short,
    expired, chain, without_number,
)  # fmt: skip
