"""What a paper says twice, or in two ways: titles, sentences, names, quotations."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

from drafter.check.rule import Rule, advised, fault, rule
from drafter.check.subject import Subject, Text, without_titles
from drafter.errors import Finding, Location

_NAME_END = r"(?:计划|行动|工程)(?:\d\.\d)?"


@rule(
    "repeat.title",
    title="正文第一句不重复标题",
    why="标题刚说过，第一句又说一遍，多是改稿时没有删净",
    example="提升服务能力。提升服务供给能力。 → 删去第二句，或换成具体内容",
    mend="删去重复的一句，直接写怎么做",
)
def title(subject: Subject) -> Iterator[Finding]:
    for text in subject.texts:
        node = text.node
        if (
            text.kind != "text"
            or node is None
            or len(node.title) < 6
            or node.text.split("\n")[0] != text.text
        ):
            continue
        if subject.children.get(node.id):
            continue
        first = re.split(r"[，。；,;]", text.text)[0]
        again = _nearly_same(node.title, first) or _same_object(node.title, first, text.text)
        if again and len(first) >= 6:
            quote = f"{node.title}。{first}"
            yield fault(text, quote[:40], f"第一句“{first}”与标题重复", "删去重复的一句")


def _nearly_same(title: str, first: str) -> bool:
    """Whether most of the characters of both stand in the other, in the same order."""
    if 3 * len(set(title) & set(first)) < 2 * len(set(title) | set(first)):
        return False
    # Imported here: it takes 10 ms, and few titles come so near.
    from rapidfuzz import fuzz  # noqa: PLC0415

    return fuzz.ratio(title, first) >= 80


def _same_object(title: str, first: str, text: str) -> bool:
    """Whether a short first sentence comes down to the object that the title has named."""
    return (
        len(title) >= 8
        and len(first) <= 30
        and first.endswith(title[2:])
        and text[len(first) : len(first) + 1] == "。"
    )


@rule(
    "repeat.clause",
    title="一项之内同一分句不出现两次",
    why="同样的话在一项里说了两遍，多是拼接留下的",
    example="……，发现、培养高技能人才。……，发现、培养高技能人才。 → 删去一处",
    mend="删去一处",
)
def clause(subject: Subject) -> Iterator[Finding]:
    for node in subject.outline.nodes:
        here = [text for text in subject.texts_of.get(node.id, ()) if text.kind == "text"]
        counted = Counter(part for text in here for part in text.clauses() if len(part) >= 8)
        for part, count in counted.items():
            if count > 1:
                where = next(text for text in here if part in text.text)
                yield fault(where, part[:40], f"“{part}”在一项里出现 {count} 次", "删去重复的")


@rule(
    "repeat.sentence",
    title="同一句话不在两项里照抄",
    why="两处一字不差，多是粘贴；任务会派给两家",
    example="两项都写“建立健全……机制，……” → 留一处，另一处改为引用",
    mend="留一处",
)
def sentence(subject: Subject) -> Iterator[Finding]:
    seen: dict[str, Text] = {}
    for text in subject.texts:
        if text.kind != "text":
            continue
        for part in re.split(r"[。；]", text.text):
            if len(part) < 24:
                continue
            first = seen.setdefault(part, text)
            if first.node is not text.node and first.node is not None:
                yield advised(
                    text,
                    part[:40],
                    f"这句话与“{first.node.number or ''}{first.node.title[:14]}”一项里的完全相同",
                    "留一处",
                )


@rule(
    "repeat.heading",
    title="同一标题不用两次",
    why="两个同名的标题，引用时分不清",
    example="两处“（一）加强组织领导” → 改一处",
    mend="改一处，或合并",
)
def heading(subject: Subject) -> Iterator[Finding]:
    for children in subject.children.values():
        counted = Counter(node.title for node in children if len(node.title) >= 4 and node.number)
        for words, count in counted.items():
            if count > 1:
                node = [each for each in children if each.title == words][1]
                yield fault(
                    Location(subject.path, node=node.id),
                    words[:40],
                    f"标题“{words}”在同一级用了 {count} 次",
                    "改一处，或合并",
                )
    for node in subject.body:
        for child in subject.children.get(node.id, ()):
            above, below = (re.sub(_LEADING, "", each.title) for each in (node, child))
            if len(node.title) >= 6 and node.title == child.title:
                weigh = fault
            elif len(above) >= 8 and below.endswith(_KINDS) and _within(above, below):
                weigh = advised
            else:
                continue
            where = Location(subject.path, node=child.id)
            yield weigh(where, child.title[:40], f"与上一级标题“{node.title}”重复", "改一处，或合并")


_LEADING = r"^(?:实施|推进|加强|开展|强化|深化|加快|建设)"
_KINDS = ("工程", "行动", "计划")


def _within(short: str, long: str) -> bool:
    """Whether `long` is `short`, or has two characters more within."""
    return long == short or any(long[:place] + long[place + 2 :] == short for place in range(1, len(short)))


@rule(
    "repeat.lead",
    title="总说里的话不在分项里再说一遍",
    why="总说与分项同句开头，内容没有推进，多是拼接留下的",
    example="总说“推动数字服务与便民服务……融合”，分项又以同一句开头 → 留一处",
    mend="总说概括，分项写做法",
)
def lead(subject: Subject) -> Iterator[Finding]:
    for node in subject.body:
        children = subject.children.get(node.id, ())
        for said in subject.texts_of.get(node.id, ()) if children else ():
            for part in said.clauses() if said.kind == "text" else ():
                again = next(
                    (child for child in children if len(part) >= 16 and part[:16] in child.text), None
                )
                if again is not None:
                    where = Location(subject.path, node=again.id)
                    yield advised(where, part[:16], "总说里已经说过", "留一处，另一处写具体")


@rule(
    "name.word-order",
    title="同一名称的词序全文一种",
    why="“创新创业带头人”“创业创新带头人”混用，像是两样人",
    example="创业创新带头人、创新创业带头人混用 → 统一",
    mend="按上级文件的写法统一",
    needs=("创业创新", "技能和劳动", "教育宣传", "传播普及"),
)
def word_order(subject: Subject) -> Iterator[Finding]:
    for usual, turned in _TURNED:
        if turned not in subject.whole:
            continue
        after = set(re.findall(rf"{usual}([^\W\d]{{2}})", subject.whole))
        for text in subject.texts:
            for found in re.finditer(rf"{turned}([^\W\d]{{2}})[^\W\d]?", text.text):
                if found[1] in after:
                    said = f"别处写“{usual}{found[1]}”，这里写“{turned}{found[1]}”"
                    yield fault(text, found.group(), said, "按上级文件的写法统一")


_TURNED = (
    ("创新创业", "创业创新"),
    ("劳动和技能", "技能和劳动"),
    ("宣传教育", "教育宣传"),
    ("普及传播", "传播普及"),
)


@rule(
    "name.quoted-once",
    title="同一活动的名称，引号有就都有",
    why="一处加引号、一处不加，看不出是不是同一项活动",
    example="“赶集学”宣传月、赶集学宣传月混用 → 统一",
    mend="统一为一种",
    needs=("”行动", "”计划", "”工程", "”活动", "”宣传", "”竞赛", "”项目"),
)
def quoted_once(subject: Subject) -> Iterator[Finding]:
    told: set[str] = set()
    for found in re.finditer(r"“([^“”]{3,12})”(行动|计划|工程|活动|宣传月|宣传周|竞赛|项目)", subject.whole):
        bare = found[1] + found[2]
        where = next((text for text in subject.texts if bare in text.text), None)
        if where is not None and bare not in told:
            told.add(bare)
            yield advised(where, bare, f"别处写“{found.group()}”，这里没有引号", "统一为一种")


@rule(
    "name.two-quotes",
    title="引号里的同一句话全文一字不差",
    why="引用的重要论述、口号、品牌有两种写法，必有一处不准",
    example="“科学普及与科技创新……”“科学普及和科技创新……” → 按原文统一",
    mend="核对原文后统一",
)
def two_quotes(subject: Subject) -> Iterator[Finding]:
    held: dict[str, Text] = {}
    for text in subject.texts:
        for found in re.finditer(r"“([^“”]{6,40})”", text.text):
            held.setdefault(found[1], text)
    order = {words: place for place, words in enumerate(held)}
    told: set[str] = set()
    # Two quotations that differ by a character begin or end alike.
    alike: dict[tuple[str, str], list[str]] = {}
    for words in held:
        for key in (("begin", words[:3]), ("end", words[-3:])):
            alike.setdefault(key, []).append(words)
    for same in alike.values():
        for one, other in combinations(sorted(same, key=order.__getitem__), 2):
            if other not in told and _nearly(one, other):
                told.add(other)
                yield fault(held[other], other, f"前文是“{one}”，这里是“{other}”", "核对原文后统一")


_COUNTED = "0123456789一二三四五六七八九十百千国省市县区乡镇村"
"""Characters in which names that mean different things differ: numbers and levels."""


def _nearly(one: str, other: str) -> bool:
    """Whether two quotations differ by a character, or by one in ten."""
    if len(one) == len(other):
        unlike = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
        return 0 < len(unlike) <= max(1, len(one) // 10) and not any(
            a in _COUNTED for pair in unlike for a in pair
        )
    short, long = sorted((one, other), key=len)
    return len(long) - len(short) == 1 and len(short) >= 8 and _drop_one(short, long)


def _drop_one(short: str, long: str) -> bool:
    return any(long[:place] + long[place + 1 :] == short for place in range(len(long)))


@rule(
    "name.near-known",
    title="计划、行动、工程的名称写准",
    why="与通行名称差一两个字的，多是误写；写错了查不到依据",
    example="农民工职工技能提升计划 → 农民工职业技能提升计划",
    mend="核对后改正；确是另一名称的，可免审",
)
def near_known(subject: Subject) -> Iterator[Finding]:
    known = dict.fromkeys(subject.facts.names)
    # Only the last two characters must agree.
    ends: dict[str, tuple[str, ...]] = {}
    for name in known:
        ends[name[-2:]] = (*ends.get(name[-2:], ()), name)
    for text in subject.texts:
        if text.kind in ("units", "imprint", "head"):
            continue
        for name in _named(text.text):
            whole = text.kind == "heading" and name == text.text
            alike = ends.get(name[-2:], ())
            close = next((each for each in alike if _differs_little(name, each, 1 if whole else 2)), None)
            if close is None or name.endswith(alike):
                continue
            shown = _cut(name, close)
            if shown not in known:
                yield fault(
                    text, shown, f"“{shown}”与通行的名称“{close}”只差一两个字", f"核对后改为“{close}”"
                )


@lru_cache(maxsize=4096)
def _named(text: str) -> tuple[str, ...]:
    """Names of programmes in a text: two rules ask for them."""
    if not any(end in text for end in ("计划", "行动", "工程")):
        return ()
    return tuple(re.findall(rf"[^\W\d]{{4,24}}?{_NAME_END}", without_titles(text)))


def _cut(name: str, close: str) -> str:
    return name[-len(close) :]


def _differs_little(name: str, known: str, first: int = 2) -> bool:
    """Whether the end of `name` is `known` with one or two neighbouring characters replaced, none before `first`.

    What the name is called in the end (计划, 行动, 工程) must agree: a measure may well bear a programme's name.
    """
    if len(known) < 8 or len(name) < len(known):
        return False
    end = name[-len(known) :]
    places = [place for place, (a, b) in enumerate(zip(end, known, strict=True)) if a != b]
    near = bool(places) and len(places) <= 2 and places[-1] - places[0] <= 1
    return near and places[0] >= first and places[-1] < len(known) - 2


@rule(
    "name.two-spellings",
    title="同一计划、行动、工程全文一个名称",
    why="一处“学生培养计划”一处“人才培养计划”，必有一处写错",
    example="数字乡村人才培养计划、数字乡村学生培养计划混用 → 统一",
    mend="核对后统一",
)
def two_spellings(subject: Subject) -> Iterator[Finding]:
    held: dict[str, Text] = {}
    titles = {node.title for node in subject.outline.nodes}
    for text in subject.texts:
        if text.kind in ("text", "heading", "annex"):
            for name in _named(text.text):
                if name not in titles:
                    held.setdefault(name, text)
    alike: dict[str, list[str]] = {}
    for name in held:
        alike.setdefault(name[-4:], []).append(name)
    told: set[str] = set()
    # A name that is known is compared with what the paper makes of it by the rule above.
    known = tuple(subject.facts.names)
    for same in alike.values():
        for one, other in combinations(same, 2):
            if one.endswith(known) or other.endswith(known):
                continue
            sizes = _unlike_in_the_middle(one, other)
            if sizes and other[-sizes:] not in told:
                told.add(other[-sizes:])
                message = f"前文是“{one[-sizes:]}”，这里是“{other[-sizes:]}”"
                yield fault(held[other], other[-sizes:], message, "核对后统一")


def _unlike_in_the_middle(one: str, other: str) -> int:
    """How many characters from their ends two names share but for one or two, with four alike before these; else 0."""
    pairs = list(zip(reversed(one), reversed(other), strict=False))
    end = next((place for place, (a, b) in enumerate(pairs) if a != b), len(pairs))
    for unlike in (1, 2):
        begin = end + unlike
        rest = pairs[begin:]
        alike = next((place for place, (a, b) in enumerate(rest) if a != b), len(rest))
        counted = any(char in _COUNTED for pair in pairs[end:begin] for char in pair)
        if end >= 4 and alike >= 4 and pairs[begin - 1][0] != pairs[begin - 1][1] and not counted:
            return begin + alike
    return 0


RULES: tuple[Rule, ...] = (
    title, clause, sentence, heading, lead, two_quotes, quoted_once, near_known, two_spellings, word_order,
)  # fmt: skip
