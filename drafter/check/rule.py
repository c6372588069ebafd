"""What a rule is: one small function with an id, and what a person is told of it."""

from collections.abc import Callable, Iterable

from msgspec import Struct

from drafter.check.subject import Material, Subject, Text
from drafter.errors import Finding, Location, Severity

Judge = Callable[[Subject], Iterable[Finding]]


class Rule(Struct, frozen=True):
    """A rule: what it looks for (`title`), why, an example, the mend; `judge` gives its findings on a paper.

    `id`: theme and name with a dot. `grouped`: all its findings become one (PRACTICE 33: width, dashes, spaces).
    `of`: what it judges; a paper that comes without it is not asked. `needs`: where none of these words is in the paper, there is nothing to judge; sparing that keeps `build` fast.
    A judge need not name its rule in what it gives: `check` does.
    """

    id: str
    title: str
    why: str
    example: str
    mend: str
    judge: Judge
    grouped: bool = False
    needs: tuple[str, ...] = ()
    of: Material = "text"

    def explained(self) -> str:
        """What `--explain` prints."""
        rows = (("查什么", self.title), ("为什么", self.why), ("例", self.example), ("怎么改", self.mend))
        return "\n".join((self.id, *(f"  {name}：{text}" for name, text in rows)))


def rule(
    id: str,
    *,
    title: str,
    why: str,
    example: str,
    mend: str,
    grouped: bool = False,
    needs: tuple[str, ...] = (),
    of: Material = "text",
) -> Callable[[Judge], Rule]:
    """Makes a rule of the function below it."""
    return lambda judge: Rule(id, title, why, example, mend, judge, grouped, needs, of)


def fault(where: Text | Location | None, quote: str, message: str, hint: str = "") -> Finding:
    """A warning about the words `quote` in `where`; `certain` and `advised` change its weight."""
    at = where.at if isinstance(where, Text) else where
    return Finding("", Severity.WARNING, message, hint, at, quote)


def certain(where: Text | Location | None, quote: str, message: str, hint: str = "") -> Finding:
    """An error: there is no reading under which the words are right."""
    at = where.at if isinstance(where, Text) else where
    return Finding("", Severity.ERROR, message, hint, at, quote)


def advised(where: Text | Location | None, quote: str, message: str, hint: str = "") -> Finding:
    """An advice: a person must judge."""
    at = where.at if isinstance(where, Text) else where
    return Finding("", Severity.ADVICE, message, hint, at, quote)
