"""What can go wrong, and how it is told: where, what, and what to do."""

from collections.abc import Iterable, Iterator
from enum import IntEnum, StrEnum

from msgspec import Struct, field


class Exit(IntEnum):
    """Exit codes of the command line."""

    DONE = 0
    FINDINGS = 1
    INPUT = 2
    BUG = 3
    INTERRUPTED = 130


class Severity(StrEnum):
    """How much a finding weighs: an error must be mended before issue."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"

    @property
    def shown(self) -> str:
        """The Chinese word that a drafter reads."""
        return {"error": "错误", "warning": "警告", "advice": "提示"}[self.value]


class Location(Struct, frozen=True):
    """A place in a file. `page` is known only for a PDF or after rendering."""

    path: str | None = None
    line: int | None = None
    paragraph: int | None = None
    page: int | None = None
    node: str | None = None

    def __str__(self) -> str:
        """`file:line`, or `file 第N段`, as a drafter finds it."""
        text = self.path or ""
        if self.line is not None:
            text += f":{self.line}" if text else f"第{self.line}行"
        if self.paragraph is not None:
            text += f" 第{self.paragraph}段"
        if self.node:
            text += f" {self.node}"
        return text.strip()


class Finding(Struct, frozen=True):
    """One fault, once: `count` says how often it stands, `places` holds the first three places."""

    rule: str
    severity: Severity
    message: str
    hint: str = ""
    at: Location | None = None
    quote: str = ""
    count: int = 1
    places: tuple[Location, ...] = field(default=())

    def __str__(self) -> str:
        """The finding as it is printed: place, severity, message, what to do."""
        where = f"{self.at}：" if self.at and str(self.at) else ""
        hint = f"\n    → {self.hint}" if self.hint else ""
        return f"{where}{self.severity.shown}：{self.message}{hint}"


def error(rule: str, message: str, hint: str = "", at: Location | None = None, quote: str = "") -> Finding:
    """An error-level finding."""
    return Finding(rule, Severity.ERROR, message, hint, at, quote)


class DrafterError(Exception):
    """Work stopped. Carries every problem that was found, not the first alone."""

    def __init__(self, findings: Iterable[Finding] | Finding) -> None:
        """`findings`: one or more, in the order in which they are to be read."""
        self.findings = (findings,) if isinstance(findings, Finding) else tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)


class InputError(DrafterError):
    """A catalog, profile or plan file cannot be used as it is."""


class TemplateError(DrafterError):
    """A template or a catalog text cannot be rendered; the hint holds the include trail."""


class OutputError(DrafterError):
    """The result cannot be written where it was asked for."""
