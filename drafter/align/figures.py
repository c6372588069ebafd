"""The figures of a draft's alignment with its parent plan, as a paper about the draft states them."""

from collections.abc import Mapping
from pathlib import Path

from drafter.align.sides import aligned_files
from drafter.align.types import Alignment
from drafter.load import load


def figures(profile: Path, catalog: Path | None = None, templates: Path | None = None) -> Mapping[str, str]:
    """Figures by the names in `compose.FIGURES`: the plan of `profile` beside its nearest parent that has a file.

    None of them where no parent has one. Raises InputError where that file cannot be read.
    """
    parents = [parent for parent in load(profile, catalog, templates).profile.parents if parent.file]
    if not parents:
        return {}
    path = profile.parent / (parents[-1].file or "")
    return counted(aligned_files(profile, path, catalog=catalog, templates=templates).alignment)


def counted(made: Alignment) -> dict[str, str]:
    """An alignment's figures by the names in `compose.FIGURES`; rows that are excused or not applicable do not count."""
    rows = [pair for pair in made.pairs if pair.kind == "measure"]
    asked = [pair for pair in rows if pair.status not in ("excused", "not-applicable")]
    counts = {
        status: sum(pair.status == status for pair in asked) for status in ("covered", "partial", "missing")
    }
    met = sum(target.verdict in ("meets", "stricter") for target in made.targets)
    return {
        "rows": str(len(asked)),
        **{name: str(count) for name, count in counts.items()},
        "coverage": f"{made.coverage.measures:.0%}",
        "targets": str(len(made.targets)),
        "targets_met": str(met),
        "copied": f"{made.copied:.0%}",
    }
