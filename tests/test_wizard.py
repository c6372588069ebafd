"""The conversation of `drafter new`: what is asked, what becomes of it, nothing lost."""

from datetime import date
from pathlib import Path

import pytest
from drafts import problems
from talks import PLACE, TODAY, Scripted, parent_file, started, talked, with_parent

from drafter.align.sides import align_files
from drafter.build import build
from drafter.errors import InputError
from drafter.load import load
from drafter.wizard import begin, finish
from drafter.wizard.bureaus import joint_roles
from drafter.wizard.chosen import settled
from drafter.wizard.opening import usual_period
from drafter.wizard.question import Go, Kind
from drafter.wizard.state import Folders
from drafter.wizard.talk import questions
from drafter.yaml_tree import parse


def told(folder: Path, **given: object) -> str:
    """What is said of answers that do not fit."""
    answers = {key.replace("__", "."): value for key, value in given.items()}
    return "\n".join(map(str, problems(lambda: talked(folder, Scripted(), answers))))  # type: ignore[arg-type]


# ------------------------------------------------------------------ a first run


def test_a_first_run_with_a_parent_gives_a_draft_that_answers_every_item(tmp_path: Path) -> None:
    made, _ = talked(tmp_path, Scripted(), with_parent(tmp_path))
    assert made.summary is not None
    assert made.summary.became.get("open", 0) == 0
    assert sum(made.summary.became.values()) == made.summary.items == 40
    built = build(tmp_path / "p.yaml", tmp_path / "p.docx")
    assert built.written is not None
    assert "outline.parent" not in {finding.rule for finding in built.findings}


def test_at_most_twenty_five_questions_before_the_first_page(tmp_path: Path) -> None:
    ask = Scripted(
        {"place": PLACE, "situation": "both", "parents.prefecture.file": str(parent_file(tmp_path))}
    )
    talked(tmp_path, ask)
    assert len(ask.asked) == len(set(ask.asked)) <= 25


def test_without_a_parent_the_measures_that_fit_the_county_are_picked(tmp_path: Path) -> None:
    talked(tmp_path, Scripted(), {"place": "花垣县"})
    inputs = load(tmp_path / "p.yaml")
    measures = inputs.catalog.measures
    picked = {pick.measure for pick in inputs.profile.picks}
    assert picked
    assert not {name for name in picked if measures[name].caution}
    assert not {name for name in picked if not set(measures[name].applies) <= {"villages", "ethnic"}}
    build(tmp_path / "p.yaml", tmp_path / "p.docx")


def test_features_are_proposed_by_what_the_place_is_called(tmp_path: Path) -> None:
    talked(tmp_path, Scripted(), {"place": "花垣县"})
    assert load(tmp_path / "p.yaml").profile.features == ("villages", "ethnic")


@pytest.mark.parametrize(
    ("day", "period"),
    [
        (date(2026, 11, 1), "2026—2030年"),
        (date(2030, 6, 30), "2026—2030年"),
        (date(2030, 7, 1), "2031—2035年"),
    ],
)
def test_the_usual_period_is_the_five_year_plan_that_work_is_for(
    tmp_path: Path, day: date, period: str
) -> None:
    assert usual_period(begin(tmp_path / "p.yaml", Folders(tmp_path), {}, day)) == period


def test_an_ambiguous_place_lists_its_candidates(tmp_path: Path) -> None:
    ask = Scripted({"place": "鼓楼区", "place.which": "320106"})
    _, state = talked(tmp_path, ask)
    assert ask.asked[1:3] == ["place", "place.which"]
    assert state.get("place.name") == "江苏省南京市鼓楼区"


@pytest.mark.parametrize(
    ("place", "there"),
    [
        ({"name": "鄂温克族自治旗"}, {"苏木"}),
        ({"name": "且末县"}, {"团场"}),
        ({"name": "双峰县"}, set()),
        ({"name": "青屏县", "parents": [{"name": "岚江省", "level": "province"}]}, set()),
    ],
    ids=str,
)
def test_only_what_a_province_has_is_offered_below_a_county(
    tmp_path: Path, place: dict[str, object], there: set[str]
) -> None:
    state = started(tmp_path)
    state.data |= {"family": "science-literacy", "pack": "science-literacy", "place": place}
    question = next(each for each in questions(state) if each.id == "place.divisions")
    assert {"苏木", "团场"} & {each.value for each in question.choices} == there
    assert {"乡镇", "街道"} <= {each.value for each in question.choices}


