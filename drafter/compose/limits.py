"""How much one paper may spend on its templates."""

from jinja2 import TemplateRuntimeError

ALLOWANCE = 4_000_000
"""What one paper may spend: a character that is made costs 1, see `sandbox` for rounds of loops and calls."""
LONGEST_TEXT = 300_000
"""Characters that one value may have; a whole plan has some thirty thousand."""
LONGEST_SOURCE = 64_000
"""Characters that one template may have."""
LONGEST_PAPER = 200_000
"""Characters that the templates of one paper may print."""
MOST_LINES = 20_000
"""Lines that they may print: each may become a paragraph."""
LONGEST_TITLE = 300
"""Characters of a title, of which lines have to be made."""


class ExhaustedError(TemplateRuntimeError):
    """A template spends more than its paper may."""


def refuse_longer(size: int) -> None:
    """Raise ExhaustedError for a value of more than LONGEST_TEXT characters or entries, before it is made."""
    if size > LONGEST_TEXT:
        raise ExhaustedError(f"一个值超过 {LONGEST_TEXT} 字或项，已停止")
