"""Loading: every problem of every file at once, each with its line; layers; JSON Schema that says the same."""

import json
import re
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from drafts import EXAMPLE, ROOT, is_at, line_of, problems, write, write_profile

from drafter.errors import Finding, InputError
from drafter.load import family_titles, json_schema, layers, load, load_catalog, pack_titles, shipped
from drafter.model.words import Word
from drafter.nearest import nearest

SHIPPED = sorted(
    path
    for folder in ("catalog", "templates", "examples", "tests/families")
    for path in (ROOT / folder).rglob("*.yaml")
)


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def told(findings: tuple[Finding, ...], rule: str) -> Finding:
    """The one finding of a rule."""
    (found,) = (each for each in findings if each.rule == rule)
    return found


# ------------------------------------------------------------------ problems


def test_every_problem_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    profile = write_profile(
        tmp_path,
        ("status: 印发", "status: 发布"),
        ("seal: true", "seal: 也许"),
        ("family: science-literacy", "family: science-literacy\ncolour: red"),
        ("  level: county\n", "  level: 县里\n"),
    )
    organs = write(tmp_path, "catalog/common/organs.yaml", "format: organs/1\norgans:\n- {id: water}\n")
    terms = write(tmp_path, "catalog/science-literacy/mine.yaml", "format: glossary/1\nterms: 无\n")
    broken = write(tmp_path, "catalog/science-literacy/z.yaml", "format: glossary/1\nterms: [\n")
    pack = write(tmp_path, "templates/science-literacy/pack.yaml", "format: pack/1\nid: 甲\n")
    findings = problems(lambda: load(profile))
    for path, piece in (
        (profile, "status: 发布"),
        (profile, "seal: 也许"),
        (profile, "colour: red"),
        (profile, "level: 县里"),
        (organs, "id: water"),
        (terms, "terms: 无"),
        (pack, "id: 甲"),
    ):
        assert any(is_at(each, path, piece) for each in findings), piece
    assert any(each.at and each.at.path == str(broken) for each in findings)
    assert all(each.at and each.at.line for each in findings)
    assert all(re.search("[一-龥]", each.message) for each in findings)


@pytest.mark.parametrize(
    ("old", "new", "message", "hint"),
    [
        ("status: 印发", "statsu: 印发", "没有“statsu”这一项", "status"),
        ("  disclosure: ", "  disclosur: ", "没有“disclosur”这一项", "disclosure"),
        ("  word: 县\n", "  wrod: 县\n", "没有“wrod”这一项", "word"),
        ("leading_industries: 茶叶}", "leading_industries: 茶叶}\n  lenght: 简", "没有“lenght”", "length"),
        ("status: 印发", "status: 已发", "不能是“已发”", "issued（印发）"),
        ("seal: true", "seal: 有", "应当是 true 或 false", ""),
        ("{id: lanjiang, level", "{level", "缺少“id”", "parents"),
        ("features: [villages,", "features: [[villages],", "features.第1项", ""),
        ("five_year_plan_title: 青", "Five-year: 青", "“Five-year”不是合格的名称", ""),
        (
            "period: 2026—2030\nstatus: 印发",
            "status: 印发\nperiod: 2026到2030",
            "规划期“2026到2030”写法不对",
            "",
        ),
        ("divisions: [乡镇, 街道]", "divisions: 乡镇", "应当是一列", ""),
        ("  length: 简\n", "  length: 简\n  fonts: {隶书: 甲}\n", "不能是“隶书”", "fangsong（仿宋）"),
    ],
)
def test_a_problem_has_its_line_and_says_what_would_do(
    tmp_path: Path, old: str, new: str, message: str, hint: str
) -> None:
    profile = write_profile(tmp_path, (old, new))
    (finding,) = problems(lambda: load(profile))
    assert message in finding.message
    assert hint in finding.hint
    piece = "{level" if "缺少" in message else new.strip().splitlines()[-1]
    assert is_at(finding, profile, piece)