def test_what_must_always_be_asked_is_never_filled_in(tmp_path: Path) -> None:
    talked(tmp_path, Scripted(), with_parent(tmp_path))
    inputs = load(tmp_path / "p.yaml")
    assert inputs.catalog.family.always_ask
    assert not set(inputs.profile.values) & set(inputs.catalog.family.always_ask)


def test_a_target_is_asked_after_whether_it_was_handed_down_and_the_parents_figure_is_shown(
    tmp_path: Path,
) -> None:
    ask = Scripted(
        {"values.target_2030.given": "given", "values.target_2030": "21.5", "targets.target_2030": "分解表"}
    )
    talked(tmp_path, ask, with_parent(tmp_path))
    order = [each for each in ask.asked if "target_2030" in each]
    assert order == ["values.target_2030.given", "values.target_2030", "targets.target_2030"]
    assert "22%" in ask.shown["values.target_2030.given"]
    profile = load(tmp_path / "p.yaml").profile
    assert (profile.values["target_2030"], profile.targets[0].basis) == (("21.5",), "分解表")


def test_a_second_family_is_asked_for_without_any_code_of_its_own(tmp_path: Path, root: Path) -> None:
    folder = root / "tests" / "families" / "flood"
    state = begin(tmp_path / "p.yaml", Folders(tmp_path, folder / "catalog", folder / "templates"), {}, TODAY)
    ask = Scripted(
        {"family": "flood-safety", "place": "省/市/汀湾区", "values.headquarters": "区指挥部"}
        | {"picks.rescue-supplies.water_year": "2027", "place.divisions": ("镇",)}
    )
    finish(state, ask)
    assert ask.asked[0] == "family"
    assert {"values.hotline", "values.dead_line_minutes"} <= set(ask.asked)
    built = build(
        tmp_path / "p.yaml", tmp_path / "p.docx", catalog=folder / "catalog", templates=folder / "templates"
    )
    assert built.written is not None


# ------------------------------------------------------------------ the parent's items


def test_an_item_without_a_measure_is_put_on_the_countys_level_and_marked(tmp_path: Path) -> None:
    talked(tmp_path, Scripted(), with_parent(tmp_path))
    local = load(tmp_path / "p.yaml").profile.local
    assert local
    assert all(entry.rework and entry.answers for entry in local)
    assert not [
        entry.id for entry in local if "澄州" in entry.title + entry.text or "各县（市、区）" in entry.text
    ]


def test_of_another_period_no_figure_and_no_year_is_taken_over(tmp_path: Path) -> None:
    changes = (("2026—2030", "2021—2025"), ("十五五", "十四五"))
    talked(tmp_path, Scripted(), with_parent(tmp_path, *changes))
    profile = load(tmp_path / "p.yaml").profile
    assert profile.parents[0].state == "other-period"
    texts = "".join(entry.title + entry.text for entry in profile.local)
    assert "〔待填：年份〕" in texts
    assert not [each for each in ("2027年", "2028年", "2029年", "十四五") if each in texts]


def test_items_are_gone_through_by_section_and_one_by_one(tmp_path: Path) -> None:
    answers: dict[str, str | tuple[str, ...]] = {
        "items": "review",
        "section.2.1": "each",
        "items.2.1.1": "swap",
        "items.2.1.1.swap": ("grassroots-sites",),
        "items.2.1.2": "edit",
        "items.2.1.2.edit": "办好青屏科普集市。每年举办十场。",
        "items.2.1.3": "omit",
        "items.2.1.3.reason": "由应急预案另行安排",
        "items.2.1.4": "own",
    }
    ask = Scripted(answers)
    _, state = talked(tmp_path, ask, with_parent(tmp_path))
    assert "section.2.2" in ask.asked
    became = settled(state)
    assert [became["prefecture", f"2.1.{n}"] for n in (1, 2, 3, 4)] == ["catalog", "own", "omit", "own"]
    profile = load(tmp_path / "p.yaml").profile
    edited = next(entry for entry in profile.local if entry.answers[0].item == "2.1.2")
    assert (edited.title, edited.text, edited.rework) == ("办好青屏科普集市", "每年举办十场。", False)
    assert [each.reason for each in profile.decisions] == ["由应急预案另行安排"]


