"""How much a reader takes on: a file beyond these bounds is refused before it can eat memory or time.

A plan has ten to forty thousand characters; every bound leaves it a margin of ten or more. `docs/reading.md` states them.
"""

MIB = 1024 * 1024

MAX_FILE = 64 * MIB
"""Bytes of a file; the size is asked before a byte is read."""
MAX_CHARACTERS = 600_000
"""Characters of text that a file yields."""
MAX_LINES = 40_000
"""Paragraphs or printed lines that a file yields."""
MAX_PARTS = 4_000
"""Entries of a zip package."""
MAX_PART = 48 * MIB
"""Bytes of one unpacked XML part, counted while it is unpacked: what a package declares is not believed."""
MAX_PACKAGE = 512 * MIB
"""Bytes that a package declares for all its parts together (pictures are declared, never unpacked)."""
MAX_COLUMNS = 64
"""Columns of a table; Word allows 63."""
MAX_CELLS = 50_000
"""Cells of one table after merged ones are repeated."""
MAX_PAGES = 400
"""Pages of a PDF."""
MAX_STREAM = 48 * MIB
"""Bytes of one unpacked PDF stream that is not a picture."""
MAX_HTML = 16 * MIB
"""Bytes of a web page without the pictures written into it."""
MAX_DEPTH = 256
"""Elements of a web page within each other; in a deeper page the article is not looked for, all of it is read."""
MAX_UNREAD = 200
"""Entries of `unread`; more are counted in a last one."""
OFFICE_SECONDS = 120
"""How long LibreOffice may take for one old file."""
MAX_CONTENT = 8 * MIB
"""Bytes of one unpacked PDF stream that draws or maps (fonts and pictures apart): pdfium needs about 90 times as much."""
MAX_CONTENTS = 48 * MIB
"""Bytes of all such streams of a PDF together."""
MAX_PATHS = 20_000
"""Drawn lines of one PDF page that are looked at for tables."""
