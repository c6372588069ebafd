"""Composing: answers print as typed, texts and templates are checked before they are used, nothing is said twice."""

import json
import re
from pathlib import Path

import pytest
from drafts import EXAMPLE, PICKS, composed, is_at, line_of, problems, write, write_profile
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter import markup
from drafter.build import build
from drafter.compose import compose
from drafter.document import Document, Heading, Item, Paragraph, Table, one_line
from drafter.errors import Finding, Severity, TemplateError
from drafter.load import load, shipped
from drafter.model.words import GroupKind
from drafter.resolve import resolve

HAZARDS = (
    "{{", "}}", "{{ place.name }}", "{%", "{% raw %}", "{# x #}", "{", "}", "&", "&amp;", "<", "<b>", "|", "#", "## ", "一、",
    "（一）", "1.", "1. ", "- ", "> ", "@责任", "@责任 牵头=甲", "@表", ":::", "::: annex 甲", "\\", "\\{", "\\n", "{@x}", "{.item}",
    "{=1}", "'", '"', "“", "《", "*", "_", "`", "%", "$", "---", "=", "；", "、", "😀", "㐂", "é", "\t", "\n", "\n\n## 甲", "\n:::\n",
)  # fmt: skip
PARTS = "templates/science-literacy"


# ------------------------------------------------------------------ answers are data


def answered(folder: Path, answer: str) -> Document:
    """A paper in which one answer stands as a value, an override, a date, and in a local measure."""
    typed = json.dumps(answer, ensure_ascii=False)
    picks = PICKS.replace("茶叶", typed)
    picks = picks.replace(
        "- measure: farmers-training\n", f"- measure: farmers-training\n  due: {typed}\n  override: {typed}\n"
    )
    picks += f"local:\n- {{id: mine, section: farmers, title: {typed}, text: {typed}, lead: [water]}}\n"
    body = ("coordinating_body: 县全民科学素质工作领导小组\n", f"coordinating_body: {typed}\n")
    title = (
        "five_year_plan_title: 青屏县国民经济和社会发展第十五个五年规划纲要",
        f"five_year_plan_title: {typed}",
    )
    return composed(write_profile(folder, body, title, picks=picks))


def as_typed(paper: Document, answer: str) -> None:
    """Assert that the answer stands, whole and alone, in every place that it was given for."""
    shown = one_line(answer)
    items = {block.origin: block for block in paper.blocks if isinstance(block, Item)}
    assert items["farmers-training"].text == shown
    assert f"围绕{shown}等产业" in items["farmers-demo-bases"].text
    assert (items["mine"].title, items["mine"].text) == (shown, shown)
    (basis,) = (block for block in paper.blocks if isinstance(block, Paragraph) and block.role == "basis")
    assert f"和《{shown}》，结合我县实际" in basis.text
    table = next(block for block in paper.annexes[0].blocks if isinstance(block, Table))
    assert shown in [row[4] for row in table.rows]
    assert shown in [row[1] for row in table.rows]
    assert markup.parse(markup.print_document(paper)) == paper


@pytest.mark.parametrize("hazard", HAZARDS)
def test_a_sign_with_a_meaning_prints_as_typed(tmp_path: Path, hazard: str) -> None:
    plain = answered(tmp_path, "甲乙")
    for answer in (f"甲{hazard}乙", f"{hazard}乙", f"甲{hazard}"):
        paper = answered(tmp_path, answer)
        as_typed(paper, answer)
        assert len(paper.blocks) == len(plain.blocks)
        assert [len(annex.blocks) for annex in paper.annexes] == [
            len(annex.blocks) for annex in plain.annexes
        ]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(HAZARDS) | st.text("甲a 1", min_size=1, max_size=2), min_size=1, max_size=6).map(
        "".join
    )
)
def test_any_run_of_signs_prints_as_typed(tmp_path_factory: pytest.TempPathFactory, answer: str) -> None:
    if one_line(answer):
        as_typed(answered(tmp_path_factory.mktemp("signs"), answer), answer)


