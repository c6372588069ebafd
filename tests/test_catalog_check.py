"""`catalog check`: each fault of an entry with its file, its line and what to do."""

from datetime import date
from pathlib import Path

import pytest
from drafts import is_at, write

from drafter.catalog import catalog_layers
from drafter.catalog.checks import Checked, check, packs_of
from drafter.errors import Finding, InputError, Severity

TODAY = date(2026, 11, 22)
FAMILY = """format: family/1
id: reading
title: 全民阅读实施方案
features:
- {id: island, label: 有海岛}
parameters:
- {name: body, kind: text, label: 议事协调机构名称}
groups:
- {id: halls, kind: group, title: 阅读场所, intro: 让人人有地方读书。, sources: [{plan: tanzhou, item: "2"}]}
"""
SOURCES = """format: sources/1
plans:
- id: tanzhou
  title: 《潭洲县全民阅读实施方案》
  place: 泽州县
  items: {part: ["1", "2"], measure: ["2.1"]}
"""
POLICIES = """format: policies/1
policies:
- {id: old-paper, title: 过期的意见, valid_to: "2020-12-31"}
- {id: new-paper, title: 明年的办法, valid_from: "2027-03-01"}
programmes:
- {id: old-plan, name: 万村书屋计划, valid_to: "2025-12-31"}
"""
LONG = "利用村级活动场所设立阅读点，配备书架、桌椅和照明，每年新增图书，由专人管理，免费开放，登记借阅情况，听取读者意见并逐年改进服务，每季度轮换"
MEASURE = f"""format: measures/1
group: halls
measures:
- id: halls-village
  title: 建好村级阅读点
  text: "{LONG}{{{{ books }}}}册图书。"
  brief: "设立阅读点，每季度轮换{{{{ books }}}}册图书。"
  parameters:
  - {{name: books, kind: number, label: 轮换册数, default: "50"}}
  lead: [culture_tourism]
  policies: []
  sources: [{{plan: tanzhou, item: "2.1"}}]
  must: [设立阅读点]
  deliverable: 阅读点名单
  due: 每年
  tags: [看书, 农家书屋]
"""


def checked(folder: Path, *changes: tuple[str, str], **files: str) -> Checked:
    """The findings on a small family of its own, with pieces of its measures replaced and files added."""
    text = MEASURE
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    named = {"family": FAMILY, "sources": SOURCES, "policies": POLICIES, "measures": text} | files
    for name, content in named.items():
        write(folder, f"reading/{name}.yaml", content)
    return check("reading", catalog_layers(folder, folder), (), TODAY)


def found(result: Checked, rule: str) -> Finding:
    """The one finding of a rule."""
    (finding,) = (each for each in result.findings if each.rule == f"catalog.{rule}")
    return finding


def of_family(result: Checked, folder: Path) -> list[Finding]:
    """The findings that stand in the family's own files, but the one on the old programme that nobody names."""
    return [
        each
        for each in result.findings
        if each.at and str(each.at.path).startswith(str(folder)) and "policies" not in str(each.at.path)
    ]


def test_a_good_catalog_has_no_findings(tmp_path: Path) -> None:
    assert of_family(checked(tmp_path), tmp_path) == []


