"""Who does what: responsibilities that are missing, repeated, or laid on those who cannot be told."""

import re
from collections.abc import Iterator

from drafter.check.rule import Rule, advised, certain, fault, rule
from drafter.check.subject import Subject, Text, around
from drafter.errors import Finding, Location
from drafter.outline import Node

_SAFEGUARD = re.compile(r"保障|组织|实施步骤|进度|领导|总体|要求|目标|原则|机制|条件|附则")


def _text_of(subject: Subject, node: Node) -> Text | None:
    return next((text for text in subject.texts_of.get(node.id, ()) if text.kind == "units"), None)


@rule(
    "units.repeated",
    title="同一责任栏里一个单位只列一次",
    why="重复的单位多是粘贴留下的；牵头单位不再列为配合单位",
    example="（责任单位：市民政局、市科协、市民政局） → 删去后一个",
    mend="删去重复的",
)
def repeated(subject: Subject) -> Iterator[Finding]:
    for node in subject.outline.nodes:
        seen: set[str] = set()
        for name in (*node.lead, *node.support):
            if name in seen and _twice_in_one(subject, name):
                yield certain(
                    _text_of(subject, node) or Location(subject.path, node=node.id),
                    name,
                    f"“{name}”在同一责任栏里列了两次",
                    "删去重复的一处",
                )
            seen.add(name)


def _twice_in_one(subject: Subject, name: str) -> bool:
    """Whether one pair of brackets names a unit twice: an item may have several, each with its own units."""
    if not subject.raw:
        return True
    joined = "".join(subject.bare)
    brackets = re.findall(r"[（(]((?:[^（()）]|[（(][^（()）]{0,20}[）)]){4,900})[）)]", joined)
    lines = [line for line in subject.bare if re.match(r"责任单位|责任分工|牵头", line)]
    exact = re.compile(rf"(?<![一-龥]){re.escape(name)}(?![一-龥])|{re.escape(name)}(?=牵头|配合|参加|等)")
    return any(len(exact.findall(part)) > 1 for part in (*brackets, *lines))


@rule(
    "units.missing",
    title="别的任务都有责任单位，这一项没有",
    why="没有责任单位的任务无人落实；保障措施可以不列",
    example="六项任务五项有责任单位，一项没有 → 补上",
    mend="补上责任单位",
)
def missing(subject: Subject) -> Iterator[Finding]:
    measures = [
        node for node in subject.outline.nodes if node.kind == "measure" and not _in_safeguards(subject, node)
    ]
    without = [node for node in measures if not _has_units(subject, node)]
    if len(measures) - len(without) < 3 or len(without) * 4 > len(measures):
        return
    for node in without:
        quote = f"{node.number or ''}{node.title}"[:40]
        yield fault(
            Location(subject.path, node=node.id),
            quote,
            "这一项没有责任单位，其他任务都有",
            "补上牵头和配合单位",
        )


@rule(
    "units.none",
    title="方案写明各项任务的责任单位",
    why="全文没有责任单位，各部门无从认领；可列在每项之后，也可列任务分工表",
    example="全文只写“各责任单位” → 每项任务后加（牵头：……；配合：……）或附任务分工表",
    mend="加责任单位，或附任务分工表",
)
def none(subject: Subject) -> Iterator[Finding]:
    measures = [node for node in subject.outline.nodes if node.kind == "measure"]
    if (
        len(measures) < 5
        or any(node.lead or node.support for node in subject.outline.nodes)
        or any("分工" in annex.title for annex in subject.document.annexes)
    ):
        return
    # A form without units is chosen in the profile: then it is meant.
    weigh = advised if subject.own else fault
    yield weigh(
        Location(subject.path, node=measures[0].id),
        "",
        "全文没有写各项任务的责任单位",
        "每项任务后写明牵头、配合单位，或附任务分工表",
    )


def _has_units(subject: Subject, node: Node) -> bool:
    here = node.id
    while here:
        owner = subject.nodes.get(here)
        if owner and (owner.lead or owner.support):
            return True
        here = here.rpartition(".")[0]
    return False


def _in_safeguards(subject: Subject, node: Node) -> bool:
    top = subject.nodes[node.id.partition(".")[0]]
    return top.kind == "annex" or bool(_SAFEGUARD.search(top.title))


