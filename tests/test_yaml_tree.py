"""YAML as plain data with lines: what was typed is what is read, and what could surprise is refused with its line."""

import time
from pathlib import Path

import pytest
from drafts import ROOT, problems
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.errors import Finding
from drafter.load import read_tree
from drafter.yaml_tree import MAX_BYTES, MAX_DEPTH, decode, dump, parse


def refused(text: str) -> list[tuple[str, int | None]]:
    """Rule and line of everything that is wrong with a text; each is told in Chinese, with what to do."""
    findings = problems(lambda: parse(text, "a.yaml"))
    assert all(each.at and each.at.path == "a.yaml" and each.message and each.hint for each in findings)
    return [(each.rule, each.at.line if each.at else None) for each in findings]


def only(findings: tuple[Finding, ...]) -> Finding:
    (finding,) = findings
    return finding


# ------------------------------------------------------------------ what is read


@pytest.mark.parametrize(
    "typed",
    [
        "no",
        "yes",
        "on",
        "1.10",
        "007",
        "0x1F",
        "1e3",
        "2026-11-20",
        "12:30",
        "true",
        ".inf",
        "NaN",
        "=",
        "<<",
    ],
)
def test_a_value_stays_the_string_that_was_typed(typed: str) -> None:
    assert parse(f"a: {typed}\nb: [{typed}]").data == {"a": typed, "b": [typed]}


def test_a_merge_key_is_a_key_like_others() -> None:
    assert parse("a: {<<: {b: 1}}").data == {"a": {"<<": {"b": "1"}}}


@pytest.mark.parametrize("empty", ["", "~", "null"])
def test_a_key_without_a_value_is_not_given(empty: str) -> None:
    tree = parse(f"a: 1\nb: {empty}\nc: 2")
    assert tree.data == {"a": "1", "c": "2"}
    assert tree.at("b").line == 2


def test_quoted_emptiness_is_a_string() -> None:
    assert parse("a: ''\nb: \"~\"\nc: 'null'").data == {"a": "", "b": "~", "c": "null"}


def test_an_empty_text_holds_nothing() -> None:
    assert parse("# 只有注释\n").data is None


def test_every_key_and_entry_knows_its_line() -> None:
    tree = parse("a: 1\n\nb:\n- c: 甲\n  d: [乙,\n    丙]\n- e\n", "a.yaml")
    lines = {
        (): 1,
        ("a",): 1,
        ("b",): 3,
        ("b", 0): 4,
        ("b", 0, "d"): 5,
        ("b", 0, "d", 1): 6,
        ("b", 1): 7,
    }
    assert {keys: tree.at(*keys).line for keys in lines} == lines
    assert str(tree.at("b", 0, "d")) == "a.yaml:5"


def test_a_path_that_is_not_there_has_the_line_above_it() -> None:
    tree = parse("a: 1\nb:\n- c: 2\n")
    assert tree.at("b", 0, "x", "y").line == 3
    assert tree.at("b", 7).line == 2
    assert tree.at("x").line == 1


def test_lines_count_from_where_the_text_stands_in_its_file() -> None:
    assert parse("a: 1\nb: 2", first_line=10).at("b").line == 11


@settings(deadline=None)
@given(
    st.recursive(
        st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text("甲乙ab1: #-'[", min_size=1), inner),
        max_leaves=8,
    )
)
def test_dumped_data_is_read_back(data: object) -> None:
    assert parse(dump({"a": data})).data == {"a": data}


# ------------------------------------------------------------------ what is refused


def test_every_duplicate_key_is_refused_with_its_line() -> None:
    text = "a: 1\nb: {c: 1, c: 2}\na: 3\n"
    assert refused(text) == [("yaml.duplicate", 2), ("yaml.duplicate", 3)]


def test_a_duplicate_says_where_the_first_one_stands() -> None:
    finding = only(problems(lambda: parse("# 注\na: 1\na:\n")))
    assert "“a”重复" in finding.message
    assert "第 2 行" in finding.hint


def test_an_alias_is_refused() -> None:
    assert refused("a: &x 1\nb: *x\n") == [("yaml.alias", 2)]


def test_a_bomb_of_aliases_ends_at_once() -> None:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40)]
    start = time.monotonic()
    assert refused("\n".join(rows)) == [("yaml.alias", 2)]
    assert time.monotonic() - start < 1


