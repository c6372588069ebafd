"""Templates and catalog texts → markup, in a sandbox; every fault with its place, its line and the way that led there."""

import re
import traceback
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Template, TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.exceptions import TemplateError as JinjaError

from drafter import markup
from drafter.compose import marks
from drafter.compose.compiled import Folders, compiled
from drafter.compose.limits import ExhaustedError
from drafter.compose.sandbox import Sandbox, shown
from drafter.errors import Finding, InputError, Location, TemplateError, error
from drafter.model.plan import Code
from drafter.nearest import nearest

_FAULTS = (
    JinjaError, TypeError, ValueError, ArithmeticError, AttributeError, LookupError, RecursionError, MemoryError,
)  # fmt: skip
_INSERTION = re.compile(
    r"\{\{ ?(?P<name>[a-z_0-9]+)"
    r"(?:\.(?P<attribute>[a-z]+)(?: (?P<sign>[+-]) (?P<number>\d))?|\('(?P<argument>[a-z0-9_-]+)'\))? ?\}\}"
)
"""`{{ name }}`, `{{ record.name }}`, `{{ record.name + 1 }}`, `{{ function('id') }}`."""
_MOST_FAULTS = 20
"""Faults in the markup of one template that are told."""
_LONGEST_MESSAGE = 200
_MOST_LED = 6
"""Places of an include trail that are told; an endless include has a thousand."""


class FormLevelError(JinjaError):
    """A template asks for a level that the form does not have."""


def escaped(value: Any) -> Any:
    """A value as templates may see it: strings escaped; numbers, which a text may count with, as they are."""
    if isinstance(value, str):
        return markup.escape(value)
    return markup.escape(str(value)) if isinstance(value, tuple) else value


