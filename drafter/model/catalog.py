"""What the files of a catalog hold."""

import re
from collections.abc import Collection, Mapping
from decimal import Decimal, InvalidOperation
from typing import Annotated, Literal, Self

from msgspec import Struct, field
from pydantic import BeforeValidator, Field, model_validator

from drafter.errors import Location
from drafter.model.issuers import Division, IssuerType
from drafter.model.values import Day, Entry, FeatureId, Line, Name, Period, Slug, Text, Values, several
from drafter.model.words import GroupKind, ItemKind, Length, ParameterKind, Power, Tier


class Source(Entry):
    """Where an entry was taken from: plan id and outline id."""

    plan: Slug
    item: Text


RESERVED = frozenset([
    "place", "period", "features", "organ", "cite", "title", "programme", "plan_title", "issuer",
    "notice_text", "status", "length", "form", "groups", "projects", "safeguards", "parts", "parents",
    "outline", "landscape_table", "addressees", "dates", "alignment",
    "passages", "head", "item", "terms", "range", "namespace", "loop", "self", "super", "caller", "varargs",
    "kwargs",
])  # fmt: skip
"""Names that templates and texts use for something else."""


class Parameter(Entry):
    """What a text asks for. Without an answer and a default it prints 〔待填：label〕; `required` forbids that.

    `optional`: not every county has it; without an answer it is empty, and a text tests it with `{% if name %}`.
    """

    name: Name
    kind: ParameterKind = ParameterKind.TEXT
    label: Text = Field(description="向起草人显示的名称")
    unit: Line = Field("", description="计量单位，不随值印出")
    default: Values | None = Field(None, description="默认值；不确知的事实不设默认值")
    choices: tuple[Text, ...] = Field((), description="kind: choice 的选项")
    low: float | None = Field(None, description="最小值")
    high: float | None = Field(None, description="最大值")
    required: bool = Field(False, description="必须给出，不能留作待填")
    optional: bool = Field(False, description="可以没有；不填时为空，不印待填")
    help: Line = Field("", description="填写说明")
    indicator: Line = Field("", description="对应的目标：上级方案中含有这些字样的指标")
    baseline: bool = Field(False, description="是该指标的基期数值，不是期末目标")

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if self.kind is ParameterKind.CHOICE and not self.choices:
            raise ValueError(f"参数“{self.name}”是选项，但没有 choices")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"参数“{self.name}”的 low 大于 high")
        if self.required and self.optional:
            raise ValueError(f"参数“{self.name}”不能既是 required 又是 optional")
        if self.name in RESERVED:
            raise ValueError(f"参数不能叫“{self.name}”：这个名称另有含义")
        problem = self.default is not None and self.problem(self.default)
        if problem:
            raise ValueError(f"参数“{self.name}”的默认值不合要求：{problem}")
        return self

    def problem(self, answer: tuple[str, ...]) -> str:
        """What is wrong with an answer, in Chinese; empty where it fits the parameter's kind and range."""
        text = answer[0] if answer else ""
        if len(answer) > 1 and self.kind is not ParameterKind.LIST:
            return "只能有一个值"
        if self.kind is ParameterKind.CHOICE and text not in self.choices:
            return f"不能是“{text}”，可用：{'、'.join(self.choices)}"
        if self.kind not in (ParameterKind.NUMBER, ParameterKind.YEAR):
            return ""
        number = as_number(text)
        if number is None:
            return f"应当是数字，现为“{text}”；只写阿拉伯数字，不写单位"
        low, high = (None if each is None else Decimal(str(each)) for each in (self.low, self.high))
        if (low is not None and number < low) or (high is not None and number > high):
            bounds = f"{'不限' if self.low is None else f'{self.low:g}'} 至 {'不限' if self.high is None else f'{self.high:g}'}"
            return f"{text} 超出范围，应在 {bounds} 之间" + (f"（{self.unit}）" if self.unit else "")
        return ""


