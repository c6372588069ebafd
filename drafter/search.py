"""Words → measures, ranked.

BM25 over pairs of neighbouring characters (Chinese is not segmented), each field with its own weight, and a small part by
RapidFuzz for tags and titles that are only nearly there. Everyday words come from the entries' tags.
"""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from rapidfuzz import fuzz

from drafter.catalog.listing import CAUTION
from drafter.catalog.readable import readable
from drafter.model.catalog import Catalog, Measure

FIELDS: Mapping[str, float] = {
    "title": 4.0,
    "tags": 5.0,
    "must": 1.5,
    "text": 1.0,
    "brief": 0.5,
    "group": 1.0,
}
"""How much a word counts in each field."""
_K1, _B = 1.2, 0.5
_SINGLE, _APART = 0.25, 0.3
"""A single character says little beside a pair, two that stand apart less than a pair."""
_WHOLE = "·"
"""Marks a tag of a single character (钱), which is a word and no part of one."""
_FUZZY, _ALIKE, _NEAR = 6.0, 60.0, 100.0
_SHORTENED, _GAP = 0.8, ".{0,3}"
"""A word that is another with characters left out, as 图管员 is 图书管理员, is nearly that other."""
_LEAST, _BESIDE = 2.5, 0.16
"""The least score of a hit among fifty entries, and its least share of the best one's."""
_HELD_BACK = 0.6
"""What is taken up only on special grounds stands behind what anyone may take up."""
_EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_RUN = re.compile(r"[㐀-鿿]+|[a-z0-9]+")
# What a question is made of, whatever it asks for.
_ASKING = re.compile(
    r"怎么[样办做]?|怎样|如何|什么|哪些|哪里|哪儿|哪个|哪来|有没有|是不是|能不能|可不可以|为什么|多少|请问|我们|咱们|关于"
    r"|相关的?|方面的?|举措|措施|应该|应当|需要|想要|[的了从和与把被给让]|[吗呢吧啊么]$"
)


class Hit(Struct, frozen=True):
    """A measure that was found: how well it fits, and a line of it around what was looked for."""

    measure: Measure
    title: str
    group: str
    score: float
    line: str


class _Entry(Struct, frozen=True):
    """An indexed measure: weighted frequency of its terms, and the names that are matched as a whole."""

    measure: Measure
    group: str
    terms: Mapping[str, float]
    names: tuple[str, ...]


def search(catalog: Catalog, words: str, most: int = 10) -> tuple[Hit, ...]:
    """The measures of `catalog` that `words` ask for, best first, at most `most`; () where nothing fits.

    `words`: everyday Chinese, several words apart or a whole question; a wrong, missing or swapped character is forgiven.
    """
    whole = _plain(words).split()
    asked = [run for each in whole for run in _ASKING.sub(" ", each).split()]
    if not asked:
        return ()
    entries = _index(catalog)
    rare = _rarity(entries)
    wanted = {term: weight for run in asked for term, weight in _terms(run).items()}
    scored = [(entry, _score(entry, {*asked, *whole}, wanted, rare)) for entry in entries]
    # Of few entries no word is rare, and all scores are lower.
    least = _LEAST * math.log1p(len(entries)) / math.log1p(50)
    best = sorted((each for each in scored if each[1] >= least), key=lambda each: -each[1])
    return tuple(
        Hit(
            entry.measure,
            readable(entry.measure.title, catalog, entry.measure.parameters),
            entry.group,
            round(score, 2),
            _line(readable(entry.measure.text, catalog, entry.measure.parameters), wanted, rare),
        )
        for entry, score in best[:most]
        if score >= best[0][1] * _BESIDE
    )


def as_json(hits: Iterable[Hit]) -> dict[str, Any]:
    """The JSON of `drafter catalog search` (INTERFACES)."""
    return {
        "format": "drafter.search/1",
        "results": [
            {
                "id": hit.measure.id,
                "title": hit.title,
                "group": hit.group,
                "score": hit.score,
                "sources": [{"plan": each.plan, "item": each.item} for each in hit.measure.sources],
            }
            for hit in hits
        ],
    }


def as_text(hits: Iterable[Hit]) -> str:
    """Each hit: title and id, group, a line of its text."""
    return "\n".join(
        f"{number}. {hit.title}（{hit.measure.id}）　{hit.group}"
        + (f"　［{CAUTION}］" if hit.measure.caution else "")
        + f"\n    {hit.line}"
        for number, hit in enumerate(hits, 1)
    )


# ------------------------------------------------------------------ index


def _plain(text: str) -> str:
    """Lower case, full-width letters made narrow, everything but words made spaces."""
    text = unicodedata.normalize("NFKC", _EXPRESSION.sub(" ", text)).lower()
    return " ".join(_RUN.findall(text))


