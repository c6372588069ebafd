"""The markers of 公文 (GB/T 9704 7.3.3): 一、 （一） 1. （1） and what stands for them."""

import re
from collections.abc import Iterator

from msgspec import Struct

from drafter.document import Level
from drafter.numerals import number

_NUMERAL = "一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

# After a marker these speak of an item instead of opening one: （一）至（三）, （二）项.
_REFERENCE = r"(?:至|、|项(?!目)|款(?!项)|条(?![件例款])|和(?!谐)|[—-])"

# One alternative a level; the ordinal is the only group inside each. What follows decides between a marker and a
# word: 一、二、三产业, 1.5万, （一）至（三）, （一）项 are none.
_MARKER = re.compile(
    rf"(?P<one>(?P<n1>[{_NUMERAL}]{{1,3}})[、．.](?![{_NUMERAL}]{{1,3}}[、是]))"
    rf"|(?P<two>[（(](?P<n2>[{_NUMERAL}]{{1,3}})[）)][、．.]?(?!{_REFERENCE}))"
    r"|(?P<three>(?P<n3>\d{1,2})[.．、](?!\d)|[—–―－─-]{2,}(?=[^\d—–―－─-]))"
    rf"|(?P<four>[（(](?P<n4>\d{{1,2}})[）)][、．.]?(?!{_REFERENCE})|(?P<n5>\d{{1,2}})[）)](?!\d)"
    rf"|(?P<n6>[{_CIRCLED}]))"
)
_LEVELS: dict[str, Level] = {"one": 1, "two": 2, "three": 3, "four": 4}
_BEFORE_WORD = re.compile(r"[第表图式\d.．·〔\[A-Za-z]")


class Marker(Struct, frozen=True):
    """A marker in a text. `ordinal` is None for dashes, which do not count."""

    level: Level
    ordinal: int | None
    text: str
    start: int

    @property
    def end(self) -> int:
        """Where the words after it begin."""
        return self.start + len(self.text)

    @property
    def shape(self) -> str:
        """The marker of the first entry of its kind: （三） → （一）."""
        if self.ordinal is None:
            return self.text
        if self.text in _CIRCLED:
            return "①"
        return re.sub(rf"[{_NUMERAL}]+", "一", re.sub(r"\d+", "1", self.text))


def _marker(found: re.Match[str]) -> Marker | None:
    level: Level = next(value for name, value in _LEVELS.items() if found[name])
    digits = next((found[name] for name in ("n1", "n2", "n3", "n4", "n5") if found[name]), None)
    ordinal = _CIRCLED.index(found["n6"]) + 1 if found["n6"] else number(digits) if digits else None
    if ordinal == 0:
        return None
    return Marker(level, ordinal, found.group(), found.start())


def marker_at(text: str, start: int = 0) -> Marker | None:
    """The marker that stands at `start`."""
    found = _MARKER.match(text, start)
    return _marker(found) if found else None


def markers_in(text: str) -> Iterator[Marker]:
    """Everything within `text` that has the form of a marker; what stands before and the count decide later."""
    for found in _MARKER.finditer(text):
        if found.start() and _BEFORE_WORD.match(text[found.start() - 1]):
            continue
        marker = _marker(found)
        # A dash within a sentence is punctuation.
        if marker and (
            marker.ordinal is not None or not marker.start or text[marker.start - 1] in "。！？）)"
        ):
            yield marker
