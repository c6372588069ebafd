"""A plan says the same whatever format it comes in: .docx, .pdf, web page, old office files, drafter's own papers."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from files import PAGES, lines_of, numbered_docx, tracked_docx, typed_docx

from drafter.build import build
from drafter.markup import parse, print_document
from drafter.outline import as_json, outline
from drafter.read import read
from drafter.read.docx import read_docx

PLANS = ("xiangxi", "zezhou", "yanfeng", "loudi", "panzhihua", "parent")


@pytest.fixture(params=PLANS)
def plan(request: pytest.FixtureRequest, root: Path) -> Path:
    """The text of a plan: our example's parent, or one of the real ones where they are."""
    if request.param == "parent":
        return root / "examples" / "qingping" / "parent.txt"
    folder: Path = request.getfixturevalue("plans")
    found = folder / f"{request.param}.txt"
    if not found.exists():
        pytest.skip(f"{found} is not there")
    return found


def shown(path: Path) -> dict[str, Any]:
    """The outline of a file, without what is only known of one format."""
    made = as_json(outline(read(path)))
    made.pop("unread")
    return made


def convert(path: Path, to: str, folder: Path) -> Path:
    """`path` as LibreOffice saves it in another format."""
    folder.mkdir(exist_ok=True)
    program = shutil.which("soffice") or shutil.which("libreoffice") or ""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", to, "--outdir", str(folder), str(path)]
    subprocess.run(command, capture_output=True, timeout=120, check=True)
    return folder / f"{path.stem}.{to.split(':', maxsplit=1)[0]}"


@pytest.mark.parametrize("make", [typed_docx, numbered_docx, tracked_docx])
def test_a_word_file_gives_the_outline_of_the_text(
    plan: Path, tmp_path: Path, make: Callable[[list[str]], bytes]
) -> None:
    file = tmp_path / "plan.docx"
    file.write_bytes(make(lines_of(plan.read_text(encoding="utf-8"))))
    assert shown(file) == shown(plan)


@pytest.mark.parametrize("make", [typed_docx, numbered_docx, tracked_docx])
def test_a_word_file_loses_no_character(plan: Path, make: Callable[[list[str]], bytes]) -> None:
    lines = lines_of(plan.read_text(encoding="utf-8"))
    found = read_docx(make(lines), Path("plan.docx"))
    assert _squeezed("".join(line.text for line in found.lines)) == _squeezed("".join(lines))


@pytest.mark.parametrize("kind", PAGES)
def test_a_web_page_gives_the_outline_of_the_text(plan: Path, tmp_path: Path, kind: str) -> None:
    page = PAGES[kind](lines_of(plan.read_text(encoding="utf-8")))
    file = tmp_path / "plan.html"
    file.write_bytes(page.encode("gb18030" if "gb2312" in page else "utf-8"))
    assert shown(file) == shown(plan)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_a_web_page_is_read_in_any_encoding(root: Path, tmp_path: Path, encoding: str) -> None:
    plan = root / "examples" / "qingping" / "parent.txt"
    page = PAGES["divs"](lines_of(plan.read_text(encoding="utf-8"))).replace("<meta charset=utf-8>", "")
    file = tmp_path / "plan.htm"
    file.write_bytes(page.encode(encoding))
    assert shown(file) == shown(plan)


@pytest.mark.render
@pytest.mark.parametrize("make", [typed_docx, numbered_docx])
def test_a_pdf_gives_the_outline_of_the_text(
    plan: Path, tmp_path: Path, make: Callable[[list[str]], bytes]
) -> None:
    file = tmp_path / "plan.docx"
    file.write_bytes(make(lines_of(plan.read_text(encoding="utf-8"))))
    assert shown(convert(file, "pdf", tmp_path / "out")) == shown(plan)


@pytest.mark.render
@pytest.mark.parametrize("to", ["doc", "rtf", "odt", "wps"])
def test_an_old_office_file_gives_the_outline_of_the_text(root: Path, tmp_path: Path, to: str) -> None:
    plan = root / "examples" / "qingping" / "parent.txt"
    file = tmp_path / "plan.docx"
    # LibreOffice writes the 、 of an automatic number as ? into .rtf; typed numbers it keeps.
    make = typed_docx if to == "rtf" else numbered_docx
    file.write_bytes(make(lines_of(plan.read_text(encoding="utf-8"))))
    made = convert(file, "doc" if to == "wps" else to, tmp_path / "out")
    assert shown(made.rename(made.with_suffix(f".{to}"))) == shown(plan)


