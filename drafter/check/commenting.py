"""Findings as Word comments, each beside the words that it is about."""

from collections.abc import Sequence

from drafter.check.subject import Subject, bare
from drafter.errors import Finding, InputError, Location, error
from drafter.write.comments import Comment, paragraph_texts, with_comments


def commented(subject: Subject, findings: Sequence[Finding]) -> bytes:
    """The .docx of `subject` with a comment for each finding; its words, else its paragraph, else the title.

    Where the words stand in several paragraphs, the one nearest to the finding's is taken. Raises InputError for the
    strict form of the format, which holds no paragraphs by the usual name.
    """
    texts = paragraph_texts(subject.data)
    if not texts:
        hint = "用 Word 或 WPS 另存为普通的 .docx 后再审"
        at = Location(subject.path)
        raise InputError(error("check.docx", "这份 .docx 用的是“严格”格式，不能加批注", hint, at))
    bared = [bare(text) for text in texts]
    title = _title(subject, bared)
    comments = [_comment(finding, subject, texts, bared, title) for finding in findings]
    return with_comments(subject.data, sorted(comments, key=lambda each: each.paragraph))


def _title(subject: Subject, bared: Sequence[str]) -> int:
    """The paragraph of the plan's title, else the first with words in it."""
    first = bare(subject.document.title[0]) if subject.document.title else ""
    for wanted in (lambda text: text and text == first, lambda text: first and first in text, bool):
        found = next((place for place, text in enumerate(bared) if wanted(text)), None)
        if found is not None:
            return found
    return 0


def _comment(
    finding: Finding, subject: Subject, texts: Sequence[str], bared: Sequence[str], title: int
) -> Comment:
    at = finding.places[0] if finding.places else finding.at
    count = f"（共{finding.count}处）" if finding.count > 1 and "处）" not in finding.message else ""
    lines = [f"{finding.severity.shown}：{finding.message}{count}"]
    lines += [f"→ {finding.hint}"] if finding.hint else []
    lines.append(f"［{finding.rule}］")
    near = (at.paragraph - 1) if at and at.paragraph else None
    quote = bare(finding.quote)
    held = [place for place, text in enumerate(bared) if quote and quote in text]
    if held:
        place = min(held, key=lambda each: abs(each - (held[0] if near is None else near)))
        return Comment(place, tuple(lines), _exact(texts[place], quote))
    if near is not None and near < len(texts) and texts[near]:
        return Comment(near, tuple(lines))
    node = subject.nodes.get(at.node or "") if at else None
    heading = bare(node.title) if node else ""
    named = next((place for place, text in enumerate(bared) if heading and heading in text), title)
    return Comment(named, tuple(lines))


def _exact(text: str, quote: str) -> str:
    """`quote`, which has no blanks, as it stands in `text`, with the blanks that stand there."""
    places = [place for place, char in enumerate(text) if not char.isspace()]
    start = bare(text).index(quote)
    return text[places[start] : places[start + len(quote) - 1] + 1]