def test_an_item_is_shown_with_what_would_be_written_for_it(tmp_path: Path) -> None:
    ask = Scripted({"items": "review", "section.2.1": "each"})
    _, state = talked(tmp_path, ask, with_parent(tmp_path))
    # The parent's number, not the catalog's, where the parent gives one.
    assert "每个实践站每年安排12场以上" in ask.shown["items.2.1.1"]
    assert "场次 12场" in ask.shown["items.2.1.1"]
    (question,) = [each for each in questions(state) if each.id == "items.2.1.2"]
    assert "“办好‘澄州科普大集’”" in question.text


def test_caution_is_never_taken_silently(tmp_path: Path) -> None:
    risky = "4.规范台账。各县（市、区）要建立公民科学素质台账。（市科协牵头）\n\n（二）科普基础设施提质工程"
    given = with_parent(tmp_path, ("（二）科普基础设施提质工程", risky))
    ask = Scripted()
    talked(tmp_path, ask, given)
    (decision,) = load(tmp_path / "p.yaml").profile.decisions
    assert (decision.kind, decision.item) == ("omit", "2.1.5")
    assert "需领导决定" in decision.reason
    assert "items.2.1.5" in ask.asked


def test_answers_on_single_items_come_before_what_is_taken_at_once(tmp_path: Path) -> None:
    given = with_parent(tmp_path) | {
        "items": "take",
        "items.2.2.1": "不适用于本县：市级项目",
        "items.2.1.1": "youth-venues",
    }
    _, state = talked(tmp_path, Scripted(), given)
    became = settled(state)
    assert became["prefecture", "2.2.1"] == "not-applicable"
    (pick,) = [each for each in state.data["picks"] if each["measure"] == "youth-venues"]
    assert {"parent": "prefecture", "item": "2.1.1"} in pick["answers"]


# ------------------------------------------------------------------ nothing lost


def test_interrupted_at_every_question_nothing_is_asked_twice_and_nothing_is_lost(tmp_path: Path) -> None:
    script = {
        "place": PLACE,
        "situation": "prefecture",
        "letterhead.issuer": Go.LATER,
        "values.target_2030.given": "own",
    }

    def answers(folder: Path) -> dict[str, object]:
        return script | {"parents.prefecture.file": str(folder / "parent.txt")}

    whole = tmp_path / "whole"
    whole.mkdir()
    parent_file(whole)
    ask = Scripted(answers(whole))
    talked(whole, ask)
    expected = (whole / "p.yaml").read_text(encoding="utf-8")
    for stop in range(1, len(ask.asked)):
        folder = tmp_path / str(stop)
        folder.mkdir()
        parent_file(folder)
        before = Scripted(answers(folder), stop)
        with pytest.raises(KeyboardInterrupt):
            talked(folder, before)
        after = Scripted(answers(folder))
        talked(folder, after)
        assert before.asked + after.asked == ask.asked, stop
        assert parse((folder / "p.yaml").read_text(encoding="utf-8")).data == parse(expected).data, stop


def test_a_finished_profile_is_asked_only_for_what_is_open(tmp_path: Path) -> None:
    talked(tmp_path, Scripted(), with_parent(tmp_path))
    again = Scripted({"values.baseline_2025": "15.9"})
    talked(tmp_path, again)
    assert "values.baseline_2025" in again.asked
    assert not {"place", "period", "items", "features", "layout.form", "previous", "measures"} & set(
        again.asked
    )
    third = Scripted()
    talked(tmp_path, third)
    assert "values.baseline_2025" not in third.asked


@pytest.mark.parametrize(
    ("written", "years"),
    [("2026-2030", (2026, 2030)), ("{start: 2026, end: 2030}", (2026, 2030)), ("{start: 2026}", None)],
)
def test_a_period_is_read_however_the_profile_writes_it(
    tmp_path: Path, written: str, years: tuple[int, int] | None
) -> None:
    (tmp_path / "p.yaml").write_text(f"format: profile/1\nperiod: {written}\n", encoding="utf-8")
    found = started(tmp_path).period()
    assert (found and (found.start, found.end)) == years


