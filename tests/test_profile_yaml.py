"""A profile written block by block: order, headings, and everything that a person typed."""

import copy
from typing import Any

import pytest
from drafts import EXAMPLE

from drafter.profile_yaml import HEADINGS, note_key, updated
from drafter.yaml_tree import parse

TEXT = EXAMPLE.read_text(encoding="utf-8")


def data(text: str = TEXT) -> dict[str, Any]:
    found = parse(text).data
    assert isinstance(found, dict)
    return found


def test_the_same_data_gives_the_same_bytes() -> None:
    assert updated(TEXT, data()) == TEXT


def test_a_new_file_has_the_keys_in_their_order_under_chinese_headings() -> None:
    text = updated("", data())
    assert data(text) == data()
    keys = [line.partition(":")[0] for line in text.splitlines() if line[:1].isalpha()]
    assert keys == [key for key in HEADINGS if key in keys]
    assert "# ── 上级方案 ──\nparents:" in text


def test_only_the_block_that_changed_is_written_anew() -> None:
    now = copy.deepcopy(data())
    now["values"]["target_2030"] = "23"
    old, new = TEXT.splitlines(), updated(TEXT, now).splitlines()
    assert [line for line in new if line not in old] == ["  target_2030: '23'"]


def test_a_comment_behind_a_value_survives_its_change() -> None:
    text = "format: profile/1\nlayout:\n  form: items   # 随市里\n  length: 简\n"
    now = data(text)
    now["layout"]["length"] = "标准"
    assert updated(text, now) == text.replace("简", "标准")


def test_a_new_entry_of_a_list_leaves_the_others_as_they_were() -> None:
    now = copy.deepcopy(data())
    entry = {"measure": "x-y", "values": {"works": "3"}}
    now["picks"].insert(2, entry)
    text = updated(TEXT, now, {note_key(entry): "新加的"})
    assert data(text) == now
    assert "# 新加的\n- measure: x-y\n  values:\n    works: '3'\n" in text
    assert text.replace("# 新加的\n- measure: x-y\n  values:\n    works: '3'\n", "") == TEXT


def test_a_heading_above_an_entry_that_goes_stays() -> None:
    text = "picks:\n# 青少年\n- measure: a\n- measure: b\n# 农民\n- measure: c\n"
    assert updated(text, {"picks": [{"measure": "b"}]}) == "picks:\n# 青少年\n- measure: b\n# 农民\n"


@pytest.mark.parametrize("empty", ["picks: []\n", "picks:\n", "picks: [{measure: a}]\n"])
def test_a_list_in_one_line_becomes_blocks_once_there_is_more(empty: str) -> None:
    now = {"picks": [{"measure": "a"}, {"measure": "b"}]}
    assert data(updated(empty, now)) == now


def test_a_new_key_stands_where_it_belongs() -> None:
    text = "format: profile/1\nplace: 双峰县\npicks:\n- measure: a\n"
    new = updated(text, data(text) | {"features": ["villages"]})
    assert new.index("place:") < new.index("features:") < new.index("picks:")


@pytest.mark.parametrize(
    "value",
    [
        "是: 否",
        "{{ x }}",
        "# 号",
        "- 一",
        "2.1",
        "no",
        "“引号”",
        "'",
        '"',
        "a\\b",
        " 空",
        "【】[]{}",
        "@x",
        "*x",
        "&x",
        "长" * 300,
    ],
)
def test_values_come_back_as_they_were_typed(value: str) -> None:
    now = {"values": {"a": value}, "local": [{"id": "x", "text": value}]}
    assert data(updated("", now)) == now
