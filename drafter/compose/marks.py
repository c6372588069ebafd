"""Where each printed line comes from: marks that a template is rendered with again, once something is wrong with its markup.

A mark is text between two control characters, which no value and no template has: `>file` enters a template, `<` leaves
it, `d12` says that template text of line 12 follows, `v12` that a value printed in line 12 follows.
"""

import re
from collections.abc import Iterator

from jinja2 import nodes

from drafter.errors import Location

_MARK = re.compile("\x02([><dv])([^\x03]*)\x03")


def add_marks(tree: nodes.Template, filename: str) -> None:
    """Put marks before everything that a template prints."""
    for output in list(tree.find_all(nodes.Output)):
        marked: list[nodes.Expr] = []
        for each in output.nodes:
            kind = "d" if isinstance(each, nodes.TemplateData) else "v"
            marked += [_mark(f"{kind}{each.lineno}", each.lineno), each]
        output.nodes = marked
    for body in [tree.body, *(block.body for block in tree.find_all((nodes.Block, nodes.Macro)))]:  # type: ignore[attr-defined]
        body.insert(0, nodes.Output([_mark(f">{filename}", 1)], lineno=1))
        body.append(nodes.Output([_mark("<", 1)], lineno=1))
    _mark_includes(tree)


def _mark_includes(node: nodes.Node) -> None:
    for name in ("body", "else_"):
        body = getattr(node, name, None)
        if isinstance(body, list):
            for index in range(len(body) - 1, -1, -1):
                if isinstance(body[index], nodes.Include | nodes.Block):
                    line = body[index].lineno
                    body.insert(index, nodes.Output([_mark(f"v{line}", line)], lineno=line))
    for child in node.iter_child_nodes():
        _mark_includes(child)


def _mark(text: str, line: int) -> nodes.TemplateData:
    return nodes.TemplateData(f"\x02{text}\x03", lineno=line)


def trail(marked: str, line: int) -> tuple[Location, ...]:
    """The places that led to a line (from 1) of what a marked template printed, outermost first."""
    stack: list[tuple[str, int, bool]] = []
    here = 1
    best: tuple[Location, ...] = ()
    for kind, text in _pieces(marked):
        if kind == ">":
            stack.append((text, 1, False))
        elif kind == "<":
            stack = stack[:-1]
        elif kind and stack:
            stack[-1] = (stack[-1][0], int(text), kind == "d")
        for char in text if not kind else "":
            if here == line and char != "\n":
                return tuple(Location(path, number) for path, number, _ in stack)
            if char == "\n":
                if here == line:
                    best = tuple(Location(path, number) for path, number, _ in stack)
                here += 1
                if stack and stack[-1][2]:
                    stack[-1] = (stack[-1][0], stack[-1][1] + 1, True)
    return best or tuple(Location(path, number) for path, number, _ in stack)


def _pieces(marked: str) -> Iterator[tuple[str, str]]:
    """Marks as kind and text, and what is printed between them as "" and text."""
    at = 0
    for found in _MARK.finditer(marked):
        if found.start() > at:
            yield "", marked[at : found.start()]
        yield found[1], found[2]
        at = found.end()
    if at < len(marked):
        yield "", marked[at:]
