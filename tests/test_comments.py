"""Comments set into a .docx, ours or another program's."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from docx import Document as WordDocument

from drafter.document import Document, Item
from drafter.write import write
from drafter.write.comments import Comment, origin_paragraphs, with_comments
from drafter.write.trace import State, Trace, state

PAPER = Document(
    title=("某县", "实施方案"),
    blocks=(
        Item(2, "排查水库", "汛前查清隐患。", origin="check-dams"),
        Item(2, "转移演练", "每年一次。", origin="drill"),
    ),
)


@pytest.fixture
def package(tmp_path: Path) -> bytes:
    """A .docx of ours."""
    write(PAPER, tmp_path / "plan.docx", trace=Trace("0" * 64))
    return (tmp_path / "plan.docx").read_bytes()


def foreign(*paragraphs: str) -> bytes:
    """A .docx that another program made, each paragraph in two runs."""
    made = WordDocument()
    for text in paragraphs:
        paragraph = made.add_paragraph()
        for half in (text[: len(text) // 2], text[len(text) // 2 :]):
            paragraph.add_run(half)
    packed = io.BytesIO()
    made.save(packed)
    return packed.getvalue()


def told(package: bytes) -> list[tuple[str, str]]:
    """What each comment is about, and what it says, as python-docx reads the file."""
    made = WordDocument(io.BytesIO(package))
    said = {comment.comment_id: comment.text for comment in made.comments}
    found = []
    tag = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    for number, text in said.items():
        inside, words = False, ""
        for element in made.element.body.iter():
            if element.get(f"{tag}id") == str(number) and element.tag == f"{tag}commentRangeStart":
                inside = True
            elif element.get(f"{tag}id") == str(number) and element.tag == f"{tag}commentRangeEnd":
                inside = False
            elif inside and element.tag == f"{tag}t":
                words += element.text or ""
        found.append((words, text))
    return found


def test_a_comment_is_about_the_words_it_quotes() -> None:
    package = with_comments(
        foreign("无关的一段。", "到 2030 年完成。"), [Comment(1, ("去掉空格",), " 2030 ")], "审核"
    )
    assert told(package) == [(" 2030 ", "去掉空格")]
    assert WordDocument(io.BytesIO(package)).paragraphs[1].text == "到 2030 年完成。"


def test_without_the_quoted_words_it_is_about_the_paragraph() -> None:
    package = with_comments(foreign("全段。"), [Comment(0, ("一", "二"), "别处")], "审核", date(2026, 12, 1))
    assert told(package) == [("全段。", "一\n二")]
    comment = next(iter(WordDocument(io.BytesIO(package)).comments))
    assert (comment.author, str(comment.timestamp)[:10]) == ("审核", "2026-12-01")


def test_several_comments_may_share_a_paragraph() -> None:
    comments = [Comment(0, ("甲",), "汛前"), Comment(0, ("乙",), "前查清"), Comment(0, ("丙",), "")]
    package = with_comments(foreign("汛前查清隐患。"), comments, "审核")
    assert told(package) == [("汛前", "甲"), ("前查清", "乙"), ("汛前查清隐患。", "丙")]


def test_comments_that_were_there_stay() -> None:
    once = with_comments(foreign("一段。"), [Comment(0, ("先",))], "甲")
    twice = with_comments(once, [Comment(0, ("后",))], "乙")
    assert [text for _, text in told(twice)] == ["先", "后"]


def test_an_empty_paragraph_can_bear_one() -> None:
    assert told(with_comments(foreign(""), [Comment(0, ("空行",))], "审核")) == [("", "空行")]


def test_origins_are_found_by_the_trace(package: bytes) -> None:
    places = origin_paragraphs(package)
    annotated = with_comments(package, [Comment(places["drill"], ("每年",), "每年一次")], "drafter")
    assert told(annotated) == [("每年一次", "每年")]
    assert not origin_paragraphs(foreign("一段。"))


@pytest.mark.parametrize(("change", "expected"), [(lambda data: data, State.OURS), (None, State.EDITED)])
def test_our_comments_are_no_edit_but_do_not_hide_one(
    package: bytes, change: Callable[[bytes], bytes] | None, expected: State, tmp_path: Path
) -> None:
    if change is None:
        made = WordDocument(io.BytesIO(package))
        made.paragraphs[-1].add_run("手改")
        packed = io.BytesIO()
        made.save(packed)
        package = packed.getvalue()
    path = tmp_path / "annotated.docx"
    path.write_bytes(with_comments(package, [Comment(0, ("批注",))], "drafter"))
    assert state(path) is expected


def test_the_package_stays_valid(package: bytes, tmp_path: Path) -> None:
    import shutil
    import subprocess
    import sys

    program = shutil.which("openxml-audit", path=str(Path(sys.executable).parent))
    assert program
    path = tmp_path / "annotated.docx"
    path.write_bytes(
        with_comments(package, [Comment(0, ("批注",)), Comment(1, ("又一条",), "县")], "drafter")
    )
    done = subprocess.run([program, str(path)], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