@pytest.mark.parametrize(
    ("rule", "severity", "old", "new", "message", "hint"),
    [
        # what the text uses
        ("undeclared", "error", "册图书。\"\n  brief", "册{{ bookz }}\"\n  brief", "bookz", "是不是要写“books”"),
        ("undeclared", "error", LONG, LONG + "{{ place.nme }}", "place.nme", "name"),
        ("undeclared", "error", LONG, LONG + "{{ organ('educaton') }}", "educaton", "education"),
        ("undeclared", "error", LONG, LONG + "{{ title('old-papr') }}", "old-papr", "old-paper"),
        ("undeclared", "error", LONG, LONG + "{{ programme('old-pln') }}", "old-pln", "old-plan"),
        ("syntax", "error", LONG, LONG + "{{ books }", "写法有误", "成对"),
        ("unused", "warning", "  lead:", "  - {name: rooms, kind: number, label: 间数}\n  lead:", "rooms", "{{ rooms }}"),
        # words
        ("place", "warning", LONG, LONG + "泽州县试点", "泽州县", "place.name"),
        ("place", "warning", LONG, LONG + "学习泽州经验", "泽州", "place.name"),
        ("place", "warning", LONG, LONG + "山西推广", "山西", "place.name"),
        ("former", "warning", LONG, LONG + "县文广新局", "文广新局", "organ('culture_tourism')"),
        ("old-term", "warning", LONG, LONG + "培训新型职业农民", "新型职业农民", "高素质农民"),
        ("programme", "warning", LONG, LONG + "万村书屋计划", "万村书屋计划", "programme('old-plan')"),
        # one entry
        ("must", "warning", "[设立阅读点]", "[开设阅读点]", "开设阅读点", "设立阅读点"),
        ("length", "warning", LONG, "设立阅读点，每季度轮换", "应为 60—260 字", "做到什么程度"),
        ("length", "warning", LONG, LONG * 4, "应为 60—260 字", "拆成两条"),
        ("length", "warning", "设立阅读点，每季度轮换{", LONG + LONG + "{", "比正文", "brief"),
        ("caution", "error", "  due:", "  caution: \"\"\n  due:", "没有写理由", "为什么慎用"),
        ("caution", "error", "  due:", "  caution: 是\n  due:", "只写了“是”", "为什么慎用"),
        ("caution", "error", "[看书, ", "[慎用, ", "没有写理由", "标签“慎用”"),
        ("missing", "advice", "  deliverable: 阅读点名单\n", "", "deliverable", "名册"),
        ("missing", "advice", "  due: 每年\n", "", "due", "时限"),
        ("missing", "advice", "  must: [设立阅读点]\n", "", "must", "主要动作"),
        ("missing", "advice", "  tags: [看书, 农家书屋]\n", "", "tags", "平常的说法"),
        # terms
        ("expired", "warning", "policies: []", "policies: [old-paper]", "2020-12-31 到期", "现行"),
        ("expired", "warning", LONG, LONG + "{{ cite('old-paper') }}", "2020-12-31 到期", "现行"),
        ("not-yet", "warning", "policies: []", "policies: [new-paper]", "2027-03-01 才施行", "不要引用"),
        # sources
        ("source", "error", 'item: "2.1"', 'item: "2.11"', "2.11 不存在", "“2.1”"),
        ("coverage", "warning", '  sources: [{plan: tanzhou, item: "2.1"}]\n', "", "2.1", "sources"),
        # what replaces what
        ("cycle", "error", "  due:", "  replaces: [halls-village]\n  due:", "halls-village → halls-village", "replaces"),
    ],
)  # fmt: skip
def test_a_fault_has_its_place_and_its_mend(
    tmp_path: Path, rule: str, severity: str, old: str, new: str, message: str, hint: str
) -> None:
    result = checked(tmp_path, (old, new))
    findings = [each for each in of_family(result, tmp_path) if each.rule == f"catalog.{rule}"]
    assert len(findings) == 1, result.findings
    assert message in findings[0].message
    assert hint in findings[0].hint
    assert findings[0].severity == severity
    assert findings[0].at is not None
    assert findings[0].at.line is not None


def test_a_fault_stands_at_its_field(tmp_path: Path) -> None:
    path = tmp_path / "reading" / "measures.yaml"
    assert is_at(found(checked(tmp_path, ("[设立阅读点]", "[开设阅读点]")), "must"), path, "  must:")
    assert is_at(found(checked(tmp_path, ('item: "2.1"', 'item: "9"')), "source"), path, "  sources:")


@pytest.mark.parametrize(
    "text",
    [
        "面向中国各地",
        "文化和旅游局",
        "新村区域",
        "阅读社区建设",
        "响应全县市场需求",
        "《泽州县志》",
        "长治久安",
        "城北区域",
        "建德市场",
        "开封新书",
    ],
)
def test_words_that_are_no_leftover(tmp_path: Path, text: str) -> None:
    result = checked(tmp_path, (LONG, LONG + text))
    assert not {"catalog.place", "catalog.former"} & {each.rule for each in of_family(result, tmp_path)}


@pytest.mark.parametrize(
    ("title", "text", "what"),
    [
        ("建好村级的阅读点", "{{ books }}" + LONG[::-1], "标题"),
        ("送书下乡", LONG + "{{ books }}册新书。", "正文"),
    ],
)
def test_near_doubles_name_both_places(tmp_path: Path, title: str, text: str, what: str) -> None:
    other = MEASURE.replace("halls-village", "halls-other").replace("建好村级阅读点", title)
    other = other.replace(LONG + "{{ books }}册图书。", text).replace("  must: [设立阅读点]\n", "")
    finding = found(checked(tmp_path, other=other), "alike")
    assert what in finding.message
    assert {"halls-village", "halls-other"} <= set(finding.message.replace("”", "“").split("“"))
    assert finding.at
    assert ".yaml:" in finding.hint


