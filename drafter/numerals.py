"""Chinese and Western numerals, and dates, as papers print them."""

import re
from datetime import date

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": 0, "○": 0, "O": 0, "Ｏ": 0, "o": 0, "０": 0, "0": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
_DATE = re.compile(
    r"(?P<year>(?:19|20)\d{2}|[一二][〇○零0OＯo九一二三四五六七八]{3}|(?<!\w)[一二]?[一二][〇○零一二三四五六七八九])\s*年\s*"
    r"(?P<month>\d{1,2}|[正一二三四五六七八九十]{1,2})\s*月\s*(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})\s*日"
)


def chinese_number(text: str) -> int | None:
    """三十五 → 35, 一千二百 → 1200, 二〇二五 → 2025; None where it is no number."""
    if not text:
        return None
    if all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _UNITS:
            section += (digit or 1) * _UNITS[char]
            digit = 0
        elif char in _LARGE:
            total = (total + section + digit) * _LARGE[char]
            section = digit = 0
        else:
            return None
    return total + section + digit


def number(text: str) -> int | None:
    """An ordinal in either script."""
    return int(text) if text.isdecimal() else chinese_number(text)


def _year(text: str) -> int:
    """A year; where a converter lost the ○ of 二○一二, the last two characters tell."""
    if text.isdecimal():
        return int(text)
    return (
        int("".join(str(_DIGITS.get(char, 0)) for char in text))
        if len(text) == 4
        else 2000 + (chinese_number(text[-2:]) or 0)
    )


def find_date(text: str) -> tuple[date, tuple[int, int]] | None:
    """The first whole date in `text`, and where it stands."""
    for found in _DATE.finditer(text):
        month = 1 if found["month"] == "正" else number(found["month"])
        year, day = _year(found["year"]), number(found["day"])
        try:
            return date(year or 0, month or 0, day or 0), found.span()
        except ValueError:
            continue
    return None
