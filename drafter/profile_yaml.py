"""A profile as a person reads it: Chinese headings, stable order, one measure a block; what a person wrote survives.

The file is changed block by block: a block (a top-level key with the comments before it; an entry of a list) whose data is
unchanged stays as it was typed, byte for byte. A changed block keeps its comments through ruamel.yaml.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from typing import Any

from msgspec import Struct, field

from drafter.yaml_tree import parse

HEADINGS: Mapping[str, str] = {
    "format": "",
    "family": "",
    "pack": "",
    "unfinished": "向导没有做完：这些问题问过、留待以后；做完后本项自动删去",
    "place": "地方、规划期、稿别",
    "period": "",
    "status": "",
    "title": "",
    "features": "县情特征：决定哪些举措适用",
    "letterhead": "版头、印发通知、版记",
    "dates": "",
    "parents": "上级方案",
    "values": "全篇要用的事实：不知道的先不写，印作〔待填〕",
    "targets": "目标值的来源：低于上级目标的须写明",
    "organs": "本县单位：与通用名称不同的，以及一个单位承担几项职能的",
    "none": "",
    "layout": "形式与版面",
    "picks": "选用的举措：没有写 values 的用目录里的默认值；taken 是选用时的文字，drafter accept 更新",
    "local": "本县自拟的举措，原样印出；rework: true 的照上级条目改写而来，须人工修改后删去这一行",
    "decisions": "对上级条目的决定",
    "waivers": "不再提示的问题",
}
"""The top-level keys in the order in which they stand, and the heading before each."""
_ENTRY_KEYS = ("measure", "id", "item", "name", "rule", "value")
_KEY = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)\s*:(?:\s|$)")


class _Block(Struct):
    """Lines of the file: comments and blank lines before, then the key or entry itself."""

    key: str
    before: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.before + self.lines)


def updated(text: str, data: Mapping[str, Any], notes: Mapping[str, str] | None = None) -> str:
    """The file `text` changed so that it holds `data`; an empty text gives a new file.

    `data`: what the profile shall hold, plain maps, lists, strings and booleans. `notes`: a comment line for entries of
    lists, by the entry's key; only written with new entries. Raises InputError where `text` is no YAML.
    """
    old = parse(text).data if text.strip() else {}
    old = old if isinstance(old, dict) else {}
    blocks, tail = _split(text, "")
    kept: dict[str, _Block] = {}
    for block in blocks:
        kept[block.key] = block
    made: list[_Block] = []
    for key in _ordered(data, [block.key for block in blocks]):
        value = data[key]
        there = kept.get(key)
        if there is None:
            made.append(_new(key, value, notes or {}))
        elif old.get(key) == value:
            made.append(there)
        else:
            made.append(_changed(there, old.get(key), value, notes or {}))
    lines = "".join(block.text for block in made) + "".join(tail)
    return lines if lines.endswith("\n") else lines + "\n"


def _ordered(data: Mapping[str, Any], there: Sequence[str]) -> list[str]:
    """The keys of `data`: those of the file as they stand, new ones where they belong."""
    order = list(HEADINGS)
    keys = [key for key in there if key in data]
    for key in (each for each in data if each not in there):
        rank = order.index(key) if key in order else len(order)
        after = [index for index, each in enumerate(keys) if each in order and order.index(each) < rank]
        keys.insert(after[-1] + 1 if after else 0, key)
    return keys


# ------------------------------------------------------------------ text ⇄ blocks


def _split(text: str, mark: str) -> tuple[list[_Block], list[str]]:
    """The blocks of a mapping (`mark` empty) or of a list (`mark` its dash with the indent), and what follows them."""
    blocks: list[_Block] = []
    before: list[str] = []
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        found = _KEY.match(line) if not mark else line.startswith(mark)
        if found:
            key = found.group(1) if isinstance(found, re.Match) else str(len(blocks))
            blocks.append(_Block(key, before, [line]))
            before = []
        elif blocks and bare and not _outer_comment(line, mark):
            blocks[-1].lines += [*before, line]
            before = []
        else:
            before.append(line)
    return blocks, before


def _outer_comment(line: str, mark: str) -> bool:
    """A comment at the depth of the blocks belongs to the block after it; one that is indented more, to its own."""
    return line.lstrip().startswith("#") and len(line) - len(line.lstrip()) <= len(mark.rstrip("- "))


def _new(key: str, value: Any, notes: Mapping[str, str]) -> _Block:
    heading = HEADINGS.get(key, "")
    before = [f"\n# ── {heading} ──\n"] if heading else []
    if key == "format":
        before = ["# 县情档案：可以直接改，改完运行 drafter build；drafter new 只补问没有回答的。\n"]
    if _is_entries(value):
        return _Block(key, before, [f"{key}:\n", *(_entry(each, notes, "") for each in value)])
    return _Block(key, before, [_emitted({key: value})])


def _changed(block: _Block, old: Any, value: Any, notes: Mapping[str, str]) -> _Block:
    if _is_entries(value) and isinstance(old, list):
        return _changed_entries(block, old, value, notes)
    if isinstance(value, dict) and isinstance(old, dict) and value:
        return _Block(block.key, block.before, [_merged("".join(block.lines), {block.key: value})])
    fresh = _new(block.key, value, notes)
    return _Block(block.key, block.before or fresh.before, fresh.lines)


def _changed_entries(
    block: _Block, old: Sequence[Any], value: Sequence[Any], notes: Mapping[str, str]
) -> _Block:
    """A list of entries: each unchanged one as it was typed, changed ones merged, new ones in their place."""
    first, *rest = block.lines
    body = "".join(rest)
    mark = next((re.match(r"\s*- ?", line) for line in rest if line.lstrip().startswith("-")), None)
    blocks, tail = _split(body, mark.group().rstrip(" ") if mark else "-")
    if not old or len(blocks) != len(old):
        # Empty, in one line ([{…}]), or in a way of its own: it is written anew.
        return _Block(
            block.key, block.before, [f"{block.key}:\n", *(_entry(each, notes, "") for each in value)]
        )
    indent = mark.group()[: -len(mark.group().lstrip())] if mark else ""
    there = {_identity(entry): (entry, piece) for entry, piece in zip(old, blocks, strict=True)}
    staying = {_identity(entry) for entry in value}
    # What was written above an entry that goes away moves to the one after it: it may be a heading.
    orphans: list[str] = []
    for name, (_, piece) in there.items():
        piece.before = [*orphans, *piece.before]
        orphans = [] if name in staying else piece.before
    lines = [first]
    for entry in value:
        known = there.get(_identity(entry))
        if known is None:
            lines.append(_entry(entry, notes, indent))
        elif known[0] == entry:
            lines.append(known[1].text)
        else:
            lines += known[1].before
            lines.append(_indented(_merged(_dedented("".join(known[1].lines), indent), [entry]), indent))
    return _Block(block.key, block.before, [*lines, *orphans, *tail])


def _is_entries(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def _identity(entry: Any) -> str:
    if not isinstance(entry, dict):
        return str(entry)
    key = next((each for each in _ENTRY_KEYS if each in entry), "")
    return f"{key}={entry.get(key)}/{entry.get('parent', '') if key == 'item' else ''}"


def _entry(entry: Mapping[str, Any], notes: Mapping[str, str], indent: str) -> str:
    note = notes.get(_identity(entry), "")
    comment = f"{indent}# {note}\n" if note else ""
    return comment + _indented(_emitted([entry]), indent)


def _indented(text: str, indent: str) -> str:
    return "".join(indent + line if line.strip() else line for line in text.splitlines(keepends=True))


def _dedented(text: str, indent: str) -> str:
    return "".join(line.removeprefix(indent) for line in text.splitlines(keepends=True))


def note_key(entry: Mapping[str, Any]) -> str:
    """The key under which `updated` looks for an entry's note."""
    return _identity(entry)


