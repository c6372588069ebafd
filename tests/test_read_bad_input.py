"""Files that are no plan, broken, locked or hostile: each is refused with the place, the reason and what to do."""

import contextlib
import io
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from files import (
    NAMES,
    PAGES,
    locked_pdf,
    numbered_docx,
    p,
    pdf,
    picture_pdf,
    text_pdf,
    typed_docx,
    xml_docx,
    zipped,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drafter.errors import InputError
from drafter.read import limits, read
from drafter.read import office as office_module

SMALL = (
    "澄州市科普实施方案",
    "为做好科普工作，制定本方案。",
    "一、总体要求",
    "（一）目标。到2030年，比例达到20%。",
    "1.建站。建设服务站。（市科协牵头）",
)
_XML = '<?xml version="1.0"?>'
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def _parts(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _with(name: str, content: bytes) -> bytes:
    return zipped({**_parts(xml_docx(p("一、甲"))), name: content})


def _lying_zip() -> bytes:
    """A package whose directory declares 10 bytes for a part of many."""
    swollen = _with("word/document.xml", b" " * (limits.MAX_PART + 10))
    start = swollen.rfind(b"PK\x01\x02", 0, swollen.rfind(b"word/document.xml"))
    return swollen[: start + 24] + (10).to_bytes(4, "little") + swollen[start + 28 :]


def _declared_bomb() -> bytes:
    made = zipped({**_parts(xml_docx(p("一、甲"))), "word/media/x.png": b"x"})
    start = made.rfind(b"PK\x01\x02", 0, made.rfind(b"word/media/x.png"))
    return made[: start + 24] + (limits.MAX_PACKAGE + 1).to_bytes(4, "little") + made[start + 28 :]


def _locked_zip() -> bytes:
    made = bytearray(xml_docx(p("一、甲")))
    start = made.find(b"PK\x01\x02")
    while start >= 0:
        made[start + 8] |= 1
        start = made.find(b"PK\x01\x02", start + 4)
    return bytes(made)


_BOMB = zlib.compress(zlib.compress(b"BT (x) Tj ET\n" * (limits.MAX_CONTENT // 6), 9), 9)
_ENTITY = f'{_XML}<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document {NAMES}><w:body><w:p><w:r><w:t>一、&x;</w:t></w:r></w:p></w:body></w:document>'
_LAUGHS = f'{_XML}<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "{"&a;" * 99}"><!ENTITY c "{"&b;" * 99}">]><w:document {NAMES}><w:body>&c;</w:body></w:document>'

CASES: dict[str, tuple[str, bytes, str, str]] = {
    # name: file name, content, words of the message, words of what to do
    "empty": ("a.txt", b"", "空的", "完整"),
    "blank": ("a.docx", b" \r\n\x00", "空的", "完整"),
    "picture renamed": (
        "a.txt",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4,
        "PNG 图片",
        "可读的有",
    ),
    "program renamed": ("a.md", b"\x7fELF" + bytes(range(256)) * 8, "程序", "可读的有"),
    "noise renamed": ("a.txt", bytes(range(256)) * 16, "文本", ""),
    "noise as word": ("a.docx", bytes(range(1, 256)) + b"\x00" * 9, "不是这种格式", "重新下载"),
    "noise as pdf": ("a.pdf", b"\x00\x01\x02" * 300, "不是这种格式", "重新下载"),
    "cut zip": ("a.docx", xml_docx(p("一、甲"))[:300], "损坏", "重新下载"),
    "broken part": ("a.docx", _with("word/document.xml", b"<w:document"), "不是完整的 XML", "重新下载"),
    "no body": ("a.docx", _with("word/document.xml", b"<a/>"), "没有正文", "重新下载"),
    "spreadsheet": ("a.docx", zipped({"xl/workbook.xml": "x"}), "Excel", "可读的有"),
    "other zip": ("a.docx", zipped({"a.txt": "x"}), "压缩包", "可读的有"),
    "zip bomb": (
        "a.docx",
        _with("word/document.xml", b" " * (limits.MAX_PART + 1)),
        "解压后超过",
        "另要一份",
    ),
    "zip bomb that lies": ("a.docx", _lying_zip(), "", ""),
    "zip bomb declared": ("a.docx", _declared_bomb(), "声称解压后", "另要一份"),
    "many parts": (
        "a.docx",
        zipped({f"word/{n}": "" for n in range(limits.MAX_PARTS + 1)}),
        "内含",
        "另要一份",
    ),
    "external entity": ("a.docx", _with("word/document.xml", _ENTITY.encode()), "实体", "另存"),
    "billion laughs": ("a.docx", _with("word/document.xml", _LAUGHS.encode("utf-16")), "实体", "另存"),
    "entity in styles": ("a.docx", xml_docx(p("一、甲"), styles="<!DOCTYPE x><w:styles/>"), "实体", "另存"),
    "locked zip": ("a.docx", _locked_zip(), "密码", "取消密码"),
    "locked word": ("a.docx", _OLE + "EncryptedPackage".encode("utf-16-le"), "密码", "取消密码"),
    "old spreadsheet": ("a.doc", _OLE + "Workbook".encode("utf-16-le"), "Excel", "可读的有"),
    "locked pdf": ("a.pdf", locked_pdf(), "密码", "取消密码"),
    "scanned pdf": ("a.pdf", picture_pdf(), "全是图片", "OCR"),
    "pdf without words": ("a.pdf", pdf(b"BT ET"), "没有文字", "OCR"),
    "cut pdf": ("a.pdf", b"%PDF-1.7\n%%EOF", "损坏", "重新下载"),
    "pdf bomb": ("a.pdf", pdf(_BOMB, b"/Filter[/FlateDecode/FlateDecode]"), "解压后超过", "另要一份"),
    "list page": ("a.html", PAGES["government"](["政策文件"]).encode(), "编号", "方案正文"),
    "empty page": ("a.html", b"<html><body><script>1</script></body></html>", "没有文字", "OCR"),
    "letter": ("a.txt", "今天天气很好。我们去公园。".encode(), "编号", "方案正文"),
    "letter as word": ("a.docx", typed_docx(["今天天气很好。", "我们去公园。"]), "编号", "方案正文"),
}


@pytest.mark.parametrize("name", CASES)
def test_it_is_refused_with_reason_and_hint(name: str, tmp_path: Path) -> None:
    file, content, message, hint = CASES[name]
    path = tmp_path / file
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read(path)
    told = caught.value.findings[0]
    assert message in told.message
    assert hint in told.hint
    assert told.hint
    assert str(path) in str(told)


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(200 * limits.MIB)
    tracemalloc.start()
    with pytest.raises(InputError, match="64 MB"):
        read(path)
    assert tracemalloc.get_traced_memory()[1] < limits.MIB
    tracemalloc.stop()


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("a.txt", ("一、甲" + "字" * 99 + "\n") * 26_000),
        ("a.html", "<p>一、甲" + "字" * limits.MAX_CHARACTERS),
        ("a.html", "<p>" + "一、甲。" * 10 + "<p>字" * (limits.MAX_LINES + 1)),
        ("a.html", "<p>一、" + "<!-- " + "x" * limits.MAX_HTML + "-->"),
    ],
)
def test_a_book_is_refused(file: str, content: str, tmp_path: Path) -> None:
    path = tmp_path / file
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="超过"):
        read(path)


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000 + "一、甲",
        "<table><tr><td>" * 2_000 + "一、甲",
        "<b><i><p>甲" * 5_000 + "一、甲",
        "<ul><li>甲" * 3_000 + "<p>一、甲",
        "<table><tr>" + "<td colspan=64 rowspan=9999>甲" * 500 + "<tr><td>一、乙<td>丙" * 500,
        "<" * 500_000 + "<p>一、甲",
    ],
)
def test_a_hostile_page_takes_no_time(page: str, tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(page, encoding="utf-8")
    _only_input_errors(path)


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "body",
    [
        "<w:tbl><w:tr><w:tc>" * 80 + p("一、甲"),
        "<w:sdt><w:sdtContent>" * 120 + p("一、甲") + "</w:sdtContent></w:sdt>" * 120,
        "<w:tbl><w:tr>"
        + '<w:tc><w:tcPr><w:gridSpan w:val="99999"/></w:tcPr><w:p/></w:tc>' * 2_000
        + "</w:tr></w:tbl>"
        + p("一、甲"),
        "<w:tbl>"
        + (
            "<w:tr><w:tc>"
            + p("甲")
            + '</w:tc><w:tc><w:tcPr><w:gridSpan w:val="63"/></w:tcPr><w:p/></w:tc></w:tr>'
        )
        * 2_000
        + "</w:tbl>"
        + p("一、甲"),
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>' * 20_000 + p("一、甲"),
        p("甲") * 30_000 + p("一、甲"),
    ],
)
def test_a_hostile_word_file_takes_no_time(body: str, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(xml_docx(body))
    _only_input_errors(path)


def test_a_hundred_parts_are_read_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(typed_docx(["一、甲"] * 100))
    _only_input_errors(path)


def test_a_space_in_a_line_of_units_is_no_bug(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("---\nmeta: {}\n---\n\n## 目标。办好。\n\n@责任 牵头=甲、 乙\n", encoding="utf-8")
    _only_input_errors(path)


def test_numbering_that_skips_is_read_on_and_told(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(
        typed_docx(
            [*SMALL, "2.讲课。开展讲座。", "5.办报。编印读物。", "二、保障措施", "（一）组织。加强领导。"]
        )
    )
    document = read(path)
    assert [block.title for block in document.blocks if hasattr(block, "title")][-1] == "组织"
    assert any("5" in entry.what for entry in document.unread)


def test_without_libreoffice_an_old_file_is_refused_with_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("drafter.write.render._PLACES", ())
    path = tmp_path / "a.wps"
    path.write_bytes(_OLE + "WordDocument".encode("utf-16-le"))
    with pytest.raises(InputError, match="LibreOffice") as caught:
        read(path)
    assert "安装" in caught.value.findings[0].hint


@pytest.mark.render
def test_a_broken_old_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(_OLE + "WordDocument".encode("utf-16-le"))
    _only_input_errors(path)
    monkeypatch.setattr(office_module, "OFFICE_SECONDS", 0.01)
    with pytest.raises(InputError, match="LibreOffice"):
        read(path)


def test_folders_and_missing_files_are_told(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.docx", Path("/dev/null")):
        with pytest.raises(InputError):
            read(path)


@pytest.mark.parametrize("name", ["empty", "external entity", "scanned pdf", "letter"])
def test_the_command_says_so_and_exits_2(name: str, tmp_path: Path, run_drafter: Callable[..., Any]) -> None:
    file, content, message, _ = CASES[name]
    (tmp_path / file).write_bytes(content)
    done = run_drafter("read", tmp_path / file)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr


# ------------------------------------------------------------------ fuzzing

_TEXT = "\n".join(SMALL)
_LATIN = ["Plan 2030", "1.First item. Text of it.", "2.Second item. Text.", "3.Third. Text."]
SEEDS: dict[str, bytes] = {
    "a.txt": _TEXT.encode(),
    "b.txt": _TEXT.encode("gb18030"),
    "c.txt": _TEXT.encode("utf-16"),
    "a.md": f"---\nmeta: {{}}\n---\n\n# 方案\n\n## 总体要求\n\n### 目标。{SMALL[3]} {{@a-b =（一）}}\n\n@责任 牵头=甲、乙\n\n@表 题\n\n| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |\n".encode(),
    "a.html": PAGES["government"](SMALL).encode(),
    "b.html": PAGES["tables"](SMALL).encode("gb18030"),
    "a.docx": numbered_docx(SMALL),
    "a.pdf": text_pdf(_LATIN),
}
_WORD_PARTS = _parts(
    xml_docx(
        f"{p('一、总体要求')}<w:tbl><w:tr><w:tc>{p('甲')}</w:tc><w:tc>{p('乙')}</w:tc></w:tr></w:tbl>",
        f'<w:numbering {NAMES}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
        f'<w:styles {NAMES}><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style></w:styles>',
    )
)

Edit = tuple[str, float, bytes]
_edits = st.lists(
    st.tuples(
        st.sampled_from(["flip", "cut", "insert", "double", "end"]),
        st.floats(0, 1),
        st.binary(min_size=1, max_size=12),
    ),
    min_size=1,
    max_size=6,
)


def _mutated(data: bytes, edits: list[Edit]) -> bytes:
    made = bytearray(data)
    for kind, place, words in edits:
        at = int(place * len(made))
        if kind == "flip":
            made[at : at + len(words)] = words
        elif kind == "cut":
            del made[at : at + len(words) ** 2]
        elif kind == "insert":
            made[at:at] = words
        elif kind == "double":
            made[at:at] = made[max(at - 200, 0) : at]
        else:
            del made[at:]
    return bytes(made)


def _only_input_errors(path: Path) -> None:
    """Reads; whatever is wrong must be told as an InputError."""
    with contextlib.suppress(InputError):
        read(path)


_FUZZ = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("name", SEEDS)
@_FUZZ
@given(edits=_edits)
def test_mutated_files_are_read_or_refused(
    name: str, edits: list[Edit], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / f"fuzz-{name}"
    path.write_bytes(_mutated(SEEDS[name], edits))
    _only_input_errors(path)


@pytest.mark.parametrize(
    "part",
    ["word/document.xml", "word/numbering.xml", "word/styles.xml", "[Content_Types].xml", "_rels/.rels"],
)
@_FUZZ
@given(edits=_edits)
def test_mutated_parts_are_read_or_refused(
    part: str, edits: list[Edit], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "fuzz-part.docx"
    path.write_bytes(zipped({**_WORD_PARTS, part: _mutated(_WORD_PARTS[part], edits)}))
    _only_input_errors(path)


_TAGS = (
    "p",
    "r",
    "t",
    "tbl",
    "tr",
    "tc",
    "sdt",
    "sdtContent",
    "ins",
    "del",
    "pPr",
    "rPr",
    "numPr",
    "br",
    "fldChar",
    "instrText",
    "pict",
    "txbxContent",
    "gridSpan",
    "vMerge",
    "sym",
    "ruby",
)
_trees = st.recursive(
    st.sampled_from(["", "甲", "一、", "（一）乙。丙"]).map(str),
    lambda inner: st.tuples(
        st.sampled_from(_TAGS),
        st.sampled_from(
            [
                "",
                'w:val="1"',
                'w:val="-1"',
                'w:val="x"',
                'w:fldCharType="end"',
                'w:char="FFFFF"',
                'w:type="page"',
            ]
        ),
        st.lists(inner, max_size=4),
    ).map(lambda made: f"<w:{made[0]} {made[1]}>{''.join(made[2])}</w:{made[0]}>"),
    max_leaves=30,
)


@_FUZZ
@given(trees=st.lists(_trees, max_size=6))
def test_any_order_of_elements_is_read_or_refused(
    trees: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "fuzz-tree.docx"
    path.write_bytes(xml_docx("".join(trees) + p("一、甲")))
    _only_input_errors(path)
