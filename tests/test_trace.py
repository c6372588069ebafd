"""What a file remembers: the trace of a .docx, and how a file by hand is told from one of ours."""

import io
import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from drafter.document import Annex, Document, Heading, Item, Paragraph, Table
from drafter.model.profile import Answer, Decision
from drafter.write import write
from drafter.write.package import docx_bytes
from drafter.write.trace import NAMESPACE, State, Trace, digest, fingerprint, read_trace, sign, state

T = f"{{{NAMESPACE}}}"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MAIN = "word/document.xml"
PAPER = Document(
    title=("某县", "实施方案"),
    blocks=(
        Heading(1, "任务", origin="group"),
        Item(3, "开放设施", "每年开放4天。", origin="open-days"),
        Item(3, "培训", "每年培训。"),
        Paragraph("结尾。"),
    ),
    annexes=(Annex("表", (Table((("甲",), ("乙",))),), origin="table"),),
)
TRACE = Trace(
    profile=digest("profile"),
    parents={"city": digest("parent")},
    answers={
        "open-days": (Answer(parent="city", item="3.1"), Answer(parent="city", item="3.2")),
        "unused": (),
    },
    decisions=(
        Decision(parent="city", item="9", kind="pin", children=("3.1", "3.2"), reason="合并"),
        Decision(parent="city", item="10", kind="omit"),
    ),
)
DOCX = docx_bytes(PAPER, {}, TRACE)
Rewrite = Callable[[bytes], bytes]


def changed(content: bytes, rewrite: Rewrite | None = None, part: str = MAIN, drop: str = "-") -> bytes:
    """The package zipped anew, one part rewritten, one kind of part dropped."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            if not name.startswith(drop):
                data = old.read(name)
                new.writestr(name, rewrite(data) if rewrite and name == part else data)
    return packed.getvalue()


def replaced(old: str, new: str) -> Rewrite:
    """A rewrite of one piece, which must be there."""

    def rewrite(data: bytes) -> bytes:
        text = data.decode()
        assert old in text, old
        return text.replace(old, new, 1).encode()

    return rewrite


def state_of(folder: Path, content: bytes, name: str = "plan.docx") -> State:
    """What a file of that content is."""
    path = folder / name
    path.write_bytes(content)
    return state(path)


def trace_of(content: bytes) -> etree._Element:
    """The trace of a package."""
    found = read_trace(content)
    assert found is not None
    return found


def paragraph_text(content: bytes, bookmark: str) -> str:
    """The words of the paragraph that a bookmark stands in."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        tree = etree.fromstring(package.read(MAIN))
    (start,) = tree.iterfind(f".//{{{W}}}bookmarkStart[@{{{W}}}name='{bookmark}']")
    inside = start.getparent()
    assert inside is not None
    return "".join(each.text or "" for each in inside.iter(f"{{{W}}}t"))


# ------------------------------------------------------------------ what it holds


def test_the_trace_is_found_by_its_namespace_and_not_by_its_name() -> None:
    renamed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(DOCX)) as old, zipfile.ZipFile(renamed, "w") as new:
        new.writestr("customXml/item1.xml", '<other xmlns="urn:other"/>')
        for name in old.namelist():
            new.writestr(name.replace("customXml/item1.xml", "customXml/item7.xml"), old.read(name))
    assert trace_of(renamed.getvalue()).get("profile") == digest("profile")


def test_profile_and_parents_are_held_as_digests() -> None:
    trace = trace_of(DOCX)
    assert trace.tag == f"{T}trace"
    assert trace.get("profile") == digest("profile")
    assert [(each.get("id"), each.get("digest")) for each in trace.iter(f"{T}parent")] == [
        ("city", digest("parent"))
    ]


def test_every_paragraph_of_known_origin_has_a_bookmark_and_the_hash_of_its_words() -> None:
    entries = [dict(each.attrib) for each in trace_of(DOCX).iter(f"{T}paragraph")]
    assert [entry["origin"] for entry in entries] == ["group", "open-days", "table"]
    assert [entry["bookmark"] for entry in entries] == ["_d0001", "_d0002", "_d0003"]
    for entry in entries:
        assert entry["hash"] == digest(paragraph_text(DOCX, str(entry["bookmark"])))
    assert paragraph_text(DOCX, "_d0002") == "1.开放设施。每年开放4天。"