def test_hand_edits_and_comments_survive(tmp_path: Path) -> None:
    talked(tmp_path, Scripted(), with_parent(tmp_path))
    path = tmp_path / "p.yaml"
    text = path.read_text(encoding="utf-8").replace(
        "period: 2026—2030\n", "period: 2026—2030   # 已请示\n", 1
    )
    text = text.replace("layout:\n", "# 张三改\nlayout:\n", 1)
    path.write_text(text, encoding="utf-8")
    talked(tmp_path, Scripted({"values.baseline_2025": "15.9"}))
    now = path.read_text(encoding="utf-8")
    assert "period: 2026—2030   # 已请示" in now
    assert "# 张三改\nlayout:" in now
    assert "baseline_2025: '15.9'" in now


def test_going_back_asks_the_last_question_again(tmp_path: Path) -> None:
    ask = Scripted(
        {"place": "双峰县", "period": [Go.BACK, "2021-2025"], "place.divisions": [("乡镇",), ("镇", "街道")]}
    )
    _, state = talked(tmp_path, ask)
    assert ask.asked[1:6] == ["place", "place.divisions", "period", "place.divisions", "period"]
    assert state.get("place.divisions") == ["镇", "街道"]
    assert state.get("period") == "2021—2025"


# ------------------------------------------------------------------ the last plan, a late parent


def test_the_last_plan_gives_units_addressees_and_own_measures(tmp_path: Path) -> None:
    last = parent_file(
        tmp_path, ("澄州市", "青屏县"), ("（市", "（县"), ("、市", "、县"), ("2026—2030", "2021—2025")
    )
    talked(tmp_path, Scripted(), {"place": PLACE, "previous": str(last)})
    profile = load(tmp_path / "p.yaml").profile
    assert "县科协" in {organ.name for organ in profile.organs}
    assert profile.letterhead.addressees
    assert profile.letterhead.issuer == "government-office"
    assert [entry.id for entry in profile.local if entry.id.startswith("last-") and entry.rework]


def test_the_last_plans_merged_bureaus_are_proposed_for_the_drafter_to_confirm(tmp_path: Path) -> None:
    names = [("市教育局", "县教科局"), ("市科技局", "县教科局"), ("市农业农村局", "县种养殖服务局")]
    names += [("市文化广电旅游局", "县文旅局"), ("市卫生健康委", "县乡村振兴局")]
    last = parent_file(tmp_path, ("澄州市", "青屏县"), *names, ("2026—2030", "2021—2025"))
    ask = Scripted()
    talked(tmp_path, ask, {"place": PLACE, "previous": str(last)})
    assert "县教科局=教育、科技" in ask.shown["units"]
    # What no longer exists is not asked for.
    assert "要用的请补上：县种养殖服务局\n" in ask.shown["units"]
    organs = {organ.name: organ.serves for organ in load(tmp_path / "p.yaml").profile.organs}
    assert organs["县教科局"] == ("education", "science_tech")
    assert organs["县文旅局"] == ("culture_tourism",)


def test_a_merged_bureau_beside_a_unit_of_one_of_its_roles_is_only_a_guess(tmp_path: Path) -> None:
    last = parent_file(tmp_path, ("澄州市", "青屏县"), ("市教育局", "县教科局"), ("市科技局", "县科技局"))
    ask = Scripted()
    talked(tmp_path, ask, {"place": PLACE, "previous": str(last)})
    assert "县教科局（可能是教育、科技）" in ask.shown["units"]
    served = {organ.name: organ.serves for organ in load(tmp_path / "p.yaml").profile.organs}
    assert "县教科局" not in served
    assert served["县科技局"] == ("science_tech",)


def test_what_the_drafter_says_of_a_unit_wins_over_the_last_plan(tmp_path: Path) -> None:
    names = (("市教育局", "县教科局"), ("市科技局", "县教科局"), ("市文化广电旅游局", "县文旅局"))
    last = parent_file(tmp_path, ("澄州市", "青屏县"), *names)
    ask = Scripted({"units": "县文教科局=教育、科技、文旅"})
    talked(tmp_path, ask, {"place": PLACE, "previous": str(last)})
    organs = {organ.name: organ.serves for organ in load(tmp_path / "p.yaml").profile.organs}
    assert organs["县文教科局"] == ("education", "science_tech", "culture_tourism")
    assert not {"县教科局", "县文旅局"} & set(organs)


