"""Drafting markup ⇄ Document: what templates yield, and what `build --to md` and `read --format md` print.

`parse(print_document(document)) == document` holds for every Document.
"""

import re

from drafter import yaml_tree
from drafter.document import Document
from drafter.errors import InputError, Location, error
from drafter.markup.body import Body, parse_body
from drafter.markup.escape import escape, unescape
from drafter.markup.front import assemble
from drafter.markup.printing import print_document, print_responsibility

__all__ = ["Body", "escape", "parse", "parse_body", "print_document", "print_responsibility", "unescape"]

_FENCE = re.compile(r"^---[ \t]*$", re.M)


def parse(text: str, path: str | None = None) -> Document:
    """The Document that markup describes. Raises InputError with every fault and its line."""
    front, body, first_line = _split(text.replace("\r\n", "\n").replace("\r", "\n"), path)
    tree = yaml_tree.parse(front, path, first_line=2)
    content = parse_body(body, path, first_line)
    try:
        return assemble(tree.data or {}, content)
    except (TypeError, ValueError, KeyError, AttributeError) as bad:
        hint = "对照 build --to md 的输出检查文件开头两条 --- 之间的内容"
        raise InputError(error("markup.front", f"文件开头的说明部分有误（{bad}）", hint, tree.at())) from None


def _split(text: str, path: str | None) -> tuple[str, str, int]:
    """Front matter, body, and the number of the body's first line."""
    if not text.startswith("---\n"):
        return "", text, 1
    end = _FENCE.search(text, 4)
    if not end:
        at = Location(path, 1)
        raise InputError(
            error("markup.front", "开头的 --- 没有对应的结束行 ---", "在说明部分后面补一行 ---", at)
        )
    return text[4 : end.start()], text[end.end() + 1 :], text.count("\n", 0, end.end()) + 2
