"""Catalog texts as a drafter reads them: what is inserted stands as 〔label〕."""

import re
from collections.abc import Iterable

from drafter.model.catalog import Catalog, Parameter

_PLACE = {
    "name": "本地名称",
    "short": "本地简称",
    "word": "级别用词",
    "city": "所属市",
    "towns": "乡级区划",
    "villages": "村级区划",
    "government": "本级政府",
    "party": "本级党委",
}
_PERIOD = {"start": "起始年", "end": "结束年", "text": "规划期", "name": "几五"}
_EXPRESSION = re.compile(r"\{\{\s*(.*?)\s*\}\}")
_CONDITION = re.compile(r"\{%-?\s*if\s+'([\w-]+)' in features\s*-?%\}(.*?)\{%-?\s*endif\s*-?%\}", re.DOTALL)
_CALL = re.compile(r"(\w+)\(\s*['\"]([\w-]+)['\"]\s*\)")
_FIELD = re.compile(r"(place|period)\.(\w+)\s*(?:([+-])\s*(\d+))?")


def readable(text: str, catalog: Catalog, own: Iterable[Parameter] = ()) -> str:
    """`text` with each insertion as 〔label〕, each paper by its title, each condition in words.

    `own`: the parameters of the entry that the text belongs to. What is not understood stays as it is written.
    """
    parameters = [*own, *catalog.family.parameters]
    parameters += [each for entry in catalog.narrative.values() for each in entry.parameters]
    labels = {each.name: each.label for each in parameters}
    features = {feature.id: feature.label for feature in catalog.family.features}
    text = _CONDITION.sub(lambda found: f"〔{features.get(found[1], found[1])}时：{found[2]}〕", text)
    return _EXPRESSION.sub(lambda found: _shown(found[1], catalog, labels), text)


def _shown(expression: str, catalog: Catalog, labels: dict[str, str]) -> str:
    field, call = _FIELD.fullmatch(expression), _CALL.fullmatch(expression)
    if field:
        names = _PLACE if field[1] == "place" else _PERIOD
        moved = {"+": "后", "-": "前"}.get(field[3] or "", "")
        return f"〔{names.get(field[2], field[0])}{moved}{field[4] + '年' if moved else ''}〕"
    if call:
        return _looked_up(call[1], call[2], catalog) or f"〔{expression}〕"
    name = expression.split("|", maxsplit=1)[0].strip()
    return f"〔{labels.get(name, expression)}〕"


def _looked_up(function: str, name: str, catalog: Catalog) -> str:
    if function in ("title", "cite") and name in catalog.policies:
        policy = catalog.policies[name]
        number = f"（{policy.number}）" if function == "cite" and policy.number and not policy.law else ""
        return f"《{policy.title}》{number}"
    if function == "organ" and name in catalog.organs:
        return f"〔{catalog.organs[name].title}〕"
    if function == "programme" and name in catalog.programmes:
        return str(catalog.programmes[name].name)
    return ""
