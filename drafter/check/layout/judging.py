"""Layout of a .docx from its XML: no office program is needed.

    from drafter.check.layout.judging import layout_findings
    findings = layout_findings(path.read_bytes(), own=False)

A rule judges what the page shows, however it was made: by styles or by hand, in characters or in twips, with borders or with
drawn lines. Elements that a paper does not have are not missed here: which it must have hangs on its status (PRACTICE 34).
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from drafter.check.layout.advice import habit_faults, look_faults
from drafter.check.layout.damage import damage_faults, open_parts
from drafter.check.layout.fault import Fault, by_rule, findings_of
from drafter.check.layout.head import head_faults
from drafter.check.layout.reading import read_paper
from drafter.check.layout.roles import pieces_of
from drafter.check.layout.rules import ADVICES, MENDS
from drafter.check.layout.sheet import sheet_faults
from drafter.check.layout.tail import tail_faults
from drafter.check.layout.text import text_faults
from drafter.errors import DrafterError, Finding
from drafter.read.package import Package, open_package
from drafter.read.styles import W


def layout_findings(package: bytes, own: bool, path: str | None = None) -> tuple[Finding, ...]:
    """What is wrong with the layout of a .docx: one finding for each rule and wrong value, by paragraph.

    `own`: drafter made the file; then faults are errors, and nothing is said of empty paragraphs and formatting by hand.
    `path`: the file, for the places of findings. InputError for bytes that are no package.
    """
    opened = open_package(package, Path(path or "文件"))
    return findings_of(_faults(opened, own), own, ADVICES, MENDS, path)


@lru_cache(maxsize=1)
def findings_by_rule(package: bytes, own: bool, path: str | None = None) -> Mapping[str, tuple[Finding, ...]]:
    """`layout_findings` by rule: rules that are asked one by one read the file once."""
    return by_rule(layout_findings(package, own, path))


def _faults(package: Package, own: bool) -> Iterator[Fault]:
    main = package.related("").get("officeDocument") or "word/document.xml"
    try:
        document = package.part(main)
    except DrafterError:
        document = None
    is_whole = document is not None and document.find(W + "body") is not None
    if not is_whole:
        yield Fault("layout.package", main, "文件包中没有完整的正文部件，Word不能打开")
    yield from damage_faults(package)
    if not is_whole:
        return
    paper = read_paper(document, *open_parts(package, main))
    pieces = pieces_of(paper.paragraphs)
    yield from sheet_faults(paper, pieces)
    yield from head_faults(paper, pieces)
    yield from text_faults(paper, pieces)
    yield from tail_faults(paper, pieces)
    yield from look_faults(pieces)
    if not own:
        yield from habit_faults(paper, pieces)