def test_no_message_of_the_library_shows_through(tmp_path: Path) -> None:
    """Wrong kinds of value everywhere: pydantic's own words are English."""
    keys = (
        "place",
        "period",
        "values",
        "letterhead",
        "dates",
        "organs",
        "layout",
        "parents",
        "picks",
        "local",
    )
    for number, wrong in enumerate(
        ("甲", "[甲]", "{a: 甲}", "[[甲]]", "[{a: 甲}]", "{a: {b: 甲}}", "1", "''")
    ):
        text = "format: profile/1\nfamily: science-literacy\npack: science-literacy\n"
        profile = write(tmp_path, f"{number}.yaml", text + "".join(f"{key}: {wrong}\n" for key in keys))
        for finding in problems(partial(load, profile)):
            english = re.findall(r"[A-Za-z]{4,}", re.sub("“[^”]*”", "", finding.message))
            assert set(english) <= {"true", "false"}, finding.message
            assert not finding.message.endswith("不合要求"), finding.message


@pytest.mark.parametrize(
    ("format_line", "rule"),
    [
        ("format: profile/2", "format.newer"),
        ("format: profile/99", "format.newer"),
        ("format: profile", "format.missing"),
        ("format:", "format.missing"),
        ("format: [profile/1]", "format.missing"),
        ("format: {a: b}", "format.missing"),
        ("format: profile/0", "file.literal-error"),
        ("format: organs/1", "format.kind"),
    ],
)
def test_another_format_is_refused_with_the_reason(tmp_path: Path, format_line: str, rule: str) -> None:
    profile = write_profile(tmp_path, ("format: profile/1", format_line))
    finding = told(problems(lambda: load(profile)), rule)
    assert finding.at is not None
    assert (finding.at.path, finding.at.line) == (str(profile), 3)
    assert finding.hint


def test_a_newer_format_says_to_upgrade(tmp_path: Path) -> None:
    pack = write(tmp_path, "templates/science-literacy/pack.yaml", "format: pack/2\n")
    finding = told(problems(lambda: load(write_profile(tmp_path))), "format.newer")
    assert is_at(finding, pack, "format: pack/2")
    assert "pack/1" in finding.message
    assert "升级" in finding.hint


@pytest.mark.parametrize("text", ["", "甲", "- 甲", "# 注"])
def test_a_file_that_is_no_profile_is_refused(tmp_path: Path, text: str) -> None:
    profile = write(tmp_path, "profile.yaml", text)
    told(problems(lambda: load(profile)), "format.missing")


@pytest.mark.parametrize("name", ["nowhere.yaml", "."])
def test_a_profile_that_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    (finding,) = problems(lambda: load(tmp_path / name))
    assert str(tmp_path) in finding.message
    assert finding.hint


def test_an_id_used_twice_in_a_layer_is_refused_with_both_places(tmp_path: Path) -> None:
    entry = "- {name: 甲, text: 乙}\n"
    one = write(tmp_path, "catalog/science-literacy/a.yaml", f"format: glossary/1\nterms:\n{entry}")
    two = write(tmp_path, "catalog/science-literacy/b.yaml", f"format: glossary/1\nterms:\n{entry}")
    finding = told(problems(lambda: load(write_profile(tmp_path))), "catalog.duplicate")
    assert is_at(finding, two, "name: 甲")
    assert f"{one}:3" in finding.hint


@pytest.mark.parametrize(
    ("old", "new", "rule", "near"),
    [
        ("family: science-literacy", "family: science-litracy", "family.unknown", "science-literacy"),
        ("pack: science-literacy", "pack: sience-literacy", "pack.unknown", "science-literacy"),
        ("pack: science-literacy", "pack: 甲", "pack.unknown", "science-literacy"),
    ],
)
def test_an_unknown_family_or_pack_names_what_there_is(
    tmp_path: Path, old: str, new: str, rule: str, near: str
) -> None:
    profile = write_profile(tmp_path, (old, new))
    finding = told(problems(lambda: load(profile)), rule)
    assert is_at(finding, profile, new)
    assert near in finding.hint


def test_a_family_outside_the_catalog_is_never_looked_for(tmp_path: Path) -> None:
    """A family or pack is a name, not a path."""
    write(tmp_path, "other/family.yaml", "format: family/1\n")
    profile = write_profile(tmp_path, ("family: science-literacy", "family: ../other"))
    assert any(is_at(each, profile, "family: ../other") for each in problems(lambda: load(profile)))


