"""YAML text ⇄ plain data with line numbers.

Every scalar stays the string that was typed: `no`, `1.10` and `2026-11-20` mean what they look like (STYLE, PyYAML).
Duplicate keys, aliases, tags and second documents are refused, each with its line.
"""

from typing import Any

import yaml
from msgspec import Struct
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from drafter.errors import Finding, InputError, Location, error

MAX_BYTES = 4_000_000
MAX_DEPTH = 40

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class Map(dict[str, Any]):
    """A mapping that knows the line of each key."""

    __slots__ = ("lines", "paths")

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, int] = {}
        self.paths: dict[str, str | None] = {}


class Sequence(list[Any]):
    """A list that knows the line of each entry."""

    __slots__ = ("lines",)

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[int] = []


class Tree(Struct, frozen=True):
    """`data`: maps, sequences, strings and None. `line`: where it begins; `path`: the file it came from."""

    data: Any
    line: int | None = None
    path: str | None = None

    def at(self, *keys: str | int) -> Location:
        """The location of a key path, or of the nearest one above it that stands in the file."""
        here, line, path = self.data, self.line, self.path
        for key in keys:
            if isinstance(here, Map) and key in here.lines:
                path = here.paths.get(str(key), path)
                line, here = here.lines[str(key)], here.get(str(key))
            elif isinstance(here, Sequence) and isinstance(key, int) and key < len(here):
                line, here = here.lines[key], here[key]
            else:
                break
        return Location(path=path, line=line)

    def over(self, base: "Tree") -> "Tree":
        """This tree laid over another: maps are merged key by key, anything else stands in place of the other's.

        Each key keeps the line and the file that it came from.
        """
        return Tree(_over(self, self.data, base, base.data), self.line, self.path)


def _over(upper: Tree, above: Any, lower: Tree, below: Any) -> Any:
    if not isinstance(above, Map) or not isinstance(below, Map):
        return above
    made = Map()
    for tree, given in ((lower, below), (upper, above)):
        made.lines |= given.lines
        made.paths |= {key: given.paths.get(key, tree.path) for key in given.lines}
        for key, value in given.items():
            made[key] = _over(upper, value, lower, made[key]) if key in made else value
    return made


def decode(raw: bytes, path: str | None = None) -> str:
    """UTF-8 with or without BOM; anything else is refused with the place of the first bad byte."""
    if len(raw) > MAX_BYTES:
        message, hint = f"文件超过 {MAX_BYTES // 1_000_000} MB", "请确认是否选错了文件"
        raise InputError(error("yaml.size", message, hint, Location(path)))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as bad:
        at = Location(path, raw.count(b"\n", 0, bad.start) + 1)
        raise InputError(error("yaml.encoding", "不是 UTF-8 编码", "请另存为 UTF-8 后再用", at)) from None


def parse(text: str, path: str | None = None, first_line: int = 1) -> Tree:
    """Data and lines of one YAML document.

    `first_line` is the number of the text's first line within its file. Raises InputError with every duplicate
    key and forbidden construct; a syntax error ends the reading and is reported with them.
    """
    builder = _Builder(path, first_line)
    try:
        loader = Loader(text)
        try:
            while not builder.stop and (event := loader.get_event()) is not None:
                builder.take(event)
        finally:
            loader.dispose()
    except yaml.YAMLError as bad:
        builder.syntax(bad, text)
    if builder.findings:
        raise InputError(builder.findings)
    return Tree(builder.root, builder.first, path)


