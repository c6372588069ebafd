"""The known name that a drafter probably meant."""

from collections.abc import Iterable


def nearest(name: str, known: Iterable[str], what: str = "可用") -> str:
    """A hint: the known names like `name`, else all of them if they are few."""
    # Imported here: it takes 30 ms and is needed only when something is wrong.
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    names = list(known)
    # First the names that are like the whole of it, then those that are like a piece.
    found = [
        *process.extract(name, names, scorer=fuzz.ratio, limit=3, score_cutoff=75),
        *process.extract(name, names, limit=3, score_cutoff=60),
    ]
    close = list(dict.fromkeys(match[0] for match in found))[:3]
    if close:
        return f"是不是要写“{'”或“'.join(close)}”？"
    return f"{what}：{'、'.join(names)}" if 0 < len(names) <= 40 else ""
