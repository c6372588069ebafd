"""The known name that a drafter probably meant."""

from collections.abc import Iterable


def nearest(name: str, known: Iterable[str], what: str = "可用") -> str:
    """A hint: the known names like `name`, else all of them if they are few."""
    # Imported here: it takes 30 ms and is needed only when something is wrong.
    from rapidfuzz import process  # noqa: PLC0415

    names = list(known)
    close = [match[0] for match in process.extract(name, names, limit=3, score_cutoff=60)]
    if close:
        return f"是不是要写“{'”或“'.join(close)}”？"
    return f"{what}：{'、'.join(names)}" if 0 < len(names) <= 40 else ""