class Renderer:
    """Renders the texts of one paper; `common` is what every text may use.

    `folders`: where templates stand, the first that has one wins; each with the id of its pack.
    """

    def __init__(self, folders: Sequence[tuple[str, Path]], common: Mapping[str, Any]) -> None:
        self.folders, self.common = folders, common
        self.loader = Folders(folders)
        self.sandbox = Sandbox(self.loader)
        self.exhausted = False
        self.marked: dict[str, str] = {}

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
                return _INSERTION.sub(lambda found: _value(known, found), code.text)
            template = self._template(code.text, None, code.at.path or "<catalog>", set(known), code.at)
            return template.render({name: escaped(value) for name, value in code.values.items()}).strip()
        except _FAULTS as bad:
            self._stop_if(bad)
            message, hint = f"目录文字不能套用：{_cause(bad)}", f"原文：{code.text[:60]}"
            raise TemplateError(error("template.render", message, hint, code.at)) from None

    def template(self, name: str, context: Mapping[str, Any], at: Location) -> str:
        """A template of the pack as markup; `at` is where the pack names it."""
        try:
            source, filename, _ = self.loader.get_source(self.sandbox, name)
            self.sandbox.read(source)
            known = {*self.common, *context}
            return self._template(source, name, filename, known, Location(filename)).render(context)
        except TemplateNotFound as bad:
            hint = nearest(str(bad.name)[:60], self.loader.names())
            trail = self._trail(bad)
            where, hint = (trail[-1], self._told(hint, trail)) if trail else (at, hint)
            raise TemplateError(
                error("template.missing", f"没有模板文件“{str(bad.name)[:60]}”", hint, where)
            ) from None
        except TemplateSyntaxError as bad:
            where = Location(bad.filename or name, bad.lineno)
            hint = self._told("检查该行的 {% … %} 和 {{ … }} 是否成对", [*self._trail(bad), where])
            raise TemplateError(
                error("template.syntax", f"模板写法有误：{bad.message}", hint, where)
            ) from None
        except TemplateError as bad:
            raise TemplateError(self._led(bad)) from None
        except _FAULTS as bad:
            raise TemplateError(self._fault(bad, name, {*self.common, *context})) from None

    def body(self, name: str, context: Mapping[str, Any], at: Location) -> markup.Body:
        """A template of the pack, rendered and read; what is wrong with its markup is told at the template's own line."""
        text = self.template(name, context, at)
        try:
            return markup.parse_body(text, name)
        except InputError as bad:
            told = bad.findings[:_MOST_FAULTS]
            raise TemplateError(
                [self.placed(each, name, context, each.at.line or 1 if each.at else 1) for each in told]
            ) from None

    def placed(self, finding: Finding, name: str, context: Mapping[str, Any], line: int) -> Finding:
        """A finding about a printed line (from 1) of a template, told at the template's line that printed it."""
        trail = marks.trail(self._with_marks(name, context), line)
        message = finding.message[:_LONGEST_MESSAGE]
        if not trail:
            at = Location(f"{name}（套用后）", line)
            return Finding(finding.rule, finding.severity, message, finding.hint, at)
        hint = self._told(finding.hint, trail)
        return Finding(finding.rule, finding.severity, message, hint, trail[-1], finding.quote)

    def _with_marks(self, name: str, context: Mapping[str, Any]) -> str:
        """What a template prints, with marks; empty where the marks are what a filter stumbles over."""
        if name not in self.marked:
            loader = Folders(self.folders, marked=True)
            sandbox = Sandbox(loader)
            try:
                source, filename, _ = loader.get_source(sandbox, name)
                code = compiled(source, name, filename, marked=True).code
                template = Template.from_code(sandbox, code, sandbox.make_globals(dict(self.common)))
                self.marked[name] = template.render(context)
            except _FAULTS:
                self.marked[name] = ""
        return self.marked[name]

    def _template(
        self, source: str, name: str | None, filename: str, known: set[str], at: Location
    ) -> Template:
        """A text or template ready to render; names that nothing defines are refused, each with its line."""
        made = compiled(source, name, filename)
        findings = [self._at(each, at, "" if name else f"；原文：{source[:60]}") for each in made.findings]
        inherited = self._inherited(made.extends)
        known = known | inherited[0]
        for used, line in made.names:
            if used not in known:
                where = Location(at.path, at.line or line)
                hint = self._told(nearest(used, known), [where] if name else [])
                findings.append(error("template.undefined", f"“{used}”没有声明或定义", hint, where, used))
        for block, line in made.blocks if made.extends else ():
            if block not in inherited[1]:
                where = Location(filename, line)
                hint = self._told(nearest(block, inherited[1]), [where])
                findings.append(
                    error("template.block", f"“{made.extends}”里没有名为“{block}”的块", hint, where, block)
                )
        if findings:
            raise TemplateError(findings)
        return Template.from_code(self.sandbox, made.code, self.sandbox.make_globals(dict(self.common)))

    def _inherited(self, name: str | None) -> tuple[frozenset[str], frozenset[str]]:
        """The names that the templates set which a template fills in, and their blocks."""
        sets, blocks, seen = frozenset[str](), frozenset[str](), set[str]()
        while name is not None and name not in seen:
            seen.add(name)
            source, filename, _ = self.loader.get_source(self.sandbox, name)
            made = compiled(source, name, filename)
            sets, blocks = sets | made.sets, blocks | {block for block, _ in made.blocks}
            name = made.extends
        return sets, blocks

    # -------------------------------------------------------------- what is told

    def _at(self, finding: Finding, at: Location, source: str) -> Finding:
        """A finding of a template at its own line, that of a catalog text at the text's entry."""
        where = at if at.line or not finding.at else finding.at
        hint = self._told(finding.hint, [where]) + source
        return Finding(finding.rule, finding.severity, finding.message, hint, where)

    def _fault(self, bad: Exception, name: str, known: set[str]) -> list[Finding]:
        if self._stop_if(bad):
            return []
        trail = self._trail(bad)
        at = trail[-1] if trail else Location(name)
        rule, message, hint = "template.render", f"模板不能套用：{_cause(bad)}", ""
        if isinstance(bad, SecurityError):
            rule, message = "template.unsafe", f"模板越界访问，已拒绝：{_cause(bad)}"
        elif isinstance(bad, ExhaustedError | MemoryError | RecursionError):
            rule, hint = "template.limit", "检查该处的循环次数和重复的文字"
        elif isinstance(bad, FormLevelError):
            rule = "form.level"
        elif isinstance(bad, UndefinedError) and (found := re.match(r"“(\w+)”没有声明或定义$", str(bad))):
            rule, hint = "template.undefined", nearest(found[1], known)
        return [error(rule, message, self._told(hint, trail), at)]

    def _stop_if(self, bad: Exception) -> bool:
        """Whether the allowance of the paper ended before: then every further text fails, and only the first is told."""
        before, self.exhausted = self.exhausted, self.exhausted or self.sandbox.left < 0
        return before and isinstance(bad, ExhaustedError)

    def _led(self, bad: TemplateError) -> list[Finding]:
        """Faults of a template that others led to, with the way."""
        trail = self._trail(bad)
        return [
            Finding(
                each.rule,
                each.severity,
                each.message,
                self._told(each.hint, [*trail, each.at]),
                each.at,
                each.quote,
            )
            if trail and each.at
            else each
            for each in bad
        ]

    def _told(self, hint: str, trail: Sequence[Location]) -> str:
        """A hint, the line itself, and the include trail."""
        parts = [hint] if hint else []
        line = self._line(trail[-1]) if trail else ""
        parts += [f"该行：{line}"] if line else []
        led = " → ".join(str(place) for place in trail[:-1][:_MOST_LED])
        parts += [f"由此引入：{led}"] if led else []
        return "；".join(parts)

    def _line(self, at: Location) -> str:
        """The line of a template as it stands in its file."""
        if (
            not at.path
            or not at.line
            or not any(Path(at.path).is_relative_to(folder) for _, folder in self.folders)
        ):
            return ""
        lines = Path(at.path).read_text(encoding="utf-8", errors="replace").splitlines()
        return lines[at.line - 1].strip()[:80] if at.line <= len(lines) else ""

    def _trail(self, bad: Exception) -> list[Location]:
        """The template lines that led to a fault, outermost first: Jinja puts them into the traceback."""
        roots = tuple(str(folder) for _, folder in self.folders)
        frames = traceback.extract_tb(bad.__traceback__)
        return [
            Location(frame.filename, frame.lineno) for frame in frames if frame.filename.startswith(roots)
        ]