def test_a_circle_of_two(tmp_path: Path) -> None:
    other = MEASURE.replace("halls-village", "halls-other").replace(
        "  due:", "  replaces: [halls-village]\n  due:"
    )
    finding = found(checked(tmp_path, ("  due:", "  replaces: [halls-other]\n  due:"), other=other), "cycle")
    assert finding.message.count("→") == 2


def test_a_name_used_twice_in_the_family(tmp_path: Path) -> None:
    group = "- {id: halls, kind: group, title: 又一组}\n"
    finding = found(checked(tmp_path, family=FAMILY + group), "duplicate")
    assert "“halls”用了 2 次" in finding.message


def test_an_own_entry_that_takes_the_place_of_a_shipped_one(tmp_path: Path) -> None:
    text = "format: organs/1\norgans:\n- id: education\n  title: 教育部门\n  names: {standard: 教体局, full: 教体局, colloquial: 教体局}\n"
    result = checked(tmp_path, organs=text)
    finding = found(result, "shadow")
    assert finding.severity is Severity.ADVICE
    assert "（指定）取代了自带的一条" in finding.message
    assert is_at(finding, tmp_path / "reading" / "organs.yaml", "id: education")


def test_what_loading_refuses_comes_through_with_all_the_rest(tmp_path: Path) -> None:
    """Files that cannot be read, entries of the wrong shape, unknown ids: all told, and what is good is checked."""
    broken = write(tmp_path, "reading/broken.yaml", "format: glossary/1\nterms: [\n")
    shape = write(tmp_path, "reading/shape.yaml", "format: glossary/1\nterms: [{name: 甲, txt: 乙}]\n")
    twice = "format: glossary/1\nterms:\n- {name: 丙, text: 丁}\n"
    one, two = (write(tmp_path, f"reading/{name}.yaml", twice) for name in ("t1", "t2"))
    roles = MEASURE.replace("halls-village", "halls-roles").replace("[culture_tourism]", "[culture_turism]")
    path = write(tmp_path, "reading/roles.yaml", roles)
    result = checked(tmp_path, ("[设立阅读点]", "[开设阅读点]"))
    errors = [each for each in result.findings if each.severity is Severity.ERROR]
    assert {each.at.path for each in errors if each.at} == {str(each) for each in (broken, shape, two)}
    assert f"{one}:3" in next(each.hint for each in errors if each.rule == "catalog.duplicate")
    assert found(result, "must")
    # With the files of papers and terms in order, the unknown role is told too.
    for each in (broken, shape, two):
        each.unlink()
    reference = found(checked(tmp_path), "reference")
    assert is_at(reference, path, "id: halls-roles")
    assert "culture_tourism" in reference.hint


def test_a_catalog_of_which_nothing_is_left_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="features") as refused:
        checked(tmp_path, family=FAMILY.replace("features:", "feature:"))
    # That its group is not there either goes without saying.
    assert len(refused.value.findings) == 1


def test_the_worst_comes_first(tmp_path: Path) -> None:
    result = checked(
        tmp_path, ("[设立阅读点]", "[开设阅读点]"), ("  due: 每年\n", ""), ('item: "2.1"', 'item: "9"')
    )
    order = [each.severity for each in result.findings]
    assert order == sorted(order, key=list(Severity).index)
    assert set(order) == set(Severity)


def test_nothing_is_lacking_where_files_are_left_out(tmp_path: Path) -> None:
    source = '  sources: [{plan: tanzhou, item: "2.1"}]\n'
    broken = "format: glossary/1\nterms: [\n"
    assert "catalog.coverage" in {each.rule for each in checked(tmp_path, (source, "")).findings}
    assert "catalog.coverage" not in {
        each.rule for each in checked(tmp_path, (source, ""), broken=broken).findings
    }


def test_a_plan_without_a_list_of_items_is_not_judged(tmp_path: Path) -> None:
    without, _, _ = SOURCES.partition("  items:")
    result = checked(tmp_path, ('item: "2.1"', 'item: "9.9"'), sources=without)
    assert not [each for each in result.findings if each.rule == "catalog.source"]


def test_the_shipped_catalogs_have_no_errors(root: Path) -> None:
    layers = catalog_layers(root / "tests" / "families" / "flood" / "catalog")
    for family in ("science-literacy", "flood-safety"):
        result = check(family, layers, packs_of(family), TODAY)
        assert [str(each) for each in result.findings if each.severity is Severity.ERROR] == []