@pytest.mark.parametrize(
    ("name", "roles"),
    [
        ("县教科局", ("education", "science_tech")),
        ("青屏县科工信局", ("science_tech", "industry_it")),
        ("县卫生健康和体育局", ("health", "sports")),
        # One bureau, a name that no bureau has a part in, a part that two bureaus share.
        ("县教育局", ()),
        ("县经科局", ()),
        ("县民体局", ()),
        ("县科协", ()),
    ],
)
def test_a_merged_bureau_is_read_only_where_there_is_one_way(
    tmp_path: Path, name: str, roles: tuple[str, ...]
) -> None:
    state = started(tmp_path)
    state.data["family"] = "science-literacy"
    assert joint_roles([name], "青屏县", state.catalog.organs).get(name, ()) == roles


def test_a_late_parent_keeps_the_answers_and_asks_what_it_brings(tmp_path: Path) -> None:
    talked(tmp_path, Scripted(), {"place": PLACE, "values.baseline_2025": "15.9"})
    before = {pick.measure for pick in load(tmp_path / "p.yaml").profile.picks}
    ask = Scripted()
    _, state = talked(tmp_path, ask, {"parent": (str(parent_file(tmp_path)),)})
    profile = load(tmp_path / "p.yaml").profile
    assert before <= {pick.measure for pick in profile.picks}
    assert profile.values["baseline_2025"] == ("15.9",)
    assert "items" in ask.asked
    assert "place" not in ask.asked
    assert "新收到上级方案" in state.noted["late"]


def test_a_changed_parent_shows_what_is_new_changed_and_gone(tmp_path: Path) -> None:
    talked(tmp_path, Scripted(), with_parent(tmp_path))
    changed = tmp_path / "new.txt"
    text = (tmp_path / "parent.txt").read_text(encoding="utf-8")
    text = text.replace("每站明确信息员不少于2名", "每站明确信息员不少于3名")
    start, end = text.index("2.办好“澄州科普大集”"), text.index("3.完善应急科普联动")
    text = (
        text[:start]
        + "2.开展“种子课堂”进村入户。组织种粮大户和农技员讲选种留种。（市农业农村局牵头）\n\n"
        + text[end:]
    )
    changed.write_text(text, encoding="utf-8")
    ask = Scripted({"changed": ("2.1.1",)})
    _, state = talked(tmp_path, ask, {"parent": (str(changed),)})
    assert "新增 2.1.2" in state.noted["late"]
    assert "取消 2.1.2 办好“澄州科普大集”" in state.noted["late"]
    assert "changed" in ask.asked
    assert not [each for each in questions(state) if each.id == "items" and not each.done(state)]


def test_a_new_item_under_an_old_number_does_not_take_the_place_of_the_text_of_that_number(
    tmp_path: Path,
) -> None:
    given = with_parent(tmp_path) | {"items.2.1.4": "own"}
    _, state = talked(tmp_path, Scripted(), given)
    (mine,) = [entry for entry in state.data["local"] if entry["id"] == "own-prefecture-2-1-4"]
    path = tmp_path / "p.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(mine["text"], "走茶马古道。"), encoding="utf-8")
    text = (tmp_path / "parent.txt").read_text(encoding="utf-8")
    new = "4.修缮驿道界碑。踏勘古驿道，清点界碑，拓印碑文，搭建碑亭。（市文化广电旅游局牵头）\n\n5.开发科普研学线路"
    (tmp_path / "new.txt").write_text(text.replace("4.开发科普研学线路", new), encoding="utf-8")
    talked(tmp_path, Scripted(), {"parent": (str(tmp_path / "new.txt"),)})
    local = {entry.title: entry for entry in load(tmp_path / "p.yaml").profile.local}
    assert [each.item for each in local["开发科普研学线路"].answers] == ["2.1.5"]
    assert local["开发科普研学线路"].text == "走茶马古道。"
    assert [each.item for each in local["修缮驿道界碑"].answers] == ["2.1.4"]


# ------------------------------------------------------------------ a parent changed under its own name

MOVED = "2.办好“澄州科普大集”"


