"""Any place as 征求意见稿 and as 印发: who issues, who is addressed, what its units are called, and what is refused."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from drafts import EXAMPLE, problems

from drafter.compose import compose
from drafter.divisions import above, find, places
from drafter.document import Document
from drafter.draft import unverified_findings
from drafter.load import load
from drafter.model.plan import Plan
from drafter.resolve import resolve

HUNAN = "parents: [{name: 湖南省, level: province}, {name: 娄底市, level: prefecture}]"
ZONE = f"{{name: 娄底经济技术开发区, {HUNAN}, divisions: [街道]}}"
STREET = f"{{name: 石溪街道, {HUNAN}, divisions: [社区]}}"
TOWNSHIP = f"{{name: 石溪镇, {HUNAN}, divisions: [村, 社区]}}"


@cache
def picks() -> str:
    """The example's measures as a county without parents' plans would pick them."""
    _, _, text = EXAMPLE.read_text(encoding="utf-8").partition("\npicks:\n")
    text, _, _ = text.partition("\nlocal:\n")
    return "picks:\n" + re.sub(r"(?m)^  answers:.*\n", "", text) + "\n"


def profile(folder: Path, place: str, status: str = "印发", letterhead: str = "{}", more: str = "") -> Path:
    """A profile of the first family: nothing but a place, a status and the measures."""
    path = folder / "profile.yaml"
    head = "format: profile/1\nfamily: science-literacy\npack: science-literacy\nperiod: 2026—2030\n"
    head += f"place: {place}\nstatus: {status}\nfeatures: [villages, library]\nletterhead: {letterhead}\n"
    path.write_text(f"{head}layout: {{length: 简}}\n{more}{picks()}", encoding="utf-8")
    return path


def drafted(path: Path) -> tuple[Plan, Document]:
    inputs = load(path)
    plan = resolve(inputs)
    return plan, compose(plan, inputs)


def words(paper: Document) -> str:
    return "\n".join(paper.texts())


# ------------------------------------------------------------------ every type of place

# place: as the profile has it; word, party, league, government; who is addressed; the ecological bureau.
PLACES = [
    ("{name: 双峰县, divisions: [乡镇]}", "县", "县委", "团县委", "各乡镇人民政府，县直各单位，驻县单位", "娄底市生态环境局双峰分局"),
    ("{name: 雁峰区, divisions: [街道]}", "区", "区委", "团区委", "各街道办事处，区直各单位，驻区市管单位", "衡阳市生态环境局雁峰分局"),
    ("{name: 浏阳市, divisions: [乡镇, 街道]}", "市", "市委", "团市委", "各乡镇人民政府、街道办事处，市直各单位，驻市单位", "长沙市生态环境局浏阳分局"),
    ("{name: 花垣县, divisions: [乡镇]}", "县", "县委", "团县委", "各乡镇人民政府，县直各单位，驻县单位", "湘西州生态环境局花垣分局"),
    ("{name: 鄂托克旗, divisions: [苏木, 镇]}", "旗", "旗委", "团旗委", "各苏木镇人民政府，旗直各单位，驻旗单位", "鄂尔多斯市生态环境局鄂托克旗分局"),
    ("{name: 孟村回族自治县, divisions: [乡镇]}", "县", "县委", "团县委", "各乡镇人民政府，县直各单位，驻县单位", "沧州市生态环境局孟村回族自治县分局"),
    ("{name: 仙桃市, divisions: [镇, 街道, 园区]}", "市", "市委", "团市委", "各镇人民政府、街道办事处、园区管委会，市直各单位，驻市单位", "市生态环境局"),
    ("{name: 东莞市, divisions: [镇, 街道]}", "市", "市委", "团市委", "各镇人民政府、街道办事处，市直各单位，驻市单位", "市生态环境局"),
    ("{name: 北京市朝阳区, divisions: [乡, 街道]}", "区", "区委", "团区委", "各乡人民政府、街道办事处，区直各单位，驻区市管单位", "区生态环境局"),
    ("{name: 神农架林区, divisions: [乡镇]}", "林区", "林区党委", "林区团委", "各乡镇人民政府，林区直各单位，驻林区单位", "林区生态环境局"),
    ("{name: 霍林郭勒市, divisions: [街道]}", "市", "市委", "团市委", "各街道办事处，市直各单位，驻市单位", "通辽市生态环境局霍林郭勒市分局"),
    ("{name: 六枝特区, divisions: [乡镇, 街道]}", "区", "区委", "团区委", "各乡镇人民政府、街道办事处，区直各单位，驻区市管单位", "六盘水市生态环境局六枝分局"),
    ("{name: 鄂伦春自治旗, divisions: [乡镇]}", "旗", "旗委", "团旗委", "各乡镇人民政府，旗直各单位，驻旗单位", "呼伦贝尔市生态环境局鄂伦春自治旗分局"),
    ("{name: 湘西州, divisions: [县, 市]}", "州", "州委", "团州委", "各县市人民政府，州直各单位，驻州单位", "州生态环境局"),
    ("{name: 娄底市, divisions: [县, 市, 区]}", "市", "市委", "团市委", "各县市区人民政府，市直各单位，驻市单位", "市生态环境局"),
    ("{name: 和县, divisions: [镇]}", "县", "县委", "团县委", "各镇人民政府，县直各单位，驻县单位", "马鞍山市和县生态环境分局"),
    ("{name: 盐边县, divisions: [乡镇]}", "县", "县委", "团县委", "各乡镇人民政府，县直各单位，驻县单位", "攀枝花市盐边生态环境局"),
    ("{name: 泽州县, divisions: [乡镇]}", "县", "县委", "团县委", "各乡镇人民政府，县直各单位，驻县单位", "晋城市生态环境局泽州分局"),
    ("{name: 重庆市秀山土家族苗族自治县, divisions: [乡镇, 街道]}", "县", "县委", "团县委", "各乡镇人民政府、街道办事处，县直各单位，驻县单位", "县生态环境局"),
    ("{name: 浦东新区, divisions: [镇, 街道]}", "区", "区委", "团区委", "各镇人民政府、街道办事处，区直各单位，驻区市管单位", "区生态环境局"),
    ("{name: 石河子市, divisions: [镇, 街道, 团场]}", "市", "市委", "团市委", "各镇人民政府、街道办事处、团场，市直各单位，驻市单位", "市生态环境局"),
    ("{name: 景宁畲族自治县, divisions: [乡镇, 街道]}", "县", "县委", "团县委", "各乡镇人民政府、街道办事处，县直各单位，驻县单位", "丽水市生态环境局景宁分局"),
    ("{name: 喀喇沁左翼蒙古族自治县, divisions: [乡镇, 街道]}", "县", "县委", "团县委", "各乡镇人民政府、街道办事处，县直各单位，驻县单位", "朝阳市生态环境局喀喇沁左翼分局"),
    ("{name: 鄂托克前旗, divisions: [镇]}", "旗", "旗委", "团旗委", "各镇人民政府，旗直各单位，驻旗单位", "鄂尔多斯市生态环境局鄂托克前旗分局"),
    ("{name: 昆山市, divisions: [镇, 开发区]}", "市", "市委", "团市委", "各镇人民政府、开发区管委会，市直各单位，驻市单位", "苏州市昆山生态环境局"),
    ("{name: 琼中黎族苗族自治县, divisions: [乡镇, 农场]}", "县", "县委", "团县委", "各乡镇人民政府、农场，县直各单位，驻县单位", "县生态环境局"),
    ("{name: 墨玉县, divisions: [乡镇]}", "县", "县委", "团县委", "各乡镇人民政府，县直各单位，驻县单位", "和田地区生态环境局墨玉分局"),
    ("{name: 恩施市, divisions: [乡镇, 街道]}", "市", "市委", "团市委", "各乡镇人民政府、街道办事处，市直各单位，驻市单位", "恩施州生态环境局恩施市分局"),
    ("{name: 阿拉善左旗, divisions: [苏木, 镇]}", "旗", "旗委", "团旗委", "各苏木镇人民政府，旗直各单位，驻旗单位", "阿拉善盟生态环境局阿拉善左旗分局"),
    ("{name: 嘉峪关市, divisions: [镇]}", "市", "市委", "团市委", "各镇人民政府，市直各单位，驻市单位", "市生态环境局"),
    ("{name: 重庆市渝中区, divisions: [街道]}", "区", "区委", "团区委", "各街道办事处，区直各单位，驻区市管单位", "区生态环境局"),
]  # fmt: skip
OTHERS = ("县", "区", "市", "旗", "州")


@pytest.mark.parametrize(
    ("place", "word", "party", "league", "addressees", "bureau"),
    PLACES,
    ids=[each[0][7:12] for each in PLACES],
)
def test_a_place_of_any_type(
    tmp_path: Path, place: str, word: str, party: str, league: str, addressees: str, bureau: str
) -> None:
    plan, paper = drafted(profile(tmp_path, place, letterhead="{issuer: government-office}"))
    name = plan.place.name
    assert plan.place.word == word
    assert paper.letterhead
    assert paper.notice
    assert paper.imprint
    assert paper.letterhead.issuer_mark == f"{name}人民政府办公室文件"
    assert paper.notice.signature == paper.imprint.printer == f"{name}人民政府办公室"
    assert "".join(paper.notice.title).startswith(f"{name}人民政府办公室关于印发《{name}")
    assert paper.notice.addressees == addressees
    assert f"已经{name}人民政府同意，现印发给你们" in paper.notice.paragraphs[0]
    assert paper.imprint.copy_to[0] == (f"{party}各部门",)
    for text in (words(paper), words(drafted(profile(tmp_path, place, "征求意见稿"))[1])):
        for expected in (
            f"全{word}",
            f"{party}宣传部",
            f"{party}组织部",
            league,
            f"{word}科协",
            bureau,
            name,
        ):
            assert expected in text
        only_its_own_level(text, word)
        nothing_of_another(text, plan)


def only_its_own_level(text: str, word: str) -> None:
    """No 全县, 我县, 县委, 县人民政府, 县直, 县科协 where the word is another."""
    for other in OTHERS:
        if other != word:
            before = "" if word != "林区" or other != "区" else "(?<!林)"
            found = re.search(
                rf"(?<!健)[全我本]{before}{other}(?!域)|团{other}委|{before}(?<!社){other}(?:委宣传部|委组织部|直|科协|教育局|农业农村局)",
                text,
            )
            assert not found, found


def nothing_of_another(text: str, plan: Plan) -> None:
    """Every name of the list that occurs is the place's own, one above it, or part of such a name."""
    own = [plan.place.name, plan.place.city, plan.place.city_short, plan.place.province]
    left = text
    for name in sorted(filter(None, own), key=len, reverse=True):
        left = left.replace(name, "")
    found = [place.name for place in places() if len(place.name) > 2 and place.name in left]
    # 市中区, 城区 and 和平区 may be words; none occurs here.
    assert not found


