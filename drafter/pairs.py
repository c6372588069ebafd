"""Texts as weighted pairs of characters: what makes two texts speak of the same thing.

Chinese has no spaces; pairs of neighbouring characters within a clause stand for its words. A pair weighs the more the fewer items
hold it, so that formulas (加强, 推进, the family's own theme) weigh little and names of programmes and events much.
"""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from itertools import accumulate

from msgspec import Struct

_FULL_WIDTH = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]")
_RUN = re.compile(r"[一-龥A-Za-z0-9+]+")
FORMULAS = frozenset(
    [
        "加强",
        "推动",
        "推进",
        "开展",
        "提升",
        "提高",
        "完善",
        "建立",
        "健全",
        "积极",
        "大力",
        "深入",
        "充分",
        "进一",
        "一步",
        "不断",
        "切实",
        "有效",
        "全面",
        "实施",
        "落实",
        "促进",
        "组织",
        "鼓励",
        "支持",
        "引导",
        "强化",
        "发挥",
        "作用",
        "广泛",
        "利用",
        "通过",
        "探索",
        "构建",
        "形成",
        "增强",
        "做好",
        "坚持",
        "认真",
        "贯彻",
        "工作",
        "活动",
        "进行",
        "相关",
        "有关",
        "各类",
        "多种",
        "方式",
        "形式",
        "能力",
        "水平",
        "机制",
        "体系",
        "建设",
        "服务",
        "发展",
        "推广",
        "推行",
        "加大",
        "力度",
        "加快",
        "优化",
        "创新",
        "打造",
        "营造",
        "氛围",
        "结合",
        "依托",
        "围绕",
        "按照",
        "要求",
        "纳入",
        "逐步",
        "持续",
        "着力",
        "以及",
        "为主",
        "重点",
        "主要",
        "使其",
        "他们",
        "并且",
        "等活",
        "等方",
        "等工",
        "等形",
    ]
)
"""Verbs and adverbs of every official paper: they tell nothing of what is done."""
_FORMULA_WEIGHT = 0.35


def runs(text: str) -> list[str]:
    """The stretches of characters between punctuation, folded to one width."""
    # Few texts have such characters; to look for them takes a twentieth of the time of a translation.
    return _RUN.findall(text.translate(_FULL_WIDTH) if _WIDE.search(text) else text)


def pairs(text: str) -> list[str]:
    """The pairs of neighbouring characters of a text, none across punctuation."""
    return [run[at : at + 2] for run in runs(text) for at in range(len(run) - 1)]


class Weights(Struct, frozen=True):
    """How much each pair weighs; `unseen` for one that no item holds."""

    known: Mapping[str, float]
    unseen: float

    def sums(self, run: str) -> list[float]:
        """What a stretch of characters weighs up to each of its characters: 0 up to the first, all of it up to the last."""
        known, unseen = self.known.get, self.unseen
        return [0.0, *accumulate([known(run[at : at + 2], unseen) for at in range(len(run) - 1)])]


def weights(texts: Iterable[str], formulas: Collection[str] = FORMULAS) -> Weights:
    """The weights of pairs, by how many of `texts` hold them; `formulas` weigh about a third."""
    held: Counter[str] = Counter()
    total = 0
    for text in texts:
        total += 1
        held.update(set(pairs(text)))
    known = {
        pair: math.log((total + 1) / (count + 0.5)) * (_FORMULA_WEIGHT if pair in formulas else 1.0)
        for pair, count in held.items()
    }
    return Weights(known, math.log((total + 1) / 0.5))


class Bag(Struct, frozen=True):
    """The pairs of a text with their weights; `mass` is their sum, `norm` their length as a vector."""

    pairs: Mapping[str, float]
    mass: float
    norm: float


def bag(text: str, weight: Weights) -> Bag:
    """A text as its pairs, each once."""
    known, unseen = weight.known.get, weight.unseen
    held = {pair: known(pair, unseen) for pair in dict.fromkeys(pairs(text))}
    return Bag(held, sum(held.values()), math.sqrt(sum(value * value for value in held.values())))


def shared(one: Bag, other: Bag) -> float:
    """The weight of what both texts hold."""
    own, there = one.pairs, other.pairs
    return sum([own[pair] for pair in own if pair in there])


def contained(one: Bag, other: Bag) -> float:
    """The share of the first text that the second holds, 0 to 1."""
    return shared(one, other) / one.mass if one.mass else 0.0


def likeness(one: Bag, other: Bag) -> float:
    """The cosine of two texts, 0 to 1."""
    there = other.pairs
    product = sum([value * value for pair, value in one.pairs.items() if pair in there])
    return product / (one.norm * other.norm) if product else 0.0