def _terms(text: str) -> dict[str, float]:
    """The terms of plain text and how much each says: pairs of characters, single ones, words in Latin letters."""
    found: dict[str, float] = {}
    for run in text.split():
        if run[0].isascii():
            found[run] = 1.0
            continue
        for piece, weight in _pieces(run):
            found[piece] = max(found.get(piece, 0.0), weight)
        found |= dict.fromkeys((each + _WHOLE for each in run), 1.0)
    return found


def _pieces(run: str) -> Iterator[tuple[str, float]]:
    """What a run of Chinese is matched by, and how much each piece says.

    A pair with one character between stands for a word that is longer elsewhere: 老人 is found in 老年人.
    """
    if len(run) == 1:
        yield run, 1.0
        return
    yield from ((each, _SINGLE) for each in run)
    yield from ((run[at] + run[at + 2], _APART) for at in range(len(run) - 2))
    yield from ((run[at : at + 2], 1.0) for at in range(len(run) - 1))


def _index(catalog: Catalog) -> list[_Entry]:
    groups = {group.id: group.title for group in catalog.family.groups}
    order = {group: number for number, group in enumerate(groups)}
    rows = []
    for measure in sorted(catalog.measures.values(), key=lambda each: order[catalog.group_of[each.id]]):
        group = groups[catalog.group_of[measure.id]]
        rows.append((measure, group, _fields(measure, group)))
    usual = {name: sum(len(row[2][name]) for row in rows) / len(rows) or 1 for name in FIELDS} if rows else {}
    return [_entry(measure, group, fields, usual) for measure, group, fields in rows]


def _fields(measure: Measure, group: str) -> dict[str, str]:
    fields = {
        "title": measure.title,
        "tags": " ".join(measure.tags),
        "must": " ".join(measure.must),
        "text": measure.text,
        "brief": measure.brief,
        "group": group,
    }
    return {name: _plain(text) for name, text in fields.items()}


def _entry(measure: Measure, group: str, fields: Mapping[str, str], usual: Mapping[str, float]) -> _Entry:
    """BM25F: frequencies of all fields together, each weighted and held against the usual length of its field."""
    terms: defaultdict[str, float] = defaultdict(float)
    for name, text in fields.items():
        weight = FIELDS[name] / (1 - _B + _B * len(text) / usual[name])
        for run in text.split():
            for piece, part in [(run, 1.0)] if run[0].isascii() else _pieces(run):
                terms[piece] += weight * (1.0 if len(piece) == 1 else part)
            if name == "tags" and len(run) == 1:
                terms[run + _WHOLE] += weight
    names = (*(_plain(tag) for tag in measure.tags), fields["title"], fields["group"])
    return _Entry(measure, group, terms, tuple(name for name in names if name))


def _rarity(entries: Sequence[_Entry]) -> dict[str, float]:
    """Term → its weight by how few entries hold it."""
    held = Counter(term for entry in entries for term in entry.terms)
    return {term: math.log(1 + (len(entries) - n + 0.5) / (n + 0.5)) for term, n in held.items()}


# ------------------------------------------------------------------ score


def _score(
    entry: _Entry, asked: Collection[str], wanted: Mapping[str, float], rare: Mapping[str, float]
) -> float:
    score = 0.0
    for term, weight in wanted.items():
        if term in entry.terms:
            frequency = entry.terms[term]
            score += weight * rare[term] * frequency * (_K1 + 1) / (frequency + _K1)
    score += max((_alike(run, entry.names) for run in asked), default=0.0)
    return score * _HELD_BACK if entry.measure.caution else score


def _alike(run: str, names: Iterable[str]) -> float:
    """How nearly the best of an entry's names stands in a word of the question, from 0; a long one counts more."""
    best = 0.0
    shortened = re.compile(_GAP.join(run)) if 2 <= len(run) <= 6 else None
    for name in names:
        # A name of two characters is found whole or not at all; a longer one with a fault.
        short = min(len(run), len(name))
        likeness = 0.0
        if short >= 3:
            likeness = (fuzz.partial_ratio(run, name, score_cutoff=_ALIKE) - _ALIKE) / (_NEAR - _ALIKE)
        if likeness < _SHORTENED and shortened and shortened.search(name):
            likeness = _SHORTENED
        best = max(best, likeness * min(1.5, short / 4))
    return _FUZZY * best


# ------------------------------------------------------------------ the line


def _line(text: str, wanted: Mapping[str, float], rare: Mapping[str, float], width: int = 36) -> str:
    """The piece of a text that holds most of what was asked for; its beginning where it holds none."""
    weights = [
        sum(wanted[term] * rare.get(term, 0.0) for term in {text[at], text[at : at + 2]} & wanted.keys())
        for at in range(len(text))
    ]
    starts = [0, *(found.end() for found in re.finditer("[，。；]", text[:-1]))]
    start = max(starts, key=lambda at: (sum(weights[at : at + width]), -at))
    return ("…" if start else "") + text[start : start + width] + ("…" if start + width < len(text) else "")
