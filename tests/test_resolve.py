"""Catalog and profile become a Plan: every id is checked, every value held to its parameter, every unit named once."""

from functools import partial
from pathlib import Path

import pytest
from drafts import PICKS, composed, is_at, line_of, problems, write, write_profile

from drafter.document import Document, Heading, Item
from drafter.load import load
from drafter.model.catalog import Group, GroupVariant
from drafter.model.plan import Plan, PlanEntry
from drafter.model.words import GroupKind
from drafter.resolve import Unknown, resolve

LOCAL = """local:
- id: local-tea
  section: farmers
  title: 办好茶科普节
  text: 每年春季举办茶科普节。
  lead: [agriculture]
  support: [culture_tourism, education, agriculture]
  due: 每年4月
"""


def planned(profile: Path) -> Plan:
    return resolve(load(profile))


def entry(plan: Plan, name: str) -> PlanEntry:
    return next(each for section in plan.sections for each in section.entries if each.id == name)


def item(paper: Document, origin: str) -> Item:
    return next(block for block in paper.blocks if isinstance(block, Item) and block.origin == origin)


def catalog_of(folder: Path, measure: str) -> None:
    """One more measure beside the profile, in the farmers' group."""
    text = "format: measures/1\ngroup: farmers\nmeasures:\n- id: mine\n  title: 甲\n"
    write(folder, "catalog/science-literacy/mine.yaml", text + measure)


# ------------------------------------------------------------------ names

UNKNOWN = [
    ("- measure: farmers-training", "- measure: farmers-trainin", "measure.unknown", "farmers-training", ""),
    ("- measure: farmers-training", "- measure: farmers-training\n  section: farmer", "section.unknown", "farmers", ""),
    ("- measure: farmers-training", "- measure: farmers-training\n  lead: [agricultur]", "organ.unknown", "agriculture", "- measure: farmers-training"),
    ("- measure: farmers-training", "- measure: farmers-training\n  support: [scienc_tech]", "organ.unknown", "science_tech", "- measure: farmers-training"),
    ("features: [villages,", "features: [vilages,", "feature.unknown", "villages", ""),
    ("- measure: farmers-training", "- measure: farmers-training\n  answers: [{parent: chengzou, item: '1'}]", "parent.unknown", "chengzhou", ""),
    ("layout:\n", "decisions: [{parent: lanjian, item: '1', kind: omit}]\nlayout:\n", "parent.unknown", "lanjiang", "parent: lanjian,"),
    ("  form: items", "  form: item", "form.unknown", "items", ""),
    ("  issuer: government-office", "  issuer: goverment-office", "issuer.unknown", "government-office", ""),
    ("serves: culture_tourism", "serves: culture_turism", "organ.unknown", "culture_tourism", ""),
    ("divisions: [乡镇, 街道]", "divisions: [乡镇, 街办]", "place.division", "街道", ""),
    ("  target_2030: 22.3", "  target_2031: 22.3", "value.unknown", "target_2030", ""),
    ("{leading_industries: 茶叶}", "{leading_industries: 茶叶, base: 3}", "value.unknown", "bases", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "rule", "near", "line"), UNKNOWN, ids=[each[3] + each[2] for each in UNKNOWN]
)
def test_an_unknown_name_has_its_line_and_the_nearest_known(
    tmp_path: Path, old: str, new: str, rule: str, near: str, line: str
) -> None:
    profile = write_profile(tmp_path, (old, new))
    (finding,) = problems(lambda: planned(profile))
    assert finding.rule == rule
    assert near in finding.hint
    assert is_at(finding, profile, line or new.splitlines()[-1])


def test_every_unknown_name_is_told_at_once(tmp_path: Path) -> None:
    changes = [
        (old, new) for old, new, *_ in UNKNOWN if "farmers-training" not in old and "divisions" not in old
    ]
    found = problems(lambda: planned(write_profile(tmp_path, *changes)))
    assert len(found) == len(changes)


def test_a_status_that_the_pack_does_not_know_is_refused(tmp_path: Path) -> None:
    pack = (Path(load(write_profile(tmp_path)).pack_tree.path or "")).read_text(encoding="utf-8")
    write(tmp_path, "templates/science-literacy/pack.yaml", pack.replace("  draft: {mark: （初稿）}\n", ""))
    profile = write_profile(tmp_path, ("status: 印发", "status: 初稿"))
    (finding,) = problems(lambda: planned(profile))
    assert (finding.rule, is_at(finding, profile, "status: 初稿")) == ("status.unknown", True)
    assert "送审稿" in finding.hint