def test_a_draft_for_comment_needs_no_issuer(tmp_path: Path) -> None:
    plan, paper = drafted(profile(tmp_path, "双峰县", "征求意见稿"))
    assert plan.issuer.name == "双峰县人民政府办公室"
    assert (paper.letterhead, paper.notice, paper.imprint) == (None, None, None)


@pytest.mark.parametrize(
    ("place", "name", "addressees", "word"),
    [
        (ZONE, "娄底经济技术开发区管理委员会", "各街道办事处，管委会各部门，驻区单位", "区"),
        (TOWNSHIP, "石溪镇人民政府", "各村民委员会、社区居民委员会，镇直各单位", "镇"),
        (STREET, "石溪街道办事处", "各社区居民委员会，街道各部门", "街道"),
    ],
)
def test_a_zone_and_a_township(tmp_path: Path, place: str, name: str, addressees: str, word: str) -> None:
    """Their offices follow no pattern: they are asked, never made from the level word."""
    _, paper = drafted(profile(tmp_path, place, letterhead="{issuer: government}"))
    assert paper.letterhead
    assert paper.notice
    assert paper.letterhead.issuer_mark == f"{name}文件"
    assert paper.notice.addressees == addressees
    for text in (words(paper), words(drafted(profile(tmp_path, place, "征求意见稿"))[1])):
        assert f"全{word}" in text
        assert not re.search("[我全]县|县委|县人民政府|县直|县科协|镇教育局|区教育局|区人民政府", text)
        assert "〔待填：教育部门名称〕" in text


