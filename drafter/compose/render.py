"""Jinja: catalog texts and templates, checked for what they use and rendered in a sandbox; every fault with its place."""

import re
import traceback
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import (
    BaseLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateNotFound,
    TemplateSyntaxError,
    nodes,
)
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.exceptions import TemplateError as JinjaError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from drafter import markup
from drafter.errors import Finding, Location, TemplateError, error
from drafter.model.plan import Code
from drafter.nearest import nearest
from drafter.yaml_tree import decode

_FAULTS = (JinjaError, TypeError, ValueError, ArithmeticError, AttributeError, LookupError, RecursionError)


_INSERTION = re.compile(r"\{\{ ?([a-z_0-9]+(?:\.[a-z]+)?) ?\}\}")
_MOST_LED = 6
"""Places of an include trail that are told; an endless include has a thousand."""
_IMPLIED = {"loop", "self", "super", "caller", "varargs", "kwargs", "range", "namespace"}
"""Names that Jinja itself provides."""


def escaped(value: Any) -> Any:
    """A value as templates may see it: strings escaped; numbers, which a text may count with, as they are."""
    if isinstance(value, str):
        return markup.escape(value)
    return markup.escape(str(value)) if isinstance(value, tuple) else value


def citations(cited: Iterable[str]) -> str:
    """Papers in a row: no 、 between 》 and 《 (GB/T 15834), 和 before the last."""
    *first, last = cited
    text = ""
    for paper in first:
        text += ("、" if text and not (text.endswith("》") and paper.startswith("《")) else "") + paper
    return f"{text}和{last}" if text else last