def test_answers_stand_with_the_paragraph_that_gives_them() -> None:
    found = {
        each.get("origin"): [(answer.get("parent"), answer.get("item")) for answer in each]
        for each in trace_of(DOCX).iter(f"{T}paragraph")
    }
    assert found == {"group": [], "open-days": [("city", "3.1"), ("city", "3.2")], "table": []}


def test_decisions_are_held_with_their_reason() -> None:
    first, second = trace_of(DOCX).iter(f"{T}decision")
    assert [first.get(name) for name in ("parent", "item", "kind", "reason")] == ["city", "9", "pin", "合并"]
    assert [child.get("id") for child in first] == ["3.1", "3.2"]
    assert (second.get("kind"), second.get("reason"), len(second)) == ("omit", "", 0)


def test_the_digest_of_the_document_is_that_of_its_part() -> None:
    with zipfile.ZipFile(io.BytesIO(DOCX)) as package:
        main = package.read(MAIN)
    assert trace_of(DOCX).get("document") == digest(main)
    assert trace_of(DOCX).get("fingerprint") == fingerprint(main)


# ------------------------------------------------------------------ states


def test_a_file_that_is_not_there_is_absent(tmp_path: Path) -> None:
    assert state(tmp_path / "plan.docx") is State.ABSENT


def test_a_file_as_we_wrote_it_is_ours(tmp_path: Path) -> None:
    assert state_of(tmp_path, DOCX) is State.OURS
    assert state_of(tmp_path, changed(DOCX)) is State.OURS


SAVED_AGAIN: dict[str, Rewrite] = {
    "white space between elements": lambda data: data.replace(b"<w:p>", b"\n  <w:p>"),
    "another declaration": lambda data: data.replace(b"<?xml version='1.0'", b'<?xml version="1.0"'),
    "ids of the editing session": lambda data: data.replace(b"<w:p>", b'<w:p w:rsidR="00112233">'),
    "a heading made bold": replaced("<w:r><w:t>一、任务", "<w:r><w:rPr><w:b/></w:rPr><w:t>一、任务"),
}


@pytest.mark.parametrize("how", SAVED_AGAIN)
def test_a_file_saved_again_without_a_change_of_words_is_resaved(tmp_path: Path, how: str) -> None:
    content = changed(DOCX, SAVED_AGAIN[how])
    assert content != DOCX
    assert state_of(tmp_path, content) is State.RESAVED


def test_a_run_that_a_program_split_is_no_edit(tmp_path: Path) -> None:
    """Word splits runs for proofing marks and fonts whenever it saves."""
    split = replaced("每年开放4天。", "每年开放</w:t></w:r><w:r><w:t>4天。")
    assert state_of(tmp_path, changed(DOCX, split)) is State.RESAVED


RUN = "<w:r><w:t>结尾。</w:t></w:r>"
EDITED: dict[str, Rewrite] = {
    "a word changed": replaced("每年开放4天。", "每年开放5天。"),
    "a word added": replaced("结尾。", "结尾了。"),
    "a word removed": replaced("结尾。", "结。"),
    "two paragraphs exchanged": lambda data: re.sub(
        r"(<w:p>(?:(?!<w:p>).)*培训。.*?</w:p>)(<w:p>.*?</w:p>)", r"\2\1", data.decode(), flags=re.S
    ).encode(),
    "a comment": replaced(RUN, f'{RUN}<w:r><w:commentReference w:id="0"/></w:r>'),
    "a tracked insertion": replaced(RUN, f'<w:ins w:id="9" w:author="某">{RUN}</w:ins>'),
    "a tracked deletion": replaced(
        RUN, '<w:del w:id="9" w:author="某"><w:r><w:delText>结尾。</w:delText></w:r></w:del>'
    ),
    "an empty insertion mark": replaced("</w:pPr>", '</w:pPr><w:ins w:id="9" w:author="某"/>'),
}


