"""Jinja: catalog texts and templates, checked for what they use and rendered in a sandbox; every fault with its place."""

import re
import traceback
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import (
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


class _Templates(FileSystemLoader):
    """Templates of the pack's folders; one that is not UTF-8 is refused with its line."""

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
        self.env = ImmutableSandboxedEnvironment(
            loader=self.loader,
            undefined=StrictUndefined,
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        # Of Jinja's own globals a paper needs these two.
        self.env.globals = {name: self.env.globals[name] for name in ("range", "namespace")}
        self.env.filters["citations"] = citations

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
            tree = self.env.parse(code.text)
            self._check_names(tree, set(known), code.at)
            template = self._compiled(tree, None, code.at.path)
            return template.render({name: escaped(value) for name, value in code.values.items()}).strip()
        except _FAULTS as bad:
            message, hint = f"目录文字不能套用：{_cause(bad)}", f"原文：{code.text[:60]}"
            raise TemplateError(error("template.render", message, hint, code.at)) from None

    def template(self, name: str, context: Mapping[str, Any], at: Location) -> str:
        """A template of the pack as markup; `at` is where the pack names it."""
        try:
            source, filename, _ = self.loader.get_source(self.env, name)
            tree = self.env.parse(source, name, filename)
            self._check_names(tree, {*self.common, *context}, Location(filename))
            return self._compiled(tree, name, filename).render(context)
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

    def _compiled(self, tree: nodes.Template, name: str | None, filename: str | None) -> Template:
        code = self.env.compile(tree, name, filename or "<catalog>")
        return Template.from_code(self.env, code, self.env.make_globals(dict(self.common)))

    def _check_names(self, tree: nodes.Template, known: set[str], at: Location) -> None:
        """Refuse names that nothing defines, each with its line, before anything is rendered.

        What a template sets itself counts as known throughout; StrictUndefined finds what that lets pass.
        """
        names: list[nodes.Name] = []
        own = set(_IMPLIED)
        for node in tree.find_all((nodes.Name, nodes.Import, nodes.FromImport)):
            if isinstance(node, nodes.Name):
                names.append(node)
                own.update([node.name] if node.ctx != "load" else [])
            elif isinstance(node, nodes.Import):
                own.add(node.target)
            elif isinstance(node, nodes.FromImport):
                own.update(name if isinstance(name, str) else name[1] for name in node.names)
        findings = [
            error(
                "template.undefined",
                f"“{node.name}”没有声明或定义",
                nearest(node.name, known),
                Location(at.path, at.line or node.lineno),
                node.name,
            )
            for node in names
            if node.ctx == "load" and node.name not in known | own
        ]
        if findings:
            raise TemplateError(findings)

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
