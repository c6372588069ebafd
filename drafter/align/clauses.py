"""An item's clauses: what it orders, piece by piece, and how much of it must be carried (PRACTICE 27)."""

import re
from typing import Literal

from drafter.align.levelling import LOWER

_ENDS = re.compile(r"[，,；;。！？!?\n：:]+")
_HIDDEN = re.compile(r"[（(][^（()）]*[）)]|“[^”]*”|《[^》]*》")
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
Weight = Literal["must", "may"]


def split(text: str) -> list[str]:
    """The clauses of a text. Commas within brackets, quotation and book-title marks do not part."""
    hidden = _HIDDEN.sub(lambda found: "\x00" * len(found.group()), text)
    made, start = [], 0
    for end in _ENDS.finditer(hidden):
        made.append(text[start : end.start()])
        start = end.end()
    made.append(text[start:])
    return [clause.strip() for clause in made if clause.strip()]


def is_purpose(clause: str) -> bool:
    """Whether a clause only says what an action is for."""
    return bool(_PURPOSE.match(clause)) and not _NAMED.search(clause) and not _NUMBER.search(clause)


def weigh(clause: str) -> Weight:
    """Whether a clause must be carried: a number, a deadline, a named programme or event, an order to lower levels."""
    must = (_NUMBER, _NAMED, LOWER, _ORDER)
    return "must" if any(pattern.search(clause) for pattern in must) else "may"
