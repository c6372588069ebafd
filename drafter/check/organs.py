"""Names of units: one unit one name, none that is gone, none misspelt."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache

from drafter.check.rule import Rule, advised, certain, fault, rule
from drafter.check.subject import Subject, Text, without_titles
from drafter.divisions import above, chain_at
from drafter.errors import Finding

_WORDS = "省市州县区旗盟"
_ENDS = ("局", "委", "部", "院", "办", "社", "台", "中心", "集团")


def _units(subject: Subject) -> Counter[str]:
    """Every unit that takes a task, and how often it is named."""
    counted: Counter[str] = Counter()
    for node in subject.outline.nodes:
        counted.update(node.lead + node.support)
    return counted


def _where(subject: Subject, name: str) -> Iterator[Text]:
    pattern = re.compile(
        rf"(?<![一-龥]){re.escape(name)}|{re.escape(name)}(?=[、，。；（）()]|牵头|等|配合|参加|$)"
    )
    return (
        text
        for text in subject.texts
        if text.kind in ("units", "table", "text") and pattern.search(text.text)
    )


@rule(
    "organ.misspelt",
    title="单位名称没有错字、颠倒",
    why="写错的单位等于没有派下任务",
    example="县农村农业局 → 县农业农村局",
    mend="改为正确名称",
)
def misspelt(subject: Subject) -> Iterator[Finding]:
    names = {
        former.name.removeprefix("{word}"): former.successor
        for former in subject.facts.former
        if former.until is None
    }
    for tail, successor in names.items():
        if tail not in subject.whole:
            continue
        usual = next((organ.title for organ in subject.facts.organs if organ.id == successor), "")
        for text in subject.texts:
            for found in re.finditer(rf"[{_WORDS}]{re.escape(tail)}", text.text):
                yield certain(
                    text, found.group(), f"没有“{found.group()}”这样的单位名", f"应为{usual}的规范名称"
                )
    counted = _units(subject)
    for name in counted:
        for other in counted:
            swapped = (
                other[1:] not in names
                and len(name) == len(other) > 4
                and name != other
                and sorted(name) == sorted(other)
            )
            if swapped and counted[name] < counted[other] and name[1:] not in names:
                where = next(_where(subject, name), None)
                yield certain(where, name, f"“{name}”与“{other}”只是字序不同", f"核对后统一为“{other}”")


@rule(
    "organ.two-names",
    title="同一单位全文一个名称",
    why="简称、全称混用，任务分工表会把一个单位算成两个",
    example="县应急局、县应急管理局混用 → 统一为县应急管理局",
    mend="按本地机构名录统一",
)
def two_names(subject: Subject) -> Iterator[Finding]:
    counted = _units(subject)
    for short in counted:
        longer = [
            name
            for name in counted
            if name[0] == short[0] and _same_unit(short, name) and not _beside(subject, short, name)
        ]
        if longer:
            other = max(longer, key=lambda name: counted[name])
            rare, usual = (short, other) if counted[short] <= counted[other] else (other, short)
            for text in _where(subject, rare):
                yield certain(
                    text,
                    rare,
                    f"同一单位写了两个名称：“{rare}”（{counted[rare]} 处）和“{usual}”（{counted[usual]} 处）",
                    f"统一为“{usual}”",
                )


@rule(
    "organ.mixed-style",
    title="单位名称全文一种写法：或全称，或简称",
    why="别的单位都写全称，只有一个用口语简称，名录就不齐",
    example="县工业和信息化局、县文化和旅游局、县发改局 → 县发展和改革局",
    mend="统一用规范名称；本地名录有规定的从其规定",
    needs=("发改", "工信", "人社", "住建", "卫健", "文旅局", "应急局", "市监局", "教体"),
)
def mixed_style(subject: Subject) -> Iterator[Finding]:
    counted = _units(subject)
    full = [name for name in counted if re.search(_IN_FULL, name)]
    spoken = [name for name in counted if re.fullmatch(_SPOKEN, name)]
    if len(full) < 3 or len(spoken) * 2 > len(full):
        return
    for name in spoken:
        if not any(name[0] == other[0] and _same_unit(name, other) for other in counted):
            said = f"“{name}”是口语简称，“{full[0]}”等写的是全称"
            yield advised(next(_where(subject, name), None), name, said, "统一用规范名称")


_IN_FULL = r"工业和信息化|人力资源和|住房和|卫生健康|文化和旅游|应急管理|市场监督管理|发展和改革"
_SPOKEN = rf"[{_WORDS}](?:发改|工信|科工信|人社|住建|卫健|文旅|应急|市监|教体)(?:局|委)"


def _beside(subject: Subject, one: str, other: str) -> bool:
    """Whether both serve the same task: then they are two units (县水利局、县水利工程管理局)."""
    return any({one, other} <= {*node.lead, *node.support} for node in subject.outline.nodes)


def _same_unit(short: str, long: str) -> bool:
    """Whether `short` is an abbreviation of `long`: same level word, same end, its characters in order."""
    if len(short) >= len(long) or short[0] != long[0] or short[0] not in _WORDS:
        return False
    end = next((end for end in _ENDS if short.endswith(end)), None)
    long = re.sub("委员会$", "委", long)
    if (
        end is None
        or not long.endswith(end)
        or short.startswith(short[0] + "委") != long.startswith(long[0] + "委")
    ):
        return False
    stem, full = short[1 : -len(end)].removeprefix("委"), long[1 : -len(end)].removeprefix("委")
    if len(stem) < 2 or len(stem) >= len(full) or stem[0] != full[0]:
        return False
    rest = iter(full)
    return all(char in rest for char in stem)


@rule(
    "organ.obsolete",
    title="没有已撤并、已更名的单位",
    why="按文件自己的日期核对；撤并后的单位接不了任务",
    example="2026年的方案写“县乡村振兴局” → 县农业农村局",
    mend="改为承接职能的单位",
)
def obsolete(subject: Subject) -> Iterator[Finding]:
    titles = {organ.id: organ.title for organ in subject.facts.organs}
    for former in subject.facts.former:
        if former.until is None or subject.day is None or former.until >= subject.day:
            continue
        name = former.name.removeprefix("{word}")
        if name not in subject.whole:
            continue
        tail = re.escape(name)
        for text in subject.texts:
            for found in re.finditer(rf"(?<!原)[{_WORDS}]{tail}", without_titles(text.text)):
                successor = titles.get(former.successor, former.successor)
                yield certain(
                    text,
                    found.group(),
                    f"“{found.group()}”至迟 {former.until.year + 1} 年起已不再使用",
                    f"改为承接其职能的单位（{successor}）",
                )


@rule(
    "organ.near",
    title="单位名称与名录只差一个字的，核对是否笔误",
    why="一字之差，多是误打",
    example="县自燃资源局 → 县自然资源局",
    mend="核对后改正；确有其名的，写入档案 organs 或加免审",
)
def near(subject: Subject) -> Iterator[Finding]:
    patterns = (
        pattern
        for organ in subject.facts.organs
        for names in (organ.names, *(variant.names for variant in organ.variants))
        for pattern in (names.standard, names.full, names.colloquial)
    )
    known = _known(tuple(patterns))
    counted = _units(subject)
    for name in counted:
        tail = name[1:]
        if len(tail) < 5 or tail in known or name[0] not in _WORDS:
            continue
        close = [
            each
            for each in known
            if len(each) == len(tail)
            and sum(a != b for a, b in zip(each, tail, strict=True)) == 1
            and each[-1] == tail[-1]
        ]
        if close:
            yield fault(
                next(_where(subject, name), None),
                name,
                f"“{name}”与通用名称“{name[0]}{close[0]}”只差一个字",
                "核对是否笔误",
            )


@cache
def _known(patterns: tuple[str, ...]) -> Mapping[str, None]:
    return dict.fromkeys(
        re.sub(r"\{party\}", "委", pattern.removeprefix("{word}").removeprefix("{name}"))
        for pattern in patterns
        if "{" not in pattern.removeprefix("{word}").removeprefix("{name}").removeprefix("{party}")
    )


@rule(
    "organ.ecology-prefix",
    title="生态环境分局的名称带市名",
    why="县区生态环境分局是市局的派出机构，名称以市生态环境局开头",
    example="生态环境局青屏分局 → 澄州市生态环境局青屏分局",
    mend="补上市名",
    needs=tuple(f"{mark}生态环境局" for mark in ("、", "，", "：", ":", "；", "。", "（", "(", "由", "\n")),
)
def ecology_prefix(subject: Subject) -> Iterator[Finding]:
    _, places = chain_at(subject.outline.meta.locality or "")
    city = ""
    if places:
        city = next((each.name for each in (*above(places[-1]), *places) if each.level == "prefecture"), "")
    for text in subject.texts:
        if "生态环境局" not in text.text:
            continue
        for found in re.finditer(
            r"(?<![市州盟县区])(?<=[、，：:；。（(由])(生态环境局[一-龥]{2,4}?分局)|^(生态环境局[一-龥]{2,4}?分局)",
            text.text,
        ):
            name = found[1] or found[2]
            yield fault(text, name, f"“{name}”缺少市名", f"写作“{city or '××市'}{name}”")


@rule(
    "organ.undefined-short",
    title="临时机构的简称先写明全称",
    why="“专班办”“纲要办”只有本单位的人懂，收文单位不知道指谁",
    example="由赶集办成员单位落实（前文没有全称） → 首次出现处写全称（以下简称赶集办）",
    mend="首次出现处写全称，用“以下简称”定义",
    needs=("办成员单位", "办各成员单位"),
)
def undefined_short(subject: Subject) -> Iterator[Finding]:
    for text in subject.prose:
        for found in re.finditer(r"([^\W\d]{2}办)各?成员单位", text.text):
            if not re.search(rf"称(?:为|：)?[“《]?[^\W\d]{{0,2}}{found[1]}", subject.whole):
                yield advised(text, found.group(), f"前文没有写明“{found[1]}”的全称", "写全称，或先定义")


RULES: tuple[Rule, ...] = (misspelt, two_names, mixed_style, obsolete, near, ecology_prefix, undefined_short)
