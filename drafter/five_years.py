"""The five-year plans of the state: 十五五 is 2026 to 2030."""

from collections.abc import Mapping

from drafter.document import chinese_numeral

# The fifteenth begins in 2026, each lasts five years; papers speak of none before the eleventh as of their own time.
NAMES: Mapping[int, str] = {
    2026 + 5 * (ordinal - 15): f"{chinese_numeral(ordinal)}五" for ordinal in range(11, 20)
}
"""First year → name."""
YEARS: Mapping[str, tuple[int, int]] = {name: (first, first + 4) for first, name in NAMES.items()}
"""Name → first and last year."""
