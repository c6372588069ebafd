"""What a reader of files hands on: the lines of a paper, each with what its file says of it."""

from msgspec import Struct

from drafter.document import Unread, one_line


class Line(Struct, frozen=True):
    """One paragraph as a file has it, or one printed line where the file knows no paragraphs (text, PDF).

    `text`: one clean line (see `document.one_line`), the automatic number of Word in front of it where there is one.
    `style`: the name of its paragraph style (drafter's own names are trusted before markers); None where unknown.
    `run_in`: how many characters of `text` stand in a run-in title style of drafter, 0 where unknown.
    `mark`: the bookmark that drafter set on it. `page`: from 1, where the file has pages. `where`: for messages.
    `rows`: the cells of a table that stands here (then `text` is empty); a merged cell repeats.
    `whole`: True where the file says that this is a whole paragraph; False where lines may have to be joined.
    `opens`: of a line that is not `whole`: True where the page shows that a paragraph begins with it (an indent, a gap
    above), False where it goes on, None where nothing shows it.
    `centred`, `new_page`, `landscape` (it stands on a turned page): False where unknown.
    """

    text: str
    style: str | None = None
    run_in: int = 0
    mark: str | None = None
    page: int | None = None
    where: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    whole: bool = True
    centred: bool = False
    new_page: bool = False
    opens: bool | None = None
    landscape: bool = False


def noted(what: str, where: str) -> Unread:
    """An entry of `Document.unread`; a quotation that was cut stays one clean line."""
    return Unread(one_line(what), one_line(where))
