"""`drafter catalog list | search | show | check | stats`, as a drafter meets them."""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
from drafts import ROOT, line_of, write, write_profile

from drafter.build import build
from drafter.catalog.columns import fitted, table, width, wrapped
from drafter.cli import main
from drafter.errors import InputError, Severity
from drafter.load import layers, load, usable_catalog

FLOOD = ROOT / "tests" / "families" / "flood" / "catalog"
NAMES = ("list", "search", "show", "check", "stats")
MINE = """format: measures/1
group: elderly
measures:
- {id: mine, title: 办好社区夜校, text: 开办夜校。, caution: 涉及收费，没有批准文件不得选用, tags: [社区夜校]}
- {id: elderly-smart, title: 手把手教用手机, text: 教。, power: cooperate, applies: [villages]}
"""
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Runs `drafter catalog …` in this process, in an empty folder: exit code, standard output and error."""

    def command(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(sys, "argv", ["drafter", "catalog", *map(str, arguments)])
        capsys.readouterr()
        code = main()
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def as_json(run: Run, *arguments: str | Path) -> dict[str, Any]:
    code, out, _ = run(*arguments, "--format", "json")
    assert code == 0
    made = json.loads(out)
    assert isinstance(made, dict)
    return made


def listed(run: Run, *arguments: str | Path) -> list[str]:
    return [each["id"] for each in as_json(run, "list", *arguments)["measures"]]


# ------------------------------------------------------------------ all commands


@pytest.mark.parametrize("name", NAMES)
def test_help_is_chinese_with_an_example(run: Run, name: str) -> None:
    code, out, _ = run(name, "--help")
    assert code == 0
    assert f"例：drafter catalog {name}" in out
    for option in ("--family", "--catalog", "--templates", "--format", "-v", "--debug"):
        assert re.search(rf"^  {option}\b", out, re.M), option
    for option in re.findall(r"^  (--?[a-z-]+)", out, re.M):
        assert re.search(rf"^  {option}( \S+)?\s+\S*[\u4e00-\u9fff]", out, re.M), option


@pytest.mark.parametrize(
    "command",
    [("list",), ("search", "叫应"), ("show", "warning-call"), ("check",), ("stats",)],
    ids=lambda each: each[0],
)
def test_a_second_family_works(run: Run, command: tuple[str, ...]) -> None:
    code, out, err = run(*command, "--family", "flood-safety", "--catalog", FLOOD)
    assert (code, err) == (0, "")
    assert "科普" not in out
    assert out.strip()


def test_without_a_family_the_shipped_one_is_meant(run: Run) -> None:
    _, out, err = run("list", "--catalog", FLOOD)
    assert "science-literacy" in out
    assert "--family" in err
    assert "flood-safety" in err


def test_an_unknown_family_is_refused(run: Run) -> None:
    code, out, err = run("list", "--family", "flood-safty", "--catalog", FLOOD)
    assert (code, out) == (2, "")
    assert "flood-safety" in err


# ------------------------------------------------------------------ list


def test_a_list_fits_eighty_columns_and_shows_layer_and_caution(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "catalog/science-literacy/mine.yaml", MINE)
    code, out, _ = run("list", "--group", "elderly")
    assert code == 0
    assert max(map(width, out.splitlines())) <= 80
    rows = {line.split()[-4]: line for line in out.splitlines() if line.endswith(("县级实施", "落实配合"))}
    assert rows["mine"].startswith("慎")
    assert rows["mine"].split()[-2:] == ["本地", "县级实施"]
    assert rows["elderly-smart"].split()[-2:] == ["本地", "落实配合"]
    assert rows["elderly-health"].split()[-2:] == ["自带", "县级实施"]
    # Wide characters are counted as two columns: the last column begins at the same place everywhere.
    assert len({width(line.rpartition(" ")[0]) for line in rows.values()}) == 1


def test_filters_of_the_list(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "catalog/science-literacy/mine.yaml", MINE)
    everything = listed(run)
    assert everything[0].startswith("youth")
    assert listed(run, "--group", "elderly") == listed(run, "--group", "老年人科学素质提升行动")
    assert set(listed(run, "--layer", "本地")) == {"mine", "elderly-smart"}
    assert listed(run, "--tag", "社区夜校") == ["mine"]
    assert "elderly-smart" in listed(run, "--power", "cooperate")
    assert "mine" not in listed(run, "--power", "cooperate")
    assert "elderly-smart" in listed(run, "--applies", "有农村")
    assert listed(run, "--applies", "villages", "--layer", "本地") == ["elderly-smart"]


@pytest.mark.parametrize(
    ("option", "value", "near"),
    [("--group", "elderley", "elderly"), ("--tag", "社区野校", "社区夜校"), ("--layer", "自代", "自带"), ("--applies", "vilages", "villages")],
)  # fmt: skip
def test_a_filter_that_names_nothing_names_what_is_near(
    run: Run, tmp_path: Path, option: str, value: str, near: str
) -> None:
    write(tmp_path, "catalog/science-literacy/mine.yaml", MINE)
    code, out, err = run("list", option, value)
    assert (code, out) == (2, "")
    assert value in err
    assert near in err


# ------------------------------------------------------------------ search and show


def test_a_search_shows_title_group_and_line(run: Run) -> None:
    code, out, _ = run("search", "老人不会用手机", "-n", "1")
    assert code == 0
    head, line = out.rstrip().splitlines()
    assert "elderly-smart" in head
    assert "老年人科学素质提升行动" in head
    assert "智能手机" in line


def test_a_search_that_finds_nothing_says_what_to_try(run: Run) -> None:
    flood = ("--family", "flood-safety", "--catalog", FLOOD)
    code, out, err = run("search", "足球", "联赛", *flood)
    assert (code, out) == (0, "")
    assert "没有找到与“足球 联赛”有关的举措" in err
    assert "drafter catalog list" in err
    assert as_json(run, "search", "足球联赛", *flood)["results"] == []


def test_an_entry_is_shown_with_all_it_has(run: Run) -> None:
    path = FLOOD / "flood-safety" / "measures" / "warning.yaml"
    code, out, _ = run("show", "warning-call", "--catalog", FLOOD, "--family", "flood-safety")
    assert code == 0
    for piece in (
        "健全预警叫应机制",
        f"{path}:{line_of(path, 'id: warning-call')}",
        "以〔叫应方式〕方式直接通知〔乡级区划〕",
        "〔预警信息送达时限〕分钟内",
        "call_mode",
        "电话、入户、电话和入户",
        "【牵头】应急管理部门",
        "《中华人民共和国突发事件应对法》",
        "分钟内确认收到",
        "【成果】叫应登记簿",
        "【事权】县级实施",
        "【标签】预警、叫应",
    ):
        assert piece in out, piece
    assert "{{" not in out
    wide = [line for line in out.splitlines() if width(line) > 82 and str(FLOOD) not in line]
    assert not wide


def test_conditions_papers_and_arithmetic_are_readable(run: Run, tmp_path: Path) -> None:
    text = "{% if 'villages' in features %}进村{% endif %}由{{ organ('education') }}按{{ cite('gf-2021-9') }}{{ title('law-kepu') }}于{{ period.start + 1 }}年办，{{ programme('grassroots-science') }}。{{ odd | upper }}"
    write(tmp_path, "catalog/science-literacy/mine.yaml", MINE.replace("text: 开办夜校。", f'text: "{text}"'))
    _, out, _ = run("show", "mine")
    shown = re.sub(r"\n +", "", out)
    assert (
        "〔有农村时：进村〕由〔教育部门〕按《全民科学素质行动规划纲要（2021—2035年）》（国发〔2021〕9号）"
        in shown
    )
    assert "《中华人民共和国科学技术普及法》于〔起始年后1年〕年办，基层科普行动计划。〔odd | upper〕" in shown


@pytest.mark.parametrize(
    ("name", "piece"), [("elderly", "elderly-health"), ("goal", "【标准本】"), ("科普大篷车", "【解释】")]
)
def test_groups_passages_and_terms_are_shown(run: Run, name: str, piece: str) -> None:
    assert piece in run("show", name)[1]
    assert as_json(run, "show", name)["line"] > 1


def test_an_unknown_id_names_the_nearest(run: Run) -> None:
    code, out, err = run("show", "elderly-smrt")
    assert (code, out) == (2, "")
    assert "elderly-smart" in err
    assert "drafter catalog search" in run("show", "xxxxxxxx")[2]


def test_sources_have_the_titles_of_their_items_where_the_plans_are(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    plan = "青屏县阅读实施方案\n\n一、总体要求\n\n读书。\n\n二、主要任务\n\n（一）场所建设\n\n1.建好阅览室。设书架。\n\n2.办好读书会。每月一次。\n"
    write(tmp_path, "plans/zezhou.txt", plan)
    write(
        tmp_path,
        "catalog/science-literacy/mine.yaml",
        MINE.replace("tags: [社区夜校]", 'sources: [{plan: zezhou, item: "2.1.2"}]'),
    )
    monkeypatch.setenv("DRAFTER_PLANS", str(tmp_path))
    assert "2.1.2　办好读书会" in re.sub(r"\n +", "", run("show", "mine")[1])
    monkeypatch.delenv("DRAFTER_PLANS")
    _, out, _ = run("show", "mine")
    assert "2.1.2" in out
    assert "办好读书会" not in out


# ------------------------------------------------------------------ own files at fault


def test_an_own_file_at_fault_hides_nothing(run: Run, tmp_path: Path) -> None:
    good = write(tmp_path, "catalog/science-literacy/mine.yaml", MINE)
    bad = write(
        tmp_path, "catalog/science-literacy/z.yaml", MINE.replace("mine", "other").replace("title", "titel")
    )
    roles = write(
        tmp_path,
        "catalog/science-literacy/roles.yaml",
        "format: measures/1\ngroup: elderly\nmeasures:\n- {id: third, title: 甲, text: 乙, lead: [helth]}\n",
    )
    for command in (("list",), ("search", "夜校"), ("show", "mine")):
        code, out, err = run(*command)
        assert code == 0
        assert "mine" in out
        assert f"{bad}:4：警告：" in err
        assert f"{roles}:4：警告：" in err
        assert "这个文件没有采用" in err
        assert str(good) not in err
    code, out, _ = run("check")
    assert code == 1
    assert f"{bad}:4：错误：没有“titel”这一项\n    → 是不是要写“title”？" in out
    assert "是不是要写“health”" in out


def test_an_own_family_without_the_shipped_groups_is_left_out(tmp_path: Path) -> None:
    text = "format: family/1\nid: science-literacy\ntitle: 甲\ngroups: [{id: a, kind: part, title: 乙}]\n"
    write(tmp_path, "catalog/science-literacy/family.yaml", text)
    catalog, faults = usable_catalog("science-literacy", layers("catalog", tmp_path))
    assert catalog is not None
    assert len(catalog.measures) > 50
    assert faults


def test_a_build_goes_on_and_says_what_was_left_out(tmp_path: Path) -> None:
    profile = write_profile(tmp_path)
    write(tmp_path, "catalog/science-literacy/z.yaml", "format: glossary/1\nterms: [\n")
    built = build(profile, tmp_path / "plan.md", force=True)
    assert built.written
    (warning,) = (each for each in built.findings if "没有采用" in each.message)
    assert warning.severity is Severity.WARNING
    with pytest.raises(InputError):
        load(profile)


def test_a_pick_from_a_file_that_was_left_out_is_told_with_the_reason(tmp_path: Path) -> None:
    profile = write_profile(tmp_path, picks="picks:\n- measure: other\n")
    bad = write(
        tmp_path, "catalog/science-literacy/z.yaml", MINE.replace("mine", "other").replace("title", "titel")
    )
    with pytest.raises(InputError) as refused:
        build(profile, tmp_path / "plan.md")
    assert any("other" in each.message for each in refused.value)
    assert any(each.at and each.at.path == str(bad) for each in refused.value)


# ------------------------------------------------------------------ check and stats


def test_check_ends_with_a_count_and_its_code(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("check")
    assert code == 0
    assert re.search(r"\d+ 条举措：.*。$", out)
    write(
        tmp_path,
        "catalog/science-literacy/mine.yaml",
        MINE.replace("text: 开办夜校。", "text: '{{ nobody }}'"),
    )
    code, out, _ = run("check")
    assert code == 1
    assert "nobody" in out
    assert run("check", "--catalog", tmp_path / "nowhere")[0] == 2


def test_the_json_of_check(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "catalog/science-literacy/mine.yaml", MINE)
    made = as_json(run, "check")
    assert made["format"] == "drafter.catalog-check/1"
    (shadow,) = (each for each in made["findings"] if each["rule"] == "catalog.shadow")
    finding = {
        "rule": {"type": "string"},
        "severity": {"enum": ["error", "warning", "advice"]},
        "message": {"type": "string"},
        "hint": {"type": "string"},
        "quote": {"type": "string", "maxLength": 40},
        "count": {"type": "integer"},
        "places": {"type": "array", "items": {"required": ["file", "line"]}, "minItems": 1},
    }
    for each in made["findings"]:
        jsonschema.validate(
            each, {"properties": finding, "required": list(finding), "additionalProperties": False}
        )
    assert shadow["places"][0]["line"] == 5


def test_stats_count_each_plan(run: Run) -> None:
    made = as_json(run, "stats")
    zezhou = next(each for each in made["plans"] if each["id"] == "zezhou")
    assert zezhou["items"] == 36
    assert zezhou["covered"] + len(zezhou["open"]) == 36
    assert zezhou["share"] == round(zezhou["covered"] / 36, 4)
    cells = {each["id"]: each["sources"] for each in made["measures"]}
    assert "2.4.1" in cells["elderly-smart"]["zezhou"]
    assert set(zezhou["lacks"]) == {name for name, plans in cells.items() if not plans["zezhou"]}
    _, out, _ = run("stats")
    assert max(map(width, out.splitlines()[:25])) <= 80
    assert re.search(r"泽州县 +36 +\d+ +\d+%", out)


def test_the_picture_says_everything_without_colour(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "catalog/science-literacy/mine.yaml", MINE)
    svg, html = tmp_path / "图.svg", tmp_path / "图.html"
    code, _, err = run("stats", "--svg", svg, "--html", html)
    assert code == 0
    assert f"已写入 {svg}" in err
    assert f"已写入 {html}" in err
    root = ElementTree.fromstring(svg.read_text(encoding="utf-8"))
    texts = ["".join(each.itertext()) for each in root.iter("{http://www.w3.org/2000/svg}text")]
    made = as_json(run, "stats")
    cells = [items for each in made["measures"] for items in each["sources"].values()]
    # One dash and one filled mark are the legend's.
    assert texts.count("—") == sum(not items for items in cells) + 1
    assert sum("2.4.1" in each for each in texts) >= sum(items[:1] == ["2.4.1"] for items in cells)
    assert {"泽州县", "［慎］办好社区夜校", "出自该方案一处", "该方案没有"} <= set(texts)
    assert "http" not in html.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert "<svg" in html.read_text(encoding="utf-8")


def test_a_picture_is_drawn_again_and_nothing_else_is_written_over(run: Run, tmp_path: Path) -> None:
    svg = tmp_path / "a.svg"
    for _ in range(2):
        assert run("stats", "--svg", svg)[0] == 0
    svg.write_text("甲", encoding="utf-8")
    code, _, err = run("stats", "--svg", svg)
    assert code == 2
    assert "--force" in err
    assert svg.read_text(encoding="utf-8") == "甲"
    assert run("stats", "--svg", svg, "--force")[0] == 0
    assert svg.with_name("a.svg.bak").read_text(encoding="utf-8") == "甲"


def test_without_source_plans_there_is_no_picture(run: Run, tmp_path: Path) -> None:
    options = ("--family", "flood-safety", "--catalog", FLOOD)
    assert "没有来源方案" in run("stats", *options)[1]
    code, _, err = run("stats", "--svg", tmp_path / "a.svg", *options)
    assert code == 2
    assert "sources.yaml" in err
    assert not (tmp_path / "a.svg").exists()


# ------------------------------------------------------------------ columns


def test_wide_characters_are_two_columns() -> None:
    assert width("科a，") == 5
    assert fitted("科普", 6) == "科普  "
    assert fitted("科普大篷车", 6) == "科普…"
    assert width(fitted("a科普大篷车", 6)) == 6
    assert table([("科", "1"), ("科普", "23")], (4, 3)) == ["科      1", "科普   23"]


def test_lines_break_where_they_may() -> None:
    assert wrapped("一二三四五六", 8, "  ") == "  一二三\n  四五六"
    assert wrapped("一二三，四", 6) == "一二三，\n四"
    assert wrapped("到2030年（即", 6) == "到2030\n年（即"
    assert wrapped("一二（三", 6) == "一二\n（三"
