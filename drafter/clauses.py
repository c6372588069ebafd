"""A text's clauses: the pieces between its stops, as aligning and proposing compare them."""

import re

_ENDS = re.compile(r"[，,；;。！？!?\n：:]+")
_HIDDEN = re.compile(r"[（(][^（()）]*[）)]|“[^”]*”|《[^》]*》")


def split(text: str) -> list[str]:
    """The clauses of a text. Commas within brackets, quotation and book-title marks do not part."""
    hidden = _HIDDEN.sub(lambda found: "\x00" * len(found.group()), text)
    made, start = [], 0
    for end in _ENDS.finditer(hidden):
        made.append(text[start : end.start()])
        start = end.end()
    made.append(text[start:])
    return [clause.strip() for clause in made if clause.strip()]
