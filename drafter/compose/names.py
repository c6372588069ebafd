"""What a catalog text uses: names, fields of records, ids that it looks up. Nothing is rendered."""

from jinja2 import Environment, TemplateSyntaxError, nodes
from msgspec import Struct

from drafter.errors import Location, TemplateError, error
from drafter.model.plan import PlaceWords

PLACE_FIELDS = PlaceWords.__struct_fields__
PERIOD_FIELDS = ("text", "start", "end", "name")
LOOK_UPS = ("organ", "cite", "title", "programme")
COMMON = frozenset(["place", "period", "features", *LOOK_UPS, "range", "namespace"])
"""Names that every catalog text may use beside its parameters."""


class Used(Struct, frozen=True):
    """`names` that a text reads and does not set itself; `fields` of records; `calls`: function and its literal argument."""

    names: tuple[str, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    calls: tuple[tuple[str, str], ...] = ()


_ENVIRONMENT = Environment(autoescape=False)


def used(text: str, at: Location) -> Used:
    """What `text` uses. Raises TemplateError where it cannot be parsed; `at` is where it stands."""
    if "{" not in text:
        return Used()
    try:
        tree = _ENVIRONMENT.parse(text)
    except TemplateSyntaxError as bad:
        hint = "检查 {{ … }} 和 {% … %} 是否成对"
        raise TemplateError(error("catalog.syntax", f"文字写法有误：{bad.message}", hint, at)) from None
    found = list(tree.find_all(nodes.Name))
    own = {node.name for node in found if node.ctx != "load"} | {"loop"}
    fields = [
        (node.node.name, node.attr)
        for node in tree.find_all(nodes.Getattr)
        if isinstance(node.node, nodes.Name)
    ]
    calls = [
        (node.node.name, str(node.args[0].value))
        for node in tree.find_all(nodes.Call)
        if isinstance(node.node, nodes.Name) and node.args and isinstance(node.args[0], nodes.Const)
    ]
    names = dict.fromkeys(node.name for node in found if node.ctx == "load" and node.name not in own)
    return Used(tuple(names), tuple(fields), tuple(calls))