def test_measures_of_an_unknown_group_are_refused(tmp_path: Path) -> None:
    text = "format: measures/1\ngroup: farmer\nmeasures:\n- {id: mine, title: 甲, text: 乙}\n"
    path = write(tmp_path, "catalog/science-literacy/mine.yaml", text)
    finding = told(problems(lambda: load(write_profile(tmp_path))), "catalog.group")
    assert finding.at is not None
    assert finding.at.path == str(path)
    assert "farmers" in finding.hint


def test_a_parameter_is_held_to_its_own_declaration(tmp_path: Path) -> None:
    faults = {
        "{name: a, label: 甲, kind: choice}": "choices",
        "{name: a, label: 甲, low: 2, high: 1}": "low",
        "{name: a, label: 甲, kind: number, low: 5, default: 2}": "默认值",
        "{name: place, label: 甲}": "另有含义",
        "{name: a, label: 甲, required: true, optional: true}": "既是 required 又是 optional",
    }
    for index, (parameter, message) in enumerate(faults.items()):
        measure = f"- id: mine-{index}\n  title: 甲\n  text: 乙\n  parameters: [{parameter}]\n"
        text = "format: measures/1\ngroup: farmers\nmeasures:\n" + measure
        path = write(tmp_path, "catalog/science-literacy/mine.yaml", text)
        (finding,) = problems(lambda: load(write_profile(tmp_path)))
        assert message in finding.message
        assert is_at(finding, path, parameter)


FAMILY = """format: family/1
id: science-literacy
title: 甲
features: [{id: coast, label: 沿海}]
parameters: [{name: goal, label: 目标值%s}]
always_ask: [%s]
groups: [{id: sea, kind: group, title: 乙%s}]
"""


@pytest.mark.parametrize(
    ("pieces", "rule", "message"),
    [
        ((", default: '20'", "goal", ""), "catalog.default", "“goal”必须由起草人填写"),
        (("", "gaol", ""), "catalog.reference", "没有参数“gaol”"),
        (("", "goal", ", variants: [{applies: [cost], title: 丙}]"), "catalog.reference", "没有特征“cost”"),
    ],
    ids=["a fact with a default", "an unknown parameter", "an unknown feature of a variant"],
)
def test_a_family_agrees_with_itself(
    tmp_path: Path, pieces: tuple[str, str, str], rule: str, message: str
) -> None:
    """What must always be asked has no default (PRACTICE 20); what a family names is there."""
    path = write(tmp_path, "science-literacy/family.yaml", FAMILY % pieces)
    catalog, (finding,) = load_catalog("science-literacy", layers("catalog", given=tmp_path)[1:])
    assert catalog is None
    assert (finding.rule, message in finding.message) == (rule, True)
    assert finding.at is not None
    assert finding.at.path == str(path)


def test_what_no_county_shares_is_always_asked() -> None:
    """PRACTICE 20: target, baseline, own five-year plan, coordinating body, wording of meetings, remarks, slogans."""
    family = load(EXAMPLE).catalog.family
    asked = {each.name: each.default for each in family.parameters if each.name in family.always_ask}
    facts = [
        "coordinating_body",
        "coordinating_office",
        "five_year_plan_title",
        "target_2030",
        "baseline_2025",
    ]
    wordings = ["congress_wording", "leaders_remarks", "slogans"]
    assert asked == dict.fromkeys(facts + wordings)


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("青政办发（2026）31号", "六角括号〔〕"),
        ("青政办发【2026】31号", "六角括号〔〕"),
        ("青政办发[2026]031", "六角括号〔〕；顺序号不编虚位（不写 0）；末尾写“号”"),
        ("青政办发〔26〕31号", "年份写四位"),
        ("青政办发〔1826〕31号", "年份写四位"),
        ("青政办发2026年31号", "六角括号〔〕"),
        ("〔2026〕31号", "机关代字"),
        ("QZBF〔2026〕31号", "机关代字"),
        ("青政办发〔2026〕三十一号", "写作 机关代字〔2026〕8号"),
        ("青政办发〔2026〕 31号", "写作 机关代字〔2026〕8号"),
        ("青政办发〔２０２６〕31号", "〔２０２６〕"),
        ("青政办发〔2026〕３１号", "３１号"),
    ],
)
def test_a_document_number_is_held_to_the_standard(tmp_path: Path, number: str, told: str) -> None:
    profile = write_profile(tmp_path, ("  number: 青政办发〔2026〕31号", f"  number: {number}"))
    (finding,) = problems(lambda: load(profile))
    assert told in finding.message
    assert is_at(finding, profile, f"number: {number}")


