"""Coverage as a picture: a grid of measures × source plans, as SVG alone or within a page of HTML.

Nothing is told by colour alone: every filled cell says its items, every empty one has a dash.
"""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from drafter.catalog.columns import fitted, width
from drafter.catalog.coverage import Counted, Coverage
from drafter.catalog.listing import CAUTION
from drafter.errors import OutputError, error
from drafter.model.catalog import Measure
from drafter.write.files import write_atomically
from drafter.write.trace import sign

_FONT = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',SimHei,sans-serif"
_EDGE, _NAMES, _COLUMN, _LAST = 28, 330, 104, 74
_TOP, _ROW, _BAND = 176, 24, 32
_INK, _SOFT, _LINE, _BAND_FILL = "#1f2933", "#616e7c", "#d9e0e7", "#eef2f6"
_ONE, _MORE, _NONE = "#d6e6f4", "#8fbfe0", "#ffffff"
_DONE, _LEFT = "#2f6f9f", "#e3e8ee"


def as_svg(counted: Coverage) -> str:
    """The grid as one SVG document. OutputError where the catalog has no source plans."""
    if not counted.plans:
        raise OutputError(
            error("stats.plans", "本目录没有来源方案，画不出图", "在 sources.yaml 里写上来源方案")
        )
    across = 2 * _EDGE + _NAMES + _COLUMN * len(counted.plans) + _LAST
    down = _TOP + _BAND * len(counted.groups) + _ROW * counted.measures + 56
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{across}" height="{down}" '
            f'viewBox="0 0 {across} {down}" font-family="{_FONT}" role="img" aria-labelledby="name">',
            f'<title id="name">{escape(counted.title)}：举措与来源方案</title>',
            f'<rect width="{across}" height="{down}" fill="#ffffff"/>',
            *_head(counted),
            *_body(counted, across),
            _text(
                _EDGE,
                down - 22,
                "格内是该方案中的条目编号（drafter read 给出的 id），“+1”表示另有一处。",
                12,
                _SOFT,
            ),
            "</svg>",
            "",
        ]
    )


def as_html(counted: Coverage) -> str:
    """The grid as a page of its own, with what is not yet taken in below it."""
    title = f"{escape(counted.title)}：举措与来源方案"
    open_items = "".join(
        f"<li>{escape(each.plan.place)}（{len(each.open)} 条）：{'、'.join(map(escape, each.open))}</li>"
        for each in counted.plans
        if each.open
    )
    below = (
        f"<h2>还没有收入的条目</h2><ul>{open_items}</ul>" if open_items else "<p>来源方案的举措都已收入。</p>"
    )
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{title}</title>\n'
        f"<style>body{{margin:16px;font-family:{_FONT};color:{_INK}}}svg{{max-width:100%;height:auto}}"
        f"h2{{font-size:17px}}li{{line-height:1.8}}</style>\n</head>\n<body>\n{as_svg(counted)}{below}\n</body>\n</html>\n"
    )


def write(path: Path, text: str, force: bool = False) -> None:
    """Write a picture to `path`; a file that drafter did not write is replaced only with `force`, and kept as .bak."""
    write_atomically(path, sign(text.encode(), b"<!-- ", b" -->\n"), force)


# ------------------------------------------------------------------ head


def _head(counted: Coverage) -> Iterator[str]:
    yield _text(_EDGE, 44, f"{counted.title}：举措与来源方案", 21, _INK, weight=700)
    taken = f"{counted.measures} 条举措，{len(counted.plans)} 份来源方案"
    yield _text(_EDGE, 70, taken, 13, _SOFT)
    at = _EDGE
    for fill, mark, words in (
        (_ONE, "2.1", "出自该方案一处"),
        (_MORE, "2.1 +1", "出自两处以上"),
        (_NONE, "—", "该方案没有"),
    ):
        yield _cell(at, 88, 58, 20, fill, mark)
        yield _text(at + 66, 103, words, 12, _INK)
        at += 66 + 12 * len(words) + 24
    yield _text(at, 103, f"［{CAUTION}］慎用，不会默认选用", 12, _INK)
    yield _text(_EDGE, _TOP - 12, "举措", 13, _SOFT)
    for number, each in enumerate(counted.plans):
        yield from _plan(each, _column(number))
    yield _text(_column(len(counted.plans)) + _LAST / 2, _TOP - 12, "几份有", 12, _SOFT, "middle")