class _Builder:
    """Builds data from parser events without recursion, so that depth and aliases stay bounded.

    `holder` is what the next value belongs to, `key` the key that waits for it. Scalars come by the thousand in every
    build, so that they are taken in one step.
    """

    def __init__(self, path: str | None, first_line: int) -> None:
        self.path, self.first_line = path, first_line
        self.root: Any = None
        self.first: int | None = None
        self.findings: list[Finding] = []
        self.holder: Map | Sequence | None = None
        self.key: str | None = None
        self.stack: list[tuple[Map | Sequence | None, str | None]] = []
        self.documents = 0
        self.stop = False

    def take(self, event: Any) -> None:
        kind = type(event)
        if kind is ScalarEvent:
            if self.key is None and isinstance(self.holder, Map):
                self._take_key(event, self.holder)
                return
            value = event.value
            if not event.style and value in ("", "~", "null") and event.implicit[0]:
                value = None
            self._place(event, value)
        elif kind is MappingStartEvent:
            self._enter(event, Map())
        elif kind is SequenceStartEvent:
            self._enter(event, Sequence())
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            self.holder, self.key = self.stack.pop()
        elif kind is AliasEvent:
            message = f"不支持 YAML 别名“*{event.anchor}”"
            self.refuse(event, "yaml.alias", message, "请把内容直接写出", stop=True)
        elif kind is DocumentStartEvent:
            self.documents += 1
            if self.documents > 1:
                self.refuse(event, "yaml.documents", "一个文件只能有一份内容", "删去多余的 --- 行", stop=True)

    def refuse(self, event: Any, rule: str, message: str, hint: str, stop: bool = False) -> None:
        at = Location(self.path, event.start_mark.line + self.first_line)
        self.findings.append(error(rule, message, hint, at))
        self.stop = self.stop or stop

    def syntax(self, bad: yaml.YAMLError, text: str) -> None:
        mark = getattr(bad, "problem_mark", None)
        # A character that YAML does not allow comes without a mark, but with its place in the text.
        before = text.encode()[: getattr(bad, "position", None) or 0].count(b"\n")
        at = Location(self.path, (mark.line if mark else before) + self.first_line)
        what = getattr(bad, "problem", None) or "含有不能读取的字符"
        hint = "检查该行及上一行的缩进、冒号后的空格和引号；制表符（Tab）不能用来缩进"
        self.findings.append(error("yaml.syntax", f"YAML 格式有误（{what}）", hint, at))

    def _enter(self, event: Any, value: Map | Sequence) -> None:
        self._place(event, value)
        self.stack.append((self.holder, self.key))
        self.holder, self.key = value, None
        if len(self.stack) > MAX_DEPTH:
            self.refuse(event, "yaml.depth", f"嵌套超过 {MAX_DEPTH} 层", "请检查缩进和括号", stop=True)

    def _take_key(self, event: Any, holder: Map) -> None:
        if event.tag is not None:
            self._refuse_tag(event)
        key = event.value
        if key in ("", "~"):
            self.refuse(event, "yaml.key", "键必须是一个词", "检查冒号左边的内容")
        self.key = key
        if key in holder.lines:
            hint = f"第一次出现在第 {holder.lines[key]} 行；只保留一处"
            self.refuse(event, "yaml.duplicate", f"“{key}”重复", hint)
        else:
            holder.lines[key] = event.start_mark.line + self.first_line

    def _refuse_tag(self, event: Any) -> None:
        if event.tag != "!":
            self.refuse(event, "yaml.tag", f"不支持 YAML 标签“{event.tag}”", "删去以 ! 开头的标签")

    def _place(self, event: Any, value: Any) -> None:
        """Put a value where the reader stands."""
        if event.tag is not None:
            self._refuse_tag(event)
        holder = self.holder
        if holder is None:
            self.root, self.first = value, event.start_mark.line + self.first_line
        elif isinstance(holder, Sequence):
            holder.append(value)
            holder.lines.append(event.start_mark.line + self.first_line)
        elif self.key is None:
            self.refuse(event, "yaml.key", "键必须是一个词", "检查冒号左边的内容", stop=True)
        else:
            # A key without a value counts as not given, so that a form may be left half empty.
            if value is not None:
                holder[self.key] = value
            self.key = None


class _Dumper(Dumper):  # type: ignore[misc]
    """Writes parsed trees like plain data."""


_Dumper.add_multi_representer(dict, Dumper.represent_dict)
_Dumper.add_multi_representer(list, Dumper.represent_list)


def dump(data: Any) -> str:
    """`data` as YAML text, keys in their order, Chinese as it is."""
    return str(yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1_000_000))