@pytest.mark.parametrize("hazard", [each for each in HAZARDS if one_line(each)])
def test_names_and_titles_print_as_typed(tmp_path: Path, hazard: str) -> None:
    """Units, the title of the plan and of a parent, the issuer's wording."""
    shown = one_line(f"甲{hazard}乙")
    typed = json.dumps(shown, ensure_ascii=False)
    profile = write_profile(
        tmp_path,
        ("status: 印发", f"status: 印发\ntitle: {typed}"),
        ("- {name: 县教育体育局,", f"- {{name: {typed},"),
        ("title: 岚江省全民科学素质行动规划纲要实施方案（2026—2030年）,", f"title: {typed},"),
        ("  seal: true", f"  approval: {typed}\n  addressees: {typed}\n  printer: {typed}"),
    )
    paper = composed(profile)
    assert "".join(paper.title) == shown
    assert paper.notice
    assert paper.notice.paragraphs == (f"《{shown}》{shown}，现印发给你们，请认真贯彻执行。",)
    assert paper.notice.addressees == shown
    assert f"《{shown}》（岚政办发〔2026〕15号）" in "".join(paper.texts())
    units = [
        block.responsibility for block in paper.blocks if isinstance(block, Item) and block.responsibility
    ]
    assert any(shown in each.support for each in units)
    assert markup.parse(markup.print_document(paper)) == paper


# ------------------------------------------------------------------ templates are code


def refused(profile: Path) -> Finding:
    """The one problem with a template or a catalog text; told in Chinese."""
    inputs = load(profile)
    plan = resolve(inputs)
    with pytest.raises(TemplateError) as bad:
        compose(plan, inputs)
    (finding,) = bad.value.findings
    assert re.search("[一-龥]", finding.message)
    return finding


def test_a_name_that_nothing_defines_has_its_line_and_the_nearest(tmp_path: Path) -> None:
    path = write(tmp_path, f"{PARTS}/schedule.md.j2", "## 甲\n\n{{ plase.name }}\n")
    finding = refused(write_profile(tmp_path))
    assert finding.rule == "template.undefined"
    assert is_at(finding, path, "plase")
    assert "plase" in finding.message
    assert "place" in finding.hint


def test_every_undefined_name_of_every_template_is_told(tmp_path: Path) -> None:
    one = write(tmp_path, f"{PARTS}/schedule.md.j2", "{{ plase }}\n\n{{ perod }}\n")
    two = write(tmp_path, f"{PARTS}/notice.md.j2", "\n{{ isuer }}\n")
    profile = write_profile(tmp_path)
    found = problems(lambda: composed(profile))
    assert [(each.at and each.at.path, each.at and each.at.line) for each in found] == [
        (str(two), 2),
        (str(one), 1),
        (str(one), 3),
    ]


def test_an_undefined_name_in_an_include_says_who_led_there(tmp_path: Path) -> None:
    inner = write(tmp_path, f"{PARTS}/inner.md.j2", "\n\n{{ plase.name }}\n")
    middle = write(tmp_path, f"{PARTS}/middle.md.j2", "\n{% include 'inner.md.j2' %}\n")
    outer = write(tmp_path, f"{PARTS}/schedule.md.j2", "{{ place.name }}\n\n\n{% include 'middle.md.j2' %}\n")
    finding = refused(write_profile(tmp_path))
    assert is_at(finding, inner, "plase")
    assert "plase" in finding.message
    assert f"{outer}:4 → {middle}:2" in finding.hint