def renumbered(path: Path) -> None:
    """Put another item before an item of the parent's file, so that those after it have other numbers."""
    text = path.read_text(encoding="utf-8")
    new = "2.开展“种子课堂”进村入户。组织种粮大户和农技员讲选种留种。（市农业农村局牵头）\n\n"
    text = text.replace(MOVED, new + MOVED.replace("2.", "3."), 1).replace("3.完善应急", "4.完善应急", 1)
    path.write_text(text, encoding="utf-8")


def links(folder: Path) -> dict[str, str]:
    """Item of the parent → what answers it."""
    profile = load(folder / "p.yaml").profile
    entries = [*((pick.measure, pick.answers) for pick in profile.picks)]
    entries += [(local.title, local.answers) for local in profile.local]
    return {each.item: name for name, answers in entries for each in answers}


def test_a_parent_changed_under_its_name_is_told_at_every_step_until_it_is_gone_over(tmp_path: Path) -> None:
    talked(tmp_path, Scripted(), with_parent(tmp_path))
    path = tmp_path / "p.yaml"
    assert "parent.altered" not in {finding.rule for finding in build(path, tmp_path / "p.docx").findings}
    renumbered(tmp_path / "parent.txt")
    (finding,) = [each for each in build(path, tmp_path / "p.docx").findings if each.rule == "parent.altered"]
    assert f"drafter new {path} --parent {tmp_path / 'parent.txt'}" in finding.hint
    said: list[str] = []
    begin(path, Folders(tmp_path), {}, TODAY, said.append)
    assert "parent.txt”在逐条对照以后改过" in said[0]
    talked(tmp_path, Scripted(), {"parent": (str(tmp_path / "parent.txt"),)})
    assert "parent.altered" not in {finding.rule for finding in build(path, tmp_path / "p.docx").findings}


def test_links_that_no_longer_fit_a_changed_parent_are_made_anew_and_no_text_is_lost(tmp_path: Path) -> None:
    talked(tmp_path, Scripted(), with_parent(tmp_path))
    before, owned = links(tmp_path), {each.title for each in load(tmp_path / "p.yaml").profile.local}
    renumbered(tmp_path / "parent.txt")
    _, state = talked(tmp_path, Scripted(), {"parent": (str(tmp_path / "parent.txt"),)})
    after = links(tmp_path)
    assert "要重新定的任务" in state.noted["late"]
    assert (after["2.1.3"], after["2.1.4"]) == (before["2.1.2"], before["2.1.3"])
    assert after["2.2.1"] == before["2.2.1"]
    assert len(after) == len(before) + 1
    assert owned <= {each.title for each in load(tmp_path / "p.yaml").profile.local}


def test_against_a_changed_parent_the_texts_decide_not_the_profiles_numbers(tmp_path: Path) -> None:
    talked(tmp_path, Scripted(), with_parent(tmp_path))
    renumbered(tmp_path / "parent.txt")
    made = align_files(tmp_path / "p.yaml", tmp_path / "parent.txt")
    assert next(pair.status for pair in made.pairs if pair.parent == "2.1.2") == "missing"


# ------------------------------------------------------------------ a further paper

LETTER = ["letter_number", "letter_date", "reply_by", "contact_unit", "contact_person", "contact_phone"]


def test_a_further_paper_asks_its_own_questions_and_only_who_wants_it(tmp_path: Path) -> None:
    first = Scripted()
    talked(tmp_path, first, {"place": PLACE})
    assert not {"paper", *(f"values.{name}" for name in LETTER)} & set(first.asked)
    again = Scripted({"values.letter_number": "青函〔2026〕3号"})
    made, _ = talked(tmp_path, again, {"paper": "征求意见函"})
    assert again.asked == [f"values.{name}" for name in LETTER]
    assert load(tmp_path / "p.yaml").profile.values["letter_number"] == ("青函〔2026〕3号",)
    assert made.summary is None
    third = Scripted()
    talked(tmp_path, third, {"paper": "letter"})
    assert third.asked == [f"values.{name}" for name in LETTER[1:]]


def test_a_further_paper_of_a_new_profile_is_asked_for_at_the_end(tmp_path: Path) -> None:
    ask = Scripted()
    talked(tmp_path, ask, {"place": PLACE, "paper": "explanation"})
    assert ask.asked[-2:] == ["values.drafting_process", "values.opinions_taken"]


