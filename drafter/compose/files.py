"""The template files of a pack by themselves: what can be told of them without a profile."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from jinja2 import TemplateSyntaxError

from drafter.compose.compiled import ENDING, Compiled, Folders, compiled
from drafter.compose.limits import LONGEST_SOURCE
from drafter.errors import DrafterError, Finding, Location, Severity, error
from drafter.load import Inputs
from drafter.model.pack import Pack
from drafter.nearest import nearest
from drafter.yaml_tree import decode


def check_files(inputs: Inputs, known: Iterable[str]) -> list[Finding]:
    """What is wrong with the files in the first folder of a pack, each with its line.

    `known`: the names that a template finds. Told: bad syntax, unknown names, filters, blocks and templates, files that
    nothing uses.
    """
    folders = Folders(_every_folder(inputs))
    read: dict[Path, Compiled] = {}
    findings: list[Finding] = []
    for _, folder in folders.folders:
        for path in sorted(folder.rglob(f"*{ENDING}")):
            try:
                read.setdefault(path, _read(path))
            except DrafterError as bad:
                findings += bad.findings
            except TemplateSyntaxError as bad:
                at = Location(str(path), bad.lineno)
                findings.append(
                    error(
                        "template.syntax",
                        f"模板写法有误：{bad.message}",
                        "检查 {% … %} 和 {{ … }} 是否成对",
                        at,
                    )
                )
    own = inputs.folders[0]
    known = {*known, *(name for made in read.values() for name in made.sets)}
    for path, made in read.items():
        if path.is_relative_to(own):
            findings += _problems(path, made, folders, read, known)
    findings = [each for each in findings if each.at and Path(each.at.path or "").is_relative_to(own)]
    return findings + _unused(own, inputs.pack, folders, read)


def _every_folder(inputs: Inputs) -> list[tuple[str, Path]]:
    """Every folder of a pack, those of all its forms among them."""
    chosen = dict.fromkeys(form.templates for form in inputs.pack.forms.values() if form.templates)
    return [
        (folder.name, each)
        for folder in inputs.folders
        for each in (*(folder / name for name in chosen), folder)
    ]


def _read(path: Path) -> Compiled:
    source = decode(path.read_bytes(), str(path)).replace("\r\n", "\n")
    if len(source) > LONGEST_SOURCE:
        raise DrafterError(
            error("template.limit", f"模板超过 {LONGEST_SOURCE} 字", "分成几个文件", Location(str(path), 1))
        )
    return compiled(source, None, str(path))


def _problems(
    path: Path, made: Compiled, folders: Folders, read: Mapping[Path, Compiled], known: set[str]
) -> Iterable[Finding]:
    yield from made.findings
    for name, line in made.names:
        if name not in known:
            at = Location(str(path), line)
            yield error("template.undefined", f"“{name}”没有声明或定义", nearest(name, known), at, name)
    for name, line in made.leads:
        if folders.path(name) is None:
            at = Location(str(path), line)
            yield error(
                "template.missing", f"没有模板文件“{name[:60]}”", nearest(name[:60], folders.names()), at
            )
    blocks = _blocks_above(made, folders, read)
    for name, line in made.blocks if made.extends else ():
        if name not in blocks:
            at, message = Location(str(path), line), f"“{made.extends}”里没有名为“{name}”的块"
            yield error("template.block", message, nearest(name, blocks), at, name)


def _blocks_above(made: Compiled, folders: Folders, read: Mapping[Path, Compiled]) -> set[str]:
    """The blocks of the templates that one fills in."""
    blocks, seen = set[str](), set[Path]()
    path = folders.path(made.extends) if made.extends else None
    while path is not None and path in read and path not in seen:
        seen.add(path)
        blocks |= {name for name, _ in read[path].blocks}
        above = read[path].extends
        path = folders.path(above) if above else None
    return blocks


def _unused(own: Path, pack: Pack, folders: Folders, read: Mapping[Path, Compiled]) -> list[Finding]:
    """Files of an own folder that no paper comes to: often a name with a slip, which then replaces nothing."""
    papers = pack.papers.values()
    waiting = [
        *pack.sections,
        *pack.annexes,
        *(name for each in papers for name in (*each.sections, *each.annexes)),
    ]
    used: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in used:
            continue
        used.add(name)
        tail = name.partition("/")[2]
        waiting += (
            [tail] if any(owner == name.partition("/")[0] for owner, _ in folders.folders) and tail else []
        )
        for _, folder in folders.folders:
            if folder / name in read:
                waiting += [each for each, _ in read[folder / name].leads]
    forms = {form.templates for form in pack.forms.values()}
    findings = []
    for path in read:
        if not path.is_relative_to(own):
            continue
        inner = path.relative_to(own)
        name = (inner.relative_to(inner.parts[0]) if inner.parts[0] in forms else inner).as_posix()
        if name not in used:
            message, hint = (
                f"没有用到模板“{name}”",
                nearest(name, used) + "；或写进 pack.yaml 的 sections、annexes",
            )
            findings.append(
                Finding("template.unused", Severity.WARNING, message, hint, Location(str(path), 1))
            )
    return findings
