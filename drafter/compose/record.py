"""A bundle of names that a template reads."""

from types import SimpleNamespace


class Record(SimpleNamespace):
    """What stands behind a dot in a template: `section.title`, `place.short`."""
