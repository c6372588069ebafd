"""What a reader of one format hands to the front door."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field

from drafter.document import Unread, one_line
from drafter.read.limits import MAX_UNREAD
from drafter.structure.lines import Line

_QUOTED = 200


class Found(Struct, frozen=True):
    """The lines of a file in order, and what stands in it that lines cannot carry.

    `origins`: bookmark of a line → catalog origin, in drafter's own files.
    """

    lines: tuple[Line, ...]
    unread: tuple[Unread, ...] = ()
    origins: Mapping[str, str] = field(default_factory=dict)


def unread(what: str, where: str) -> Unread:
    """An entry of `Document.unread`, long quotations cut."""
    what = one_line(what)
    return Unread(what if len(what) <= _QUOTED else what[:_QUOTED] + "…", one_line(where))


def bounded(entries: Iterable[Unread]) -> tuple[Unread, ...]:
    """At most `MAX_UNREAD` entries; how many more there are stands in the last."""
    every: Sequence[Unread] = tuple(entries)
    if len(every) <= MAX_UNREAD:
        return tuple(every)
    rest = len(every) - MAX_UNREAD
    return (*every[:MAX_UNREAD], Unread(f"另有 {rest} 处没有列出", "全文"))
