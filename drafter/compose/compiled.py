"""Template files and catalog texts as compiled code, checked for all that can be told without rendering them."""

from collections.abc import Iterator, MutableMapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import Environment, FileSystemLoader, Template, TemplateNotFound, TemplateSyntaxError, nodes
from msgspec import Struct

from drafter.compose.marks import add_marks
from drafter.compose.sandbox import Sandbox, count_rounds
from drafter.errors import Finding, Location, TemplateError, error
from drafter.nearest import nearest
from drafter.yaml_tree import decode

ENDING = ".j2"
_IMPLIED = {"loop", "self", "super", "caller", "range", "namespace"}
"""Names that Jinja itself provides."""
_ASKING = {"defined", "undefined", "default", "d"}
_REFUSED = {"varargs", "kwargs"}
_Lines = tuple[tuple[str, int], ...]


class Compiled(Struct, frozen=True):
    """A template as code, and what it expects of those around it, each name with its line.

    `names`: what it uses and does not set itself. `sets`: what it sets. `extends`: the template that it fills in.
    `blocks`: those it has. `leads`: the templates it names. `findings`: what is wrong with it wherever it is used.
    """

    code: CodeType
    names: _Lines
    sets: frozenset[str]
    extends: str | None
    blocks: _Lines
    leads: _Lines
    findings: tuple[Finding, ...]


@lru_cache(maxsize=1024)
def compiled(source: str, name: str | None, filename: str, marked: bool = False) -> Compiled:
    """The code of a text or template; raises Jinja's TemplateSyntaxError where there is none.

    Kept while the process runs: an office builds one paper many times over, and reading templates takes a third of it.
    `marked`: with the marks that tell where each printed line comes from, see `marks`.
    """
    sandbox = _sandbox()
    try:
        tree = sandbox.parse(source, name, filename)
        every = tuple(tree.find_all(nodes.Node))
        findings = tuple(_faults(every, sandbox, filename))
        names, sets = _expected(every)
        blocks = tuple((node.name, node.lineno) for node in every if isinstance(node, nodes.Block))
        extends = next((node for node in every if isinstance(node, nodes.Extends)), None)
        leads = tuple(_leads(every))
        # What is refused is never run, so there is no need for code that would do it.
        if marked:
            add_marks(tree, filename)
        count_rounds(tree, every)
        code = sandbox.compile(nodes.Template([], lineno=1) if findings else tree, name, filename)
    except (SyntaxError, RecursionError, MemoryError) as bad:
        # Python's own compiler has bounds that Jinja's does not know, such as twenty loops in each other.
        raise TemplateSyntaxError(f"嵌套太深（{type(bad).__name__}）", 1, name, filename) from None
    parent = extends.template.value if extends and isinstance(extends.template, nodes.Const) else None
    return Compiled(code, names, sets, parent, blocks, leads, findings)


@cache
def _sandbox() -> Sandbox:
    """What compiles; it renders nothing, so that one serves every template."""
    return Sandbox()


def _expected(every: Sequence[nodes.Node]) -> tuple[_Lines, frozenset[str]]:
    """The names that a template uses and does not set itself, each with its line; and those that it sets.

    What a template sets itself counts as known throughout; StrictUndefined finds what that lets pass.
    """
    used: list[tuple[str, int]] = []
    own = set(_IMPLIED)
    # A template may ask whether a name is there at all.
    asked = {
        id(node.node)
        for node in every
        if isinstance(node, nodes.Test | nodes.Filter) and node.name in _ASKING
    }
    for node in every:
        if isinstance(node, nodes.Import):
            own.add(node.target)
        elif isinstance(node, nodes.FromImport):
            own.update(name if isinstance(name, str) else name[1] for name in node.names)
        elif isinstance(node, nodes.Macro):
            own.add(node.name)
        elif isinstance(node, nodes.Name):
            if node.ctx == "load" and id(node) not in asked:
                used.append((node.name, node.lineno))
            elif node.ctx != "load":
                own.add(node.name)
    return tuple((name, line) for name, line in used if name not in own | _REFUSED), frozenset(own - _IMPLIED)


def _faults(every: Sequence[nodes.Node], sandbox: Sandbox, path: str) -> Iterator[Finding]:
    """What a template uses that there is not: filters, tests, and constructs that papers have no use for."""
    for node in every:
        at = Location(path, getattr(node, "lineno", None))
        if isinstance(node, nodes.Filter) and node.name not in sandbox.filters:
            yield error(
                "template.filter", f"没有过滤器“{node.name}”", nearest(node.name[:60], sandbox.filters), at
            )
        elif isinstance(node, nodes.Test) and node.name not in sandbox.tests:
            yield error(
                "template.filter", f"没有测试“is {node.name}”", nearest(node.name[:60], sandbox.tests), at
            )
        elif isinstance(node, nodes.Name) and node.name in _REFUSED:
            yield error("template.unsafe", f"模板里不能用“{node.name}”", "在宏的括号里逐个写出参数", at)
        elif isinstance(node, nodes.ScopedEvalContextModifier):
            yield error(
                "template.unsafe", "模板里不能用 {% autoescape %}", "删去它；填写的内容原样印出，不必转义", at
            )


def _leads(every: Sequence[nodes.Node]) -> Iterator[tuple[str, int]]:
    """The templates that another leads to by name, each with its line."""
    for node in every:
        if not isinstance(node, nodes.Include | nodes.Import | nodes.FromImport | nodes.Extends):
            continue
        named = node.template
        for each in named.items if isinstance(named, nodes.List | nodes.Tuple) else [named]:
            if isinstance(each, nodes.Const) and isinstance(each.value, str):
                yield each.value, node.lineno


class Folders(FileSystemLoader):
    """Templates of the pack's folders, the first folder that has one wins.

    `PACK/name` asks for the folders of the pack of that id alone, so that a template can fill in the one it stands for.
    Nothing outside the folders is read, whatever a name or a link says.
    """

    def __init__(self, folders: Sequence[tuple[str, Path]], marked: bool = False) -> None:
        super().__init__([str(folder) for _, folder in folders])
        self.folders, self.marked = folders, marked

    def load(
        self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        source, filename, uptodate = self.get_source(environment, name)
        assert isinstance(environment, Sandbox)
        environment.read(source)
        made = compiled(source, name, filename, self.marked)
        if made.findings:
            raise TemplateError(made.findings)
        return environment.template_class.from_code(environment, made.code, globals or {}, uptodate)

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Any]:
        path = self.path(template)
        if path is None:
            raise TemplateNotFound(template)
        return decode(path.read_bytes(), str(path)).replace("\r\n", "\n"), str(path), lambda: True

    def path(self, name: str) -> Path | None:
        """The file of a template; None where there is none inside the folders."""
        pack, _, rest = name.partition("/")
        chosen = [(rest, folder) for owner, folder in self.folders if owner == pack and rest]
        for relative, folder in chosen + [(name, folder) for _, folder in self.folders]:
            parts = relative.split("/")
            if not relative.endswith(ENDING) or any(
                part in ("", ".", "..") or "\\" in part or ":" in part for part in parts
            ):
                continue
            path = folder.joinpath(*parts)
            try:
                if path.is_file() and path.resolve().is_relative_to(folder.resolve()):
                    return path
            except (OSError, ValueError):
                continue
        return None

    def names(self) -> list[str]:
        """Every template that can be asked for without a pack's id."""
        found = {
            path.relative_to(folder).as_posix()
            for _, folder in self.folders
            for path in folder.rglob(f"*{ENDING}")
        }
        return sorted(found)
