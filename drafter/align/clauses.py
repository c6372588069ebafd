"""What a clause of an item is: a purpose, an action, and whether it must be carried (PRACTICE 27)."""

import re
from typing import Literal

from drafter.levels import LOWER

_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:%|％|[万千百亿]?[一-龥])|20\d\d年|每(?:年|季|月|周|半年)|年底前")
_NAMED = re.compile(
    r"“[^”]{2,}”|《[^》]{2,}》|[一-龥]{2,}(?:工程|计划|行动|大赛|竞赛|宣传周|活动周|宣传月|活动月|日活动|周活动|月活动)"
)
_ORDER = re.compile(
    r"(?:各(?:地|级|县|市|区|乡|镇|街道|有关)|县级|基层)[^，。；]{0,14}(?:要|应|须|必须|负责|应当)"
)
# Clauses that say what for, not what: they begin with the effect.
_PURPOSE = re.compile(
    r"^(?:[并使让从而不断有效切实进一步全面着力持续]*)(?:增强|提高|提升|促进|满足|营造|激发|激励|帮助|形成|实现|推动形成|引领|助力|为|使|让|以.{2,20}为|坚持|围绕|按照|贯彻|立足|聚焦|充分发挥)"
)
# To carry out a paper is an action, to follow a spirit is not.
_CARRIES_OUT = re.compile(r"^(?:认真|全面|深入|切实)*贯彻.*(?:办法|条例|规定|政策|制度|标准|法规|法律)")
_ADVERBS = "进一步|大力|积极|广泛|深入|充分|不断|加快|逐步|全面|切实|着力|持续|努力|合理|有效|重点|并|要|定期|主动|认真|探索"
_VERBS = (
    "开展|建立|建设|完善|健全|推动|推进|推行|推广|加强|加大|强化|实施|落实|贯彻|举办|组织|支持|鼓励|引导|培养|培育|制定|将|把|纳入|设立|设置|打造|构建|"
    "开发|创建|发挥|利用|普及|宣传|传播|弘扬|深化|拓展|提升|提高|促进|发展|动员|参加|参与|依托|扩大|配备|保障|做好|办好|评选|表彰|壮大|形成|增加|优化|"
    "安排|列入|列为|帮助|反对|征集|奖励|给予|每"
)
_ACTION = re.compile(rf"^(?:{_ADVERBS})*(?:{_VERBS})")
Weight = Literal["must", "may"]


def is_purpose(clause: str) -> bool:
    """Whether a clause only says what an action is for."""
    told = (_NAMED.search(clause), _NUMBER.search(clause), _CARRIES_OUT.match(clause))
    return bool(_PURPOSE.match(clause)) and not any(told)


def is_action(clause: str) -> bool:
    """Whether a clause begins with what is to be done, not with whom, what or where."""
    return bool(_ACTION.match(clause))


def weigh(clause: str) -> Weight:
    """Whether a clause must be carried: a number, a deadline, a named programme or event, an order to lower levels."""
    must = (_NUMBER, _NAMED, LOWER, _ORDER)
    return "must" if any(pattern.search(clause) for pattern in must) else "may"