# ------------------------------------------------------------------ kinds of issuer


@pytest.mark.parametrize(
    ("letterhead", "signature", "printer", "wording"),
    [
        ("{issuer: government}", "双峰县人民政府", "双峰县人民政府办公室", "现将《双峰县全民科学素质行动规划纲要实施方案（2026—2030年）》印发给你们"),
        ("{issuer: government, approval: 已经县人民政府第8次常务会议审议通过}", "双峰县人民政府", "双峰县人民政府办公室", "》已经县人民政府第8次常务会议审议通过，现印发给你们"),
        ("{issuer: government-office}", "双峰县人民政府办公室", "双峰县人民政府办公室", "》已经双峰县人民政府同意，现印发给你们"),
        ("{issuer: government-office, form: with-city}", "娄底市双峰县人民政府办公室", "娄底市双峰县人民政府办公室", "》已经娄底市双峰县人民政府同意，现印发给你们"),
        ("{issuer: leading-group, name: 双峰县全民科学素质工作领导小组}", "双峰县全民科学素质工作领导小组", "双峰县全民科学素质工作领导小组办公室", "现将《"),
        ("{issuer: leading-group-office, name: 双峰县纲要办, approval: 经县人民政府同意, addressees: 各乡镇人民政府}", "双峰县纲要办", "双峰县纲要办", "经县人民政府同意，现将《"),
        ("{issuer: association}", "双峰县科学技术协会", "双峰县科学技术协会办公室", "现将《"),
    ],
)  # fmt: skip
def test_each_kind_has_its_head_wording_and_printer(
    tmp_path: Path, letterhead: str, signature: str, printer: str, wording: str
) -> None:
    _, paper = drafted(profile(tmp_path, "{name: 双峰县, divisions: [乡镇]}", letterhead=letterhead))
    assert paper.letterhead
    assert paper.notice
    assert paper.imprint
    assert paper.letterhead.issuer_mark == f"{signature}文件"
    assert (paper.notice.signature, paper.imprint.printer) == (signature, printer)
    assert "".join(paper.notice.title).startswith(f"{signature}关于印发")
    assert wording in paper.notice.paragraphs[0]