# ------------------------------------------------------------------ ruamel.yaml


def _yaml() -> Any:
    # Imported here: only who writes a profile needs it.
    from ruamel.yaml import YAML  # noqa: PLC0415

    yaml = YAML()
    yaml.width = 1_000_000
    yaml.allow_unicode = True
    yaml.preserve_quotes = True
    return yaml


def _emitted(data: Any) -> str:
    stream = StringIO()
    _yaml().dump(_styled(data, top=True), stream)
    return stream.getvalue()


def _merged(text: str, data: Any) -> str:
    """`text`, a mapping or a list of one entry, with the values of `data`; comments stay where they are."""
    yaml = _yaml()
    there = yaml.load(text)
    _merge(there, data)
    stream = StringIO()
    yaml.dump(there, stream)
    return stream.getvalue()


def _merge(there: Any, data: Any) -> None:
    keys: Iterable[Any] = range(len(data))
    if isinstance(there, dict):
        keys = data
        for key in [key for key in there if key not in data]:
            del there[key]
    for key in keys:
        value = data[key]
        now = there[key] if not isinstance(there, dict) or key in there else None
        if isinstance(now, dict) and isinstance(value, dict):
            _merge(now, value)
        elif now is None or _plain(now) != value:
            there[key] = _styled(value)


def _plain(value: Any) -> Any:
    """Loaded data as yaml_tree reads it: scalars are strings."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)


def _styled(data: Any, top: bool = False) -> Any:
    """Plain data as ruamel shows it: short lists in one line, everything else in blocks."""
    from ruamel.yaml.comments import CommentedMap, CommentedSeq  # noqa: PLC0415

    if isinstance(data, Mapping):
        return CommentedMap((key, _styled(value)) for key, value in data.items())
    if isinstance(data, list | tuple):
        made = CommentedSeq(_styled(each) for each in data)
        if not top:
            made.fa.set_flow_style()
            for each in made:
                if isinstance(each, CommentedMap):
                    each.fa.set_flow_style()
        return made
    # true and false are written plainly: yaml_tree reads every scalar as it is typed.
    return {"true": True, "false": False}.get(data, data) if isinstance(data, str) else data
