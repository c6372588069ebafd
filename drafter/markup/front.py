"""Front matter of drafting markup → the parts of a Document that stand in no line of its body."""

from typing import Any, get_args, get_type_hints

from drafter.document import Citation, Document, Form, Imprint, Letterhead, Meta, Notice, Unread
from drafter.markup.body import Body

_KEYS = ("meta", "letterhead", "notice", "imprint", "form", "unread")


def assemble(front: dict[str, Any], body: Body) -> Document:
    """The Document of front matter and body. Raises TypeError, ValueError or KeyError where the front matter is wrong."""
    unknown = [name for name in front if name not in _KEYS]
    if unknown:
        raise ValueError(f"没有“{'”“'.join(unknown)}”这一项")
    notice = None
    if body.has_notice:
        given = dict(front.get("notice") or {})
        given["sealed"] = _is_true(given.get("sealed", "true"))
        notice = Notice(title=body.notice_title, paragraphs=body.notice_paragraphs, **given)
    return Document(
        form=_form(front.get("form") or {}),
        letterhead=_letterhead(front.get("letterhead")),
        notice=notice,
        title=body.title,
        blocks=body.blocks,
        annexes=body.annexes,
        imprint=_imprint(front.get("imprint")),
        meta=_meta(front.get("meta") or {}),
        unread=tuple(Unread(**entry) for entry in front.get("unread") or ()),
    )


def _letterhead(given: dict[str, Any] | None) -> Letterhead | None:
    return Letterhead(**{**given, "letter": _is_true(given.get("letter", "false"))}) if given else None


def _is_true(value: str | None) -> bool:
    return value != "false"


def _form(given: dict[str, Any]) -> Form:
    values: dict[str, Any] = dict(given)
    for name, hint in get_type_hints(Form).items():
        if name in values and get_args(hint) and get_args(hint)[0] is bool:
            values[name] = tuple(_is_true(value) for value in values[name])
        elif isinstance(values.get(name), list):
            values[name] = tuple(value or "" for value in values[name])
        elif name in values and get_args(hint) and values[name] not in get_args(hint):
            raise ValueError(f"form.{name} 不能是“{values[name]}”")
    return Form(**values)


def _imprint(given: dict[str, Any] | None) -> Imprint | None:
    if given is None:
        return None
    groups = tuple(tuple(group) for group in given.get("copy_to") or ())
    return Imprint(groups, given.get("printer"), given.get("date"))


def _meta(given: dict[str, Any]) -> Meta:
    values = dict(given)
    if values.get("period"):
        first, last = values["period"]
        values["period"] = (int(first), int(last))
    values["parents"] = tuple(Citation(**entry) for entry in values.get("parents") or ())
    return Meta(**values)