REFUSED: Mapping[str, tuple[str, str, str]] = {
    "{}": ("印发", "status.issuer", "必须写明发文机关"),
    "{seal: true}": ("送审稿", "status.issuer", "送审稿带印发通知"),
    "{issuer: two-offices}": ("印发", "issuer.refused", "两办"),
    "{issuer: joint}": ("征求意见稿", "issuer.refused", "联合行文"),
    "{issuer: departments}": ("印发", "issuer.refused", "联合署名"),
    "{issuer: goverment}": ("印发", "issuer.unknown", "goverment"),
    "{issuer: leading-group}": ("审议稿", "issuer.name", "没有写明它的名称"),
    "{issuer: association, addressees: 各乡镇人民政府}": ("印发", "issuer.addressees", "不得自行向下级政府"),
    "{issuer: leading-group-office, name: 县纲要办, addressees: 各街道办事处}": ("印发", "issuer.addressees", "第十六条"),
    "{issuer: government, approval: 已经县人民政府同意}": ("印发", "issuer.approval", "它自己就是批准的机关"),
}  # fmt: skip


@pytest.mark.parametrize("letterhead", REFUSED)
def test_what_a_body_or_a_status_may_not_do_is_refused_with_the_reason(
    tmp_path: Path, letterhead: str
) -> None:
    status, rule, reason = REFUSED[letterhead]
    path = profile(tmp_path, "{name: 双峰县, divisions: [乡镇]}", status, letterhead)
    (finding,) = problems(lambda: resolve(load(path)))
    assert finding.rule == rule
    assert reason in finding.message
    assert finding.hint
    assert finding.at
    assert finding.at.line


# ------------------------------------------------------------------ units