def test_a_file_of_answers_sets_what_a_further_paper_asks(tmp_path: Path) -> None:
    talked(tmp_path, Scripted(), {"place": PLACE, "values.contact_person": "张三"})
    assert load(tmp_path / "p.yaml").profile.values["contact_person"] == ("张三",)


def test_a_further_paper_that_the_pack_has_not_is_refused(tmp_path: Path) -> None:
    said = told(tmp_path, place=PLACE, paper="公告")
    assert "没有文稿“公告”" in said
    assert "征求意见函、起草说明" in said


def test_a_second_run_that_was_interrupted_does_not_become_a_first_one(tmp_path: Path) -> None:
    talked(tmp_path, Scripted(), with_parent(tmp_path))
    with pytest.raises(KeyboardInterrupt):
        talked(tmp_path, Scripted({"values.baseline_2025": Go.LATER}, stop=2))
    again = Scripted()
    talked(tmp_path, again)
    assert not {"previous", "measures"} & set(again.asked)
    assert "unfinished" not in (tmp_path / "p.yaml").read_text(encoding="utf-8")


# ------------------------------------------------------------------ bad input


def test_a_file_that_cannot_be_read_is_refused_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_bytes(b"no document at all")
    assert "x.docx" in told(tmp_path, place=PLACE, parent=(str(tmp_path / "x.docx"),))
    assert "没有文件" in told(tmp_path, place=PLACE, parent=(str(tmp_path / "none.txt"),))


def test_a_plan_of_another_place_is_taken_only_when_it_is_meant(tmp_path: Path) -> None:
    given: dict[str, str | tuple[str, ...]] = {
        "place": "花垣县",
        "parent": (str(parent_file(tmp_path, ("澄州市", "攀枝花市"))),),
    }
    with pytest.raises(InputError) as refused:
        talked(tmp_path, Scripted(), given)
    assert "攀枝花市不管辖花垣县，而且在另一个省" in str(refused.value)
    assert "parents.prefecture.meant" in str(refused.value)
    _, state = talked(tmp_path, Scripted(), given | {"parents.prefecture.meant": "yes"})
    assert state.parent("prefecture")


def test_a_plan_of_another_kind_is_taken_only_when_it_is_meant(tmp_path: Path) -> None:
    given = with_parent(tmp_path, ("全民科学素质行动规划纲要", "防汛抗旱应急能力提升三年"))
    with pytest.raises(InputError, match="不像"):
        talked(tmp_path, Scripted(), given)


@pytest.mark.parametrize(
    ("question", "answer", "reason"),
    [
        ("period", "2030-2026", "先后有序"),
        ("period", "明年", "不是规划期"),
        ("features", ("villages", "moon"), "没有“moon”"),
        ("layout.form", "roman", "没有“roman”"),
        ("values.target_2030", "九成", "应当是数字"),
        ("values.target_2030", "99", "超出范围"),
        ("values.target_2030", ("20", "21"), "只能有一个"),
        ("letterhead.number", "青政办2026-8", "发文字号"),
        ("dates.issued", "明天", "不是日期"),
        ("units", "县教育体育局", "写法不对"),
        ("units", "县教育体育局=修仙", "没有“修仙”"),
        ("units", "县教育局=教育；县体教局=教育", "只能归一个单位"),
        ("place.divisions", ("乡镇", "街巷"), "没有“街巷”"),
        ("nonsense", "1", "没有问题"),
        ("values.target", "1", "values.target_2030"),
    ],
)
def test_answers_that_do_not_fit_are_named_with_the_reason(
    tmp_path: Path, question: str, answer: str | tuple[str, ...], reason: str
) -> None:
    with pytest.raises(InputError) as refused:
        talked(tmp_path, Scripted(), {"place": "双峰县", question: answer})
    assert reason in str(refused.value)
    assert question in str(refused.value)


def test_a_province_is_no_county(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="省级"):
        talked(tmp_path, Scripted(), {"place": "湖南省"})


@pytest.mark.parametrize("given", ["湖南省娄底市双峰县", "431321", "双峰县"])
def test_a_place_is_stored_by_its_name_where_that_is_enough(tmp_path: Path, given: str) -> None:
    _, state = talked(tmp_path, Scripted(), {"place": given})
    assert state.data["place"]["name"] == "双峰县"


