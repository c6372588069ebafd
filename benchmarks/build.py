"""Speed of a build, beside a bare python-docx script that writes the same paragraphs and tables in the same run.

    python benchmarks/build.py [PROFILE.yaml] [--runs N]

Prints medians and ratios. Asked: whole process at most 2.5 times the peer (aim 1.5), in process at most 1.5 (aim 1.0),
`drafter --help` at most twice `python -c "import typer"`. Both sides run from compiled byte code, as programs do
that were run before, whatever PYTHONDONTWRITEBYTECODE says here.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from drafter.build import build
from drafter.document import Block, Document, Item, Paragraph, Table, printed

HERE = Path(__file__).parent
EXAMPLE = HERE.parent / "examples" / "qingping" / "profile.yaml"


def content(document: Document) -> list[Any]:
    """The printed paragraphs and tables of a Document as plain data."""
    entries: list[Any] = []
    for block_list, annex in [(document.blocks, False), *((each.blocks, True) for each in document.annexes)]:
        for entry in printed(block_list, document.form, annex):
            block: Block | None = entry.block
            units = f"（{entry.units}）" if entry.units else ""
            if isinstance(block, Table):
                entries.append([list(row) for row in block.rows])
            elif isinstance(block, Paragraph):
                entries.append(block.text)
            elif isinstance(block, Item):
                entries.append(f"{entry.number}{block.title}。{block.text}{units}")
            else:
                entries.append(f"{entry.number or ''}{block.title if block else ''}{units}")
    notice = document.notice
    head = [*notice.title, notice.addressees or "", *notice.paragraphs, notice.date or ""] if notice else []
    return [*head, "".join(document.title), *entries]


def medians(mine: Callable[[], object], peer: Callable[[], object], runs: int) -> tuple[float, float]:
    """Median seconds of two actions, run in turn so that both see the same machine, after one run to warm up."""
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(runs + 1):
        for action, taken in zip((mine, peer), times, strict=True):
            start = time.perf_counter()
            action()
            if turn:
                taken.append(time.perf_counter() - start)
    return statistics.median(times[0]), statistics.median(times[1])


def process(*command: str, bytecode: Path) -> Callable[[], object]:
    """An action: run a program to its end, its byte code kept in the folder `bytecode`."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env["PYTHONPYCACHEPREFIX"] = str(bytecode)
    return lambda: subprocess.run(command, check=True, capture_output=True, env=env)


def main() -> None:
    """Measure, and print one line a comparison."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("profile", nargs="?", type=Path, default=EXAMPLE)
    parser.add_argument("--runs", type=int, default=9)
    options = parser.parse_args()
    sys.path.insert(0, str(HERE))
    from peer import write  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours, theirs, data = folder / "ours.docx", str(folder / "theirs.docx"), folder / "content.json"
        bytecode = folder / "bytecode"
        document = build(options.profile, ours, force=True).document
        entries = content(document)
        data.write_text(json.dumps(entries, ensure_ascii=False), "utf-8")
        python, program, runs = sys.executable, str(Path(sys.executable).with_name("drafter")), options.runs
        rows = [
            (
                "whole process",
                process(
                    program, "build", str(options.profile), "-o", str(ours), "--force", bytecode=bytecode
                ),
                process(python, str(HERE / "peer.py"), str(data), theirs, bytecode=bytecode),
            ),
            (
                "in process",
                lambda: build(options.profile, ours, force=True),
                lambda: write(entries, theirs),
            ),
            (
                "drafter --help",
                process(program, "--help", bytecode=bytecode),
                process(python, "-c", "import typer", bytecode=bytecode),
            ),
        ]
        for label, mine, peer in rows:
            seconds, other = medians(mine, peer, runs)
            print(
                f"{label:16} {seconds * 1000:7.1f} ms   peer {other * 1000:7.1f} ms   ratio {seconds / other:.2f}"
            )


if __name__ == "__main__":
    main()
