"""How papers speak of their own level and of the counties below it: names of the place, level word, 各县（市、区）.

Both who compares a parent's text with a county's (`align.levelling`) and who puts it into a county's paper (`lowering`) ask here.
"""

import re

from msgspec import Struct

from drafter import divisions

STATE = "全国"
"""The place of a paper of the state: it has no name that a county's could stand for."""
_SUFFIX = re.compile(r"(自治州|自治县|自治旗|自治区|地区|州|盟|市|县|区|旗|省)$")
_SHORT = {"自治州": "州", "自治县": "县", "自治旗": "旗", "自治区": "区"}
_LAST = re.compile(
    r"(?:[^\W\d]{2,}?(?:省|自治区|市|自治州|州|地区|盟))?([^\W\d]{2,}?(?:自治县|自治旗|县|区|市|旗|州|盟))$"
)
# 县市场监管局, 县区域 and 本地市场 speak of a market and an area.
_CITY, _DISTRICT = "市(?!场)", "区(?!域)"
_COUNTIES = rf"县[、（(]?(?:{_CITY}|{_DISTRICT})[、）)]?(?:[、（(]?{_DISTRICT}[）)]?)?|市区县|旗县(?:{_CITY})?(?:{_DISTRICT})?"
_BRACKETS = r"(?:（[^）\d]{1,6}）|\([^)\d]{1,6}\))?"
COUNTIES = re.compile(rf"(?:{_COUNTIES}){_BRACKETS}")
"""县（市、区）, 县市区, 旗县: the counties, as a prefecture speaks of them."""
LOWER = re.compile(rf"各?(?:{_COUNTIES}|市州|市（州）|地{_CITY}){_BRACKETS}")
"""The levels below, as a prefecture or a province speaks of them."""


class Locality(Struct, frozen=True):
    """How a paper speaks of its place: its names, longest first, the last of them without level word, its level word.

    Empty where unknown.
    """

    names: tuple[str, ...] = ()
    bare: str = ""
    word: str = ""


def locality(name: str) -> Locality:
    """The names and the level word of a place, of which `name` may begin with what it lies in: 澄州市青屏县."""
    if name in ("", STATE):
        return Locality()
    chain, places = divisions.chain_at(name)
    if places and chain == name:
        last = places[-1].name
    else:
        found = _LAST.match(name)
        last = found[1] if found else name
    suffix = _SUFFIX.search(last)
    if suffix is None:
        return Locality(tuple(sorted({name, last}, key=_longest)), last)
    forms = {name, last, *divisions.usual_names(last)}
    bare = divisions.without_peoples(last.removesuffix(suffix[1]))
    return Locality(tuple(sorted(forms, key=_longest)), bare, _SHORT.get(suffix[1], suffix[1]))


def _longest(name: str) -> tuple[int, str]:
    return -len(name), name
