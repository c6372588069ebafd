"""Where the faulty words stand in the file: line, paragraph or page beside the node of the outline."""

from collections.abc import Sequence

from msgspec.structs import replace

from drafter.check.subject import Subject, bare
from drafter.errors import Finding, Location


def placed(same: Sequence[Finding], subject: Subject) -> tuple[Location, ...]:
    """The places of findings with the same words: each with the line, paragraph or page where the words are found."""
    lines: dict[str, list[Location]] = {}
    places = []
    for finding in same:
        at = finding.at or Location()
        at = replace(at, path=at.path or subject.path)
        words = bare(finding.quote)
        if at.line is None and at.paragraph is None and words and subject.raw:
            if words not in lines:
                lines[words] = [
                    line.at for line, text in zip(subject.raw, subject.bare, strict=True) if words in text
                ]
            here = lines[words]
            if here:
                found = here.pop(0) if len(here) > 1 else here[0]
                at = replace(at, line=found.line, paragraph=found.paragraph, page=found.page)
        places.append(at)
    return tuple(places)
