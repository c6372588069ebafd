"""What pack.yaml holds."""

from typing import Literal

from pydantic import Field

from drafter.document import Form
from drafter.model.catalog import Group, Parameter
from drafter.model.profile import LetterheadSettings
from drafter.model.values import Entry, Line, Size, Slug, Text
from drafter.model.words import Element, Face, GroupKind, Status


class FormEntry(Entry):
    """A shape of numbering in pack.yaml (see `document.Form`), and what of the pack goes with it."""

    markers: tuple[Line, Line, Line, Line] = Field(
        Form().markers, description="各级序号的第一个；不用的一级写空字符串"
    )
    restart: tuple[bool, bool, bool, bool] = Form().restart
    run_in: tuple[bool, bool, bool, bool] = Form().run_in
    lead: Literal["marked", "first"] = "marked"
    responsibility: Literal["item", "section", "annex", "none"] = "item"
    support_word: Text = "配合"
    label: Line = ""
    annex_markers: tuple[Line, Line, Line, Line] = Form().annex_markers
    templates: Slug | None = Field(None, description="子文件夹：其中的模板先于同名的通用模板")
    needs: tuple[Literal["intro", "aim"], ...] = Field(
        (), description="每个行动、工程必须有的文字：intro 引言，aim 任务"
    )

    def lacks(self, group: Group) -> list[str]:
        """What this form prints of a group of measures and the catalog does not have."""
        if group.kind not in (GroupKind.GROUP, GroupKind.PROJECT):
            return []
        shown = {"intro": "引言（intro）", "aim": "任务（aim）"}
        return [shown[need] for need in self.needs if not getattr(group, need)]

    def form(self) -> Form:
        """The Form that it describes."""
        return Form(**{name: getattr(self, name) for name in Form.__struct_fields__})


class StatusEntry(Entry):
    """What a paper of one status carries (PRACTICE 10)."""

    mark: Line = Field("", description="标题下的稿别，如（征求意见稿）")
    head: bool = Field(False, description="红头、发文字号和版记")
    notice: bool = Field(False, description="印发通知")
    dated: bool = Field(False, description="成文日期和发文字号")
    open: Literal["advice", "warning", "error"] = Field("advice", description="待填项的级别（PRACTICE 11）")

    def asked(self, letterhead: LetterheadSettings) -> "StatusEntry":
        """What a paper carries where the profile asks for a head on drafts."""
        everything = {"head": True, "notice": True, "dated": True}
        return self.model_copy(update=everything) if letterhead.on_draft else self


class PaperEntry(Entry):
    """A further paper that a pack makes of the same profile. Its texts are templates like a plan's title."""

    label: Text = Field(description="文稿名称，如 征求意见函")
    title: tuple[Text, ...] = Field(description="标题，按可以断行处分段；{title} 处放方案标题")
    kind: Literal["letter", "plain"] = Field(
        "plain", description="letter 信函格式（GB/T 9704 10.1），plain 只有标题和正文"
    )
    parameters: tuple[Parameter, ...] = Field((), description="只有这份文稿要问的，在档案 values 里填写")
    sections: tuple[Text, ...]
    annexes: tuple[Text, ...] = ()
    mark: Line = Field("{{ issuer }}", description="信函的发文机关标志")
    number: Line = Field("", description="信函的发文字号")
    addressees: Line = Field("{{ addressees }}", description="信函的主送机关")
    signature: Line = Field("{{ issuer }}", description="信函的署名")
    date: Line = Field("", description="信函的成文日期")


class ImprintEntry(Entry):
    """版记 of an office's own; its texts are templates. The profile's own words come before them."""

    copy_to: tuple[tuple[Text, ...], ...] | None = Field(None, description="抄送，分组；默认随发文机关的类型")
    printer: Line = Field("", description="印发机关；默认随发文机关的类型")


class Pack(Entry):
    """pack.yaml: what a pack asks for, its title, its sections in order, its forms.

    With `extends` a pack says only what differs from another: see `load.load_pack`.
    """

    format: Literal["pack/1"]
    id: Slug
    extends: Slug | None = Field(None, description="所依据的模板包；本包只写不同之处")
    title: Text
    family: Slug | None = None
    parameters: tuple[Parameter, ...] = ()
    plan_title: tuple[Text, ...] = Field(description="方案标题，按可以断行处分段")
    notice_title: tuple[Text, ...] = Field(description="通知标题分段；{title} 处放方案标题")
    sections: tuple[Text, ...] = Field(description="正文各部分的模板文件，按顺序")
    annexes: tuple[Text, ...] = ()
    forms: dict[Slug, FormEntry]
    form: Slug = Field(description="默认形式")
    statuses: dict[Status, StatusEntry]
    papers: dict[Slug, PaperEntry] = Field({}, description="同一份档案的其他文稿，build --paper 名称")
    imprint: ImprintEntry = ImprintEntry()
    quote_title: bool = Field(True, description="标题中方案名加书名号；档案 layout.quote_title 优先")
    fonts: dict[Face, Text] = Field({}, description="与 GB/T 9704 不同的字体名；档案 layout.fonts 优先")
    sizes: dict[Element, Size] = Field({}, description="与 GB/T 9704 不同的字号：字号名或磅数")
    page_budget: int = Field(12, description="正文页数上限（PRACTICE 6）")

    @property
    def asked(self) -> tuple[Parameter, ...]:
        """All that the pack and its further papers ask."""
        return (*self.parameters, *(each for paper in self.papers.values() for each in paper.parameters))

    def paper_key(self, name: str) -> str:
        """The key of the further paper that is called `name`, by key or label; `name` itself where there is none."""
        return next((key for key, paper in self.papers.items() if name in (key, paper.label)), name)