def as_number(text: str) -> int | Decimal | None:
    """A number as typed, so that 14.50 prints as 14.50; None where it is none."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if not number.is_finite() or not re.fullmatch(r"[+-]?\d+(\.\d+)?", text):
        return None
    return int(text) if "." not in text else number


class Measure(Entry):
    """An action that a county takes: the reusable unit of the catalog."""

    id: Slug
    title: Text
    text: Text = Field(description="标准篇幅的正文，不含标题")
    brief: Line = Field("", description="简本正文")
    parameters: tuple[Parameter, ...] = ()
    lead: tuple[Name, ...] = Field((), description="牵头单位的职能")
    support: tuple[Name, ...] = Field((), description="配合单位的职能")
    power: Power = Field(Power.COUNTY, description="事权")
    applies: tuple[FeatureId, ...] = Field((), description="须具备的县情特征")
    policies: tuple[Slug, ...] = ()
    sources: tuple[Source, ...] = ()
    must: tuple[Text, ...] = Field((), description="构成本举措的主要动作")
    deliverable: Line = Field("", description="可检查的成果")
    due: Line = Field("", description="完成时限")
    figures: Line = Field("", description="各方案中出现的数量")
    caution: Line = Field("", description="慎用的理由；有此项者从不默认选用")
    tags: tuple[Text, ...] = ()
    replaces: tuple[Slug, ...] = ()


class GroupVariant(Entry):
    """Other words of a group for counties with certain features; what is empty stays as the group has it."""

    applies: tuple[FeatureId, ...] = Field(min_length=1, description="须具备的县情特征")
    title: Line = ""
    intro: Line = ""
    aim: Line = ""


class Group(Entry):
    """A heading with its measures: 行动, 工程, 保障."""

    id: Slug
    kind: GroupKind
    title: Text
    intro: Line = ""
    aim: Line = ""
    sources: tuple[Source, ...] = ()
    variants: tuple[GroupVariant, ...] = Field((), description="不同县情的写法，取第一个符合的")

    def fitting(self, features: Collection[str]) -> Self:
        """The group in the words for a county with `features`: those of the first variant that fits (PRACTICE 14)."""
        for variant in self.variants:
            if set(variant.applies) <= set(features):
                words = {key: getattr(variant, key) for key in ("title", "intro", "aim")}
                return self.model_copy(update={key: text for key, text in words.items() if text})
        return self


class Narrative(Entry):
    """A passage that is no measure: 指导思想, 原则, 目标, 进度. `slot` says where a pack puts it."""

    id: Slug
    slot: Name
    title: Line = ""
    variants: dict[Length, Annotated[tuple[Text, ...], BeforeValidator(several)]]
    applies: tuple[FeatureId, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    sources: tuple[Source, ...] = ()


class Term(Entry):
    """An entry of the glossary (名词解释)."""

    name: Text
    text: Text

    @property
    def id(self) -> str:
        """Its name is its id."""
        return self.name


class OrganNames(Entry):
    """How a unit is called. Placeholders are the fields of PlaceWords: {word} 县, {name} 青屏县, {party} 县委, …"""

    standard: Text
    full: Text
    colloquial: Text


class OrganVariant(Entry):
    """Other names of a unit in some provinces, levels or places. Each condition that is given must hold."""

    provinces: tuple[Text, ...] = ()
    levels: tuple[Tier, ...] = ()
    places: tuple[Text, ...] = Field((), description="本级或上级地名")
    city: bool | None = Field(None, description="上级是否有设区的市、自治州、盟、地区")
    names: OrganNames
    verify: bool = True


class Organ(Entry):
    """A unit by its role; the county's own list overrides the names, the first variant that fits the usual ones."""

    id: Name
    title: Text
    order: int = 0
    names: OrganNames
    verify: bool = False
    variants: tuple[OrganVariant, ...] = ()


class FormerOrgan(Entry):
    """A unit name that is no longer in use, and the role that took over."""

    name: Text
    successor: Name
    until: Day | None = None


class Policy(Entry):
    """A citable paper. Laws are cited without a number (PRACTICE, facts)."""

    id: Slug
    title: Text
    number: Line | None = None
    issuer: Line | None = None
    issued: Day | None = None
    short: Line | None = None
    period: tuple[int, int] | None = None
    valid_from: Day | None = None
    valid_to: Day | None = None
    law: bool = False
    verify: bool = False


