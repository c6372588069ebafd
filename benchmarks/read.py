"""Speed of reading a plan, beside python-docx fetching the bare text of the same file in the same run.

    python benchmarks/read.py [PLAN.docx] [PLAN.txt] [--runs N]

Prints medians. Asked: one plan in at most 0.3 s in process (aim 0.1).
"""

import argparse
from pathlib import Path

from build import medians
from docx import Document as WordDocument

from drafter.outline import outline
from drafter.read import read

EXAMPLES = Path(__file__).parent.parent / "examples" / "qingping"


def main() -> None:
    """Measure, and print one line a file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("docx", nargs="?", type=Path, default=EXAMPLES / "parent.docx")
    parser.add_argument("txt", nargs="?", type=Path, default=EXAMPLES / "parent.txt")
    parser.add_argument("--runs", type=int, default=9)
    options = parser.parse_args()

    def bare() -> object:
        return [each.text for each in WordDocument(str(options.docx)).paragraphs]

    for path in (options.docx, options.txt):
        seconds, peer = medians(lambda path=path: outline(read(path)), bare, options.runs)  # type: ignore[misc]
        print(
            f"{path.name:16} {seconds * 1000:7.1f} ms   peer (bare text) {peer * 1000:7.1f} ms   ratio {seconds / peer:.2f}"
        )


if __name__ == "__main__":
    main()
