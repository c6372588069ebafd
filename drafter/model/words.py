"""Enumerated values of the files: English in YAML, their Chinese words accepted and shown."""

from enum import StrEnum
from typing import Any, Self


class Word(StrEnum):
    """An enumerated value: English in files, its Chinese word accepted and shown."""

    @property
    def shown(self) -> str:
        """The Chinese word."""
        return self.words()[self.value]

    @classmethod
    def words(cls) -> dict[str, str]:
        """English value → Chinese word."""
        raise NotImplementedError

    @classmethod
    def __get_pydantic_json_schema__(cls, _core: Any, _handler: Any) -> dict[str, Any]:
        return {"type": "string", "enum": [*(member.value for member in cls), *cls.words().values()]}

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        return next((member for member in cls if member.shown == value), None)


class Status(Word):
    """Where a draft stands on its way (PRACTICE 10)."""

    DRAFT = "draft"
    COMMENT = "draft-for-comment"
    APPROVAL = "draft-for-approval"
    ON_BEHALF = "draft-on-behalf"
    DELIBERATION = "draft-for-deliberation"
    ISSUED = "issued"

    @classmethod
    def words(cls) -> dict[str, str]:
        shown = ("初稿", "征求意见稿", "送审稿", "代拟稿", "审议稿", "印发")
        return dict(zip((member.value for member in cls), shown, strict=True))

    @property
    def stage(self) -> str:
        """What programs are told: a 代拟稿 is a 送审稿 that a department drafts for the government."""
        return Status.APPROVAL.value if self is Status.ON_BEHALF else self.value


class Tier(Word):
    """The level of a place."""

    STATE = "state"
    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    TOWNSHIP = "township"
    ZONE = "zone"

    @classmethod
    def words(cls) -> dict[str, str]:
        shown = ("国家级", "省级", "市级", "县级", "乡级", "园区")
        return dict(zip((member.value for member in cls), shown, strict=True))


class GroupKind(Word):
    """What a group of measures is."""

    GROUP = "group"
    PROJECT = "project"
    SAFEGUARD = "safeguard"
    PART = "part"

    @classmethod
    def words(cls) -> dict[str, str]:
        shown = ("提升行动", "重点工程", "保障措施", "部分")
        return dict(zip((member.value for member in cls), shown, strict=True))


class Power(Word):
    """事权: whether the county carries a measure out, cooperates in it, or asks for it above (PRACTICE 23)."""

    COUNTY = "county"
    COOPERATE = "cooperate"
    REPORT_UP = "report-up"

    @classmethod
    def words(cls) -> dict[str, str]:
        return {"county": "县级实施", "cooperate": "落实配合", "report-up": "向上争取"}


class ItemKind(Word):
    """What an item of a plan is; other nodes of an outline are not counted as items."""

    PART = "part"
    SECTION = "section"
    TASK = "task"
    MEASURE = "measure"

    @classmethod
    def words(cls) -> dict[str, str]:
        return {"part": "部分", "section": "小节", "task": "任务", "measure": "举措"}


class ParameterKind(Word):
    """What a parameter's value is."""

    TEXT = "text"
    NUMBER = "number"
    YEAR = "year"
    CHOICE = "choice"
    LIST = "list"
    ORGAN = "organ"
    POLICY = "policy"
    BRAND = "brand"
    PLACE = "place"

    @classmethod
    def words(cls) -> dict[str, str]:
        shown = ("文字", "数字", "年份", "选项", "列举", "单位", "文件", "品牌", "地点")
        return dict(zip((member.value for member in cls), shown, strict=True))


class Length(Word):
    """Which variant of each measure is printed."""

    BRIEF = "brief"
    STANDARD = "standard"

    @classmethod
    def words(cls) -> dict[str, str]:
        return {"brief": "简", "standard": "标准"}


class NameStyle(Word):
    """How the units of a paper are named, one style for the whole paper (PRACTICE 15)."""

    STANDARD = "standard"
    FULL = "full"
    COLLOQUIAL = "colloquial"

    @classmethod
    def words(cls) -> dict[str, str]:
        return {"standard": "规范化简称", "full": "全称", "colloquial": "口语简称"}


class IssuerForm(Word):
    """How the issuing body's name begins; one form for title, head, signature and imprint (PRACTICE 13)."""

    FULL = "full"
    WITH_CITY = "with-city"
    WITHOUT_PLACE = "without-place"

    @classmethod
    def words(cls) -> dict[str, str]:
        return {"full": "冠本地名", "with-city": "冠市名", "without-place": "不冠地名"}


class ParentState(Word):
    """Whether a parent plan is out, is awaited, or belongs to another period (PRACTICE 17–18)."""

    ISSUED = "issued"
    PENDING = "pending"
    OTHER_PERIOD = "other-period"

    @classmethod
    def words(cls) -> dict[str, str]:
        return {"issued": "已印发", "pending": "尚未印发", "other-period": "其他规划期"}


class Face(Word):
    """The typefaces of GB/T 9704."""

    FANGSONG = "fangsong"
    KAITI = "kaiti"
    HEITI = "heiti"
    XIAOBIAOSONG = "xiaobiaosong"
    SONGTI = "songti"

    @classmethod
    def words(cls) -> dict[str, str]:
        shown = ("仿宋", "楷体", "黑体", "小标宋", "宋体")
        return dict(zip((member.value for member in cls), shown, strict=True))


class Element(Word):
    """What of a page a pack may set in another size. Body and levels stay 3号: 22 lines of 28 characters follow from it."""

    TITLE = "title"
    ANNEX_TITLE = "annex-title"
    TABLE = "table"
    TABLE_HEAD = "table-head"
    CAPTION = "caption"
    IMPRINT = "imprint"
    PAGE_NUMBER = "page-number"

    @classmethod
    def words(cls) -> dict[str, str]:
        shown = ("标题", "附件标题", "表格", "表头", "表题", "版记", "页码")
        return dict(zip((member.value for member in cls), shown, strict=True))


class Disclosure(Word):
    """附注 (GB/T 9704 7.3.6); asked, never assumed (PRACTICE 8)."""

    PUBLIC = "public"
    PROACTIVE = "proactive"
    ON_REQUEST = "on-request"
    NONE = "none"

    @classmethod
    def words(cls) -> dict[str, str]:
        return {
            "public": "此件公开发布",
            "proactive": "此件主动公开",
            "on-request": "此件依申请公开",
            "none": "无附注",
        }
