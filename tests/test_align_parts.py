"""The parts of aligning: levels, clauses, targets, units, readable changes."""

import msgspec
import pytest

from drafter.align.addressing import addressed, own_business
from drafter.align.carrying import carried, partial
from drafter.align.changes import changes, copied, windows
from drafter.align.clauses import is_action, is_purpose, weigh
from drafter.align.decisions import excused_by_rule
from drafter.align.entries import Entry, Kind, Source, entry
from drafter.align.evidence import evidence
from drafter.align.levelling import levelling
from drafter.align.linking import Linked, link
from drafter.align.promises import compare
from drafter.align.roles import compare as compare_units
from drafter.align.rows import SURE
from drafter.align.types import Pair
from drafter.model.catalog import Measure, Organ
from drafter.model.profile import LocalOrgan
from drafter.outline import Facts, Node, Target
from drafter.pairs import weights
from drafter.roles import Roles

CITY = Facts(locality="澄州市", level="prefecture", period=(2026, 2030))
COUNTY = Facts(locality="澄州市青屏县", level="county", period=(2026, 2030))


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("我市、全市、市级、市直部门", "我县、全县、县级、县直部门"),
        ("市教育局、市委宣传部牵头，团市委配合", "县教育局、县委宣传部牵头，团县委配合"),
        ("澄州市人民政府", "青屏县人民政府"),
        ("各县（市、区）要落实经费", "县要落实经费"),
        ("市场主体和城市居民", "市场主体和城市居民"),
    ],
)
def test_the_parents_words_come_down_one_level(above: str, below: str) -> None:
    assert levelling(CITY, COUNTY)(above) == below


def test_where_both_say_city_words_stay() -> None:
    other = Facts(locality="云汀市", level="county", period=(2026, 2030))
    assert levelling(CITY, other)("我市由市教育局牵头") == "我市由市教育局牵头"


def test_the_childs_period_is_taken() -> None:
    old = Facts(locality="澄州市", level="prefecture", period=(2021, 2025))
    assert levelling(old, COUNTY)("“十四五”期间（2021—2025年）") == "“十五五”期间（2026—2030年）"


def test_an_unknown_place_changes_nothing() -> None:
    assert levelling(Facts(), Facts())("我市由市教育局牵头") == "我市由市教育局牵头"


@pytest.mark.parametrize(
    ("clause", "purpose", "action"),
    [
        ("提高居民分类意识", True, True),
        ("贯彻绿色发展理念", True, True),
        ("认真贯彻落实垃圾分类管理办法", False, True),
        ("加强站点建设", False, True),
        ("社区居民广泛参与", False, False),
    ],
)
def test_purposes_and_actions_are_told_apart(clause: str, purpose: bool, action: bool) -> None:
    assert (is_purpose(clause), is_action(clause)) == (purpose, action)


def test_the_theme_of_an_item_is_no_action_of_it() -> None:
    title, said = "推进垃圾分类站点建设", "建立垃圾分类站点巡查台账"
    texts = [
        f"{title}。{said}。",
        "推进垃圾分类站点建设。",
        f"{said}。",
        *(f"修缮第{n}条乡村道路。" for n in range(40)),
    ]
    weight = weights(texts)
    made = [
        entry(Source(Node(id=str(n), level=2, number=None, kind="measure", title=t, text=x), "measure", t, x, ""), weight)
        for n, (t, x) in enumerate([(title, f"{said}。"), (title, ""), (said, "")])
    ]  # fmt: skip
    theme, whole = carried(made[0], made[1:2]), carried(made[0], made[1:])
    assert theme.figures[2] > whole.figures[2] == 0.0
    assert partial(theme, 0.9) > partial(whole, 0.9)


def made(kind: Kind, *texts: str) -> list[Entry]:
    """Entries of one kind, each text a title, or a title and its text parted by a full stop."""
    parts = [text.partition("。") for text in texts]
    nodes = [Node(str(n), 2, None, "measure", title, text) for n, (title, _, text) in enumerate(parts)]
    weight = weights([*texts, *(f"修缮第{n}条乡村道路。" for n in range(40))])
    return [entry(Source(node, kind, node.title, node.text, ""), weight) for node in nodes]


@pytest.mark.parametrize(
    ("clause", "lost"), [("冲锋舟不少于20艘", True), ("冲锋舟数量充足", False), ("购置冲锋舟", False)]
)
def test_what_must_be_carried_is_lost_as_an_action_is(clause: str, lost: bool) -> None:
    parent, child = made(
        "measure", f"备足抢险物资。储备编织袋，{clause}。", "备足抢险物资。储备编织袋，购置冲锋舟。"
    )
    assert (carried(parent, [child]).figures[2] > 0) is lost


@pytest.mark.parametrize("telling", ["schedule", "measure"])
def test_a_schedule_that_says_it_makes_missing_doubtful(telling: Kind) -> None:
    asked = made("measure", "奖励防汛先进集体。", "疏浚中小河流。清除河道淤积。")
    offered = made(telling, "年底前评选先进集体。") + made("measure", "疏浚中小河流。清除河道淤积。")
    row = link(evidence(asked, offered, weights([])), asked, offered, {})[0]
    assert row.in_passing is (telling == "schedule")
    alone = Linked((), (0.1, 0.1))
    assert msgspec.structs.replace(alone, in_passing=True).certainty < SURE < alone.certainty


