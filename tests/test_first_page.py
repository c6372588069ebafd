"""The page of the red head: the longest names of every type of place, sealed and unsealed, measured with a ruler."""

import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from lxml import etree
from test_issuers import ZONE, profile
from test_typography import notice_of

from drafter.build import build
from drafter.divisions import in_full, places
from drafter.read import read
from drafter.typography import LINE
from drafter.write.first_page import first_page

Run = Callable[..., CompletedProcess[str]]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TYPES = ("自治县", "自治旗", "林区", "特区", "县", "区", "旗", "市")
OTHERS = {
    "雁峰区": ("{name: 雁峰区, divisions: [街道]}", "form: with-city"),
    "开发区": (ZONE, "form: full"),
    "街道": (ZONE.replace("娄底经济技术开发区", "石溪街道").replace("[街道]", "[社区]"), "form: full"),
}
# A paper of a few pages has too few full lines for a share, and is not rendered twice for an even last page.
SKIPPED = "chars.spread,imprint.parity"


def longest() -> dict[str, str]:
    """The longest name of each type of county-level unit, with the names of what it lies in."""
    found: dict[str, str] = {}
    for place in sorted(places(), key=lambda each: -len(each.name)):
        kind = next((kind for kind in TYPES if place.name.endswith(kind)), "")
        if place.level == "county" and kind:
            found.setdefault(kind, in_full(place))
    return found


def papers(folder: Path) -> list[Path]:
    """Issued papers of the longest names, as .docx."""
    cases = {
        kind: (f"{{name: {name}, divisions: [乡镇, 街道]}}", "form: full") for kind, name in longest().items()
    }
    made = []
    for name, (place, form) in {**cases, **OTHERS}.items():
        for seal in ("true", "false"):
            own = folder / f"{name}-{seal}"
            own.mkdir()
            letterhead = (
                f"{{issuer: government-office, number: 某政办发〔2026〕3号, seal: {seal}, "
                f"disclosure: 此件公开发布, {form}}}"
            )
            path = profile(own, place, letterhead=letterhead, more="dates: {issued: 2026-12-10}\n")
            made.append(folder / f"{own.name}.docx")
            build(path, made[-1])
    return made


def test_there_is_a_longest_name_of_every_type() -> None:
    names = longest()
    assert set(names) == set(TYPES)
    assert len(names["自治县"]) > 15


def test_a_signature_of_two_lines_reads_back(tmp_path: Path) -> None:
    letterhead = "{issuer: government-office, number: 某政办发〔2026〕3号}"
    place = "{name: 积石山保安族东乡族撒拉族自治县, divisions: [乡镇]}"
    path = profile(tmp_path, place, letterhead=letterhead)
    build(path, tmp_path / "a.docx")
    notice = read(tmp_path / "a.docx").notice
    assert notice
    assert notice.signature == "积石山保安族东乡族撒拉族自治县人民政府办公室"


def test_the_mark_stands_under_both_titles_and_reads_back_once(tmp_path: Path) -> None:
    """PRACTICE 10: a notice of a 送审稿 carries it too."""
    path = profile(tmp_path, "{name: 双峰县, divisions: [乡镇]}", "送审稿", "{issuer: government-office}")
    made = build(path, tmp_path / "a.docx").document
    with zipfile.ZipFile(tmp_path / "a.docx") as package:
        body = etree.fromstring(package.read("word/document.xml"))
    marks = [p for p in body.iter(f"{W}p") if "".join(t.text or "" for t in p.iter(f"{W}t")) == "（送审稿）"]
    before = [style_of(p.getprevious()) for p in marks]
    assert [style_of(p) for p in marks] == ["gwStatus", "gwStatus"]
    assert before == ["gwPlanTitleAlone", "gwPlanTitle"]
    found = read(tmp_path / "a.docx")
    assert (found.notice, found.status_mark) == (made.notice, "（送审稿）")
    build(path, tmp_path / "a.html", "html")
    assert (tmp_path / "a.html").read_text(encoding="utf-8").count("（送审稿）") == 2


def style_of(paragraph: etree._Element | None) -> str | None:
    """The id of a paragraph's style."""
    found = None if paragraph is None else paragraph.find(f"{W}pPr/{W}pStyle")
    return None if found is None else found.get(f"{W}val")


def test_lines_of_no_county_stand_much_closer_or_wider() -> None:
    """And nothing at all changes for nearly all."""
    pitches = []
    for place in places():
        if place.level == "county":
            paper = notice_of(place.name)
            assert paper.notice
            pitches.append(first_page(paper.notice, paper.letterhead).pitch)
    assert 0.9 <= min(pitches) / LINE <= max(pitches) / LINE <= 1.16
    assert pitches.count(LINE) > 0.97 * len(pitches)


@pytest.mark.render
@pytest.mark.slow
def test_the_longest_names_follow_the_standard(tmp_path: Path, root: Path, run: Run) -> None:
    made = papers(tmp_path)
    office = shutil.which("soffice") or "libreoffice"
    own = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    subprocess.run(
        [office, own, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, *made],
        capture_output=True,
        check=True,
    )
    failed = []
    for path in made:
        report = path.with_suffix(".json")
        ruler = root / "tests" / "tools" / "gbmeasure.py"
        pdf = path.with_suffix(".pdf")
        run(sys.executable, ruler, pdf, "--expect", "gbt9704", "--skip", SKIPPED, "--json", report, "--quiet")
        rules = json.loads(report.read_text(encoding="utf-8"))["rules"]
        assert {"title.present", "signature.place", "redhead.width"} <= {rule["rule"] for rule in rules}
        failed += [(path.stem, rule) for rule in rules if rule["status"] == "FAIL"]
    assert not failed
