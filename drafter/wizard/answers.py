"""A file of answers, and options, as answers by question."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from drafter.errors import InputError, Location, error
from drafter.load import read_bytes
from drafter.wizard.question import Answer
from drafter.yaml_tree import decode, parse


def read_answers(path: Path) -> dict[str, Answer]:
    """The answers in a YAML or JSON file: `values.target_2030: 23`, or nested; lists for several.

    Raises InputError where the file cannot be read or is not a mapping.
    """
    tree = parse(decode(read_bytes(path), str(path)), str(path))
    if not isinstance(tree.data, dict):
        raise InputError(
            error(
                "answers.kind",
                "回答文件应当是“问题: 回答”的形式",
                "如 period: 2026-2030",
                Location(str(path)),
            )
        )
    return dict(_flat("", tree.data, str(path)))


def _flat(start: str, data: dict[str, Any], path: str) -> Iterator[tuple[str, Answer]]:
    for key, value in data.items():
        name = f"{start}{key}"
        if isinstance(value, dict):
            yield from _flat(f"{name}.", value, path)
        elif isinstance(value, list):
            if any(isinstance(each, dict | list) for each in value):
                message = f"“{name}”的回答应当是一列文字，现为 {json.dumps(value, ensure_ascii=False)[:60]}"
                raise InputError(error("answers.kind", message, "写成 [甲, 乙]", Location(path)))
            yield name, tuple(str(each) for each in value)
        else:
            yield name, "" if value is None else str(value)
