"""A parent's text on the county's level."""

import pytest

from drafter.lowering import lowered, put_down, risky
from drafter.model.plan import PlaceWords
from drafter.roles import Roles

WORDS = PlaceWords("青屏县", "青屏", "县", "澄州市", "乡镇（街道）", "村（社区）", "各乡镇人民政府")


@pytest.mark.parametrize(
    ("parent", "text", "put"),
    [
        ("澄州市", "全市公民", "全县公民"),
        ("澄州市", "由市科协会同市教育局办理", "由县科协会同县教育局办理"),
        ("澄州市", "澄州市每年评选“澄州工匠”", "青屏县每年评选“青屏工匠”"),
        ("澄州市", "城市和市场、超市", "城市和市场、超市"),
        ("澄州市", "市级示范基地", "县级示范基地"),
        ("澄州市", "各县（市、区）要建站", "全县要建站"),
        ("澄州市", "没有场馆的县（市、区）要建馆", "没有场馆的县要建馆"),
        ("澄州市", "推荐到省级平台，向市人民政府报告", "推荐到省级平台，向市人民政府报告"),
        ("澄州市", "市场主体和集市", "市场主体和集市"),
        ("澄州市", "各县市（区）要建站", "全县要建站"),
        ("澄州市", "纳入对县市区的考核", "纳入对县的考核"),
        ("澄州市", "县市场监管局管好本地市场", "县市场监管局管好本地市场"),
        ("岚江省澄州市", "岚江省澄州市和澄州工匠", "青屏县和青屏工匠"),
        ("全国", "全国低碳日", "全国低碳日"),
        ("岚江自治州", "全州和州直单位", "全县和县直单位"),
    ],
)
def test_place_level_words_and_units_become_the_countys(parent: str, text: str, put: str) -> None:
    assert put_down(text, parent, WORDS) == put


def test_the_countys_own_last_plan_keeps_its_name() -> None:
    words = PlaceWords("白沙江县", "白沙江", "县", "澄州市", "乡镇", "村", "各乡镇人民政府")
    assert put_down("白沙江县和白沙江特色", "白沙江县", words) == "白沙江县和白沙江特色"


def made(title: str, text: str, roles: Roles, other: bool = False):  # type: ignore[no-untyped-def]
    return lowered(
        title, text, (("市科协",), ("市教育局", "某某公司")), "澄州市", WORDS, roles, other_period=other
    )


def test_units_become_roles_and_unknown_ones_are_left_out(roles: Roles) -> None:
    done = made("办好讲座", "每月一场。", roles)
    assert (done.lead, done.support) == (("association_sci_tech",), ("education",))


def test_figures_years_and_terms_of_another_period_are_left_open(roles: Roles) -> None:
    text = "“十四五”期间，到2025年建成12个站点，覆盖率达到80%（某政发〔2021〕3号），“五小”创新不变。"
    done = made("建站", text, roles, other=True)
    assert not [each for each in ("十四五", "2025", "12", "80", "〔2021〕") if each in done.text]
    assert "〔待填：数量〕个站点" in done.text
    assert "“五小”创新不变" in done.text
    assert "2025年建成12个" in made("建站", text, roles).text


def test_sentences_that_threaten_are_left_out_while_something_remains(roles: Roles) -> None:
    assert made("检查", "每年开展评估。对落后单位通报批评并问责。", roles).text == "每年开展评估。"
    assert risky("建立台账，逐级挂钩。")
    assert not risky("每年开展评估。建立台账。")


def test_an_item_without_text_of_its_own_keeps_its_sentence(roles: Roles) -> None:
    sentence = "在理论学习和教育培训中增加科学内容，由党校统一编排课程并组织授课"
    done = made(sentence, "", roles)
    assert len(done.title) <= 30
    assert done.text.startswith(sentence)


def test_half_width_punctuation_becomes_full_width(roles: Roles) -> None:
    assert made("办讲座", "办讲座,进社区(村);每月3.5场。", roles).text == "办讲座，进社区（村）；每月3.5场。"
