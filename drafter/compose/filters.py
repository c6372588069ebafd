"""The filters and tests of templates: what Jinja has and a paper needs, and what drafters write by hand otherwise.

Every one of them stands in docs/templates.md with an example; what is not in `FILTERS` or `TESTS` is refused.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from jinja2 import TemplateRuntimeError
from jinja2.filters import FILTERS as JINJA_FILTERS
from jinja2.tests import TESTS as JINJA_TESTS

from drafter.compose.limits import refuse_longer
from drafter.document import chinese_numeral
from drafter.model.catalog import as_number
from drafter.model.values import PeriodEntry
from drafter.model.words import Tier
from drafter.places import placeholder

_OPEN = placeholder("").rstrip("〕")
_LEVEL_WORDS = {
    "state": "国家",
    "province": "省",
    "prefecture": "市",
    "county": "县",
    "township": "乡镇",
    "zone": "区",
}


def citations(cited: Iterable[str]) -> str:
    """Papers in a row: no 、 between 》 and 《 (GB/T 15834), 和 before the last."""
    *first, last = cited
    text = ""
    for paper in first:
        text += ("、" if text and not (text.endswith("》") and paper.startswith("《")) else "") + paper
    return f"{text}和{last}" if text else last


def listed(names: Iterable[Any], most: int = 0, rest: str = "等") -> str:
    """Names in a row with 、; where there are more than `most`, the first of them and `rest`."""
    texts = [_text(each) for each in names]
    if 0 < most < len(texts):
        return "、".join(texts[:most]) + _text(rest)
    return "、".join(texts)


def chinese_date(day: date | str) -> str:
    """A date as an official paper writes it: 2026年12月8日, no leading zero (GB/T 9704 7.3.5.4)."""
    if isinstance(day, date):
        return f"{day.year}年{day.month}月{day.day}日"
    if day.startswith(_OPEN):
        return day
    try:
        return chinese_date(date.fromisoformat(day))
    except ValueError:
        raise TemplateRuntimeError(f"“{day[:20]}”不是日期；写作 2026-12-08") from None


def numeral(value: Any) -> str:
    """A whole number from 0 to 99999 in Chinese: 12 → 十二."""
    number = _number(value)
    if number != int(number) or not 0 <= number <= 99_999:
        raise TemplateRuntimeError(f"“{number}”不能写成汉字数：应是 0 至 99999 的整数")
    return chinese_numeral(int(number)) if number else "零"


def amount(value: Any) -> str:
    """A large number with 万 or 亿: 12000 → 1.2万."""
    number = _number(value)
    for size, word in ((100_000_000, "亿"), (10_000, "万")):
        if abs(number) >= size:
            return f"{(number / size).normalize():f}{word}"
    return f"{number:f}"


def rounded(value: Any, digits: int = 0) -> str:
    """A number to so many digits behind the point, halves up: 12.345 → 12.35."""
    if not 0 <= digits <= 6:
        raise TemplateRuntimeError("小数位数应在 0 至 6 之间")
    return str(_number(value).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


def period_name(year: Any) -> str:
    """The five-year plan that a year falls into: 2026 → 十五五."""
    start = (int(_number(year)) - 2026) // 5 * 5 + 2026
    try:
        return PeriodEntry(start=start, end=start + 4).name
    except ValueError:
        raise TemplateRuntimeError(f"“{year}”不是年份") from None


def level_word(level: str) -> str:
    """The word for a level: prefecture → 市."""
    if level not in _LEVEL_WORDS:
        raise TemplateRuntimeError(f"没有层级“{str(level)[:20]}”；可用：{'、'.join(_LEVEL_WORDS)}")
    return _LEVEL_WORDS[Tier(level).value]


def joined(names: Iterable[Any], between: str = "") -> str:
    """Texts in a row with another between them."""
    texts = [_text(each) for each in names]
    refuse_longer(sum(map(len, texts)) + len(texts) * len(between))
    return between.join(texts)


def replaced(text: Any, old: str, new: str) -> str:
    """A text with one piece put for another."""
    if not old:
        raise TemplateRuntimeError("replace 的第一项不能为空")
    text = _text(text)
    refuse_longer(text.count(old) * len(new))
    return str(text.replace(old, new))


def total(values: Iterable[Any], attribute: str = "") -> Decimal | int:
    """The sum of numbers, or of one entry of each record."""
    numbers = [
        _number(
            each if not attribute else each[attribute] if isinstance(each, Mapping) else vars(each)[attribute]
        )
        for each in values
    ]
    made = sum(numbers, Decimal(0))
    return int(made) if made == made.to_integral_value() else made


def answered(value: Any) -> bool:
    """Whether a value was given: neither empty nor 〔待填：…〕."""
    return bool(value) and not str(value).startswith(_OPEN)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return str(value)
    raise TemplateRuntimeError('这里要一列文字；先用 | map(attribute="title") 取出其中一项')


def _number(value: Any) -> Decimal:
    number = as_number(str(value)[:60]) if isinstance(value, str | int | float | Decimal) else None
    if number is None:
        raise TemplateRuntimeError(f"“{str(value)[:20]}”不是数字")
    return Decimal(number)


_OURS: Mapping[str, Callable[..., Any]] = {
    "amount": amount,
    "chinese_date": chinese_date,
    "citations": citations,
    "join": joined,
    "level_word": level_word,
    "listed": listed,
    "numeral": numeral,
    "period_name": period_name,
    "replace": replaced,
    "round": rounded,
    "sum": total,
}
_JINJAS = (
    "abs", "count", "d", "default", "first", "groupby", "int", "last", "length", "list", "map", "max", "min", "reject",
    "rejectattr", "reverse", "select", "selectattr", "sort", "trim", "unique",
)  # fmt: skip
_TESTS = (
    "!=", "<", "<=", "==", ">", ">=", "defined", "divisibleby", "eq", "equalto", "even", "ge", "greaterthan", "gt", "in",
    "le", "lessthan", "lt", "ne", "none", "number", "odd", "string", "undefined",
)  # fmt: skip
_JINJA_FILTERS: Mapping[str, Any] = JINJA_FILTERS
_JINJA_TESTS: Mapping[str, Any] = JINJA_TESTS
FILTERS: Mapping[str, Callable[..., Any]] = {**{name: _JINJA_FILTERS[name] for name in _JINJAS}, **_OURS}
_ASKED: Mapping[str, Callable[..., Any]] = {"answered": answered}
TESTS: Mapping[str, Callable[..., Any]] = {**{name: _JINJA_TESTS[name] for name in _TESTS}, **_ASKED}