# ------------------------------------------------------------------ drafter's own papers


@pytest.fixture(params=["example", "flood"])
def profile(request: pytest.FixtureRequest, example: Path, root: Path) -> tuple[Path, dict[str, Any]]:
    """A profile and the layers that it needs."""
    if request.param == "example":
        return example, {}
    folder = root / "tests" / "families" / "flood"
    return folder / "profile.yaml", {"catalog": folder / "catalog", "templates": folder / "templates"}


Profile = tuple[Path, dict[str, Any]]


def test_our_word_file_reads_back_to_the_outline_of_its_document(profile: Profile, tmp_path: Path) -> None:
    file = tmp_path / "plan.docx"
    document = build(profile[0], file, **profile[1]).document
    assert as_json(outline(read(file))) == as_json(outline(document))


def test_our_markup_reads_back_to_its_document(profile: Profile, tmp_path: Path) -> None:
    file = tmp_path / "plan.md"
    document = build(profile[0], file, "md", **profile[1]).document
    assert read(file) == document


def test_our_public_copy_reads_back_but_for_origins(profile: Profile, tmp_path: Path) -> None:
    file = tmp_path / "plan.docx"
    document = build(profile[0], file, clean=True, **profile[1]).document
    assert as_json(outline(read(file))) == _without_origins(as_json(outline(document)))


def test_our_web_page_reads_back_but_for_origins(profile: Profile, tmp_path: Path) -> None:
    file = tmp_path / "plan.html"
    document = build(profile[0], file, "html", **profile[1]).document
    assert as_json(outline(read(file))) == _without_origins(as_json(outline(document)))


@pytest.mark.render
def test_our_word_file_reads_back_after_libreoffice_saved_it(profile: Profile, tmp_path: Path) -> None:
    file = tmp_path / "plan.docx"
    document = build(profile[0], file, **profile[1]).document
    assert as_json(outline(read(convert(file, "docx", tmp_path / "out")))) == as_json(outline(document))


@pytest.mark.render
def test_our_pdf_reads_back_but_for_origins(profile: Profile, tmp_path: Path) -> None:
    file = tmp_path / "plan.pdf"
    document = build(profile[0], file, "pdf", **profile[1]).document
    assert as_json(outline(read(file))) == _without_origins(as_json(outline(document)))


def test_an_edited_paragraph_of_ours_has_no_origin(example: Path, tmp_path: Path) -> None:
    from docx import Document  # the test edits the file as a person would

    file = tmp_path / "plan.docx"
    build(example, file)
    before = [node for node in as_json(outline(read(file)))["nodes"] if node["origin"]]
    edited = Document(str(file))
    paragraph = next(
        each
        for each in edited.paragraphs
        if each.text.startswith(f"{before[0]['number']}{before[0]['title']}")
    )
    paragraph.runs[-1].text += "另行安排。"
    edited.save(str(file))
    after = [node["origin"] for node in as_json(outline(read(file)))["nodes"] if node["origin"]]
    assert after == [node["origin"] for node in before[1:]]


def _without_origins(made: dict[str, Any]) -> dict[str, Any]:
    for node in made["nodes"]:
        node["origin"] = None
    return made


# ------------------------------------------------------------------ the command


def test_markup_of_a_read_plan_parses_to_the_same_document(plan: Path) -> None:
    document = read(plan)
    assert parse(print_document(document)) == document


def test_the_command_prints_one_document(root: Path, run_drafter: Callable[..., Any]) -> None:
    plan = root / "examples" / "qingping" / "parent.txt"
    for form in ("json", "yaml", "md"):
        done = run_drafter("read", plan, "--format", form)
        assert done.returncode == 0, done.stderr
        if form == "json":
            assert json.loads(done.stdout)["format"] == "drafter.read/1"
    assert done.stdout.startswith("---\n")


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)
