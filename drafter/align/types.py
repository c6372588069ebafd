"""What an alignment says, exactly as INTERFACES has it; every part frozen."""

from typing import Any, Literal

from msgspec import Struct, to_builtins

from drafter.outline import Facts, Target

FORMAT = "drafter.align/1"

Status = Literal["covered", "partial", "missing", "excused", "not-applicable"]
Verdict = Literal["same", "changed", "missing", "n/a"]
TargetVerdict = Literal["meets", "stricter", "below", "missing", "other-period"]


class Point(Struct, frozen=True):
    """A clause of the parent that nothing carries. `must`: a number, a deadline, a named programme, an order; `may`: the rest."""

    text: str
    weight: Literal["must", "may"]


class Op(Struct, frozen=True):
    """A stretch of text that stays, goes or comes."""

    op: Literal["equal", "delete", "insert"]
    text: str


class Change(Struct, frozen=True):
    """How a child's text differs from the parent's, once that speaks of the child's place."""

    child: str
    ops: tuple[Op, ...]


class Leads(Struct, frozen=True):
    """Who leads above and below, by names as printed; compared by role."""

    parent: tuple[str, ...] = ()
    child: tuple[str, ...] = ()
    verdict: Verdict = "n/a"


class Pair(Struct, frozen=True):
    """A row: an item of the parent and what became of it. `score`: how likely its best child is one, 0 to 1."""

    parent: str
    title: str
    kind: Literal["measure", "task", "schedule"]
    addressed: Literal["own", "subordinate", "both"]
    children: tuple[str, ...]
    status: Status
    score: float
    confidence: Literal["sure", "review"]
    decided_by: Literal["text", "origin", "person", "rule"] = "text"
    reason: str = ""
    proposal: str = ""
    missing_points: tuple[Point, ...] = ()
    changes: tuple[Change, ...] = ()
    lead: Leads = Leads()


class TargetPair(Struct, frozen=True):
    """A promise in numbers of the parent and what the child promises. `reason` closes one that is below."""

    indicator: str
    year: int | None
    parent: Target
    child: Target | None
    verdict: TargetVerdict
    reason: str = ""


class Coverage(Struct, frozen=True):
    """Shares from 0 to 1 (1 where there is nothing to cover), and the number of must-carry points that nothing carries."""

    measures: float
    targets: float
    must_missing: int


class SectionShare(Struct, frozen=True):
    """A section of the parent (share covered, of `count` rows) or of the child (share copied, `count` facts of its own)."""

    node: str
    title: str
    share: float
    count: int


class Alignment(Struct, frozen=True):
    """Parent and child, row by row. `warnings`: Chinese lines that belong above every report."""

    parent: Facts
    child: Facts
    other_period: bool
    pairs: tuple[Pair, ...]
    additions: tuple[str, ...]
    targets: tuple[TargetPair, ...]
    coverage: Coverage
    copied: float
    sections: tuple[SectionShare, ...] = ()
    copied_sections: tuple[SectionShare, ...] = ()
    warnings: tuple[str, ...] = ()


def as_json(alignment: Alignment) -> dict[str, Any]:
    """The JSON of `drafter align --json`."""
    plain: dict[str, Any] = _rounded(to_builtins(alignment))
    return {"format": FORMAT, **plain}


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(each) for each in value]
    return round(value, 4) if isinstance(value, float) else value