def _environment(loader: BaseLoader | None) -> Environment:
    """The sandbox that texts and templates are read and rendered in."""
    env = ImmutableSandboxedEnvironment(
        loader=loader,
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    # Of Jinja's own globals a paper needs these two.
    env.globals = {name: env.globals[name] for name in ("range", "namespace")}
    env.filters["citations"] = citations
    return env


_Names = tuple[tuple[str, int], ...]


@lru_cache(maxsize=512)
def _compiled(source: str, name: str | None, filename: str) -> tuple[CodeType, _Names]:
    """The code of a text or template, and the names with their lines that it expects to find.

    Kept while the process runs: an office builds one paper many times over, and reading templates takes a third of it.
    """
    env = _environment(None)
    tree = env.parse(source, name, filename)
    names = _expected(tree)
    return env.compile(tree, name, filename), names


def _expected(tree: nodes.Template) -> _Names:
    """The names that a template uses and does not set itself, each with its line.

    What a template sets itself counts as known throughout; StrictUndefined finds what that lets pass.
    """
    used: list[tuple[str, int]] = []
    own = set(_IMPLIED)
    for node in tree.find_all((nodes.Name, nodes.Import, nodes.FromImport)):
        if isinstance(node, nodes.Import):
            own.add(node.target)
        elif isinstance(node, nodes.FromImport):
            own.update(name if isinstance(name, str) else name[1] for name in node.names)
        elif isinstance(node, nodes.Name):
            if node.ctx == "load":
                used.append((node.name, node.lineno))
            else:
                own.add(node.name)
    return tuple((name, line) for name, line in used if name not in own)


class _Templates(FileSystemLoader):
    """Templates of the pack's folders; one that is not UTF-8 is refused with its line."""

    def load(
        self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        source, filename, uptodate = self.get_source(environment, name)
        code, _ = _compiled(source, name, filename)
        return environment.template_class.from_code(environment, code, globals or {}, uptodate)

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Any]:
        try:
            return super().get_source(environment, template)
        except UnicodeDecodeError:
            path = next(path for folder in self.searchpath if (path := Path(folder, template)).is_file())
            decode(path.read_bytes(), str(path))
            raise


class Renderer:
    """Renders the texts of one paper; `common` is what every text may use."""

    def __init__(self, folders: Sequence[Path], common: Mapping[str, Any]) -> None:
        self.folders, self.common = folders, common
        self.loader = _Templates([str(folder) for folder in folders])
        self.env = _environment(self.loader)

    def texts(self, codes: Iterable[Code]) -> dict[Code, str]:
        """Each catalog text as markup. Raises TemplateError with every text that is at fault."""
        rendered: dict[Code, str] = {}
        findings: list[Finding] = []
        for code in codes:
            try:
                rendered[code] = self.text(code)
            except TemplateError as bad:
                findings += bad.findings
        if findings:
            raise TemplateError(findings)
        return rendered

    def text(self, code: Code) -> str:
        """A catalog text as markup: its names checked against what is declared, then rendered with its values."""
        if code.literal:
            return markup.escape(code.text)
        if "{" not in code.text:
            return code.text
        known = {**self.common, **code.values}
        try:
            # Most texts only insert values: that needs no compiler, which takes a millisecond a text.
            if "{" not in _INSERTION.sub("", code.text) and known.keys() >= _inserted(code.text):
                return _INSERTION.sub(lambda found: _value(known, found[1]), code.text)
            template = self._template(code.text, None, code.at.path or "<catalog>", set(known), code.at)
            return template.render({name: escaped(value) for name, value in code.values.items()}).strip()
        except _FAULTS as bad:
            message, hint = f"目录文字不能套用：{_cause(bad)}", f"原文：{code.text[:60]}"
            raise TemplateError(error("template.render", message, hint, code.at)) from None

    def template(self, name: str, context: Mapping[str, Any], at: Location) -> str:
        """A template of the pack as markup; `at` is where the pack names it."""
        try:
            source, filename, _ = self.loader.get_source(self.env, name)
            known = {*self.common, *context}
            return self._template(source, name, filename, known, Location(filename)).render(context)
        except TemplateNotFound as bad:
            hint = nearest(str(bad.name), self.env.list_templates(extensions=["j2"]))
            trail = self._trail(bad)
            where = trail[-1] if trail else at
            raise TemplateError(error("template.missing", f"没有模板文件“{bad.name}”", hint, where)) from None
        except TemplateSyntaxError as bad:
            where = Location(bad.filename or name, bad.lineno)
            hint = "检查该行的 {% … %} 和 {{ … }} 是否成对"
            raise TemplateError(
                error("template.syntax", f"模板写法有误：{bad.message}", hint, where)
            ) from None
        except _FAULTS as bad:
            raise TemplateError(self._fault(bad, name)) from None

    def _template(
        self, source: str, name: str | None, filename: str, known: set[str], at: Location
    ) -> Template:
        """A text or template ready to render; names that nothing defines are refused, each with its line."""
        code, names = _compiled(source, name, filename)
        findings = [
            error(
                "template.undefined",
                f"“{name}”没有声明或定义",
                nearest(name, known),
                Location(at.path, at.line or line),
                name,
            )
            for name, line in names
            if name not in known
        ]
        if findings:
            raise TemplateError(findings)
        return Template.from_code(self.env, code, self.env.make_globals(dict(self.common)))

    def _fault(self, bad: Exception, name: str) -> Finding:
        trail = self._trail(bad)
        at = trail[-1] if trail else Location(name)
        led = " → ".join(str(place) for place in trail[:-1][:_MOST_LED])
        rule, message = "template.render", f"模板不能套用：{_cause(bad)}"
        if isinstance(bad, SecurityError):
            rule, message = "template.unsafe", f"模板越界访问，已拒绝：{_cause(bad)}"
        return error(rule, message, f"由此引入：{led}" if led else "", at)

    def _trail(self, bad: Exception) -> list[Location]:
        """The template lines that led to a fault, outermost first: Jinja puts them into the traceback."""
        roots = tuple(str(folder) for folder in self.folders)
        frames = traceback.extract_tb(bad.__traceback__)
        return [
            Location(frame.filename, frame.lineno) for frame in frames if frame.filename.startswith(roots)
        ]


def _inserted(text: str) -> set[str]:
    """The names that a text inserts."""
    return {found.partition(".")[0] for found in _INSERTION.findall(text)}


def _value(known: Mapping[str, Any], path: str) -> str:
    """An inserted value, `name` or `record.name`, as Jinja would print it."""
    name, _, attribute = path.partition(".")
    return str(getattr(known[name], attribute) if attribute else escaped(known[name]))


def _cause(bad: Exception) -> str:
    """What a fault says, in Chinese where it is a common one."""
    text = str(bad)
    if isinstance(bad, UndefinedError):
        return text.replace("is undefined", "没有定义")
    if isinstance(bad, RecursionError):
        return "模板互相引用，没有尽头"
    return f"{text}（{type(bad).__name__}）"
