"""One file → data with lines, and data → an entry: what is wrong with it in Chinese, each fault with its line."""

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from drafter.errors import Finding, InputError, error
from drafter.model.words import Word
from drafter.nearest import nearest
from drafter.yaml_tree import Tree, decode, parse

VERSION = 1
"""The newest version of every file format."""
M = TypeVar("M", bound=BaseModel)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file; InputError says why it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(error("file.missing", f"没有文件“{path}”", "检查路径和文件名")) from None
    except IsADirectoryError:
        raise InputError(error("file.folder", f"“{path}”是文件夹", "给出文件名")) from None
    except OSError as bad:
        raise InputError(
            error("file.unreadable", f"不能读取“{path}”：{reason(bad)}", "检查权限，或关闭占用它的程序")
        ) from None


def reason(bad: OSError) -> str:
    """The cause of a file error in Chinese."""
    words = {
        "FileNotFoundError": "文件夹不存在",
        "PermissionError": "没有权限，或文件正被其他程序打开",
        "NotADirectoryError": "路径中有一段不是文件夹",
        "IsADirectoryError": "这是一个文件夹",
    }
    codes = {28: "磁盘已满", 30: "磁盘只读", 36: "文件名太长"}
    return codes.get(bad.errno or 0) or words.get(type(bad).__name__) or os.strerror(bad.errno or 0)


def is_profile(path: Path) -> bool:
    """Whether a file is taken for a profile, by its ending, and not for a plan."""
    return path.suffix.lower() in (".yaml", ".yml")


def read_tree(path: Path) -> Tree:
    """A YAML file as data with lines."""
    return parse(decode(read_bytes(path), str(path)), str(path))


def file_format(tree: Tree) -> tuple[str, list[Finding]]:
    """The kind of file that a tree says it is, or what is wrong with what it says."""
    given = tree.data.get("format") if isinstance(tree.data, dict) else None
    found = re.fullmatch(r"([a-z]+)/([0-9]+)", given) if isinstance(given, str) else None
    if not found:
        hint = "文件第一项写 format，例如 format: profile/1"
        return "", [error("format.missing", "没有写明文件格式", hint, tree.at("format"))]
    if int(found[2]) > VERSION:
        hint = "请升级 drafter，或改用旧格式"
        message = f"格式“{given}”比本版本支持的 {found[1]}/{VERSION} 新"
        return "", [error("format.newer", message, hint, tree.at("format"))]
    return found[1], []


def validate(model: type[M], tree: Tree) -> tuple[M | None, list[Finding]]:
    """The entry that a tree describes, or every problem in it."""
    try:
        return model.model_validate(tree.data), []
    except ValidationError as bad:
        return None, [_finding(model, problem, tree) for problem in bad.errors(include_url=False)]


def _finding(model: type[BaseModel], problem: Any, tree: Tree) -> Finding:
    keys = tuple(key for key in problem["loc"] if key != "[key]")
    name = str(keys[-1]) if keys else ""
    message, hint = _told(model, problem, keys, name)
    shown = "" if problem["type"] in ("missing", "extra_forbidden") or not keys else f"“{_path(keys)}”"
    return error(f"file.{problem['type'].replace('_', '-')}", shown + message, hint, tree.at(*keys))


def _path(keys: Sequence[str | int]) -> str:
    return ".".join(f"第{key + 1}项" if isinstance(key, int) else key for key in keys)


def _told(model: type[BaseModel], problem: Any, keys: tuple[Any, ...], name: str) -> tuple[str, str]:
    """Message and hint for one of pydantic's problems."""
    kind, context, given = problem["type"], problem.get("ctx", {}), problem["input"]
    known = _known_keys(model, keys[:-1])
    if kind == "missing":
        return f"缺少“{name}”", f"在{f'“{_path(keys[:-1])}”' if len(keys) > 1 else '文件'}中补上“{name}: …”"
    if kind == "extra_forbidden":
        return f"没有“{name}”这一项", nearest(name, known)
    if kind in ("enum", "literal_error"):
        return f"不能是“{given}”", "可用：" + _choices(context.get("expected", ""))
    if kind == "value_error":
        return "：" + str(context["error"]), ""
    simple = {
        "string_type": "应当是一行文字",
        "string_too_short": "不能为空",
        "bool_parsing": "应当是 true 或 false",
        "bool_type": "应当是 true 或 false",
        "tuple_type": "应当是一列，每项以“- ”开头",
        "list_type": "应当是一列，每项以“- ”开头",
        "dict_type": "应当是“键: 值”的形式",
        "model_type": "应当是“键: 值”的形式",
        "model_attributes_type": "应当是“键: 值”的形式",
        "int_parsing": f"应当是整数，现为“{given}”",
        "int_type": "应当是整数",
        "float_parsing": f"应当是数字，现为“{given}”",
        "float_type": "应当是数字",
        "greater_than_equal": f"不能小于 {context.get('ge')}，现为 {given}",
        "less_than_equal": f"不能大于 {context.get('le')}，现为 {given}",
        "too_short": "至少要有一项",
        "too_long": f"最多 {context.get('max_length')} 项",
    }
    return simple.get(kind, "不合要求"), ""


def _choices(expected: str) -> str:
    values = re.findall(r"'([^']*)'", expected)
    for words in Word.__subclasses__():
        if set(words.words()) == set(values):
            return "、".join(f"{value}（{shown}）" for value, shown in words.words().items())
    return "、".join(values)


def _known_keys(model: type[BaseModel], keys: Sequence[str | int]) -> list[str]:
    """The keys that the entry at `keys` may have."""
    for key in keys:
        if isinstance(key, str) and key in model.model_fields:
            inner = next(_models(model.model_fields[key].annotation), None)
            if inner is None:
                return []
            model = inner
    return list(model.model_fields)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from _models(argument)
