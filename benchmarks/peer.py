"""The peer: a bare python-docx script that writes the same paragraphs and tables, without any of the layout.

    python benchmarks/peer.py CONTENT.json OUT.docx

CONTENT.json: a list of strings (paragraphs) and of lists of rows (tables), as `benchmarks/build.py` makes it.
"""

import json
import sys
from pathlib import Path
from typing import Any

from docx import Document


def write(content: list[Any], out: str) -> None:
    """Write paragraphs and tables with python-docx's own template."""
    document = Document()
    for entry in content:
        if isinstance(entry, str):
            document.add_paragraph(entry)
            continue
        table = document.add_table(rows=0, cols=len(entry[0]))
        for row in entry:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    document.save(out)


if __name__ == "__main__":
    write(json.loads(Path(sys.argv[1]).read_text("utf-8")), sys.argv[2])