def test_a_parents_file_that_is_gone_is_asked_for_again(tmp_path: Path) -> None:
    talked(tmp_path, Scripted(), with_parent(tmp_path))
    (tmp_path / "parent.txt").rename(tmp_path / "moved.txt")
    ask = Scripted({"parents.prefecture.file": str(tmp_path / "moved.txt")})
    _, state = talked(tmp_path, ask)
    assert "用不了" in ask.shown["parents.prefecture.file"]
    assert (state.parent("prefecture") or {})["file"] == "moved.txt"


def test_a_profile_that_no_question_can_mend_is_refused(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text("format: profile/1\nplace: {nam: x}\n", encoding="utf-8")
    with pytest.raises(InputError, match="name"):
        started(tmp_path)


def test_of_the_same_period_the_parents_numbers_become_values(tmp_path: Path) -> None:
    talked(tmp_path, Scripted(), with_parent(tmp_path))
    picks = {pick.measure: pick for pick in load(tmp_path / "p.yaml").profile.picks}
    assert picks["digital-media"].values == {"weekly_items": ("3",)}
    (tmp_path / "p.yaml").unlink()
    talked(tmp_path, Scripted(), with_parent(tmp_path, ("2026—2030", "2021—2025")))
    assert not [
        pick
        for pick in load(tmp_path / "p.yaml").profile.picks
        if pick.values.keys() - {"leading_industries"}
    ]


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        talked(
            tmp_path,
            Scripted(),
            {"place": "双峰县", "period": "明年", "layout.form": "roman", "nonsense": "1"},
        )
    assert len(refused.value.findings) == 3


def test_without_a_place_the_answers_to_later_questions_are_not_called_unknown(tmp_path: Path) -> None:
    (finding,) = problems(lambda: talked(tmp_path, Scripted(), {"place": "无此县", "layout.form": "dashes"}))
    assert "无此县" in finding.message


def test_what_cannot_be_written_to_the_profile_is_refused(tmp_path: Path) -> None:
    # A name in GBK, as Python gives it where the system speaks UTF-8.
    name = "上级.txt".encode("gbk").decode("utf-8", "surrogateescape")
    assert "编码与本机不同" in told(tmp_path, place=PLACE, parent=(name,))
    assert "编码与本机不同" in told(tmp_path, place=PLACE, values__coordinating_body=name)


def test_a_file_that_is_no_profile_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text("format: pack/1\n", encoding="utf-8")
    with pytest.raises(InputError, match="不是县情档案"):
        started(tmp_path)


def test_merged_bureaus_are_typed_once(tmp_path: Path) -> None:
    given = {"place": "双峰县", "units": "县教育体育局=教育、体育；县科工局=科技部门、工业和信息化；无=地震"}
    talked(tmp_path, Scripted(), given)
    profile = load(tmp_path / "p.yaml").profile
    assert {organ.name: organ.serves for organ in profile.organs} == {
        "县教育体育局": ("education", "sports"),
        "县科工局": ("science_tech", "industry_it"),
    }
    assert profile.none == ("earthquake",)


def test_every_question_has_help_or_choices_that_explain_it(tmp_path: Path) -> None:
    ask = Scripted()
    _, state = talked(tmp_path, ask, with_parent(tmp_path))
    state.noted["items"] = "review"
    bare = [
        each.id
        for each in questions(state)
        if not each.help and each.kind not in (Kind.CHOICE, Kind.MANY) and not each.quiet
    ]
    assert bare == []


@pytest.mark.parametrize(
    ("parent", "family"), [("qingping", "science-literacy"), ("lanxi", "national-fitness")]
)
def test_the_kind_of_plan_follows_from_the_parent(
    tmp_path: Path, example: Path, parent: str, family: str
) -> None:
    file = example.parents[1] / parent / "parent.txt"
    state = begin(tmp_path / "p.yaml", Folders(tmp_path), {"parent": (str(file),)})
    assert state.parents_family() == family


def test_without_a_parent_the_usual_kind_is_proposed(tmp_path: Path) -> None:
    _, state = talked(tmp_path, Scripted({"place": PLACE}))
    assert state.get("family") == "science-literacy"
