"""Tracked changes: what they hold, and what they leave when accepted or rejected."""

import io
import itertools
import shutil
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from compared import ABOVE, BELOW, CHILD, HOSTILE, MADE, PARENT
from docx import Document as WordDocument
from lxml import etree

from drafter.align import align
from drafter.align.levelling import levelling
from drafter.align.report_docx import docx_report
from drafter.document import Annex, Document, Paragraph, one_line
from drafter.outline import outline
from drafter.read import read
from drafter.write.redline import Edit, Line, Op, lines, redline_bytes
from drafter.write.trace import State, state

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SHELL = Document(title=("某县方案",), annexes=(Annex("对照表", (Paragraph("完。"),)),))


def line(text: str, style: str = "gwBody") -> Line:
    """A paragraph in one piece."""
    return Line(style, ((text, None),))


def body(package: bytes) -> Any:
    """The text of a .docx."""
    with zipfile.ZipFile(io.BytesIO(package)) as source:
        return etree.fromstring(source.read("word/document.xml"))[0]


def settled(package: bytes, gone: str, text: str) -> list[str]:
    """The paragraphs that stay when changes of the kind `gone` are taken out; `text`: the element of their words."""
    found = []
    for paragraph in body(package).iterchildren(f"{W}p"):
        mark = paragraph.find(f"{W}pPr/{W}rPr/{W}{gone}")
        words = [
            each.text or ""
            for each in paragraph.iter(f"{W}t", f"{W}{text}")
            if not any(holder.tag == f"{W}{gone}" for holder in each.iterancestors())
        ]
        if mark is None and words:
            found.append("".join(words))
    return found


def accepted(package: bytes) -> list[str]:
    """The new text."""
    return settled(package, "del", "t")


def rejected(package: bytes) -> list[str]:
    """The old text."""
    return settled(package, "ins", "delText")


REPORT = docx_report(MADE, (PARENT, ABOVE), (CHILD, BELOW), "青石县人民政府办公室", date(2026, 12, 8))


def test_accepted_it_is_the_childs_text() -> None:
    wanted = [each.text for each in lines(CHILD)]
    assert accepted(REPORT)[: len(wanted)] == wanted


def test_rejected_it_is_the_parents_text_on_the_childs_level() -> None:
    level = levelling(ABOVE.meta, BELOW.meta)
    wanted = [level(each.text) for each in lines(PARENT)]
    assert rejected(REPORT)[: len(wanted)] == wanted
    assert "全县河湖逐一登记造册" in "".join(wanted)


def test_text_of_a_plan_is_never_markup() -> None:
    assert any(HOSTILE in each for each in rejected(REPORT))


def test_what_is_linked_stands_in_one_paragraph() -> None:
    both = [
        "".join(each.text or "" for each in paragraph.iter(f"{W}t", f"{W}delText"))
        for paragraph in body(REPORT).iterchildren(f"{W}p")
        if paragraph.find(f"{W}ins") is not None and paragraph.find(f"{W}del") is not None
    ]
    assert any("登记造册" in text and "建立台账" in text for text in both)


def test_a_principle_before_the_first_number_belongs_to_the_preamble() -> None:
    opening = Paragraph("坚持节约。凡事从简。", "principle")
    child = Document(form=CHILD.form, title=CHILD.title, blocks=(opening, *CHILD.blocks), meta=CHILD.meta)
    made = docx_report(MADE, (PARENT, ABOVE), (child, outline(child)), "某县")
    wanted = [each.text for each in lines(child)]
    assert accepted(made)[: len(wanted)] == wanted


@pytest.mark.parametrize(("above", "below"), [("xiangxi", "zezhou"), ("panzhihua", "loudi")])
def test_real_plans_are_both_found_whole(above: str, below: str, plans: Path) -> None:
    (parent, child) = (read(plans / f"{name}.txt") for name in (above, below))
    one, other = outline(parent), outline(child)
    made = docx_report(align(other, one), (parent, one), (child, other), "某县")
    level = levelling(one.meta, other.meta)
    old = ["".join(one_line(level(text)) for text, _ in each.pieces) for each in lines(parent)]
    new = [each.text for each in lines(child)]
    assert accepted(made)[: len(new)] == new
    assert rejected(made)[: len(old)] == old


def test_the_table_is_the_annex() -> None:
    made = WordDocument(io.BytesIO(REPORT))
    orders, rows = made.tables
    assert [cell.text for cell in orders.rows[2].cells][1:4] == ["未承接（错误）", "—", "每人每月巡河4次"]
    assert len(rows.rows) == 1 + 2 + len(MADE.pairs)


def test_changes_say_who_and_when_as_far_as_that_is_known() -> None:
    marks = list(body(REPORT).iter(f"{W}ins", f"{W}del", f"{W}pPrChange"))
    assert marks
    assert {mark.get(f"{W}author") for mark in marks} == {"青石县人民政府办公室"}
    assert {mark.get(f"{W}date") for mark in marks} == {"2026-12-08T00:00:00Z"}
    assert len({mark.get(f"{W}id") for mark in marks}) == len(marks)
    undated = redline_bytes(SHELL, [Edit(None, line("新段。"))], "某县")
    assert {mark.get(f"{W}date") for mark in body(undated).iter(f"{W}ins")} == {None}