@pytest.mark.parametrize(
    "day", ["2026-13-01", "2026/12/10", "二〇二六年", "20261210", "2026-W50-4", "0000-00-00"]
)
def test_a_date_is_one_that_can_be(tmp_path: Path, day: str) -> None:
    profile = write_profile(tmp_path, ("  issued: 2026-12-10", f"  issued: {day}"))
    (finding,) = problems(lambda: load(profile))
    assert f"“{day}”不是日期" in finding.message


@pytest.mark.parametrize("period", ["2026—30", "3026—3030", "2026", "{start: 2026}", "[2026, 2030]"])
def test_a_period_is_two_years_in_order(tmp_path: Path, period: str) -> None:
    profile = write_profile(tmp_path, ("period: 2026—2030\nstatus", f"period: {period}\nstatus"))
    assert all("period" in each.message or "end" in each.message for each in problems(lambda: load(profile)))


# ------------------------------------------------------------------ layers

TERM = "format: glossary/1\nterms:\n- {{name: 科普中国, text: {}。}}\n"


def test_a_later_layer_wins_by_id(tmp_path: Path) -> None:
    """Shipped, beside the profile, --catalog: each replaces one entry and leaves the others."""
    profile = write_profile(tmp_path / "county")
    shipped_terms = load(profile).catalog.terms
    write(tmp_path / "county", "catalog/science-literacy/mine.yaml", TERM.format("本地的"))
    write(tmp_path / "given", "science-literacy/mine.yaml", TERM.format("指定的"))
    beside, given = load(profile).catalog, load(profile, catalog=tmp_path / "given").catalog
    assert beside.terms["科普中国"].text == "本地的。"
    assert given.terms["科普中国"].text == "指定的。"
    assert [catalog.where["terms", "科普中国"].layer for catalog in (beside, given)] == ["本地", "指定"]
    assert list(given.terms) == list(shipped_terms)
    assert given.terms["科技小院"] == shipped_terms["科技小院"]
    assert given.where["terms", "科技小院"].layer == "自带"


def test_a_layer_may_add_a_measure_to_a_shipped_group(tmp_path: Path) -> None:
    text = "format: measures/1\ngroup: farmers\nmeasures:\n- {id: mine, title: 甲, text: 乙}\n"
    path = write(tmp_path, "catalog/science-literacy/measures/mine.yaml", text)
    catalog = load(write_profile(tmp_path)).catalog
    assert catalog.group_of["mine"] == "farmers"
    assert catalog.where["measures", "mine"].at.path == str(path)


def test_templates_of_a_later_layer_win_file_by_file(tmp_path: Path) -> None:
    profile = write_profile(tmp_path / "county")
    write(tmp_path / "county", "templates/science-literacy/overview.md.j2", "本地")
    write(tmp_path / "given", "science-literacy/overview.md.j2", "指定")
    folders = load(profile, templates=tmp_path / "given").folders
    assert [folder.parents[1].name for folder in folders] == [tmp_path.name, "county", ROOT.name]
    assert load(profile, templates=tmp_path / "given").pack.id == "science-literacy"


def test_a_pack_may_stand_beside_the_profile_alone(tmp_path: Path) -> None:
    text = (shipped("templates") / "science-literacy" / "pack.yaml").read_text(encoding="utf-8")
    write(tmp_path, "templates/mine/pack.yaml", text.replace("id: science-literacy", "id: mine"))
    inputs = load(write_profile(tmp_path, ("pack: science-literacy", "pack: mine")))
    assert inputs.pack.id == "mine"
    assert inputs.folders == (tmp_path / "templates" / "mine",)


def test_a_folder_named_by_an_option_must_be_there(tmp_path: Path) -> None:
    for kind in ("catalog", "templates"):
        with pytest.raises(InputError, match=f"没有文件夹“{tmp_path / 'nowhere'}”[^§]*--{kind}"):
            layers(kind, given=tmp_path / "nowhere")


def test_the_shipped_folder_beside_a_profile_is_one_layer_only() -> None:
    assert [layer.name for layer in layers("catalog", ROOT)] == ["自带"]