@pytest.mark.parametrize(
    ("text", "rule", "told"),
    [
        ("{{ place.nmae }}", "template.render", "nmae"),
        ("{{ groups[99].title }}", "template.render", "99"),
        ("{{ place.name | nofilter }}", "template.filter", "nofilter"),
        ("{{ 1 / 0 }}", "template.render", "ZeroDivisionError"),
        ("{{ place.name + 1 }}", "template.render", "TypeError"),
        ("{{ organ('watr') }}", "template.render", "water"),
        ("{{ cite('law-kepo') }}", "template.render", "law-kepu"),
        ("{{ programme('nothing') }}", "template.render", "nothing"),
        ("{{ passages('goals') }}", "template.render", "goal"),
        ("{{ place.name", "template.syntax", ""),
        ("{% if place %}", "template.syntax", ""),
        ("{% for %}{% endfor %}", "template.syntax", ""),
        ("{% nonsense %}", "template.syntax", "nonsense"),
        ("{% include 'nowhere.md.j2' %}", "template.missing", "nowhere.md.j2"),
    ],
)
def test_a_fault_in_a_template_has_file_and_line(tmp_path: Path, text: str, rule: str, told: str) -> None:
    path = write(tmp_path, f"{PARTS}/schedule.md.j2", f"## 甲\n\n{text}\n")
    finding = refused(write_profile(tmp_path))
    assert finding.rule == rule
    assert told in str(finding)
    assert finding.at is not None
    assert finding.at.path == str(path)
    assert finding.at.line in ((3,) if rule != "template.syntax" else (3, 4))


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ ''['__class__'] }}",
        "{{ '' | attr('__class__') }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ lipsum.__globals__ }}",
        "{{ place.__init__ }}",
        "{{ place.__class__.__init__.__globals__ }}",
        "{{ place.__dict__ }}",
        "{{ head.__globals__ }}",
        "{{ form.__class__ }}",
        "{{ organ.__code__ }}",
        "{{ self.__init__ }}",
        "{{ namespace.__init__.__globals__ }}",
        "{{ '{0.__class__}'.format(place) }}",
        "{{ '%s' % place.__init__ }}",
        "{{ [].append.__self__ }}",
        "{{ range(1000000000) | list }}",
        "{{ passages.__closure__ }}",
    ],
)
def test_a_template_that_reaches_into_python_is_refused(tmp_path: Path, text: str) -> None:
    path = write(tmp_path, f"{PARTS}/schedule.md.j2", f"\n{text}\n")
    finding = refused(write_profile(tmp_path))
    assert finding.at is not None
    assert (finding.at.path, finding.at.line) == (str(path), 2)


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ place.__init__ }}",
        "{{ cycler.__init__ }}",
        "{{ organ.__globals__ }}",
    ],
)
def test_a_catalog_text_that_reaches_into_python_is_refused(tmp_path: Path, text: str) -> None:
    measure = f'- {{id: mine, title: 甲, lead: [water], text: "{text}"}}\n'
    path = write(
        tmp_path,
        "catalog/science-literacy/mine.yaml",
        f"format: measures/1\ngroup: farmers\nmeasures:\n{measure}",
    )
    finding = refused(write_profile(tmp_path, picks="picks:\n- measure: mine\n"))
    assert is_at(finding, path, "id: mine")


@pytest.mark.parametrize("name", ["cycler", "joiner", "lipsum", "dict"])
def test_what_jinja_offers_beyond_need_is_not_there(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, f"{PARTS}/schedule.md.j2", f"\n{{{{ {name}() }}}}\n")
    finding = refused(write_profile(tmp_path))
    assert (finding.rule, is_at(finding, path, name)) == ("template.undefined", True)


@pytest.mark.parametrize(
    "name", ["../secret.md.j2", "/etc/hostname", "../../profile.yaml", "a/../../secret.md.j2"]
)
def test_an_include_outside_the_packs_folders_is_refused(tmp_path: Path, name: str) -> None:
    write(tmp_path, "templates/secret.md.j2", "秘密")
    path = write(tmp_path, f"{PARTS}/schedule.md.j2", f"\n{{% include '{name}' %}}\n")
    finding = refused(write_profile(tmp_path))
    assert (finding.rule, is_at(finding, path, "include")) == ("template.missing", True)