def test_a_paragraph_keeps_the_style_of_each_side() -> None:
    old, new = line("（一）宣传", "Heading2"), line("（一）宣传", "gwItem3")
    (made, *_) = body(redline_bytes(SHELL, [Edit(old, new, (("equal", old.text),))], "某县"))
    assert made.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "gwItem3"
    assert made.find(f"{W}pPr/{W}pPrChange/{W}pPr/{W}pStyle").get(f"{W}val") == "Heading2"


def test_titles_in_a_paragraph_keep_their_face_where_the_text_changes() -> None:
    old = Line("gwItem3", (("1.登记。", "gwRunIn3"), ("登记造册。", None)))
    new = Line("gwItem3", (("1.登记。", "gwRunIn3"), ("建立台账。", None)))
    ops: tuple[Op, ...] = (
        ("equal", "1.登记。"),
        ("delete", "登记造册"),
        ("insert", "建立台账"),
        ("equal", "。"),
    )
    (made, *_) = body(redline_bytes(SHELL, [Edit(old, new, ops)], "某县"))
    styles = [run.find(f"{W}rPr/{W}rStyle") is not None for run in made.iter(f"{W}r")]
    assert styles == [True, False, False, False]


def test_a_later_edit_shows(tmp_path: Path) -> None:
    path = tmp_path / "redline.docx"
    path.write_bytes(REPORT)
    assert state(path) is State.OURS


def test_the_package_is_valid(tmp_path: Path) -> None:
    program = shutil.which("openxml-audit", path=str(Path(sys.executable).parent))
    assert program
    path = tmp_path / "redline.docx"
    path.write_bytes(REPORT)
    done = subprocess.run([program, str(path)], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


# ------------------------------------------------------------------ another program settles the changes

MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Settle(source As String, command As String, target As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  paper = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  dispatcher.executeDispatch(paper.CurrentController.Frame, ".uno:" &amp; command, "", 0, Array())
  Dim filter(0) As New com.sun.star.beans.PropertyValue
  filter(0).Name = "FilterName"
  filter(0).Value = "Text (encoded)"
  paper.storeToURL(target, filter())
  paper.close(True)
End Sub
</script:module>"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Module1"/></library:library>"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """LibreOffice with a macro that settles all changes of a file and stores its text."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    assert program
    home = tmp_path_factory.mktemp("office")
    command = [program, f"-env:UserInstallation={home.as_uri()}", "--headless", "--norestore"]
    # The first start makes the profile, and would write over a library that is there already.
    subprocess.run([*command, "--terminate_after_init"], capture_output=True, timeout=120, check=False)
    library = home / "user" / "basic" / "Standard"
    library.mkdir(parents=True, exist_ok=True)
    (library / "Module1.xba").write_text(MACRO, encoding="utf-8")
    (library / "script.xlb").write_text(LIBRARY, encoding="utf-8")
    return command


def settle(office: list[str], package: bytes, command: str, folder: Path) -> list[str]:
    """The paragraphs that LibreOffice has after accepting or rejecting every change, up to the annex."""
    source, target = folder / "redline.docx", folder / "settled.txt"
    source.write_bytes(package)
    macro = f"macro:///Standard.Module1.Settle({source.as_uri()},{command},{target.as_uri()})"
    done = subprocess.run([*office, macro], capture_output=True, encoding="utf-8", timeout=120, check=False)
    assert target.is_file(), done.stderr
    text = target.read_text(encoding="utf-8-sig").split("附件\n")[0]
    return [each.strip() for each in text.split("\n") if each.strip()]


def neighbours() -> list[Edit]:
    """Every kind of change with every other before and after it."""

    def edit(kind: str, number: int) -> Edit:
        kept = f"第{number}段"
        texts = {
            "ends with more": (kept, kept + "增", (("equal", kept), ("insert", "增"))),
            "ends with less": (kept + "删", kept, (("equal", kept), ("delete", "删"))),
            "ends otherwise": (
                kept + "删",
                kept + "增",
                (("equal", kept), ("delete", "删"), ("insert", "增")),
            ),
            "begins with more": (kept, "增" + kept, (("insert", "增"), ("equal", kept))),
        }
        if kind == "comes":
            return Edit(None, line(kept))
        if kind == "goes":
            return Edit(line(kept), None)
        old, new, ops = texts[kind]
        return Edit(line(old), line(new), ops)  # type: ignore[arg-type]

    kinds = ("ends with more", "ends with less", "ends otherwise", "begins with more", "comes", "goes")
    order = [kind for two in itertools.product(kinds, repeat=2) for kind in (*two, "ends with less")]
    return [edit(kind, number) for number, kind in enumerate(order, 1)]


@pytest.mark.render
@pytest.mark.parametrize("command", ["AcceptAllTrackedChanges", "RejectAllTrackedChanges"])
def test_libreoffice_settles_every_change_as_it_should(
    office: list[str], command: str, tmp_path: Path
) -> None:
    edits = neighbours()
    sides = [edit.new if command.startswith("Accept") else edit.old for edit in edits]
    found = settle(office, redline_bytes(SHELL, edits, "某县"), command, tmp_path)
    assert found == [side.text for side in sides if side]


@pytest.mark.render
def test_libreoffice_finds_both_plans_in_the_report(office: list[str], tmp_path: Path) -> None:
    level = levelling(ABOVE.meta, BELOW.meta)
    assert settle(office, REPORT, "AcceptAllTrackedChanges", tmp_path) == [each.text for each in lines(CHILD)]
    assert settle(office, REPORT, "RejectAllTrackedChanges", tmp_path) == [
        level(each.text) for each in lines(PARENT)
    ]
