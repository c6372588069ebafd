"""Pages: the example is rendered by LibreOffice and measured with a ruler."""

import json
import re
import shutil
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess

import pypdfium2
import pytest

from drafter.compose import compose
from drafter.document import Document
from drafter.load import load
from drafter.resolve import resolve

Run = Callable[..., CompletedProcess[str]]

pytestmark = [pytest.mark.render, pytest.mark.slow]

PAGE_NUMBER = re.compile(r"—\d+—")
LEFT_OVERS = ("〔待填", "{{", "{%", "{@", "##")


@dataclass(frozen=True)
class Rendered:
    """The example as .docx, its pages, and what the ruler says of them."""

    docx: Path
    pdf: Path
    rules: list[dict[str, str]]
    said: str


@pytest.fixture(scope="module")
def rendered(
    root: Path, example: Path, run: Run, run_drafter: Run, tmp_path_factory: pytest.TempPathFactory
) -> Rendered:
    """The example, built with --paginate and measured."""
    folder = tmp_path_factory.mktemp("rendered")
    docx, pdf, report = folder / "plan.docx", folder / "plan.pdf", folder / "rules.json"
    built = run_drafter("build", example, "-o", docx, "--paginate")
    assert built.returncode == 0, built.stdout + built.stderr
    ruler = root / "tests" / "tools" / "gbmeasure.py"
    measured = run(
        sys.executable, ruler, docx, "--expect", "gbt9704", "--json", report, "--pdf", pdf, "--quiet"
    )
    assert report.is_file(), measured.stdout + measured.stderr
    rules = json.loads(report.read_text(encoding="utf-8"))["rules"]
    return Rendered(docx, pdf, rules, measured.stdout + measured.stderr)


@pytest.fixture(scope="module")
def document(example: Path) -> Document:
    """The example as a Document."""
    inputs = load(example)
    return compose(resolve(inputs), inputs)


@pytest.fixture(scope="module")
def text(rendered: Rendered) -> str:
    """Everything printed on the pages, without white space and page numbers."""
    pdf = pypdfium2.PdfDocument(rendered.pdf)
    try:
        pages = []
        for page in pdf:
            words = page.get_textpage()
            pages.append(PAGE_NUMBER.sub("", folded(words.get_text_range())))
            words.close()
            page.close()
    finally:
        pdf.close()
    return "".join(pages)


def folded(words: str) -> str:
    """`words` without white space; compatibility forms, which PDFs use for some characters, made one."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", words))


def test_pages_follow_the_standard(rendered: Rendered) -> None:
    failed = [
        f"{rule['rule']}: measured {rule['measured']}, expected {rule['expected']}"
        for rule in rendered.rules
        if rule["status"] == "FAIL"
    ]
    assert not failed, "\n".join(failed)
    passed = [rule for rule in rendered.rules if rule["status"] == "pass"]
    assert len(passed) > 50, f"the ruler judged next to nothing:\n{rendered.said}"


def test_the_package_is_valid(rendered: Rendered, run: Run) -> None:
    audit = shutil.which("openxml-audit", path=str(Path(sys.executable).parent))
    assert audit, "openxml-audit is not installed"
    done = run(audit, "--output", "json", rendered.docx)
    assert done.returncode == 0, done.stdout + done.stderr
    (report,) = json.loads(done.stdout)
    assert (report["error_count"], report["warning_count"]) == (0, 0), done.stdout


def test_every_paragraph_is_printed(document: Document, text: str) -> None:
    lost = [words for words in document.texts() if folded(words) not in text]
    assert not lost, "not on the pages:\n" + "\n".join(lost)


def test_nothing_is_left_over(text: str) -> None:
    assert text
    found = [mark for mark in LEFT_OVERS if folded(mark) in text]
    assert not found, found