def test_the_order_of_a_layers_files_is_that_of_their_names(tmp_path: Path) -> None:
    for name in ("b", "a", "c"):
        write(tmp_path, f"catalog/science-literacy/{name}.yaml", f"format: glossary/1\nterms: [{{name: {name}, text: 甲}}]\n")  # fmt: skip
    assert list(load(write_profile(tmp_path)).catalog.terms)[-3:] == ["a", "b", "c"]


# ------------------------------------------------------------------ words


@pytest.mark.parametrize("words", Word.__subclasses__(), ids=lambda words: words.__name__)
def test_every_enumerated_value_is_accepted_in_chinese(words: type[Word]) -> None:
    assert len(words.words()) == len(set(words.words().values()))
    assert {words(shown): value for value, shown in words.words().items()} == {
        words(value): value for value in words.words()
    }


def test_a_profile_in_chinese_words_is_the_one_in_english(tmp_path: Path) -> None:
    changes = (
        ("status: 印发", "status: issued"),
        ("  level: county", "  level: 县级"),
        ("length: 简", "length: brief"),
        ("disclosure: 此件公开发布", "disclosure: public"),
        ("issued: 2026-12-10", "issued: 2026年12月10日"),
        ("period: 2026—2030\nstatus", "period: {start: 2026, end: 2030}\nstatus"),
    )
    english, chinese = write_profile(tmp_path / "a", *changes), write_profile(tmp_path / "b")
    assert load(english).profile == load(chinese).profile


def test_nearest_names_what_is_alike_and_else_what_there_is() -> None:
    assert nearest("farmer", ["farmers", "workers"]) == "是不是要写“farmers”？"
    assert nearest("甲", ["a", "b"]) == "可用：a、b"
    assert nearest("甲", []) == ""


def test_a_changed_term_says_what_holds_and_since_when(tmp_path: Path) -> None:
    term = "{old: 全国科普日, new: 全国科普周, since: 2024-12-25}"
    write(tmp_path, "common/mine.yaml", f"format: terms/1\nchanges: [{term}, {{old: 夜校, new: 市民学堂}}]\n")
    changes = load(EXAMPLE, catalog=tmp_path).catalog.changes
    assert (changes["全国科普日"].new, changes["全国科普日"].since) == ("全国科普周", date(2024, 12, 25))
    assert changes["夜校"].since is None
    assert "新型职业农民" in changes


def test_no_shipped_text_uses_a_word_given_up() -> None:
    """Nor the name of a programme that had ended before the period (PRACTICE 25, 32)."""
    catalog = load(EXAMPLE).catalog
    texts = [
        text for each in catalog.measures.values() for text in (each.title, each.text, each.brief, each.due)
    ]
    texts += [text for each in catalog.family.groups for text in (each.title, each.intro, each.aim)]
    for each in catalog.narrative.values():
        texts += [each.title, *(text for variant in each.variants.values() for text in variant)]
    texts += [each.text for each in catalog.terms.values()]
    gone = [*catalog.changes, *(each.name.removeprefix("{word}") for each in catalog.former)]
    gone += [
        f'programme("{each.id}")'
        for each in catalog.programmes.values()
        if each.valid_to and each.valid_to < date(2026, 1, 1)
    ]
    assert [(word, text) for text in texts for word in gone if word in text.replace("'", '"')] == []


def test_the_catalog_alone_is_loaded_without_a_profile() -> None:
    catalog, findings = load_catalog("science-literacy", layers("catalog"))
    assert not findings
    assert catalog is not None
    assert len(catalog.measures) > 30


# ------------------------------------------------------------------ JSON Schema


class AsEditors(yaml.SafeLoader):
    """YAML as editors read it: version 1.2, where a date is a string."""