def _plan(each: Counted, left: float) -> Iterator[str]:
    middle, whole = left + _COLUMN / 2, _COLUMN - 20
    name = fitted(each.plan.place, 14).strip() if width(each.plan.place) > 14 else each.plan.place
    yield f"<g><title>{escape(each.plan.title)}</title>"
    yield _text(middle, _TOP - 44, name, 13, _INK, "middle", 700)
    yield f'<rect x="{left + 10}" y="{_TOP - 36}" width="{whole}" height="6" rx="3" fill="{_LEFT}"/>'
    yield f'<rect x="{left + 10}" y="{_TOP - 36}" width="{whole * each.share:.1f}" height="6" rx="3" fill="{_DONE}"/>'
    share = (
        f"{len(each.covered)}/{len(each.plan.measures)}　{each.share:.0%}"
        if each.plan.measures
        else "未列条目"
    )
    yield _text(middle, _TOP - 12, share, 12, _INK, "middle")
    yield "</g>"


# ------------------------------------------------------------------ body


def _body(counted: Coverage, across: int) -> Iterator[str]:
    top = float(_TOP)
    for group, members in counted.groups:
        yield f'<rect x="{_EDGE - 8}" y="{top + 4}" width="{across - 2 * _EDGE + 16}" height="{_BAND - 6}" rx="4" fill="{_BAND_FILL}"/>'
        yield _text(_EDGE, top + 22, f"{group.title}（{len(members)} 条）", 14, _INK, weight=700)
        top += _BAND
        for each in members:
            yield from _row(counted, each, top)
            top += _ROW
    yield f'<line x1="{_EDGE - 8}" x2="{across - _EDGE + 8}" y1="{top + 8}" y2="{top + 8}" stroke="{_LINE}"/>'


def _row(counted: Coverage, measure: Measure, top: float) -> Iterator[str]:
    mark = f"［{CAUTION}］" if measure.caution else ""
    title = mark + counted.titles[measure.id]
    shown = fitted(title, 48).strip() if width(title) > 48 else title
    yield f"<g><title>{escape(measure.id)}　{escape(title)}</title>{_text(_EDGE, top + 16.5, shown, 13, _INK)}</g>"
    having = 0
    for number, plan in enumerate(counted.plans):
        items = counted.cells.get((measure.id, plan.plan.id), ())
        having += bool(items)
        more = f" +{len(items) - 1}" if len(items) > 1 else ""
        fill = _MORE if more else _ONE if items else _NONE
        says = f"{plan.plan.place}：{'、'.join(items) if items else '没有'}"
        cell = _cell(
            _column(number) + 4, top + 2, _COLUMN - 8, _ROW - 4, fill, items[0] + more if items else "—"
        )
        yield f"<g><title>{escape(says)}</title>{cell}</g>"
    middle = _column(len(counted.plans)) + _LAST / 2
    yield _text(middle, top + 16.5, f"{having}/{len(counted.plans)}", 12, _INK if having else _SOFT, "middle")


def _column(number: int) -> int:
    return _EDGE + _NAMES + _COLUMN * number


def _cell(left: float, top: float, across: float, down: float, fill: str, words: str) -> str:
    ink = _SOFT if fill == _NONE else _INK
    return (
        f'<rect x="{left}" y="{top}" width="{across}" height="{down}" rx="3" fill="{fill}" stroke="{_LINE}"/>'
        + _text(left + across / 2, top + down / 2 + 4.2, words, 12, ink, "middle")
    )


def _text(
    left: float, base: float, words: str, size: float, fill: str, anchor: str = "start", weight: int = 400
) -> str:
    return (
        f'<text x="{left:g}" y="{base:g}" font-size="{size:g}" fill="{fill}" text-anchor="{anchor}" '
        f'font-weight="{weight}">{escape(words)}</text>'
    )
