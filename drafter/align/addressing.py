"""Whom the parent orders: itself, the levels below, or both; and what is its own business (PRACTICE 28)."""

import re
from typing import Literal

from drafter.align.levelling import place_of
from drafter.clauses import split
from drafter.levels import LOWER
from drafter.outline import Facts, Node

Addressed = Literal["own", "subordinate", "both"]

_TOWNS = re.compile(r"各?(?:乡镇|镇街|镇（街道）|乡镇（街道）|街道|苏木)")
_BELOW = re.compile(r"(?:各地|基层(?:人民)?政府|县级(?:以下)?(?:人民政府|科协|有关部门)|下级)")
_ORDERED = re.compile(
    r"(?:要|应|须|负责|可|将|建立|制定|组织|开展|配备|至少|每|不少于|不低于|人民政府|全部|均|按期)"
)
_EACH = re.compile(r"每(?:个|一)?(?:县|乡|镇|街)")
_URGED = re.compile(r"(?:推动|支持|指导|督促|鼓励|引导)[^，。；]{0,16}(?:县市|县区|各县|乡镇|街道)")
_INSPECTS = re.compile(r"对[^，。；]{0,24}(?:督查|督导|检查|评估|考核|通报|表彰|表扬|奖励)")


def addressed(node: Node, parent: Facts) -> Addressed:
    """Whether an item of `parent` orders its own departments, the level below, or both."""
    ordered = others = 0
    for clause in split(f"{node.title}。{node.text}" if node.text else node.title):
        if _orders_below(clause, parent) and not _INSPECTS.search(clause):
            ordered += 1
        else:
            others += 1
    if not ordered:
        return "own"
    return "both" if others > 1 else "subordinate"


def _orders_below(clause: str, parent: Facts) -> bool:
    """Whether a clause opens with a lower level and what it is to do, says 每个县, or urges a lower level on."""
    patterns = (_TOWNS, _BELOW) if parent.level in ("county", "zone") else (LOWER, _TOWNS, _BELOW)
    for found in (pattern.search(clause) for pattern in patterns):
        if not found:
            continue
        before, after = clause[: found.start()], clause[found.end() : found.end() + 14]
        opens = found.start() <= 6 and "对" not in before and _ORDERED.search(after)
        if opens or _EACH.search(before + found.group()[:2]) or _URGED.match(clause):
            return True
    return False


def own_business(node: Node, parent: Facts) -> str:
    """Why an item may be the parent's own business; empty where nothing says so. A proposal, for a person to confirm."""
    text = f"{node.title}。{node.text}"
    word = place_of(parent).word
    if word and parent.level in ("province", "prefecture"):
        named = re.search(rf"{word}(?:级)?(?:科技馆|博物馆|图书馆|科学中心|级?财政|级奖|本级)", text)
        if named:
            return f"写的是上级本级的事（{named.group()}），可定为“不适用”"
        inspects = _INSPECTS.search(text)
        if inspects and LOWER.search(inspects.group()):
            return "写的是上级对下级的检查、考核或表彰，可定为“不适用”"
    return ""
