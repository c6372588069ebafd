"""CHILD and PARENT of the command: a profile, which is composed, or any plan file; and what is known of the two together."""

from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from drafter.align import Alignment, Knowledge, align
from drafter.document import Document
from drafter.draft import draft, is_altered
from drafter.errors import InputError, Location, error
from drafter.load import Inputs, is_profile, load, read_bytes
from drafter.model.profile import Decision, Parent, Profile
from drafter.model.words import ParentState
from drafter.outline import Outline, outline
from drafter.read import read
from drafter.write.trace import digest, read_trace

_TRACED = ".docx"


class Side(Struct, frozen=True):
    """One of the two papers. `inputs`: profile and catalog, where the paper is a profile's."""

    path: Path
    document: Document
    outline: Outline
    inputs: Inputs | None = None


class Aligned(Struct, frozen=True):
    """An alignment with the two papers. `profile`: whose decisions hold, where there is one."""

    alignment: Alignment
    child: Side
    parent: Side
    profile: Profile | None = None


def side(path: Path, catalog: Path | None = None, templates: Path | None = None) -> Side:
    """The paper at `path`. Raises InputError or TemplateError with every problem."""
    if not is_profile(path):
        document = read(path)
        return Side(path, document, outline(document))
    drafted = draft(path, catalog, templates)
    return Side(path, drafted.document, outline(drafted.document), drafted.inputs)


def align_files(
    child: Path,
    parent: Path,
    profile: Path | None = None,
    *,
    catalog: Path | None = None,
    templates: Path | None = None,
) -> Alignment:
    """The alignment of two files; see `aligned_files`."""
    return aligned_files(child, parent, profile, catalog=catalog, templates=templates).alignment


def aligned_files(
    child: Path,
    parent: Path,
    profile: Path | None = None,
    *,
    catalog: Path | None = None,
    templates: Path | None = None,
) -> Aligned:
    """Two files and their alignment. `profile`: whose decisions and units hold, where the child is not itself a profile."""
    check_paths(child, parent)
    below = side(child, catalog, templates)
    above = side(parent, catalog, templates)
    inputs = load(profile, catalog, templates) if profile else below.inputs
    home = (profile or child).parent
    made = align(below.outline, above.outline, _knowledge(below, parent, inputs, home))
    if _same(child, parent):
        warning = "两份是同一个文件，结果只说明它与自己相同；请核对参数"
        made = replace(made, warnings=(warning, *made.warnings))
    return Aligned(made, below, above, inputs.profile if inputs else None)


def _same(one: Path, other: Path) -> bool:
    try:
        return one.resolve() == other.resolve() or one.samefile(other)
    except OSError:
        return False


def _knowledge(below: Side, parent: Path, inputs: Inputs | None, home: Path) -> Knowledge:
    remembered = _remembered(below.path, parent)
    if inputs is None:
        return remembered
    chosen = _parent(inputs.profile, parent, home)
    name = chosen.id if chosen else ""
    answers = {pick.measure: pick.answers for pick in inputs.profile.picks}
    answers |= {local.id: local.answers for local in inputs.profile.local}
    declared = {
        origin: items
        for origin, all_of in answers.items()
        if (items := tuple(each.item for each in all_of if each.parent == name))
    }
    if chosen and is_altered(chosen.file, chosen.digest, home):
        # The numbers of items that the profile names may mean others by now: the texts decide.
        declared = {}
    return Knowledge(
        decisions=tuple(each for each in inputs.profile.decisions if each.parent == name),
        answers={**remembered.answers, **declared},
        organs=inputs.catalog.organs,
        local=inputs.profile.organs,
        cautions=tuple(measure for measure in inputs.catalog.measures.values() if measure.caution),
        other_period=True if chosen and chosen.state is ParentState.OTHER_PERIOD else None,
    )


def _parent(profile: Profile, path: Path, home: Path) -> Parent | None:
    """The parent of the profile that the file at `path` is: by its place, else the only one that names a file."""
    named = [each for each in profile.parents if each.file]
    found = next((each for each in named if _same(home / (each.file or ""), path)), None)
    return found or next((each for each in named if (home / (each.file or "")).name == path.name), None)


def _remembered(child: Path, parent: Path) -> Knowledge:
    """What a .docx of ours remembers of this parent: which origins answer which items, and what a person decided.

    The reader drops the origins of edited paragraphs, so that their links do not hold.
    """
    trace = read_trace(read_bytes(child)) if child.suffix.lower() == _TRACED else None
    if trace is None:
        return Knowledge()
    wanted = digest(read_bytes(parent))
    names = {each.get("id") for each in trace.iter("{*}parent") if each.get("digest") == wanted}
    answers: dict[str, tuple[str, ...]] = {}
    for paragraph in trace.iter("{*}paragraph"):
        items = [
            each.get("item") or "" for each in paragraph.iter("{*}answers") if each.get("parent") in names
        ]
        if items:
            answers[paragraph.get("origin") or ""] = tuple(items)
    decisions = tuple(
        Decision.model_validate(
            {
                **{name: each.get(name) or "" for name in ("parent", "item", "kind", "reason")},
                "children": _children(each),
            }
        )
        for each in trace.iter("{*}decision")
        if each.get("parent") in names
    )
    return Knowledge(answers=answers, decisions=decisions)


def _children(decision: Any) -> tuple[str, ...]:
    return tuple(child.get("id") for child in decision.iter("{*}child"))


def check_paths(child: Path, parent: Path) -> None:
    """Refuse a folder or a file that is not there, both at once."""
    wrong = [
        error(
            "align.file",
            "没有这个文件" if not path.exists() else "这是文件夹，不是文件",
            f"给出{name}的文件名",
            Location(str(path)),
        )
        for name, path in (("本级方案", child), ("上级方案", parent))
        if not path.is_file()
    ]
    if wrong:
        raise InputError(wrong)
