"""The papers that a plan rests on, as its preamble cites them: title and number."""

import re
from collections.abc import Iterator

from drafter.document import Citation, one_line

_NUMBER = re.compile(r"[^\W\d]{1,14}[〔［\[﹝（(【](?:19|20)\d{2}年?[〕］\]﹞）)】]第?\d{1,4}号")
_SHORT = re.compile(r"(?:以下简称|简称|以下称|下称)[:：]?[《“\"]?$")


def citations(text: str) -> Iterator[Citation]:
    """Every paper named in 《》 in `text`, with the number that follows it in brackets. Short names are left out."""
    place, short = 0, set[str]()
    text = one_line(text)
    while (start := text.find("《", place)) >= 0:
        end = _closing(text, start)
        title = text[start + 1 : end].strip()
        place = end + 1
        if _SHORT.search(text[:start]) or _SHORT.search(text[: start + 1]):
            short.add(title)
            continue
        if not title or title in short:
            continue
        number = None
        bracket = re.match(r"[（(]((?:[^（()）]|[（(][^（()）]*[）)])*)[）)]", text[place:])
        if bracket:
            found = _NUMBER.search(bracket.group(1))
            number = found.group() if found else None
        yield Citation(title, number)


def _closing(text: str, start: int) -> int:
    """Where the title ends that opens at `start`: titles may stand inside one another."""
    depth = 0
    for place in range(start, min(len(text), start + 200)):
        if text[place] == "《":
            depth += 1
        elif text[place] == "》":
            depth -= 1
            if depth == 0:
                return place
    nearest = text.find("》", start)
    return nearest if nearest > 0 else min(len(text), start + 200)