def test_a_template_that_the_pack_names_must_be_there(tmp_path: Path) -> None:
    text = (shipped("templates") / "science-literacy" / "pack.yaml").read_text(encoding="utf-8")
    path = write(tmp_path, f"{PARTS}/pack.yaml", text.replace("schedule.md.j2", "shedule.md.j2"))
    finding = refused(write_profile(tmp_path))
    assert (finding.rule, is_at(finding, path, "shedule")) == ("template.missing", True)
    assert "schedule.md.j2" in finding.hint


@pytest.mark.parametrize("names", [("schedule",), ("schedule", "other")])
def test_an_endless_include_ends(tmp_path: Path, names: tuple[str, ...]) -> None:
    for name, following in zip(names, (*names[1:], names[0]), strict=True):
        write(tmp_path, f"{PARTS}/{name}.md.j2", f"{{% include '{following}.md.j2' %}}\n")
    finding = refused(write_profile(tmp_path))
    assert "没有尽头" in finding.message
    assert len(finding.hint) < 2000


def test_a_fault_in_the_markup_of_a_template_names_it(tmp_path: Path) -> None:
    write(tmp_path, f"{PARTS}/schedule.md.j2", "甲\n\n@责任 牵头=乙\n")
    finding = refused(write_profile(tmp_path))
    assert (finding.rule, finding.at and finding.at.line) == ("markup.syntax", 3)
    assert "schedule.md.j2" in str(finding.at)


def test_a_template_is_replaced_beside_the_profile(tmp_path: Path) -> None:
    write(tmp_path, f"{PARTS}/schedule.md.j2", "{{ head(1, '安排') }}\n{{ place.name }}自定。\n")
    paper = composed(write_profile(tmp_path))
    assert [block.title for block in paper.blocks if isinstance(block, Heading)][-1] == "安排"
    assert Paragraph("青屏县自定。") in paper.blocks


# ------------------------------------------------------------------ catalog texts are code


def catalog_text(folder: Path, text: str, field: str = "text") -> Path:
    parameters = [{"name": "villages", "label": "村数", "default": "3"}]
    entry = {"id": "mine", "title": "甲", "text": "乙", "lead": ["water"], "parameters": parameters}
    data = json.dumps([{**entry, field: text}], ensure_ascii=False)
    return write(
        folder,
        "catalog/science-literacy/mine.yaml",
        f"format: measures/1\ngroup: farmers\nmeasures:\n  {data}\n",
    )


@pytest.mark.parametrize("field", ["text", "brief", "title", "due", "deliverable"])
@pytest.mark.parametrize("text", ["{{ vilages }}", "{{ vilages + 1 }}", "{% if vilages %}甲{% endif %}"])
def test_an_undeclared_name_in_a_catalog_text_is_refused_with_the_nearest(
    tmp_path: Path, text: str, field: str
) -> None:
    path = catalog_text(tmp_path, text, field)
    finding = refused(write_profile(tmp_path, picks="picks:\n- measure: mine\n"))
    assert finding.rule == "template.undefined"
    assert is_at(finding, path, "mine")
    assert "vilages" in finding.message
    assert "villages" in finding.hint


@pytest.mark.parametrize(
    "text",
    [
        "{{ place.nmae }}",
        "{{ place.name + 1 }}",
        "{{ place('name') }}",
        "{{ organ('watr') }}",
        "{{ villages | nofilter }}",
        "{{ villages",
        "{% if %}",
    ],
)
def test_a_fault_in_a_catalog_text_has_its_entrys_place(tmp_path: Path, text: str) -> None:
    path = catalog_text(tmp_path, text)
    finding = refused(write_profile(tmp_path, picks="picks:\n- measure: mine\n"))
    assert is_at(finding, path, "mine")
    assert text[:20] in finding.hint


@pytest.mark.parametrize(
    "text",
    ["{{ place.word }}", "{{period.start + 2}}", "{{ period.end - 1 }}", "{{ organ('water') }}", "{{ title('law-kepu') }}"],
)  # fmt: skip
def test_an_insertion_prints_what_jinja_prints(tmp_path: Path, text: str) -> None:
    catalog_text(tmp_path, f"短{text}；{{% if true %}}{text}{{% endif %}}长")
    (long,) = (each for each in composed(write_profile(tmp_path, picks="picks:\n- measure: mine\n")).texts() if "；" in each and each.startswith("短"))  # fmt: skip
    catalog_text(tmp_path, f"短{text}；{text}长")
    assert long in list(composed(write_profile(tmp_path, picks="picks:\n- measure: mine\n")).texts())