AsEditors.yaml_implicit_resolvers = {
    sign: [(tag, shape) for tag, shape in resolvers if not tag.endswith(":timestamp")]
    for sign, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def for_editors(text: str) -> Any:
    return yaml.load(text, AsEditors)


def schema_of(path: Path) -> Path:
    """The schema that the first line of a file names."""
    first = path.read_text(encoding="utf-8").splitlines()[0]
    found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert found, f"{relative(path)}: the first line names no schema"
    return (path.parent / found[1]).resolve()


def faults(data: Any, schema: Mapping[str, Any]) -> list[str]:
    validator = jsonschema.Draft202012Validator(schema)
    found = validator.iter_errors(data)
    return [
        f"{error.json_path}: {error.message[-200:]}"
        for error in map(jsonschema.exceptions.best_match, ([each] for each in found))
        if error
    ]


@pytest.mark.parametrize("path", SHIPPED, ids=relative)
def test_a_shipped_file_names_its_schema_and_fits_it(path: Path) -> None:
    schema = schema_of(path)
    assert schema.parent == ROOT / "catalog" / "schema"
    kind = "catalog" if "catalog" in path.parts else "pack" if path.name == "pack.yaml" else "profile"
    assert schema.stem == kind
    wrong = faults(for_editors(path.read_text(encoding="utf-8")), json.loads(schema.read_text("utf-8")))
    assert not wrong, wrong


@pytest.mark.parametrize("kind", ["catalog", "profile", "pack"])
def test_a_schema_is_one_by_its_own_rules(kind: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema(kind))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("status: 印发", "status: 发布"),
        ("status: 印发", "statsu: 印发"),
        ("family: science-literacy\n", ""),
        ("seal: true", "seal: 有"),
        ("  length: 简", "  length: 长"),
        ("format: profile/1", "format: profile/2"),
        ("- measure: farmers-training", "- measures: farmers-training"),
        ("divisions: [乡镇, 街道]", "divisions: 乡镇"),
    ],
)
def test_the_schema_refuses_a_wrong_profile(tmp_path: Path, old: str, new: str) -> None:
    path = write_profile(tmp_path, (old, new))
    assert faults(for_editors(path.read_text(encoding="utf-8")), json_schema("profile"))
    assert problems(lambda: load(path))


@pytest.mark.parametrize(
    "text",
    [
        "format: glossary/1\nterms: [{name: 甲}]",
        "format: measures/1\nmeasures: []",
        "format: organs/2",
        "format: nothing/1",
        "terms: []",
        "format: policies/1\npolicies: [{id: a, title: 甲, law: 是}]",
    ],
)
def test_the_schema_refuses_a_wrong_catalog_file(text: str) -> None:
    assert faults(for_editors(text), json_schema("catalog"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("target_2030: 22.3", "target_2030: '22.3'"),
        ("status: 印发", "status: issued"),
        ("period: 2026—2030\nstatus", "period: {start: 2026, end: 2030}\nstatus"),
        ("serves: culture_tourism", "serves: [culture_tourism]"),
        ("  number: 青政办发〔2026〕31号", "  number:"),
        ("  issued: 2026-12-10", "  issued: 2026年12月10日"),
        ("  seal: true", "  seal: true\n  copy_to: [[县委各部门], [县法院]]"),
        ("  length: 简", "  length: 简\n  fonts: {仿宋: 方正仿宋_GBK}"),
        ("features: [villages, mountain,", "features: [villages,"),
        ("- measure: farmers-training", "- measure: farmers-training\n  lead: [agriculture]"),
    ],
)
def test_the_schema_and_the_loader_accept_the_same(tmp_path: Path, old: str, new: str) -> None:
    path = write_profile(tmp_path, (old, new))
    wrong = faults(for_editors(path.read_text(encoding="utf-8")), json_schema("profile"))
    assert not wrong, wrong
    assert load(path)


def test_the_example_stands_where_the_tests_look() -> None:
    assert line_of(EXAMPLE, "format: profile/1") == 3


# ------------------------------------------------------------------ what there is to choose from


def test_packs_are_listed_with_title_and_family_as_yaml_and_extends_say(tmp_path: Path) -> None:
    head = "format: pack/1\nid: mine\nextends: national-fitness\n"
    write(tmp_path, "templates/mine/pack.yaml", f'{head}title: "本办用的"  # 从前的样子\n')
    write(tmp_path, "templates/broken/pack.yaml", "title: [\n")
    found = pack_titles(layers("templates", tmp_path))
    assert found["mine"] == ("本办用的", "national-fitness")
    assert found["broken"] == ("broken", None)
    assert found["national-fitness"][1] == "national-fitness"


def test_families_are_listed_with_their_titles(tmp_path: Path) -> None:
    write(tmp_path, "catalog/mine/family.yaml", "format: family/1\n")
    found = family_titles(layers("catalog", tmp_path))
    assert found["mine"] == "mine"
    assert "科学素质" in found["science-literacy"]
