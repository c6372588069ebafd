"""An alignment as one HTML page that needs no network: summary, tables, both plans side by side.

Everything is rendered here and escaped; the script only shows, hides and scrolls. The page's own style and script are allowed by their
digests, so that nothing that a plan holds can run, load or restyle anything, whatever it is.
"""

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from importlib import resources

from drafter.align.report_plans import badge, children, plans
from drafter.align.shown import (
    ADDRESSED,
    CONFIDENCE,
    KIND,
    LEAD,
    STATUS,
    VERDICT,
    Row,
    Share,
    named,
    percent,
    promised,
    reading,
    rows,
    shares,
)
from drafter.align.types import Alignment, TargetPair
from drafter.outline import Facts, Outline

_EXCERPT = 90
_KEYS = (
    ("/", "到搜索框"),
    ("j　k", "下一条、上一条"),
    ("Enter", "在两文并排中打开所选条目"),
    ("Esc", "回到表格，或离开搜索框"),
    ("?", "显示本说明"),
)
_WIDE = ("上级条目", "状态", "本级承接", "没有承接的要点", "责任单位", "认定")
_SHORT = ("上级条目", "状态", "没有承接的要点", "本级承接", "认定")


def html_page(alignment: Alignment, parent: Outline, child: Outline) -> bytes:
    """The page, UTF-8. `parent`, `child`: the outlines that were aligned."""
    made = rows(alignment, parent, child)
    style, script = _asset("report.css"), _asset("report.js")
    policy = f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; base-uri 'none'; form-action 'none'"
    title = f"任务对照：{child.meta.title or '本级方案'}"
    parts = [
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>",
        '<a class="skip" href="#all">跳到全部对照</a>',
        *_head(alignment, parent.meta, child.meta),
        "<main>",
        *_warnings(alignment),
        *_overview(alignment, shares(alignment, made), child),
        *_contents(made, alignment),
        *_tools(made),
        *_tables(made, alignment),
        *_additions(alignment, child),
        *plans(alignment, made, parent, child),
        "</main>",
        _keys(),
        f"<script>{script}</script>\n</body>\n</html>\n",
    ]
    return "\n".join(parts).encode()