class Programme(Entry):
    """A named programme with an owner and a term; texts name it only through here (PRACTICE 25)."""

    id: Slug
    name: Text
    owner: Line = ""
    valid_from: Day | None = None
    valid_to: Day | None = None
    verify: bool = False


class TermChange(Entry):
    """A word that official papers have given up, and what they say instead (PRACTICE 32)."""

    old: Text
    new: Text
    since: Day | None = Field(None, description="新的说法最迟从哪一天起使用；不知道的不写")
    note: Line = Field("", description="缘由，以及仍可用旧说法的地方")
    verify: bool = False

    @property
    def id(self) -> str:
        """The old word is its id."""
        return self.old


class SourcePlan(Entry):
    """One of the real plans that entries were taken from."""

    id: Slug
    title: Text
    place: Text
    number: Line | None = None
    issued: Line | None = None
    period: Period | None = None
    items: dict[ItemKind, tuple[Text, ...]] = Field({}, description="该方案各类条目的编号")

    def all_items(self) -> tuple[str, ...]:
        """The ids of its items of every kind."""
        return tuple(item for items in self.items.values() for item in items)

    @property
    def measures(self) -> tuple[str, ...]:
        """The ids of its measures: what entries can be taken from, and coverage is counted over."""
        return self.items.get(ItemKind.MEASURE, ())


class Feature(Entry):
    """Something a county has or is, on which measures depend."""

    id: FeatureId
    label: Text
    usual: tuple[Text, ...] = Field((), description="先行勾选：级别用词相同，或地名（含上级）含有此词")


class Family(Entry):
    """A kind of plan: its groups in order, what it asks of every county, its features."""

    format: Literal["family/1"]
    id: Slug
    title: Text
    usual: bool = Field(False, description="没有指明哪一类方案时就用它")
    features: tuple[Feature, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    always_ask: tuple[Name, ...] = ()
    groups: tuple[Group, ...]


class MeasuresFile(Entry):
    """measures/*.yaml: the measures of one group."""

    format: Literal["measures/1"]
    group: Slug
    measures: tuple[Measure, ...] = ()


class NarrativeFile(Entry):
    """narrative.yaml."""

    format: Literal["narrative/1"]
    narrative: tuple[Narrative, ...] = ()


class GlossaryFile(Entry):
    """glossary.yaml."""

    format: Literal["glossary/1"]
    terms: tuple[Term, ...] = ()


class SourcesFile(Entry):
    """sources.yaml."""

    format: Literal["sources/1"]
    plans: tuple[SourcePlan, ...] = ()


class OrgansFile(Entry):
    """common/organs.yaml."""

    format: Literal["organs/1"]
    organs: tuple[Organ, ...] = ()
    former: tuple[FormerOrgan, ...] = ()


class PoliciesFile(Entry):
    """common/policies.yaml."""

    format: Literal["policies/1"]
    policies: tuple[Policy, ...] = ()
    programmes: tuple[Programme, ...] = ()


class TermsFile(Entry):
    """common/terms.yaml."""

    format: Literal["terms/1"]
    changes: tuple[TermChange, ...] = ()


class Where(Struct, frozen=True):
    """Where a catalog entry stands, and the layer that it came from.

    `lines`: those of its fields. `before`: the entry of the same id that it replaces.
    """

    at: Location
    layer: str
    lines: Mapping[str, int] = field(default_factory=dict)
    before: "Where | None" = None

    def of(self, name: str) -> Location:
        """Where a field stands; the entry's own place if it has none."""
        return Location(self.at.path, self.lines.get(name, self.at.line))


class Catalog(Struct, frozen=True, dict=True):
    """All that the layers of a catalog hold for one family, by id; `where` gives each entry's place and layer."""

    family: Family
    measures: Mapping[str, Measure]
    group_of: Mapping[str, str]
    narrative: Mapping[str, Narrative]
    terms: Mapping[str, Term]
    organs: Mapping[str, Organ]
    former: tuple[FormerOrgan, ...]
    policies: Mapping[str, Policy]
    programmes: Mapping[str, Programme]
    issuers: Mapping[str, IssuerType]
    divisions: Mapping[str, Division]
    changes: Mapping[str, TermChange]
    sources: Mapping[str, SourcePlan]
    where: Mapping[tuple[str, str], Where]