def test_every_faulty_catalog_text_is_told(tmp_path: Path) -> None:
    path = catalog_text(tmp_path, "{{ a }}{{ b }}")
    profile = write_profile(
        tmp_path, picks="picks:\n- measure: mine\n  taken: {title: '{{ c }}', text: '{{ d }}'}\n"
    )
    assert [each.message for each in problems(lambda: composed(profile))] == [
        "“c”没有声明或定义",
        "“d”没有声明或定义",
    ]
    profile = write_profile(tmp_path, picks="picks:\n- measure: mine\n")
    assert len(problems(lambda: composed(profile))) == 2
    assert line_of(path, "mine") == 4


def test_what_a_catalog_text_computes_is_printed(tmp_path: Path) -> None:
    catalog_text(
        tmp_path,
        "{{ villages }}村，{{ period.end - 1 }}年，{{ '有山' if 'mountain' in features }}，{{ organ('water') }}",
    )
    paper = composed(write_profile(tmp_path, picks="picks:\n- measure: mine\n"))
    assert "3村，2029年，有山，县水利局" in list(paper.texts())


def test_a_value_with_signs_is_escaped_once_however_a_text_uses_it(tmp_path: Path) -> None:
    """The short way and Jinja's own give the same."""
    catalog_text(tmp_path, "{{ villages }}{{ villages ~ '' }}{{ place.name | trim }}")
    profile = write_profile(tmp_path, ("name: 青屏县", "name: '青{{|县'"), picks="picks:\n- {measure: mine, values: {villages: '\\#|'}}\n")  # fmt: skip
    assert "\\#|\\#|青{{|县" in list(composed(profile).texts())


def test_every_shipped_measure_can_be_composed(tmp_path: Path) -> None:
    """Whatever a county picks, in either length, without an answer but the required ones."""
    catalog = load(EXAMPLE).catalog
    picks = "picks:\n"
    for measure in catalog.measures.values():
        required = {each.name: "甲" for each in measure.parameters if each.required}
        picks += f"- measure: {measure.id}\n  values: {json.dumps(required, ensure_ascii=False)}\n"
    for length in ("简", "标准"):
        paper = composed(write_profile(tmp_path, ("  length: 简\n", f"  length: {length}\n"), picks=picks))
        origins = {block.origin for block in paper.blocks if isinstance(block, Item)}
        assert set(catalog.measures) <= origins
        assert not [
            text for text in paper.texts() if re.search(r"\{[{%#@.]|[%#@]\}|\\|^#|undefined|None", text)
        ]


# ------------------------------------------------------------------ the example reads as a paper


@pytest.fixture(scope="module")
def paper() -> Document:
    return composed(EXAMPLE)


def test_no_sentence_stands_twice(paper: Document) -> None:
    """In the plan and its glossary; the table of tasks repeats titles by its nature."""
    texts = [block.text for block in paper.blocks if isinstance(block, Paragraph | Item)]
    texts += [block.text for block in paper.annexes[1].blocks if isinstance(block, Item)]
    sentences = [part for text in texts for part in re.split("[。；]", text) if len(part) > 6]
    assert len(sentences) > 80
    assert not sorted({each for each in sentences if sentences.count(each) > 1})


def test_no_title_stands_twice(paper: Document) -> None:
    titles = [block.title for block in paper.blocks if isinstance(block, Heading | Item)]
    assert not {each for each in titles if titles.count(each) > 1}


def test_the_example_has_measures_of_every_group() -> None:
    plan = resolve(load(EXAMPLE))
    assert sum(len(section.entries) for section in plan.sections) >= 30
    assert {section.id for section in plan.sections} == {
        group.id for group in load(EXAMPLE).catalog.family.groups
    }