@rule(
    "units.missing-division",
    title="文中提到的任务分工、分工表在文中",
    why="“按照任务分工”而全文没有分工，各单位无处可查",
    example="各单位按照任务分工落实（全文未列单位） → 附任务分工表，或改写",
    mend="补任务分工，或删去这一说法",
    needs=("分工", "各责任单位"),
)
def missing_division(subject: Subject) -> Iterator[Finding]:
    if any(node.lead or node.support for node in subject.outline.nodes) or any(
        "分工" in annex.title for annex in subject.document.annexes
    ):
        return
    if not any(node.kind == "measure" for node in subject.outline.nodes):
        return
    for text in subject.prose:
        for found in re.finditer(
            r"各责任单位|按照?(?:任务|责任|职责|方案)?分工(?!协作|负责)|任务分工表|责任分工", text.text
        ):
            yield fault(
                text,
                around(text.text, found.start(), found.end(), 6),
                "全文没有列出任务分工和责任单位，这里却要按分工落实",
                "补任务分工，或改写这一句",
            )
            break


_APART = ("巡察", "监委", "纪委", "监察委", "人大", "法院", "检察院")


@rule(
    "units.party-tasks",
    title="政府文件不向巡察、监委、人大、法院、检察院部署任务",
    why="没有隶属关系，任务派不出去；应当由党委部署或商请",
    example="县委巡察办要开展专项巡察 → 提请县委巡察工作领导小组研究",
    mend="改为提请、商请，或删去",
    needs=_APART,
)
def party_tasks(subject: Subject) -> Iterator[Finding]:
    pattern = r"[省市州县区]委?(?:巡察(?:办|组|机构)|纪委监委|监委|监察委员会|人大常委会|人民法院|法院|人民检察院|检察院)[^。；，]{0,16}?(?:要|应当?|须|负责)[^。；]{0,24}(?:巡察|监督|督办|开展|落实|检查|问责)"
    for text in subject.prose:
        # They stand in every imprint, and seldom in the text.
        for found in re.finditer(pattern, text.text) if any(word in text.text for word in _APART) else ():
            yield advised(
                text, found.group()[:40], "政府文件向没有隶属关系的机关部署任务", "改为提请、商请，或删去"
            )


@rule(
    "units.burden",
    title="台账、挂钩、问责、一票否决有依据才写",
    why="为基层减负的规定：不得自行增设考核、台账、问责和资格挂钩",
    example="职称评定与是否参加志愿服务挂钩 → 删去，或引上级依据",
    mend="写明上级依据，没有依据的删去",
    needs=("挂钩", "台账", "问责", "否决", "末位", "排名通报", "专项巡察"),
)
def burden(subject: Subject) -> Iterator[Finding]:
    pattern = re.compile(
        r"一票否决|问责追究|启动问责|(?<!不)与[^，。；]{2,36}挂钩|动态台账|(?:建立|纳入)[^，。；]{0,12}台账(?:管理)?|末位淘汰|排名通报|专项巡察"
    )
    for text in subject.prose:
        for found in pattern.finditer(text.text):
            yield advised(
                text, found.group()[:40], "新设问责、挂钩、台账，须有上级依据", "写明依据；没有的删去"
            )


@rule(
    "units.fair-competition",
    title="不限定、不优先购买本地产品，不指定经营者",
    why="《公平竞争审查条例》：涉及经营者经济活动的措施，起草时须审查",
    example="优先采购本县企业产品 → 删去“本县”",
    mend="删去，或送市场监管部门作公平竞争审查",
    needs=("采购本", "购买本", "使用本", "选用本", "仅限本"),
)
def fair_competition(subject: Subject) -> Iterator[Finding]:
    pattern = re.compile(
        r"(?:优先|必须|统一)(?:采购|购买|使用|选用)本[省市州县区地][^，。；]{0,14}|仅限本[省市州县区地][^，。；]{0,12}企业"
    )
    for text in subject.prose:
        for found in pattern.finditer(text.text):
            yield advised(text, found.group()[:40], "可能排除外地经营者", "删去，或作公平竞争审查")


RULES: tuple[Rule, ...] = (repeated, missing, none, missing_division, party_tasks, burden, fair_competition)