@pytest.mark.parametrize("brackets", ["[" * 100_000, "{a: " * 100_000, "- " * 100_000])
def test_a_bomb_of_brackets_ends_at_once(brackets: str) -> None:
    start = time.monotonic()
    assert refused("a: 1\nb:\n  " + brackets) == [("yaml.depth", 3)]
    assert time.monotonic() - start < 2


def test_the_deepest_allowed_nesting_is_read() -> None:
    assert parse("[" * MAX_DEPTH + "]" * MAX_DEPTH).data
    assert refused("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)) == [("yaml.depth", 1)]


@pytest.mark.parametrize(
    "tagged",
    ["!!python/object/apply:os.system [ls]", "!!int 1", "!local {b: 1}", "!!binary aGk=", "!!set {b}"],
)
def test_a_tag_is_refused(tagged: str) -> None:
    assert refused(f"x: 1\na: {tagged}\n") == [("yaml.tag", 2)]


def test_a_tag_on_a_key_is_refused() -> None:
    assert refused("x: 1\n!!str a: 1\n") == [("yaml.tag", 2)]


def test_a_second_document_is_refused() -> None:
    assert refused("a: 1\n---\nb: 2\n---\nc: 3\n") == [("yaml.documents", 2)]


@pytest.mark.parametrize("text", ["a:\n\tb: 1\n", "a: 1\nb: [1\nc: 2\n", "a: 1\n b: 2\n", "x: 1\na: 'b\n"])
def test_broken_syntax_has_a_line_and_advice(text: str) -> None:
    ((rule, line),) = refused(text)
    assert rule == "yaml.syntax"
    assert line is not None
    assert 2 <= line <= text.count("\n") + 1


@pytest.mark.parametrize("sign", ["\x01", "\0", "\x1b"])
def test_a_control_character_is_refused_with_its_line(sign: str) -> None:
    assert refused(f"a: 1\nb: 甲{sign}\nc: 3\n") == [("yaml.syntax", 2)]


def test_a_tab_is_named_as_the_cause() -> None:
    assert "Tab" in only(problems(lambda: parse("a:\n\tb: 1\n"))).hint


@pytest.mark.parametrize("text", ["a: 1\n? [b, c]\n: 2\n", "a: 1\n? {b: c}\n: 2\n"])
def test_a_key_that_is_no_word_is_refused(text: str) -> None:
    assert refused(text) == [("yaml.key", 2)]


@pytest.mark.parametrize("text", ["a: 1\n: 2\n", "a: 1\n'': 2\n", "a: 1\n~: 2\n"])
def test_an_empty_key_is_refused(text: str) -> None:
    ((rule, line),) = refused(text)
    assert rule in ("yaml.key", "yaml.syntax")
    assert line == 2


def test_duplicates_before_a_syntax_error_are_told_with_it() -> None:
    assert refused("a: 1\na: 2\nb: [\n") == [("yaml.duplicate", 2), ("yaml.syntax", 4)]


# ------------------------------------------------------------------ bytes


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert decode("甲: 1".encode("utf-8-sig")) == "甲: 1"


def test_windows_line_ends_change_neither_data_nor_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes("a: 1\r\nb: |\r\n  甲\r\n  乙\r\nc: 3\r\n".encode())
    tree = read_tree(path)
    assert tree.data == {"a": "1", "b": "甲\n乙\n", "c": "3"}
    assert tree.at("c").line == 5


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_another_encoding_is_refused_with_the_line(encoding: str) -> None:
    finding = only(problems(lambda: decode("a: 1\nb: 2\nc: 青屏县\n".encode(encoding), "a.yaml")))
    assert finding.rule == "yaml.encoding"
    assert finding.at is not None
    assert (finding.at.path, finding.at.line) == ("a.yaml", 3 if encoding == "gb18030" else 1)
    assert "UTF-8" in finding.hint


def test_a_file_that_is_too_large_is_refused_unread() -> None:
    finding = only(problems(lambda: decode(b"x" * (MAX_BYTES + 1), "a.yaml")))
    assert (finding.rule, str(finding.at)) == ("yaml.size", "a.yaml")
    assert "MB" in finding.message
    assert decode(b"x" * MAX_BYTES)


def test_every_shipped_file_is_read_and_dumped_to_the_same_data() -> None:
    files = [path for name in ("catalog", "templates", "examples") for path in (ROOT / name).rglob("*.yaml")]
    assert len(files) > 15
    for path in files:
        data = read_tree(path).data
        assert parse(dump(data)).data == data, path