def _inserted(text: str) -> set[str]:
    """The names that a text inserts."""
    return {found["name"] for found in _INSERTION.finditer(text)}


def _value(known: Mapping[str, Any], found: re.Match[str]) -> str:
    """An inserted value as Jinja would print it."""
    value, attribute = known[found["name"]], found["attribute"]
    if found["argument"]:
        return str(shown(value(found["argument"])))
    if not attribute:
        return str(shown(escaped(value)))
    if not hasattr(value, attribute):
        raise UndefinedError(
            f"“{found['name']}”没有“{attribute}”这一项。{nearest(attribute, list(vars(value)))}"
        )
    inserted = getattr(value, attribute)
    if found["sign"]:
        inserted += int(found["sign"] + found["number"])
    return str(shown(inserted))


def _cause(bad: Exception) -> str:
    """What a fault says, in Chinese where it is a common one."""
    text = str(bad)[:300]
    if isinstance(bad, RecursionError):
        return "模板互相引用，没有尽头"
    if isinstance(bad, MemoryError):
        return "用量太大，已停止"
    if isinstance(bad, SecurityError) and (found := re.search(r"attribute '(\w+)' of '(\w+)'", text)):
        return f"不能取“{found[1]}”"
    if isinstance(bad, UndefinedError | JinjaError) and re.search("[一-龥]", text):
        return text
    return f"{text}（{type(bad).__name__}）"
