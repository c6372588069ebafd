"""Small values that file entries are made of: lines, ids, dates, document numbers, periods."""

import re
from datetime import date
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from typing_extensions import TypeAliasType

from drafter.document import one_line
from drafter.five_years import NAMES


def _chinese_date(value: object) -> object:
    found = re.fullmatch(r"(\d{4})年(\d{1,2})月(\d{1,2})日", str(value))
    text = "{}-{:0>2}-{:0>2}".format(*found.groups()) if found else str(value)
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"“{value}”不是日期；写作 2026-12-08 或 2026年12月8日") from None


_NUMBER = re.compile(
    r"(?P<code>\S+?)(?P<left>.)(?P<year>[0-9]+)(?P<right>.)(?P<di>第?)(?P<ordinal>[0-9]+)(?P<hao>号?)"
)


def _document_number(value: str) -> str:
    found = _NUMBER.fullmatch(value)
    if not found:
        raise ValueError(f"发文字号“{value}”写法不对；写作 机关代字〔2026〕8号")
    faults = []
    if found["left"] + found["right"] != "〔〕":
        faults.append("年份用六角括号〔〕")
    if not re.fullmatch(r"(19|20)\d\d", found["year"]):
        faults.append("年份写四位全称")
    if found["di"]:
        faults.append("不写“第”")
    if found["ordinal"].startswith("0"):
        faults.append("顺序号不编虚位（不写 0）")
    if not found["hao"]:
        faults.append("末尾写“号”")
    if not 2 <= len(found["code"]) <= 14 or not all("一" <= char <= "龥" for char in found["code"]):
        faults.append("机关代字是二至十四个汉字")
    if faults:
        raise ValueError(f"发文字号“{value}”不合规定：{'；'.join(faults)}（GB/T 9704 7.2.5）")
    return value


def several(value: object) -> object:
    """A single value stands for a list of one, so that no file field is a union."""
    return [] if value is None else value if isinstance(value, list | tuple) else [value]


def _identifier(pattern: str, what: str) -> AfterValidator:
    matched = re.compile(pattern).fullmatch

    def check(value: str) -> str:
        if not matched(value):
            raise ValueError(f"“{value}”不是合格的{what}")
        return value

    return AfterValidator(check)


# Named aliases: pydantic builds each of them once for a file, a plain one anew for every field that has it.
Line = TypeAliasType("Line", Annotated[str, AfterValidator(one_line)])
"""A string of one line; control characters and line breaks are made spaces."""
Text = TypeAliasType(
    "Text", Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(one_line)]
)
Slug = TypeAliasType(
    "Slug", Annotated[str, _identifier(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", "编号：小写英文词以连字符相连")]
)
Name = TypeAliasType(
    "Name", Annotated[str, _identifier(r"[a-z][a-z0-9_]*", "名称：小写英文字母开头，可含数字和下划线")]
)
FeatureId = TypeAliasType(
    "FeatureId", Annotated[str, _identifier(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*", "特征编号")]
)
Day = TypeAliasType("Day", Annotated[date, BeforeValidator(_chinese_date)])
DocumentNumber = TypeAliasType("DocumentNumber", Annotated[Line, AfterValidator(_document_number)])
_SCALAR = {"type": ["string", "number", "boolean", "null"]}
_ONE_OR_MANY = WithJsonSchema({"anyOf": [_SCALAR, {"type": "array", "items": _SCALAR}]})
Values = TypeAliasType("Values", Annotated[tuple[Line, ...], BeforeValidator(several), _ONE_OR_MANY])
"""One answer or several; a parameter's kind decides what they mean."""
Names = TypeAliasType(
    "Names", Annotated[tuple[Name, ...], BeforeValidator(several), Field(min_length=1), _ONE_OR_MANY]
)
"""One role or several."""


_SIZES = {
    "小一": 24, "二号": 22, "小二": 18, "三号": 16, "小三": 15, "四号": 14, "小四": 12, "五号": 10.5, "小五": 9,
}  # fmt: skip


def _size(value: object) -> object:
    """A size of type in points from its Chinese name or a number."""
    named = (
        str(value).replace("2号", "二号").replace("3号", "三号").replace("4号", "四号").replace("5号", "五号")
    )
    return _SIZES.get(named, value)


Size = TypeAliasType(
    "Size",
    Annotated[
        float,
        BeforeValidator(_size),
        Field(ge=9, le=26),
        WithJsonSchema({"type": ["string", "number"], "description": "如 小四 或 12"}),
    ],
)
"""A size of type in points; its Chinese name is accepted."""


class Entry(BaseModel):
    """An entry of a file: frozen, and strict about its keys."""

    # Deferred: a file's model builds its own validator once, not one for each kind of entry beside it.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


def years(value: object) -> object:
    """The keys of a PeriodEntry from 2026—2030, any other value as it is. Raises ValueError."""
    if isinstance(value, str):
        found = re.fullmatch(r"(\d{4})\s*(?:-|—|－|–|至)\s*(\d{4})年?", value.strip())
        if not found:
            raise ValueError(f"规划期“{value}”写法不对；写作 2026—2030")
        return {"start": found[1], "end": found[2]}
    return value


class PeriodEntry(Entry):
    """A planning period, both years included."""

    start: int = Field(ge=1990, le=2100, description="起始年")
    end: int = Field(ge=1990, le=2100, description="结束年")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end < self.start:
            raise ValueError(f"规划期的结束年 {self.end} 早于起始年 {self.start}")
        return self

    @property
    def text(self) -> str:
        """As printed in a title: 2026—2030年."""
        return f"{self.start}—{self.end}年"

    @property
    def name(self) -> str:
        """The five-year plan it falls into: 十五五; empty where it is none."""
        return NAMES.get(self.start, "") if self.end - self.start == 4 else ""


Period = TypeAliasType(
    "Period",
    Annotated[
        PeriodEntry,
        BeforeValidator(years),
        WithJsonSchema({"type": ["string", "object"], "description": "规划期，如 2026—2030"}),
    ],
)