def test_a_pack_of_another_family_is_refused(tmp_path: Path) -> None:
    pack = (Path(load(write_profile(tmp_path)).pack_tree.path or "")).read_text(encoding="utf-8")
    other = pack.replace("family: science-literacy", "family: other")
    write(tmp_path, "templates/science-literacy/pack.yaml", other)
    profile = write_profile(tmp_path)
    (finding,) = problems(lambda: planned(profile))
    assert (finding.rule, is_at(finding, profile, "pack: science-literacy")) == ("pack.family", True)


def test_a_role_that_two_units_serve_is_ambiguous(tmp_path: Path) -> None:
    profile = write_profile(tmp_path, ("layout:\n", "- {name: 县体育局, serves: [sports]}\nlayout:\n"))
    (finding,) = problems(lambda: planned(profile))
    assert finding.rule == "organ.ambiguous"
    assert is_at(finding, profile, "县体育局")
    assert "县教育体育局" in finding.message
    assert "县体育局" in finding.message
    assert finding.hint


def test_a_measure_picked_twice_is_refused(tmp_path: Path) -> None:
    profile = write_profile(tmp_path, picks=PICKS + "- measure: farmers-training\n  due: 今年\n")
    (finding,) = problems(lambda: planned(profile))
    assert (finding.rule, finding.at and finding.at.line) == ("measure.twice", line_of(profile, "今年") - 1)


@pytest.mark.parametrize("name", ["farmers-training", "farmers-outreach"])
def test_a_local_measure_takes_no_id_of_the_catalog(tmp_path: Path, name: str) -> None:
    profile = write_profile(tmp_path, ("id: local-tea", f"id: {name}"), picks=PICKS + LOCAL)
    (finding,) = problems(lambda: planned(profile))
    assert (finding.rule, is_at(finding, profile, f"id: {name}")) == ("measure.twice", True)


def test_a_parent_given_twice_is_refused(tmp_path: Path) -> None:
    profile = write_profile(tmp_path, ("{id: lanjiang,", "{id: chengzhou,"))
    (finding,) = problems(lambda: planned(profile))
    assert finding.rule == "parent.twice"


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("  word: 县\n", "", ""),
        ("  name: 青屏县\n  level: county\n  word: 县\n", "  name: 青屏\n", "place.word"),
        ("  divisions: [乡镇, 街道]\n", "", "place.division"),
    ],
)
def test_a_place_says_how_it_is_spoken_of(tmp_path: Path, old: str, new: str, rule: str) -> None:
    profile = write_profile(tmp_path, (old, new))
    if rule:
        (finding,) = problems(lambda: planned(profile))
        assert (finding.rule, is_at(finding, profile, "place:")) == (rule, True)
    else:
        assert (planned(profile).place.word, planned(profile).place.short) == ("县", "青屏")


