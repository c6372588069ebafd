"""The kind of each node: part, section, measure, task, paragraph or annex (INTERFACES, `drafter read`)."""

import re
from collections.abc import Sequence

from drafter.outline.nodes import Draft

# Titles of what tells and does not order: aims, principles, background, schedules.
_ACTS = re.compile(
    r"任务|措施|行动|工程|工作内容|举措|项目|机制|保障|建设|推进|加强|完善|提升|实施(?!步骤|阶段|进度|时间|范围|目标|原则)"
)
_TELLS = re.compile(
    r"总体要求|总体思路|基本思路|工作思路|指导思想|原则|目标|背景|意义|必要性|现状|形势|发展环境|工作基础|发展基础|主要成效|存在(?:的)?问题|编制依据|制定依据|适用范围|实施范围|基本情况|名词解释|附则"
)
_TIMES = re.compile(
    r"(?:进度|时间|阶段|步骤|日程)(?:安排|划分|步骤|计划|要求|节点|进度)?$|(?:实施|工作|方法|推进|活动|具体)(?:步骤|阶段|进度)|时间(?:安排|步骤|节点|进度)|进度安排|分步实施"
)
# What a heading of level 2 ends with when it tells, whatever else it holds: 建设目标, 实施原则.
_TELLS_AT_END = re.compile(
    r"(?:指导思想|原则|目标|总体要求|思路|意义|背景|现状|形势|(?:工作|发展|现有)基础)$"
)
_TASK = re.compile(r"^(?:(?:主要|工作|目标|总体|具体|重点)?任务|任务目标|目标任务|工作目标|目标)$")


def set_kinds(nodes: Sequence[Draft]) -> None:
    """Set `kind` on every node but annexes."""
    for node in nodes:
        if node.kind != "annex":
            node.kind = _kind(node)


def _kind(node: Draft) -> str:
    if node.id == "0" or node.principle or node.annex:
        return "section" if node.annex and node.children else "paragraph"
    if node.above is None and node.level == 1:
        return "part"
    if any(tells(above.title, above.level) for above in node.chain() if above is not node):
        return "section" if node.level <= 2 or node.children else "paragraph"
    if tells(node.title, node.level) and node.level <= 2:
        return "section"
    if node.level >= 3 and not node.children and _TASK.match(node.title) and _has_measures_beside(node):
        return "task"
    return "section" if node.children else "measure"


def tells(title: str, level: int) -> bool:
    """Whether a heading opens narrative: what stands under it orders nothing."""
    if _TIMES.search(title):
        return True
    if level > 2 or not _TELLS.search(title):
        return False
    if level == 2 and _TELLS_AT_END.search(title):
        return True
    # 目标任务 and the like: what is ordered decides.
    return (level == 1 and not re.search(r"任务|措施|行动|工程", title)) or (
        level == 2 and not _ACTS.search(title)
    )


def _has_measures_beside(node: Draft) -> bool:
    """任务 is the aim only where something beside it says what is done."""
    siblings = node.above.children if node.above else []
    return any(
        other is not node and (other.children or re.search("措施|举措", other.title)) for other in siblings
    )
