"""The title of a plan: which lines are it, where they end, and the draft mark that may follow."""

import re
import unicodedata
from collections.abc import Sequence

from drafter.divisions import chain_at

_KINDS = "方案|规划|计划|要点|意见|办法|措施|纲要|安排|细则|预案|条例|规定|清单|通知|实施|工作任务|行动"
_YEARS = r"(?:[（(〔［\[【]?[“\"]?(?:(?:19|20)\d{2}|[一二][〇○零0O一二三四五六七八九]{3}|十[一二三四五六七八])(?:[^（()）]{0,18})[）)〕］\]】]?年?)?"
_MARKS = (
    r"(?:公开)?(?:[^（()）。，]{0,6}征求[^（()）。，]{0,6}意见[^（()）。，]{0,2}稿|意见征求稿|初稿|草案|草稿|讨论稿|送审稿|代拟稿|审议稿|送审代拟稿|修订稿|修改稿|报批稿|审定稿|审核稿"
    r"|第[一二三四五六\d]稿|征求意见稿第[一二三]稿)"
)
STATUS = re.compile(rf"[（(【\[〔]{_MARKS}[）)】\]〕]")
STATUS_LINE = re.compile(rf"[（(【\[〔]?{_MARKS}[）)】\]〕]?")
_TRIAL = r"(?:[（(](?:试行|暂行|修订)[）)])?"
PLAN_END = re.compile(rf"(?:{_KINDS}){_YEARS}{_TRIAL}(?:{STATUS.pattern})?$")
ORGAN_END = re.compile(
    r"(?:人民政府|政府|办公室|办公厅|[局委厅部会署]|协会|科协|领导小组|联席会议|管委会|党组|办事处|指挥部|中心|工会|妇联|团[省市县区州]委|公司|医院|学院|大学|纲要办|协调小组)(?:[（(][^（()）]{1,20}[）)])?$"
)
_PLACE = re.compile(r"[一-龥]{2,9}?(?:自治[区州县旗]|[省市县区旗盟州镇乡])(?![市县区旗州盟省])")
_ONLY_YEARS = re.compile(
    r"[（(〔［\[][“”]?(?:(?:19|20)\d{2}|十[一二三四五六七])[^（()）]{0,18}[）)〕］\]]年?"
)
_CONTINUES = re.compile(r"^(?:实施|工作|行动|规划|计划|纲要|方案|“|（|\(|20\d\d|十[一二三四五]|和|及|与|的)")


def fold(text: str) -> str:
    """`text` for comparing: one width, no white space, no brackets or dashes."""
    return re.sub(
        r"[\s《》〈〉<>（）()\[\]〔〕“”\"'‘’—–―－\-~～,，、。]", "", unicodedata.normalize("NFKC", text)
    )


def ends_title(text: str) -> bool:
    """Whether a line could be the last of a plan's title."""
    return bool(PLAN_END.search(text)) and "。" not in text and "；" not in text


def joins_title(text: str) -> bool:
    """Whether a line could be part of a title at all."""
    return (
        bool(text)
        and len(text) <= 60
        and not re.search(r"[。；：:！？]", text)
        and not text.endswith(("，", "、", "文件"))
    )


def find_title(
    texts: Sequence[str], start: int, named: str | None, exact: bool = False
) -> tuple[int, int, str | None] | None:
    """(first line, line after the last, draft mark) of the plan's title.

    `start`: where to look from. `named`: the title as the notice calls it, which decides where there is one;
    `exact`: nothing else will do.
    """
    found = _as_named(texts, start, named) if named else None
    if found is None and not exact:
        found = _by_form(texts, start)
    # Years in brackets may stand on a line of their own.
    if found and found[1] < len(texts) and _ONLY_YEARS.fullmatch(texts[found[1]]):
        return found[0], found[1] + 1, found[2]
    return found


def _mark(text: str) -> str | None:
    found = STATUS.search(text)
    return found.group().strip("（）()【】[]〔〕") if found else None


def _as_named(texts: Sequence[str], start: int, named: str) -> tuple[int, int, str | None] | None:
    """The lines that say what the notice says; where none does to the letter, those that nearly do."""
    wanted = fold(STATUS.sub("", named))
    near: tuple[int, int, str | None] | None = None
    for first in range(start, len(texts)):
        joined = ""
        for last in range(first, min(first + 5, len(texts))):
            if not joins_title(texts[last]):
                break
            joined += texts[last]
            folded = fold(STATUS.sub("", joined))
            if folded == wanted:
                return first, last + 1, _mark(joined)
            if near is None and len(wanted) > 12 and ends_title(joined) and _nearly(folded, wanted):
                near = first, last + 1, _mark(joined)
            if len(folded) > len(wanted) + 16:
                break
    return near


def _nearly(found: str, wanted: str) -> bool:
    """One holds the other at its end, or they differ in a few characters: a year, a place, a slip."""
    if abs(len(found) - len(wanted)) > 12:
        return False
    if found.endswith(wanted) or wanted.endswith(found):
        return True
    same = sum(1 for char in set(found) if char in wanted)
    return same >= 0.9 * len(set(found) | set(wanted))


def _by_form(texts: Sequence[str], start: int) -> tuple[int, int, str | None] | None:
    """The last group of lines before the preamble that reads as a title."""
    best: tuple[int, int] | None = None
    for last in range(start, len(texts)):
        text = texts[last]
        if best is not None and "。" in text and len(text) > 40:
            break
        if (
            not joins_title(text)
            or not ends_title(STATUS.sub("", text) or text)
            or STATUS_LINE.fullmatch(text)
        ):
            continue
        first = last
        while (
            first > start
            and last - first < 4
            and _unfinished("".join(texts[first : last + 1]), texts[first - 1])
        ):
            first -= 1
        best = (first, last + 1)
    if best is None:
        return None
    return best[0], best[1], _mark("".join(texts[best[0] : best[1]]))


def _unfinished(joined: str, above: str) -> bool:
    """Whether the line above belongs to the same title as `joined`."""
    if not joins_title(above) or (
        ORGAN_END.search(above) and not above.endswith(("全会",)) and not _CONTINUES.match(joined)
    ):
        return False
    if chain_at(joined)[1] and not _CONTINUES.match(joined):
        return False
    if fold(above) and fold(above) in fold(joined):
        return False
    opens = bool(chain_at(above)[1] or _PLACE.match(above)) and not ends_title(above)
    return bool(_CONTINUES.match(joined)) or not ends_title(joined) or opens