def _asset(name: str) -> str:
    return resources.files("drafter.align").joinpath(name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


# ------------------------------------------------------------------ head and summary


def _head(alignment: Alignment, above: Facts, below: Facts) -> Iterator[str]:
    yield '<header class="top"><p class="kicker">上下级方案任务对照</p>'
    yield f"<h1>{escape(below.title or '本级方案（没有读出标题）')}</h1>"
    number = f"（{escape(above.doc_number)}）" if above.doc_number else ""
    yield f'<p class="against">对照上级文件　《{escape(above.title or "没有读出标题")}》{number}</p>'
    yield '<dl class="facts">'
    for name, word in (("本级规划期", below), ("上级规划期", above)):
        period = f"{word.period[0]}—{word.period[1]}年" if word.period else "没有写明"
        yield f"<div><dt>{name}</dt><dd>{period}</dd></div>"
    if above.issued_date:
        yield f"<div><dt>上级成文</dt><dd>{escape(above.issued_date)}</dd></div>"
    yield f"<div><dt>对照条目</dt><dd>{len(alignment.pairs)} 条</dd></div></dl></header>"


def _warnings(alignment: Alignment) -> Iterator[str]:
    if alignment.warnings:
        yield '<section class="warnings" aria-labelledby="h-warnings"><h2 id="h-warnings">请先看这几点</h2><ul>'
        yield from (f"<li>{escape(line)}</li>" for line in alignment.warnings)
        yield "</ul></section>"


def _overview(alignment: Alignment, found: Sequence[Share], child: Outline) -> Iterator[str]:
    cover = alignment.coverage
    yield '<section id="overview" aria-labelledby="h-overview"><h2 id="h-overview">总体情况</h2><ul class="figures">'
    missing = "上级提出了数量、时限、工程名称或明确要求，本级没有写" if cover.must_missing else "没有缺漏"
    copied = "本级文字与上级相同的比例；照抄越多，本地内容越少"
    for figure, name, note in (
        (percent(cover.measures), "措施承接率", "已承接和只缺可省要点的，占应承接措施的比例"),
        (percent(cover.targets), "目标达到率", "本级目标不低于上级目标的比例"),
        (f"{cover.must_missing}", "缺漏的必须承接要点", missing),
        (percent(alignment.copied), "与上级文字重合", copied),
    ):
        yield f'<li><strong>{figure}</strong><span class="name">{name}</span><span class="note">{note}</span></li>'
    yield "</ul>"
    if found:
        yield '<h3>各部分承接情况</h3><ul class="chart">'
        yield from map(_bar, found)
        yield "</ul>"
    if alignment.copied_sections:
        yield "<details><summary>本级各部分与上级文字重合的比例，和本地具体内容（数量、名称）的处数</summary>"
        yield '<div class="wide"><table class="small"><thead><tr><th scope="col">本级部分</th><th scope="col">文字重合</th><th scope="col">本地具体内容</th></tr></thead><tbody>'
        for each in alignment.copied_sections:
            yield f'<tr><th scope="row">{escape(each.title)}</th><td>{percent(each.share)}</td><td>{each.count} 处</td></tr>'
        yield "</tbody></table></div></details>"
    yield "</section>"


_SEGMENTS = (
    ("covered", "已承接"), ("may", "只缺可省要点"), ("partial", "部分承接"), ("missing", "未承接"), ("excused", "不承接"),
    ("not-applicable", "不适用"),
)  # fmt: skip


def _bar(share: Share) -> str:
    counts = [(css, word, share.counts[css]) for css, word in _SEGMENTS if share.counts[css]]
    total = sum(count for *_, count in counts) or 1
    said = "，".join(f"{word} {count}" for _, word, count in counts) or "没有措施"
    rects, at = [], 0.0
    for css, _, count in counts:
        width = 100 * count / total
        rects.append(f'<rect class="s-{css}" x="{at:.2f}" y="0" width="{width:.2f}" height="8"/>')
        at += width
    return (
        f'<li><span class="part">{escape(share.section.title)}</span>'
        f'<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">{"".join(rects)}</svg>'
        f'<span class="share">{percent(share.section.share)}</span><span class="said">{said}</span></li>'
    )


def _contents(made: Sequence[Row], alignment: Alignment) -> Iterator[str]:
    yield '<nav aria-label="本页目次"><ul>'
    for id, word, count in (
        ("orders", "上级对下要求", sum(row.ordered for row in made)),
        ("missing", "未承接", sum(row.pair.status == "missing" for row in made)),
        ("partial", "部分承接", sum(row.pair.status == "partial" for row in made)),
        ("targets", "目标", len(alignment.targets)),
        ("all", "全部对照", len(made)),
        ("additions", "本级自有", len(alignment.additions)),
    ):
        yield f'<li><a href="#{id}">{word} <span class="n">{count}</span></a></li>'
    yield '<li><a href="#plans">两文并排</a></li></ul></nav>'


# ------------------------------------------------------------------ filters


def _tools(made: Sequence[Row]) -> Iterator[str]:
    status = Counter[str](row.pair.status for row in made)
    confidence = Counter[str](row.pair.confidence for row in made)
    units = Counter(unit for row in made for unit in row.units)
    parts = Counter(row.part for row in made)
    yield '<form class="tools" role="search" aria-label="筛选对照表" hidden>'
    yield '<p class="line"><label for="q">搜索</label><input id="q" type="search" autocomplete="off" placeholder="条目、正文、单位，可用空格隔开几个词">'
    yield '<output id="count" aria-live="polite"></output><button type="reset">全部显示</button>'
    yield '<button type="button" id="help" aria-haspopup="dialog">按键说明</button></p>'
    yield '<details class="filters"><summary>筛选</summary><div class="line">'
    yield from _boxes("status", "状态", STATUS, status)
    yield from _boxes("confidence", "把握", CONFIDENCE, confidence)
    yield '<fieldset><legend>范围</legend><label><input type="checkbox" name="orders"> 只看上级对下要求</label></fieldset>'
    yield from _choice("unit", "责任单位", units.most_common())
    yield from _choice("part", "上级部分", parts.items())
    yield "</div></details></form>"


def _boxes(name: str, legend: str, words: Mapping[str, str], counts: Mapping[str, int]) -> Iterator[str]:
    yield f"<fieldset><legend>{legend}</legend>"
    for value, word in words.items():
        if counts.get(value):
            yield f'<label><input type="checkbox" name="{name}" value="{value}" checked> {word} <span class="n">{counts[value]}</span></label>'
    yield "</fieldset>"


def _choice(name: str, label: str, counts: Iterable[tuple[str, int]]) -> Iterator[str]:
    yield f'<p class="choice"><label for="{name}">{label}</label><select id="{name}" name="{name}"><option value="">不限</option>'
    for value, count in counts:
        if value:
            yield f'<option value="{escape(value)}">{escape(value)}（{count}）</option>'
    yield "</select></p>"


# ------------------------------------------------------------------ tables


def _tables(made: Sequence[Row], alignment: Alignment) -> Iterator[str]:
    first = {"missing": 0, "partial": 1}
    ordered = sorted((row for row in made if row.ordered), key=lambda row: first.get(row.pair.status, 2))
    missing = [row for row in made if row.pair.status == "missing" and not row.ordered]
    partial = [row for row in made if row.pair.status == "partial"]
    must, may = [row for row in partial if not row.only_may], [row for row in partial if row.only_may]
    note = "上级点名要求县一级做的事。没有承接的必须补上，或写明理由。"
    yield from _section("orders", "上级对下要求", note, ordered, "上级没有对下提出要求。")
    yield from _section(
        "missing",
        "未承接",
        "上级有、本级没有的其他条目。对下要求中没有承接的见上表。",
        missing,
        "没有未承接的条目。",
    )
    yield from _section(
        "partial", "部分承接", "写了，但漏了必须承接的要点。", must, "没有漏掉必须承接的要点。"
    )
    if may:
        yield f'<details class="may"><summary>只缺可省要点的 {len(may)} 条（举例、口号，可以不补）</summary>'
        yield from _table(may, _SHORT, "只缺可省要点的条目")
        yield "</details>"
    yield "</section>"
    yield from _targets(alignment.targets)
    yield '<section id="all" aria-labelledby="h-all"><h2 id="h-all">全部对照</h2>'
    yield from _table(made, _WIDE, "全部对照", main=True)
    yield "</section>"


def _section(id: str, title: str, note: str, made: Sequence[Row], none: str) -> Iterator[str]:
    """A section with a table; the one of partial rows is closed by its caller."""
    yield f'<section id="{id}" aria-labelledby="h-{id}"><h2 id="h-{id}">{title}</h2><p class="note">{note}</p>'
    if made:
        yield from _table(made, _SHORT, title)
    else:
        yield f'<p class="none">{none}</p>'
    if id != "partial":
        yield "</section>"


def _table(made: Sequence[Row], heads: Sequence[str], caption: str, main: bool = False) -> Iterator[str]:
    css = "rows main" if main else "rows"
    yield f'<div class="wide"><table class="{css}" role="table"><caption class="hide">{caption}</caption><thead role="rowgroup"><tr role="row">'
    yield "".join(f'<th scope="col" role="columnheader">{head}</th>' for head in heads)
    yield '</tr></thead><tbody role="rowgroup">'
    yield from (_tr(row, heads, main) for row in made)
    yield '</tbody></table><p class="none" hidden>没有符合筛选的条目。</p></div>'


def _tr(row: Row, heads: Sequence[str], main: bool) -> str:
    pair = row.pair
    data = ""
    if main:
        units = escape("|" + "|".join(row.units) + "|")
        data = (
            f' data-status="{pair.status}" data-confidence="{pair.confidence}" data-orders="{int(row.ordered)}"'
            f' data-units="{units}" data-part="{escape(row.part)}"'
        )
    cells = {
        "上级条目": _item(row, excerpt=not main),
        "状态": f'<td role="cell">{badge(row)}</td>',
        "本级承接": f'<td role="cell" data-head="本级承接">{children(row)}</td>',
        "没有承接的要点": f'<td role="cell" data-head="没有承接的要点">{_points(row)}</td>',
        "责任单位": f'<td role="cell" data-head="责任单位">{_units(row)}</td>',
        "认定": f'<td role="cell" class="why">{escape(reading(row))}</td>',
    }
    return f'<tr role="row" data-row="{row.ordinal}"{data}>{"".join(cells[head] for head in heads)}</tr>'


def _item(row: Row, excerpt: bool) -> str:
    text = row.parent.text.replace("\n", " ")
    text = text[:_EXCERPT] + ("…" if len(text) > _EXCERPT else "")
    quoted = f'<p class="excerpt">{escape(text)}</p>' if excerpt and text else ""
    tags = [] if row.pair.kind == "measure" else [KIND[row.pair.kind]]
    if row.ordered:
        tags.append(ADDRESSED[row.pair.addressed])
    shown = "".join(f'<span class="tag">{tag}</span>' for tag in tags)
    part = f'<span class="part">{escape(row.part)}</span>' if row.part else ""
    return f'<th scope="row" role="rowheader"><a class="go" href="#p-{row.pair.parent}">{escape(named(row.parent))}</a>{shown}{part}{quoted}</th>'


def _points(row: Row) -> str:
    must = "".join(f"<li>{escape(text)}</li>" for text in row.must)
    may = "".join(f"<li>{escape(text)}</li>" for text in row.may)
    made = f'<ul class="points">{must}</ul>' if must else ""
    if may:
        made += f'<details><summary>可省的 {len(row.may)} 点</summary><ul class="points">{may}</ul></details>'
    return made or '<span class="nothing">—</span>'


def _units(row: Row) -> str:
    lead = row.pair.lead
    if lead.verdict == "n/a":
        return '<span class="nothing">—</span>'
    above = "、".join(lead.parent) or "未写"
    below = "、".join(lead.child) or "未写"
    return (
        f'<span class="lead l-{lead.verdict}">{LEAD[lead.verdict]}</span>'
        f'<span class="units">上级：{escape(above)}</span><span class="units">本级：{escape(below)}</span>'
    )


def _targets(found: Sequence[TargetPair]) -> Iterator[str]:
    yield '<section id="targets" aria-labelledby="h-targets"><h2 id="h-targets">目标</h2>'
    if not found:
        yield '<p class="none">上级没有写明数量目标。</p></section>'
        return
    yield '<div class="wide"><table class="goals"><caption class="hide">目标对照</caption><thead><tr>'
    yield "".join(f'<th scope="col">{head}</th>' for head in ("指标", "上级", "本级", "结论", "说明"))
    yield "</tr></thead><tbody>"
    for each in found:
        yield (
            f'<tr><th scope="row"><a href="#p-{escape(each.parent.node)}">{escape(each.indicator)}</a></th>'
            f"<td>{escape(promised(each.parent))}</td><td>{escape(promised(each.child))}</td>"
            f'<td><span class="badge t-{each.verdict}">{VERDICT[each.verdict]}</span></td><td>{escape(each.reason)}</td></tr>'
        )
    yield "</tbody></table></div></section>"


def _additions(alignment: Alignment, child: Outline) -> Iterator[str]:
    nodes = {node.id: node for node in child.nodes}
    yield '<section id="additions" aria-labelledby="h-additions"><h2 id="h-additions">本级自有内容</h2>'
    if alignment.additions:
        yield '<p class="note">上级没有、本级增加的条目。</p><ul class="additions">'
        for id in alignment.additions:
            if id in nodes:
                yield f'<li><a href="#c-{id}">{escape(named(nodes[id]))}</a></li>'
        yield "</ul></section>"
    else:
        yield '<p class="none">本级没有上级以外的条目。</p></section>'


def _keys() -> str:
    listed = "".join(f"<div><dt><kbd>{key}</kbd></dt><dd>{what}</dd></div>" for key, what in _KEYS)
    return (
        f'<dialog id="keys" aria-labelledby="h-keys"><h2 id="h-keys">按键说明</h2><dl>{listed}</dl>'
        '<form method="dialog"><button>关闭</button></form></dialog>'
    )
