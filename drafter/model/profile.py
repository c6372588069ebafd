"""What a county's profile holds."""

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from drafter.model.values import Day, DocumentNumber, Entry, Line, Name, Names, Period, Slug, Text, Values
from drafter.model.words import Disclosure, Face, IssuerForm, Length, NameStyle, ParentState, Status, Tier


def _place(value: object) -> object:
    return {"name": value} if isinstance(value, str) else value


class PlaceEntry(Entry):
    """A place. Given in full (name, level, parents, level word) it need stand in no list.

    Without parents it is looked up by its name (with its parents' names before it where several bear it) or code.
    """

    name: Text = Field(description="全称，如 双峰县、娄底市双峰县；或六位区划代码")
    level: Tier = Tier.COUNTY
    word: Line = Field("", description="级别用词：县、区、市、旗；可由全称推出")
    short: Line = Field("", description="专名，如 青屏；可由全称推出")
    parents: tuple["Place", ...] = Field((), description="由高到低，不含国家")
    divisions: tuple[Text, ...] = Field((), description="下辖：乡镇、街道、苏木、园区……")


Place = Annotated[PlaceEntry, BeforeValidator(_place, json_schema_input_type=str | PlaceEntry)]
# Now: a deferred build would look for `Place` where the first entry is made, and may find another one there.
PlaceEntry.model_rebuild()


class LetterheadSettings(Entry):
    """What head, notice and imprint of the paper say."""

    issuer: Slug | None = Field(None, description="发文机关的类型，见 issuers.yaml；有印发通知的稿别必填")
    name: Line = Field("", description="发文机关名称；领导小组等必填，其他默认由地名推出")
    form: IssuerForm = Field(IssuerForm.FULL, description="发文机关名称的写法")
    number: DocumentNumber | None = Field(None, description="发文字号")
    approval: Line = Field("", description="经何程序同意；默认“已经X人民政府同意”")
    disclosure: Disclosure | None = Field(None, description="附注")
    seal: bool = Field(True, description="加盖印章")
    on_draft: bool = Field(False, description="印发以前的稿别也带红头、发文字号、印发通知、成文日期和版记")
    addressees: Line = Field("", description="主送机关；默认按下辖区划")
    copy_to: tuple[tuple[Text, ...], ...] | None = Field(None, description="抄送，分组")
    printer: Line = ""


class Dates(Entry):
    """成文日期 and 印发日期."""

    issued: Day | None = None
    printed: Day | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.issued and self.printed and self.printed < self.issued:
            raise ValueError("印发日期早于成文日期")
        return self


class LocalOrgan(Entry):
    """A unit of the county and the roles that it serves; a merged bureau serves several."""

    name: Text
    serves: Names


class Layout(Entry):
    """How the paper looks."""

    form: Slug | None = Field(None, description="层次序号的形式，见 pack.yaml 的 forms")
    length: Length = Length.STANDARD
    title_lines: tuple[Text, ...] = Field((), description="方案标题分行；留空则自动按词断行")
    notice_title_lines: tuple[Text, ...] = ()
    quote_title: bool | None = Field(None, description="通知标题中方案名加书名号；默认随模板包")
    names: NameStyle = Field(NameStyle.STANDARD, description="单位名称写法")
    landscape_table: bool = Field(False, description="任务分工表横排，另成一节")
    outline: Literal["pack", "parent"] = Field("pack", description="章节取自模板包，或取自上级方案")
    parent: Slug | None = Field(None, description="outline: parent 时取哪个上级方案；默认最后一个有文件的")
    fonts: dict[Face, Text] = Field({}, description="字体名，如 仿宋: 方正仿宋_GBK")


class Parent(Entry):
    """A plan of a level above (PRACTICE 17)."""

    id: Slug
    level: Tier
    title: Line = ""
    number: Line | None = None
    period: Period | None = None
    state: ParentState = ParentState.ISSUED
    file: Line | None = None
    digest: Line | None = Field(None, description="对照时上级方案文件的指纹：文件以后改过，drafter 会提醒")


class Answer(Entry):
    """An item of a parent plan that a measure answers."""

    parent: Slug
    item: Text


class Taken(Entry):
    """A measure's text as it was in the catalog when it was picked."""

    title: Text
    text: Text
    brief: Line = ""


class Pick(Entry):
    """A measure that the county takes up. `override` is the county's own text, printed as typed."""

    measure: Slug
    section: Slug | None = None
    values: dict[Name, Values] = Field({}, description="本举措参数的值")
    lead: tuple[Name, ...] | None = None
    support: tuple[Name, ...] | None = None
    due: Line = ""
    length: Length | None = Field(None, description="只此一项用简本或标准篇幅；默认随 layout.length")
    override: Line = ""
    answers: tuple[Answer, ...] = ()
    taken: Taken | None = None


class LocalMeasure(Entry):
    """A measure of the county's own, printed as typed."""

    id: Slug
    section: Slug
    title: Text
    text: Text
    lead: tuple[Name, ...] = ()
    support: tuple[Name, ...] = ()
    due: Line = ""
    deliverable: Line = Field("", description="可检查的成果")
    answers: tuple[Answer, ...] = ()
    rework: bool = False


class Decision(Entry):
    """What a person decided on an item of a parent plan."""

    parent: Slug
    item: Text
    title: Line = ""
    kind: Literal["omit", "pin", "not-applicable"]
    children: tuple[Text, ...] = ()
    reason: Line = ""


class Waiver(Entry):
    """A finding of `check` that a person has looked at and lets stand."""

    rule: Text = Field(description="规则编号，见 drafter check --explain")
    quote: Line = Field("", description="只免这几个字；留空则免这条规则的全部")
    reason: Text = Field(description="理由，随结果显示")


class TargetBasis(Entry):
    """Where the value of a target comes from; closes a target below the parent's (PRACTICE 21)."""

    value: Name = Field(description="values 中的哪一项")
    basis: Text = Field(description="来源：下达分解指标的文件，或本级如何确定")


class Profile(Entry):
    """A county and its choices: the one file that a drafter keeps."""

    format: Literal["profile/1"]
    family: Slug
    pack: Slug
    place: Place
    period: Period
    status: Status = Status.DRAFT
    title: Line = ""
    features: tuple[Text, ...] = ()
    values: dict[Name, Values] = Field({}, description="对目录和模板所提问题的回答")
    letterhead: LetterheadSettings = LetterheadSettings()
    dates: Dates = Dates()
    organs: tuple[LocalOrgan, ...] = Field((), description="本县单位名录，优先于通用名称")
    none: tuple[Name, ...] = Field((), description="本地没有单位承担的职能")
    layout: Layout = Layout()
    parents: tuple[Parent, ...] = ()
    picks: tuple[Pick, ...] = ()
    local: tuple[LocalMeasure, ...] = ()
    decisions: tuple[Decision, ...] = ()
    waivers: tuple[Waiver, ...] = Field((), description="核过并同意保留的审核结果")
    targets: tuple[TargetBasis, ...] = Field((), description="目标值的来源")
    unfinished: tuple[Text, ...] = Field((), description="向导中断时已问过、留待以后的问题；做完后自动删去")
