"""Two small plans and an alignment of them made by hand, for the tests of its reports."""

from msgspec.structs import replace

from drafter.align.types import (
    Alignment,
    Change,
    Coverage,
    Leads,
    Op,
    Pair,
    Point,
    SectionShare,
    TargetPair,
)
from drafter.document import Document, Heading, Item, Meta, Responsibility
from drafter.outline import Target, outline

HOSTILE = '</script><img src=x onerror="window.hit=1">{{ 7*7 }}'
FORMULA = "=HYPERLINK(1)"

PARENT = Document(
    title=("松岭市河湖清洁", "行动方案"),
    meta=Meta(locality="松岭市", level="prefecture", period=(2026, 2030)),
    blocks=(
        Heading(1, "主要任务"),
        Heading(2, "清理河道"),
        Item(3, "登记河湖台账", "全市河湖逐一登记造册。", responsibility=Responsibility(("市水利局",))),
        Item(3, "设立巡河员", "各县（市、区）要设立巡河员，每人每月巡河4次。"),
        Item(3, "打捞水面漂浮物", "组织专业队伍定期打捞，开展观摩等活动。"),
        Heading(2, "宣传发动"),
        Item(3, "评选最美河湖", f"每年评选一次。{HOSTILE}"),
        Item(3, "召开市级现场会", "市里每年召开一次现场会。"),
    ),
)
CHILD = Document(
    title=("青石县河湖清洁", "行动方案"),
    meta=Meta(locality="青石县", level="county", period=(2026, 2030), issuer="青石县人民政府办公室"),
    blocks=(
        Heading(1, "重点工作"),
        Item(2, "登记河湖台账", "全县河湖逐一登记，建立台账。", responsibility=Responsibility(("县水利局",))),
        Item(2, "打捞漂浮物", "组织队伍打捞。"),
        Item(2, FORMULA, "开展认领河段活动。"),
    ),
)
ABOVE, BELOW = outline(PARENT), outline(CHILD)


def target(value: float, node: str) -> Target:
    """A promise on clean reaches."""
    return Target("清洁河段比例", 2030, ">=", value, "%", "", node)


PAIRS = (
    Pair(
        "1.1.1",
        "登记河湖台账",
        "measure",
        "own",
        ("1.1",),
        "covered",
        0.9,
        "sure",
        changes=(Change("1.1", (Op("equal", "登记"), Op("delete", "造册"), Op("insert", "建立台账"))),),
        lead=Leads(("市水利局",), ("县水利局",), "same"),
    ),
    Pair(
        "1.1.2",
        "设立巡河员",
        "measure",
        "subordinate",
        (),
        "missing",
        0.1,
        "sure",
        missing_points=(Point("每人每月巡河4次", "must"),),
    ),
    Pair(
        "1.1.3",
        "打捞水面漂浮物",
        "measure",
        "own",
        ("1.2",),
        "partial",
        0.6,
        "review",
        missing_points=(Point("开展观摩等活动", "may"),),
    ),
    Pair("1.2.1", "评选最美河湖", "measure", "own", (), "missing", 0.2, "review"),
    Pair(
        "1.2.2", "召开市级现场会", "measure", "own", (), "not-applicable", 0.0, "sure", "person", "属市级事项"
    ),
)
MADE = Alignment(
    parent=ABOVE.meta,
    child=BELOW.meta,
    other_period=False,
    pairs=PAIRS,
    additions=("1.3",),
    targets=(
        TargetPair("清洁河段比例", 2030, target(95, "1.1"), target(90, "1"), "below", "市下达分解指标"),
    ),
    coverage=Coverage(0.5, 0.0, 1),
    copied=0.3,
    sections=(SectionShare("1.1", "清理河道", 2 / 3, 3), SectionShare("1.2", "宣传发动", 0.0, 1)),
    copied_sections=(SectionShare("1", "重点工作", 0.3, 2),),
    warnings=("本方案有没有读懂的部分：一张图片",),
)


def many(count: int) -> Alignment:
    """The same alignment with `count` rows; their items repeat."""
    return replace(MADE, pairs=tuple(PAIRS[n % len(PAIRS)] for n in range(count)))
