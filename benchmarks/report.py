"""How long the HTML report of an alignment of 1,000 rows takes to be made, to open and to answer a filter; needs Chromium.

python benchmarks/report.py
"""

import shutil
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from drafter.align.report_html import html_page
from drafter.align.types import Alignment, Change, Coverage, Op, Pair, Point
from drafter.document import Document, Heading, Item
from drafter.outline import outline

ROWS = 1000
TEXT = (
    "逐段登记河道名称、长度和责任人，建立清洁台账，定期组织巡查，发现问题限期整改，并在公告栏公布结果。" * 4
)
ANSWER = """(words) => {
  const field = document.querySelector("#q");
  const start = performance.now();
  field.value = words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  document.body.offsetHeight;
  return performance.now() - start;
}"""


def paper(name: str) -> Document:
    """A plan of many items."""
    items = (Item(2, f"{name}整治第{n}段河道", TEXT) for n in range(1, ROWS + 1))
    return Document(title=(f"{name}河道整治方案",), blocks=(Heading(1, "任务"), *items))


def pair(number: int) -> Pair:
    """A row; every third is missing, every third partial."""
    id = f"1.{number}"
    if number % 3 == 0:
        return Pair(id, "", "measure", "own", (), "missing", 0.1, "review")
    change = Change(id, (Op("equal", TEXT[:80]), Op("delete", TEXT[80:120]), Op("insert", TEXT[:40])))
    points = (Point("限期整改", "must"),) if number % 3 == 1 else ()
    return Pair(
        id, "", "measure", "own", (id,), "partial" if points else "covered", 0.8, "sure", missing_points=points, changes=(change,)
    )  # fmt: skip


def main() -> None:
    """Print the figures."""
    above, below = outline(paper("甲市")), outline(paper("乙县"))
    pairs = tuple(pair(n) for n in range(1, ROWS + 1))
    made = Alignment(above.meta, below.meta, False, pairs, (), (), Coverage(0.5, 1.0, 0), 0.2)
    start = time.perf_counter()
    page = html_page(made, above, below)
    print(f"made in {time.perf_counter() - start:.2f} s, {len(page) / 1e6:.1f} MB")
    program = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as started:
        path = Path(folder) / "page.html"
        path.write_bytes(page)
        tab = started.chromium.launch(executable_path=program, args=["--no-sandbox"]).new_page()
        start = time.perf_counter()
        tab.goto(path.as_uri())
        print(f"opened in {time.perf_counter() - start:.2f} s")
        times = [
            tab.evaluate(ANSWER, words) for words in ("第12", "", "整改 甲市", "", "第7", "", "无此", "") * 3
        ]
        print(
            f"a search answers in {statistics.median(times):.0f} ms (median), {max(times):.0f} ms (worst of {len(times)})"
        )


if __name__ == "__main__":
    main()