# ------------------------------------------------------------------ values


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("target_2030: 22.3", "target_2030: 220", "1 至 60"),
        ("target_2030: 22.3", "target_2030: 0.9", "1 至 60"),
        ("target_2030: 22.3", "target_2030: -3", "1 至 60"),
        ("target_2030: 22.3", "target_2030: 二十二", "应当是数字"),
        ("target_2030: 22.3", "target_2030: 22.3%", "应当是数字"),
        ("target_2030: 22.3", "target_2030: NaN", "应当是数字"),
        ("target_2030: 22.3", "target_2030: 1e1", "应当是数字"),
        ("target_2030: 22.3", "target_2030: [22.3, 22.4]", "只能有一个值"),
        ("coordinating_body: 县全民科学素质工作领导小组\n", "coordinating_body: [甲, 乙]\n", "只能有一个值"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    profile = write_profile(tmp_path, (old, new))
    (finding,) = problems(lambda: planned(profile))
    assert finding.rule == "value.unfit"
    assert message in finding.message
    assert is_at(finding, profile, new.strip())


@pytest.mark.parametrize(
    ("kind", "good", "bad", "told"),
    [
        ("kind: choice, choices: [每年, 每季]", "每季", "每月", "可用：每年、每季"),
        ("kind: year, low: 2026, high: 2030", "2028", "2031", "2026 至 2030"),
        ("kind: organ", "water", "watr", "water"),
        ("kind: policy", "law-kepu", "law-kep", "law-kepu"),
        ("kind: number, unit: 人, high: 5", "5", "5.01", "（人）"),
    ],
)
def test_a_value_is_held_to_the_kind_of_its_parameter(
    tmp_path: Path, kind: str, good: str, bad: str, told: str
) -> None:
    parameter = f"  text: 乙{{{{ p }}}}\n  lead: [water]\n  parameters: [{{name: p, label: 丙, {kind}}}]\n"
    catalog_of(tmp_path, parameter)
    profile = write_profile(tmp_path, picks=f"picks:\n- measure: mine\n  values: {{p: {good}}}\n")
    assert not isinstance(entry(planned(profile), "mine").text.values["p"], Unknown)
    profile = write_profile(tmp_path, picks=f"picks:\n- measure: mine\n  values: {{p: {bad}}}\n")
    (finding,) = problems(lambda: planned(profile))
    assert told in str(finding)
    assert is_at(finding, profile, "{p: ")


def test_numbers_print_as_they_were_typed(tmp_path: Path) -> None:
    for typed in ("22.30", "22"):
        profile = write_profile(tmp_path, ("target_2030: 22.3", f"target_2030: {typed}"))
        assert f"{typed}%" in "".join(composed(profile).texts())


def test_a_required_parameter_must_be_given(tmp_path: Path) -> None:
    for values in (
        "",
        "  values: {}\n",
        "  values: {leading_industries: ''}\n",
        "  values: {leading_industries: }\n",
    ):
        profile = write_profile(tmp_path, picks=f"picks:\n- measure: farmers-demo-bases\n{values}")
        (finding,) = problems(partial(planned, profile))
        assert finding.rule == "value.missing"
        assert "主导产业" in finding.message
        assert "leading_industries: …" in finding.hint
        last = len(profile.read_text(encoding="utf-8").splitlines())
        assert finding.at is not None
        assert finding.at.path == str(profile)
        assert finding.at.line in (last, last - 1)


def test_an_answer_wins_over_the_default_and_silence_leaves_it_open(tmp_path: Path) -> None:
    catalog_of(tmp_path, "  text: 乙\n  lead: [water]\n  parameters: [{name: p, label: 丙}, {name: q, label: 丁, default: 3}]\n")  # fmt: skip
    values = [
        entry(
            planned(write_profile(tmp_path, picks=f"picks:\n- measure: mine\n  values: {given}\n")), "mine"
        ).text.values
        for given in ("{}", "{p: 戊, q: 4}")
    ]
    assert [(str(each["p"]), str(each["q"])) for each in values] == [("〔待填：丙〕", "3"), ("戊", "4")]
    assert isinstance(values[0]["p"], Unknown)


# ------------------------------------------------------------------ units


@pytest.mark.parametrize(("answer", "text"), [("", "办班。"), ("  values: {slogan: 富民}\n", "为富民办班。")])
def test_what_is_optional_is_left_out_where_nobody_gave_it(tmp_path: Path, answer: str, text: str) -> None:
    parameter = "{name: slogan, label: 口号, optional: true}"
    catalog_of(
        tmp_path,
        f"  lead: [agriculture]\n  text: '{{% if slogan %}}为{{{{ slogan }}}}{{% endif %}}办班。'\n  parameters: [{parameter}]\n",
    )
    profile = write_profile(tmp_path, picks=f"picks:\n- measure: mine\n{answer}")
    assert item(composed(profile), "mine").text == text


def test_a_merged_bureau_stands_once(tmp_path: Path) -> None:
    picks = "picks:\n- measure: farmers-training\n  lead: [education, sports]\n  support: [science_tech, industry_it]\n"
    found = entry(planned(write_profile(tmp_path, picks=picks)), "farmers-training")
    assert (found.lead, found.support) == (("县教育体育局",), ("县科技和工业信息化局",))


def test_a_unit_that_leads_does_not_support(tmp_path: Path) -> None:
    picks = "picks:\n- measure: farmers-training\n  lead: [sports]\n  support: [education, sports, water]\n"
    found = entry(planned(write_profile(tmp_path, picks=picks)), "farmers-training")
    assert (found.lead, found.support) == (("县教育体育局",), ("县水利局",))


def test_leaders_stand_as_given_and_supporters_in_the_customary_order(tmp_path: Path) -> None:
    picks = "picks:\n- measure: farmers-training\n  lead: [water, publicity]\n"
    picks += "  support: [women_federation, agriculture, party_school, education]\n"
    found = entry(planned(write_profile(tmp_path, picks=picks)), "farmers-training")
    assert found.lead == ("县水利局", "县委宣传部")
    assert found.support == ("县委党校", "县教育体育局", "县农业农村局", "县妇联")


def test_an_empty_list_takes_the_catalogs_units_away(tmp_path: Path) -> None:
    profile = write_profile(
        tmp_path, ("- measure: resources-open", "- measure: resources-open\n  support: []")
    )
    found = entry(planned(profile), "resources-open")
    assert found.lead
    assert found.support == ()


@pytest.mark.parametrize("measure", ["farmers-training", "resources-open"])
def test_a_measure_of_groups_and_projects_must_have_a_leader(tmp_path: Path, measure: str) -> None:
    profile = write_profile(tmp_path, (f"- measure: {measure}", f"- measure: {measure}\n  lead: []"))
    (finding,) = problems(lambda: planned(profile))
    assert (finding.rule, is_at(finding, profile, f"- measure: {measure}")) == ("organ.lead", True)


def test_a_local_measure_of_a_group_must_have_a_leader(tmp_path: Path) -> None:
    profile = write_profile(tmp_path, ("  lead: [agriculture]\n", ""), picks=PICKS + LOCAL)
    (finding,) = problems(lambda: planned(profile))
    assert (finding.rule, is_at(finding, profile, "- id: local-tea")) == ("organ.lead", True)


@pytest.mark.parametrize(
    ("style", "name"),
    [("规范化简称", "县委社会工作部"), ("全称", "中共青屏县委员会社会工作部"), ("口语简称", "县委社工部")],
)
def test_one_style_of_names_holds_for_the_paper(tmp_path: Path, style: str, name: str) -> None:
    picks = "picks:\n- measure: farmers-training\n  lead: [social_work]\n"
    profile = write_profile(tmp_path, ("layout:\n", f"layout:\n  names: {style}\n"), picks=picks)
    assert entry(planned(profile), "farmers-training").lead == (name,)


# ------------------------------------------------------------------ texts


def test_an_override_prints_in_the_place_of_the_catalogs_text(tmp_path: Path) -> None:
    profile = write_profile(
        tmp_path, ("- measure: farmers-training", "- measure: farmers-training\n  override: 本县自拟的一段。")
    )
    found = item(composed(profile), "farmers-training")
    assert (found.title, found.text) == ("分层分类培育高素质农民", "本县自拟的一段。")


def test_the_text_taken_with_a_pick_wins_over_the_catalogs(tmp_path: Path) -> None:
    taken = "  taken: {title: 旧题, text: '旧文{{ trainees }}人。', brief: '旧简文{{ trainees }}人。'}\n"
    pick = "- measure: farmers-training\n"
    found = {}
    for length in ("简", "标准"):
        text = PICKS.replace(pick, f"{pick}  length: {length}\n{taken}")
        found[length] = item(composed(write_profile(tmp_path, picks=text)), "farmers-training")
    assert {(each.title, each.text) for each in found.values()} == {
        ("旧题", "旧简文200人。"),
        ("旧题", "旧文200人。"),
    }


def test_a_pick_may_have_its_own_length(tmp_path: Path) -> None:
    profile = write_profile(tmp_path)
    short = item(composed(profile), "farmers-training").text
    longer = write_profile(
        tmp_path, ("- measure: farmers-training", "- measure: farmers-training\n  length: 标准")
    )
    assert len(item(composed(longer), "farmers-training").text) > len(short)


def test_a_standard_text_is_printed_where_there_is_no_brief_one(tmp_path: Path) -> None:
    catalog_of(tmp_path, "  text: 只有标准文。\n  lead: [water]\n")
    profile = write_profile(tmp_path, picks=PICKS + "- measure: mine\n")
    assert item(composed(profile), "mine").text == "只有标准文。"


def test_a_date_of_the_countys_own_wins_over_the_catalogs(tmp_path: Path) -> None:
    changed = ("- measure: farmers-training", "- measure: farmers-training\n  due: 2027年底")
    plan = planned(write_profile(tmp_path, changed))
    assert entry(plan, "farmers-training").due.text == "2027年底"
    assert entry(plan, "farmers-demo-bases").due.text == "{{ period.end }}年底"


def test_a_local_measure_stands_last_in_its_section(tmp_path: Path) -> None:
    paper = composed(write_profile(tmp_path, picks=PICKS + LOCAL))
    origins = [block.origin for block in paper.blocks if isinstance(block, Item) and block.level == 3]
    assert origins[:3] == ["farmers-training", "farmers-demo-bases", "local-tea"]
    found = item(paper, "local-tea")
    assert (found.title, found.text) == ("办好茶科普节", "每年春季举办茶科普节。")
    assert found.responsibility
    assert found.responsibility.lead == ("县农业农村局",)
    assert found.responsibility.support == ("县教育体育局", "县文化广电和旅游局")
    assert "每年4月" in "".join(paper.texts())


def test_a_pick_may_move_to_another_section(tmp_path: Path) -> None:
    changed = ("- measure: farmers-training", "- measure: farmers-training\n  section: workers")
    plan = planned(write_profile(tmp_path, changed))
    assert [(section.id, [each.id for each in section.entries]) for section in plan.sections][:2] == [
        ("farmers", ["farmers-demo-bases"]),
        ("workers", ["farmers-training"]),
    ]


def test_braces_in_the_countys_own_words_are_printed_as_typed(tmp_path: Path) -> None:
    """An override, a local text and a date are data, never templates."""
    typed = "甲{{ place.name }}乙{% if %}丙{# 丁 #}"
    profile = write_profile(
        tmp_path,
        (
            "- measure: farmers-training",
            f"- measure: farmers-training\n  due: '{typed}'\n  override: '{typed}'",
        ),
        ("text: 每年春季举办茶科普节。", f"text: '{typed}'"),
        ("title: 办好茶科普节", f"title: '{typed}'"),
        picks=PICKS + LOCAL,
    )
    paper = composed(profile)
    assert item(paper, "farmers-training").text == typed
    assert (item(paper, "local-tea").title, item(paper, "local-tea").text) == (typed, typed)
    assert "".join(paper.texts()).count(typed) == 5


def test_a_title_with_a_full_stop_is_refused(tmp_path: Path) -> None:
    profile = write_profile(tmp_path, ("title: 办好茶科普节", "title: 办好。茶科普节"), picks=PICKS + LOCAL)
    (finding,) = problems(lambda: planned(profile))
    assert (finding.rule, is_at(finding, profile, "办好。")) == ("title.stop", True)


def test_a_passage_for_a_feature_waits_for_it(tmp_path: Path) -> None:
    text = "format: narrative/1\nnarrative:\n- {id: sea, slot: goal, applies: [museum], variants: {standard: 靠馆。}}\n"
    write(tmp_path, "catalog/science-literacy/mine.yaml", text)
    without = write_profile(tmp_path)
    assert "靠馆。" not in list(composed(without).texts())
    there = write_profile(tmp_path, ("features: [villages,", "features: [museum,"))
    assert "靠馆。" in list(composed(there).texts())


@pytest.mark.parametrize(
    ("features", "title"),
    [("villages", "农民科学素质提升行动"), ("villages, pastoral", "农牧民科学素质提升行动")],
)
def test_a_group_is_called_as_the_countys_features_have_it(tmp_path: Path, features: str, title: str) -> None:
    """PRACTICE 14."""
    profile = write_profile(tmp_path, ("features: [villages,", f"features: [{features},"))
    headings = [each.title for each in composed(profile).blocks if isinstance(each, Heading)]
    assert [each for each in headings if "农" in each] == [title]


def test_a_variant_changes_only_what_it_gives() -> None:
    variants = (GroupVariant(applies=("coast",), title="渔民"), GroupVariant(applies=("lake",), title="湖民"))
    group = Group(id="a", kind=GroupKind.GROUP, title="农民", intro="引言。", variants=variants)
    assert (group.fitting({"coast", "lake"}).title, group.fitting({"coast"}).intro) == ("渔民", "引言。")
    assert group.fitting(()) == group


def test_a_narrative_without_a_standard_variant_is_refused(tmp_path: Path) -> None:
    text = "format: narrative/1\nnarrative:\n- {id: goal, slot: goal, variants: {brief: 短。}}\n"
    path = write(tmp_path, "catalog/science-literacy/mine.yaml", text)
    profile = write_profile(tmp_path, ("  length: 简\n", "  length: 标准\n"))
    (finding,) = problems(lambda: planned(profile))
    assert (finding.rule, is_at(finding, path, "id: goal")) == ("narrative.variant", True)
