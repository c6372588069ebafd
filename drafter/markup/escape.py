"""Characters that mean something in drafting markup, and how text keeps them."""

import re

from drafter.document import one_line

# A % matters only behind a brace, where a template would read {%.
_MEANING = re.compile(r"([\\{}#@|:]|(?<=\{)%)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def escape(text: str) -> str:
    """`text` so that markup reads it back as typed, wherever it stands."""
    return _MEANING.sub(r"\\\1", one_line(text))


def unescape(text: str) -> str:
    """The characters that escaped text stands for: a backslash keeps the ASCII sign after it."""
    return _ESCAPED.sub(r"\1", text)