@pytest.mark.parametrize(
    ("clause", "weight"),
    [
        ("每年培训不少于200人", "must"),
        ("2027年底前建成", "must"),
        ("组织“夜半铜锣”演练", "must"),
        ("各县市区要安排专项经费", "must"),
        ("清除河道淤积", "may"),
        ("不断增强避险意识", "may"),
    ],
)
def test_numbers_deadlines_names_and_orders_must_be_carried(clause: str, weight: str) -> None:
    assert weigh(clause) == weight


def target(
    value: float, year: int | None = 2030, op: str = ">=", unit: str = "%", scope: str = "全市"
) -> Target:
    return Target("水库安全达标率", year, op, value, unit, "", "1.3", None, scope)


@pytest.mark.parametrize(
    ("child", "verdict"),
    [
        (target(95), "meets"),
        (target(96), "stricter"),
        (target(90), "below"),
        (target(95, 2032), "below"),
        (target(95, unit="座"), "missing"),
    ],
)
def test_targets_are_met_or_not(child: Target, verdict: str) -> None:
    (made,) = compare([target(95)], [child], str, False, {})
    assert made.verdict == verdict


def test_a_total_of_the_whole_area_is_divided_and_says_so() -> None:
    (made,) = compare([target(300, unit="座")], [target(40, unit="座")], str, False, {})
    assert (made.verdict, bool(made.reason)) == ("below", True)


@pytest.mark.parametrize(
    ("above", "below", "verdict"),
    [
        (["市教育局"], ["县教育和体育局"], "same"),
        (["市教体局"], ["县教育局"], "same"),
        (["市科学技术局"], ["县工业园管委会"], "same"),
        (["市水利局"], ["县财政局"], "changed"),
        (["团市委"], ["团县委"], "same"),
        (["市水利局"], [], "missing"),
        ([], ["县水利局"], "n/a"),
    ],
)
def test_units_serve_roles(above: list[str], below: list[str], verdict: str) -> None:
    local = LocalOrgan.model_validate({"name": "县工业园管委会", "serves": ["science_tech"]})
    names = {"standard": "{word}科技局", "full": "{name}科学技术局", "colloquial": "{word}科技局"}
    organ = Organ.model_validate({"id": "science_tech", "title": "科技部门", "order": 1, "names": names})
    organs = {organ.id: organ}
    assert compare_units(above, below, Roles(organs, (local,)), Roles(organs)).verdict == verdict


def test_changes_have_no_scraps() -> None:
    ops = changes("每年排查水库大坝，限期除险加固", "定期检查塘堰大坝，限期除险加固")
    assert [(op.op, op.text) for op in ops] == [
        ("delete", "每年排查水库"),
        ("insert", "定期检查塘堰"),
        ("equal", "大坝，限期除险加固"),
    ]


def test_copied_counts_long_stretches_only() -> None:
    known = windows(["每年汛前组织危险区群众开展转移演练"])
    assert copied(["每年汛前组织危险区群众开展转移演练"], known) == (17, 17)
    assert copied(["危险区群众要开展转移演练"], known)[0] == 0


def test_what_needs_caution_is_excused_by_rule() -> None:
    measure = Measure.model_validate(
        {
            "id": "ledger",
            "title": "建立隐患台账",
            "text": "建立隐患台账。",
            "power": "county",
            "caution": "涉减负，需领导决定",
        }
    )
    row = Pair("1.1", "建立隐患台账", "measure", "own", (), "missing", 0.0, "sure")
    made = excused_by_rule(row, "建立隐患台账。逐户登记", [measure])
    assert (made.status, made.decided_by, made.reason) == ("excused", "rule", "涉减负，需领导决定")
    assert excused_by_rule(row, "清理河道", [measure]).status == "missing"


@pytest.mark.parametrize(
    ("title", "text", "whom"),
    [
        ("各县（市、区）每年汛前组织转移演练", "", "subordinate"),
        ("每个乡镇至少储备冲锋舟2艘", "", "subordinate"),
        ("开展演练", "编制脚本。组建队伍。各乡镇（街道）要落实场地。", "both"),
        ("加强考核", "每年对各县（市、区）工作进行检查评估。", "own"),
        ("疏浚中小河流", "清除河道淤积。", "own"),
    ],
)
def test_whom_the_parent_orders(title: str, text: str, whom: str) -> None:
    assert addressed(Node("1.1", 2, None, "measure", title, text), CITY) == whom


def test_the_parents_own_business_is_proposed() -> None:
    ours = Node("1.1", 2, None, "measure", "提升市图书馆防汛展区", "更新展品。")
    assert "不适用" in own_business(ours, CITY)
    assert own_business(Node("1.2", 2, None, "measure", "疏浚中小河流", "清除河道淤积。"), CITY) == ""