def test_proposed_names_that_differ_are_told_once(tmp_path: Path) -> None:
    path = profile(
        tmp_path,
        "双峰县",
        "征求意见稿",
        more="organs: [{name: 县教育科技局, serves: [education, science_tech]}]\n",
    )
    plan, paper = drafted(path)
    found = {each.quote: each for each in unverified_findings(paper, plan)}
    assert {each.rule for each in found.values()} == {"organ.verify"}
    assert "娄底市双峰生态环境局" in found["娄底市生态环境局双峰分局"].hint
    assert "县科技局" not in found
    assert "县公安局" not in found


@pytest.mark.parametrize(
    ("more", "rule", "told"),
    [
        ("none: [agriculture]\n", "organ.none", "农业农村部门"),
        ("organs: [{name: 无, serves: agriculture}]\n", "organ.none", "农业农村部门"),
        ("none: [agricultur]\n", "organ.unknown", "agricultur"),
        ("none: [water]\norgans: [{name: 县水务局, serves: water}]\n", "organ.ambiguous", "县水务局"),
        ("organs: [{name: 县乡村振兴局, serves: agriculture}]\n", "organ.obsolete", "县乡村振兴局"),
        ("organs: [{name: 县农村农业局, serves: agriculture}]\n", "organ.obsolete", "误写"),
    ],
)
def test_a_list_of_units_that_does_not_serve_is_refused(
    tmp_path: Path, more: str, rule: str, told: str
) -> None:
    found = problems(lambda: resolve(load(profile(tmp_path, "双峰县", "征求意见稿", more=more))))
    assert {each.rule for each in found} == {rule}
    assert told in found[0].message
    assert all(each.hint and each.at for each in found)


BOTH = """local:
- {id: local-one, section: farmers, title: 甲, text: 乙。, lead: [agriculture], support: [water, agriculture]}
"""


def test_a_unit_that_leads_and_supports_the_same_is_refused(tmp_path: Path) -> None:
    (finding,) = problems(lambda: resolve(load(profile(tmp_path, "双峰县", "征求意见稿", more=BOTH))))
    assert finding.rule == "organ.both"
    assert "“县农业农村局”（agriculture）既牵头又配合" in finding.message
    assert finding.hint
    assert finding.at
    assert finding.at.line


def test_a_pick_names_a_unit_once(tmp_path: Path) -> None:
    path = profile(tmp_path, "双峰县", "征求意见稿")
    text = path.read_text(encoding="utf-8")
    pick = "- measure: farmers-envoys\n"
    assert text.count(pick) == 1
    path.write_text(text.replace(pick, f"{pick}  lead: [water]\n  support: [water]\n"), encoding="utf-8")
    assert [each.rule for each in problems(lambda: resolve(load(path)))] == ["organ.both"]


def test_a_merged_unit_that_leads_in_one_role_and_supports_in_another_is_printed_once(tmp_path: Path) -> None:
    """PRACTICE 16: one unit may serve several roles."""
    merged = "organs: [{name: 县农业农村水利局, serves: [agriculture, water]}]\n"
    text = BOTH.replace("[water, agriculture]", "[water]")
    plan, _ = drafted(profile(tmp_path, "双峰县", "征求意见稿", more=merged + text))
    entry = next(each for section in plan.sections for each in section.entries if each.id == "local-one")
    assert (entry.lead, entry.support) == (("县农业农村水利局",), ())


def test_a_name_is_judged_at_the_drafts_own_date(tmp_path: Path) -> None:
    more = "organs: [{name: 县乡村振兴局, serves: agriculture}]\ndates: {issued: 2022-03-01}\n"
    assert drafted(profile(tmp_path, "双峰县", "征求意见稿", more=more))


def test_a_role_without_a_unit_drops_out_of_support(tmp_path: Path) -> None:
    without = words(
        drafted(profile(tmp_path, "双峰县", "征求意见稿", more="none: [next_generation, old_cadres]\n"))[1]
    )
    assert "县关工委" in words(drafted(profile(tmp_path, "双峰县", "征求意见稿"))[1])
    assert "关工委" not in without
    assert "老干部局" not in without


def test_a_listed_place_lies_where_it_lies() -> None:
    (county,) = find("双峰县")
    assert [each.name for each in above(county)] == ["湖南省", "娄底市"]