def test_every_measure_of_groups_and_projects_has_a_leading_unit(paper: Document) -> None:
    plan = resolve(load(EXAMPLE))
    wanted = {
        entry.id
        for section in plan.sections
        if section.kind in (GroupKind.GROUP, GroupKind.PROJECT)
        for entry in section.entries
    }
    led = {
        block.origin
        for block in paper.blocks
        if isinstance(block, Item) and block.responsibility and block.responsibility.lead
    }
    assert len(wanted) > 25
    assert not wanted - led


def test_the_table_has_every_task_with_its_units(paper: Document) -> None:
    (table,) = (block for block in paper.annexes[0].blocks if isinstance(block, Table))
    rows = {row[1]: row for row in table.rows[1:] if row[0] != row[1]}
    items = [block for block in paper.blocks if isinstance(block, Item) and block.responsibility]
    assert list(rows) == [block.title for block in items]
    assert [row[0] for row in rows.values()] == [str(number) for number in range(1, len(rows) + 1)]
    for block in items:
        assert block.responsibility
        assert rows[block.title][2] == "、".join(block.responsibility.lead)
        assert all(rows[block.title])


def test_the_glossary_holds_the_terms_that_occur_and_no_others(paper: Document) -> None:
    body = "\n".join(block.text for block in paper.blocks if isinstance(block, Paragraph | Item))
    body += "\n".join(block.title for block in paper.blocks if isinstance(block, Heading | Item))
    terms = load(EXAMPLE).catalog.terms
    explained = [block.title for block in paper.annexes[1].blocks if isinstance(block, Item)]
    assert sorted(explained) == sorted(name for name in terms if name in body)
    assert 0 < len(explained) < len(terms)


def test_a_term_that_no_longer_occurs_leaves_the_glossary(tmp_path: Path) -> None:
    explained = {
        block.title
        for block in composed(write_profile(tmp_path)).annexes[1].blocks
        if isinstance(block, Item)
    }
    assert "高素质农民" in explained
    assert "科普大篷车" not in explained


def test_without_terms_there_is_no_glossary(tmp_path: Path) -> None:
    names = load(EXAMPLE).catalog.terms
    entries = "".join(f"- {{name: {name}, text: 甲。}}\n" for name in names)
    assert entries
    text = (shipped("templates") / "science-literacy" / "glossary.md.j2").read_text(encoding="utf-8")
    write(
        tmp_path,
        f"{PARTS}/glossary.md.j2",
        text.replace("{% if terms %}", "{% set terms = [] %}{% if terms %}"),
    )
    paper = composed(write_profile(tmp_path))
    assert [annex.title for annex in paper.annexes] == ["任务分工表"]
    assert paper.blocks[-1] == Paragraph("附件：任务分工表", "attachment-note")


def test_nothing_is_left_open_in_the_example(paper: Document) -> None:
    assert not [text for text in paper.texts() if "待填" in text]


# ------------------------------------------------------------------ what is open

OPEN = (
    ("  target_2030: 22.3\n", ""),
    ("  coordinating_body: 县全民科学素质工作领导小组\n", ""),
    ("  number: 青政办发〔2026〕31号\n", ""),
    ("  issued: 2026-12-10\n", ""),
    ("  printed: 2026-12-11\n", ""),
    ("  disclosure: 此件公开发布\n", ""),
)


@pytest.mark.parametrize(
    ("status", "severity"),
    [
        ("初稿", Severity.ADVICE),
        ("征求意见稿", Severity.ADVICE),
        ("送审稿", Severity.WARNING),
        ("代拟稿", Severity.WARNING),
        ("审议稿", Severity.WARNING),
        ("印发", Severity.ERROR),
    ],
)
def test_what_is_open_is_printed_and_told_as_the_status_has_it(
    tmp_path: Path, status: str, severity: Severity
) -> None:
    profile = write_profile(tmp_path, *OPEN, ("status: 印发", f"status: {status}"))
    built = build(profile, tmp_path / "plan.md", "md")
    found = [finding for finding in built.findings if finding.rule == "draft.open"]
    assert {each.severity for each in found} == {severity}
    printed = set(re.findall("〔待填：[^〕]*〕", "\n".join(built.document.texts())))
    assert {each.message.partition("（")[0] for each in found} == printed
    assert "〔待填：规划期末公民具备科学素质的比例〕" in printed
    assert ("〔待填：发文字号〕" in printed) == (status == "印发")
    assert (
        f"（{status}）" in printed
        or status == "印发"
        or any(status in text for text in built.document.texts())
    )


