"""What changed in the catalog since measures were picked: the diff shown, the new text taken (DESIGN, rule 6)."""

from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from msgspec import Struct

from drafter.errors import InputError, error
from drafter.load import layers, load_catalog, read_bytes
from drafter.lock import locked
from drafter.model.catalog import Catalog, Measure
from drafter.nearest import nearest
from drafter.profile_yaml import updated
from drafter.write.files import write_text
from drafter.yaml_tree import decode, parse

_SHOWN = {"title": "标题", "text": "正文", "brief": "简本"}


class Change(Struct, frozen=True):
    """A measure whose catalog text was taken. `before` is None where the profile held no text yet."""

    measure: str
    title: str
    before: dict[str, str] | None
    after: dict[str, str]

    def __str__(self) -> str:
        """The change as a drafter reads it: what goes in ［－…－］, what comes in ［＋…＋］."""
        lines = [f"{self.title}（{self.measure}）"]
        if self.before is None:
            return f"{lines[0]}：原来没有记下选用时的文字，已按目录记下"
        for key, label in _SHOWN.items():
            old, new = self.before.get(key, ""), self.after.get(key, "")
            if old != new:
                lines.append(f"  {label}：{marked(old, new)}")
        return "\n".join(lines)


def accept(
    profile: Path, measures: tuple[str, ...] = (), catalog: Path | None = None, templates: Path | None = None
) -> tuple[Change, ...]:
    """Take what the catalog says now for `measures`, or for every pick whose text changed; the profile is rewritten.

    Raises InputError where the profile cannot be read, a measure is not picked, or is no longer in the catalog.
    """
    with locked(profile):
        text = decode(read_bytes(profile), str(profile))
        data = parse(text, str(profile)).data
        family = data.get("family") if isinstance(data, dict) else None
        if not isinstance(family, str):
            raise InputError(error("format.kind", f"“{profile}”不是县情档案", "给出 profile.yaml"))
        loaded, findings = load_catalog(family, layers("catalog", profile.absolute().parent, catalog))
        if loaded is None:
            raise InputError(findings)
        picks: list[dict[str, Any]] = data.get("picks") or []
        _check(measures, picks, loaded)
        made = []
        for pick in picks:
            measure = loaded.measures.get(str(pick.get("measure")))
            if measure is None or (measures and measure.id not in measures):
                continue
            now, before = taken(measure), pick.get("taken")
            if before != now:
                pick["taken"] = now
                made.append(Change(measure.id, measure.title, dict(before) if before else None, now))
        if made:
            write_text(profile, updated(text, data))
    return tuple(made)


def _check(measures: tuple[str, ...], picks: list[dict[str, Any]], catalog: Catalog) -> None:
    picked = [str(pick.get("measure")) for pick in picks]
    found = [
        error("measure.unpicked", f"档案里没有选用“{name}”", nearest(name, picked))
        for name in measures
        if name not in picked
    ]
    for name in picked:
        if name not in catalog.measures and (not measures or name in measures):
            heir = next((each.id for each in catalog.measures.values() if name in each.replaces), "")
            hint = (
                f"目录改用“{heir}”；把档案里的编号改过去"
                if heir
                else "目录已经没有这一条；在档案里删去，或改写为 local"
            )
            found.append(error("measure.unknown", f"目录里没有举措“{name}”", hint))
    if found:
        raise InputError(found)


def taken(measure: Measure) -> dict[str, str]:
    """A measure's text as a pick keeps it."""
    return {"title": measure.title, "text": measure.text} | (
        {"brief": measure.brief} if measure.brief else {}
    )


def marked(old: str, new: str) -> str:
    """`new` with what went and what came marked."""
    parts = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(new[c:d])
            continue
        if b > a:
            parts.append(f"［－{old[a:b]}－］")
        if d > c:
            parts.append(f"［＋{new[c:d]}＋］")
    return "".join(parts)