@pytest.mark.parametrize("how", EDITED)
def test_a_file_that_a_person_changed_is_edited(tmp_path: Path, how: str) -> None:
    assert state_of(tmp_path, changed(DOCX, EDITED[how])) is State.EDITED


def test_a_file_without_a_trace_is_foreign(tmp_path: Path) -> None:
    assert state_of(tmp_path, docx_bytes(PAPER, {}, None)) is State.FOREIGN
    assert state_of(tmp_path, changed(DOCX, drop="customXml/")) is State.FOREIGN
    assert state_of(tmp_path, b"") is State.FOREIGN
    assert state_of(tmp_path, "正文".encode()) is State.FOREIGN


def test_a_package_without_its_document_is_foreign(tmp_path: Path) -> None:
    assert state_of(tmp_path, changed(DOCX, drop=MAIN)) is State.FOREIGN
    assert state_of(tmp_path, changed(DOCX, lambda data: data[:-20])) is State.FOREIGN
    broken = changed(DOCX, lambda data: data[:-20], part="customXml/item1.xml")
    assert state_of(tmp_path, broken) is State.FOREIGN


@pytest.mark.parametrize("size", [1, 100, len(DOCX) // 2, len(DOCX) - 1])
def test_a_package_cut_short_is_foreign(tmp_path: Path, size: int) -> None:
    assert state_of(tmp_path, DOCX[:size]) is State.FOREIGN


@pytest.mark.parametrize("part", [MAIN, "customXml/item1.xml"])
def test_a_package_with_a_damaged_part_is_foreign(tmp_path: Path, part: str) -> None:
    with zipfile.ZipFile(io.BytesIO(DOCX)) as package:
        entry = package.getinfo(part)
    start = entry.header_offset + 30 + len(part) + 8
    content = bytearray(DOCX)
    content[start : start + 24] = random.Random(1).randbytes(24)
    assert state_of(tmp_path, bytes(content)) is State.FOREIGN


def test_a_trace_reads_no_outside_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密", encoding="utf-8")
    doctype = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'

    def poison(data: bytes) -> bytes:
        head, mark, rest = data.partition(b"<trace")
        return head + doctype.encode() + mark + rest.replace(b"</trace>", b"&e;</trace>")

    found = read_trace(changed(DOCX, poison, part="customXml/item1.xml"))
    assert found is None or "机密" not in "".join(str(text) for text in found.itertext())


# ------------------------------------------------------------------ files without a trace


@pytest.mark.parametrize("to", ["md", "html"])
def test_a_text_of_ours_is_signed_and_shows_an_edit(tmp_path: Path, to: str) -> None:
    path = tmp_path / f"plan.{to}"
    write(PAPER, path, to)  # type: ignore[arg-type]
    content = path.read_bytes()
    assert state(path) is State.OURS
    assert state_of(tmp_path, content.replace("4天".encode(), "5天".encode())) is State.EDITED
    assert state_of(tmp_path, content + b"\n") is State.EDITED
    unsigned = re.sub(rb"drafter:sha256=[0-9a-f]{64}", b"", content)
    assert state_of(tmp_path, unsigned) is State.FOREIGN


def test_a_pdf_is_signed_after_its_end(tmp_path: Path) -> None:
    content = sign(b"%PDF-1.7\n...\n%%EOF\n", b"%", b"\n")
    assert content.startswith(b"%PDF-1.7\n...\n%%EOF\n%drafter:sha256=")
    assert state_of(tmp_path, content, "plan.pdf") is State.OURS
    assert state_of(tmp_path, content.replace(b"...", b"..,"), "plan.pdf") is State.EDITED


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(alphabet="甲乙丙\n#-。", max_size=60), st.data())
def test_any_single_change_of_a_signed_text_shows(tmp_path: Path, text: str, data: st.DataObject) -> None:
    content = sign(text.encode(), b"<!-- ", b" -->\n")
    assert state_of(tmp_path, content, "plan.html") is State.OURS
    place = data.draw(st.integers(0, len(content) - 1))
    other = bytearray(content)
    other[place] ^= 1
    assert state_of(tmp_path, bytes(other), "plan.html") in (State.EDITED, State.FOREIGN)
