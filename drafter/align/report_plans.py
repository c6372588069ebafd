"""The HTML report's view of both plans side by side, and the pieces that its tables share with it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from html import escape

from drafter.align.shown import Row, named, verdict
from drafter.align.types import Alignment, Change
from drafter.outline import Node, Outline

_SIGNS = {"covered": "✓", "partial": "◐", "missing": "✗", "excused": "○", "not-applicable": "－"}


def plans(alignment: Alignment, made: Sequence[Row], parent: Outline, child: Outline) -> Iterator[str]:
    """The section with both plans, the parent's as printed; each item with its row's status, links and changes."""
    by_parent = {row.pair.parent: row for row in made}
    by_child: dict[str, list[Row]] = defaultdict(list)
    for row in made:
        for each in row.children:
            by_child[each.id].append(row)
    yield '<section id="plans" aria-labelledby="h-plans"><h2 id="h-plans">两文并排</h2>'
    yield '<p class="note">点任何一条，两边同时转到对应的文字；<ins>加下划线</ins>的是本级增加的，<del>加删除线</del>的是上级有而本级没有的。</p>'
    yield '<p class="walk" hidden><button type="button" id="previous">上一条</button><button type="button" id="next">下一条</button>'
    yield '<button type="button" id="back">回到表格</button></p><div class="two">'
    yield '<section class="column" tabindex="0" aria-labelledby="h-above"><h3 id="h-above">上级</h3>'
    for node in parent.nodes:
        yield _card("p", node, _of_parent(by_parent.get(node.id), child), by_parent.get(node.id))
    yield '</section><section class="column" tabindex="0" aria-labelledby="h-below"><h3 id="h-below">本级</h3>'
    added = set(alignment.additions)
    for node in child.nodes:
        yield _card("c", node, _of_child(by_child.get(node.id, []), node.id in added), None)
    yield "</section></div></section>"


def _card(side: str, node: Node, foot: str, row: Row | None) -> str:
    text = "".join(f"<p>{escape(line)}</p>" for line in node.text.split("\n") if line)
    units = f'<p class="resp">（{escape(node.resp_raw)}）</p>' if node.resp_raw else ""
    id = escape(f"{side}-{node.id}")
    if node.kind in ("part", "section", "annex"):
        level = 4 if node.level == 1 else 5
        body = f"<h{level}>{escape(_whole(node))}</h{level}>{text}{units}{foot}"
        return f'<div class="card head" id="{id}" tabindex="-1"{_at(row)}>{body}</div>'
    title = f'<p class="title">{escape(_whole(node))}</p>' if node.title else ""
    return f'<article class="card" id="{id}" tabindex="-1"{_at(row)}>{title}{text}{units}{foot}</article>'


def _whole(node: Node) -> str:
    return f"{node.number or ''}{node.title}"


def _at(row: Row | None) -> str:
    return f' data-row="{row.ordinal}"' if row else ""


def _of_parent(row: Row | None, child: Outline) -> str:
    """What stands under an item of the parent: its status, where it went, how the words changed."""
    if row is None:
        return ""
    titles = {node.id: named(node) for node in child.nodes}
    changes = "".join(_change(each, titles.get(each.child, each.child)) for each in row.pair.changes)
    points = (
        f'<p class="left">没有承接：{escape("；".join((*row.must, *row.may)))}</p>'
        if row.must or row.may
        else ""
    )
    return f'<div class="foot">{badge(row)}{children(row) if row.children else ""}{points}{changes}</div>'


def _change(change: Change, title: str) -> str:
    tags = {"equal": "{}", "delete": "<del>{}</del>", "insert": "<ins>{}</ins>"}
    text = "".join(tags[op.op].format(escape(op.text)) for op in change.ops)
    return (
        f'<details class="change"><summary>与本级“{escape(title)}”的文字变化</summary><p>{text}</p></details>'
    )


def _of_child(found: Sequence[Row], added: bool) -> str:
    if added:
        return '<div class="foot"><span class="badge s-own">本级自有</span></div>'
    if not found:
        return ""
    links = "".join(
        f'<li><a href="#p-{row.pair.parent}" data-row="{row.ordinal}">{escape(named(row.parent))}</a></li>'
        for row in found
    )
    return f'<div class="foot"><span class="from">承接上级</span><ul class="plain">{links}</ul></div>'


def badge(row: Row) -> str:
    """What became of a row, in words with a sign."""
    status = row.pair.status
    css = "may" if row.only_may else status
    return (
        f'<span class="badge s-{css}"><span aria-hidden="true">{_SIGNS[status]}</span> {verdict(row)}</span>'
    )


def children(row: Row) -> str:
    """Links to the child's items of a row."""
    if not row.children:
        return '<span class="nothing">无</span>'
    links = (
        f'<li><a href="#c-{child.id}" data-row="{row.ordinal}">{escape(named(child))}</a></li>'
        for child in row.children
    )
    return f'<ul class="plain">{"".join(links)}</ul>'