@pytest.mark.parametrize("status", ["初稿", "征求意见稿", "送审稿", "代拟稿", "审议稿"])
@pytest.mark.parametrize("asked", [False, True])
def test_a_draft_has_a_head_only_where_it_is_asked_for(tmp_path: Path, status: str, asked: bool) -> None:
    """PRACTICE 10: its mark always; a notice from 送审稿 on; number, date and red head only on request."""
    more = [("  seal: true\n", "  seal: true\n  on_draft: true\n")] if asked else []
    paper = composed(write_profile(tmp_path, ("status: 印发", f"status: {status}"), *more))
    assert paper.status_mark == f"（{status}）"
    assert (paper.notice is not None) == (asked or status in ("送审稿", "代拟稿", "审议稿"))
    assert (paper.letterhead is not None) == (paper.imprint is not None) == asked
    if paper.notice:
        assert paper.notice.date == ("2026年12月10日" if asked else None)
    if paper.letterhead:
        assert paper.letterhead.number == "青政办发〔2026〕31号"


def test_a_draft_on_behalf_is_a_draft_for_approval_to_programs(tmp_path: Path) -> None:
    paper = composed(write_profile(tmp_path, ("status: 印发", "status: 代拟稿")))
    assert paper.meta.status == "draft-for-approval"


def test_an_issued_paper_has_no_mark(tmp_path: Path) -> None:
    assert composed(write_profile(tmp_path)).status_mark is None


def test_an_open_value_says_where_it_stands_and_where_it_is_filled_in(tmp_path: Path) -> None:
    built = build(write_profile(tmp_path, *OPEN), tmp_path / "plan.md", "md")
    hints = {finding.message: (str(finding.at), finding.hint) for finding in built.findings}
    assert hints["〔待填：发文字号〕"] == ("版头", "在档案中填写 letterhead.number")
    assert hints["〔待填：规划期末公民具备科学素质的比例〕"] == (
        "（三）主要目标",
        "在档案中填写 values.target_2030",
    )
    assert hints["〔待填：附注〕"][1] == "在档案中填写 letterhead.disclosure"


def test_an_open_parameter_of_a_measure_names_the_pick(tmp_path: Path) -> None:
    text = json.dumps([{"id": "mine", "title": "甲", "text": "{{ p }}与{{ p }}", "lead": ["water"], "parameters": [{"name": "p", "label": "丙"}]}], ensure_ascii=False)  # fmt: skip
    write(
        tmp_path,
        "catalog/science-literacy/mine.yaml",
        f"format: measures/1\ngroup: farmers\nmeasures: {text}\n",
    )
    built = build(write_profile(tmp_path, picks="picks:\n- measure: mine\n"), tmp_path / "plan.md", "md")
    (finding,) = (each for each in built.findings if each.rule == "draft.open")
    assert finding.message == "〔待填：丙〕"
    assert finding.count == 2
    assert finding.hint == "在档案中填写 picks → mine → values.p"
    assert str(finding.at) == "1.甲"


def test_strict_writes_nothing_while_an_issued_paper_is_open(tmp_path: Path) -> None:
    profile = write_profile(tmp_path, *OPEN)
    assert build(profile, tmp_path / "plan.md", "md", strict=True).written is None
    assert not (tmp_path / "plan.md").exists()


def test_the_same_profile_gives_the_same_paper(tmp_path: Path) -> None:
    assert composed(write_profile(tmp_path / "a")) == composed(write_profile(tmp_path / "b"))
