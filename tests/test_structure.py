"""Lines become a Document: markers, joining, parting, heads, ends, units. The texts here are our own."""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter import markup
from drafter.document import Document, Heading, Item, Paragraph
from drafter.errors import InputError
from drafter.outline import as_json, outline
from drafter.read import text as plain
from drafter.structure import Line, structure
from drafter.structure.clean import clean, tidy
from drafter.structure.joining import join
from drafter.structure.markers import marker_at
from drafter.structure.units import paragraph_units, split_units, units

CASES = sorted((Path(__file__).parent / "cases" / "read").glob("*.txt"))
HEAD = "青禾县垃圾分类实施方案\n为做好工作，制定本方案。\n"


def read(text: str) -> Document:
    return structure(list(plain.lines(text)), "方案.txt")


def titles(document: Document) -> list[tuple[int, str]]:
    return [(block.level, block.title) for block in document.blocks if isinstance(block, Heading | Item)]


# ------------------------------------------------------------------ whole papers


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_a_paper_gives_its_outline(case: Path) -> None:
    expected = json.loads(case.with_suffix(".json").read_text(encoding="utf-8"))
    assert as_json(outline(plain.read(case.read_bytes(), case.name))) == expected


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_markup_of_what_was_read_reads_back(case: Path) -> None:
    document = plain.read(case.read_bytes(), case.name)
    printed = markup.print_document(document)
    assert markup.parse(printed) == document
    assert outline(plain.read(printed.encode(), "方案.md")) == outline(document)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_encoding_makes_no_difference(encoding: str) -> None:
    raw = CASES[0].read_bytes()
    assert plain.read(raw.decode().encode(encoding), "x") == plain.read(raw, "x")


@pytest.mark.parametrize(
    ("raw", "rule"),
    [
        (b"", "read.empty"),
        (b"\xef\xbb\xbf \r\n", "read.empty"),
        (b"\x00" * 64, "read.empty"),
        (bytes(range(256)) * 40, "read.encoding"),
        ("今天开会，会上讨论了三件事。".encode(), "read.no-plan"),
    ],
)
def test_what_holds_no_plan_is_refused(raw: bytes, rule: str) -> None:
    with pytest.raises(InputError) as refused:
        plain.read(raw, "方案.txt")
    assert [finding.rule for finding in refused.value] == [rule]
    assert "方案.txt" in str(refused.value)


# ------------------------------------------------------------------ markers


@pytest.mark.parametrize(
    ("text", "level", "ordinal"),
    [
        ("一、总则", 1, 1), ("十二、附则", 1, 12), ("（三）原则", 2, 3), ("(十一)保障", 2, 11), ("（一）、总则", 2, 1), ("3.建站", 3, 3),
        ("25．建站", 3, 25), ("1、建站", 3, 1), ("——建站", 3, None), ("--建站", 3, None), ("（2）选址", 4, 2), ("3）选址", 4, 3), ("④选址", 4, 4),
    ],
)  # fmt: skip
def test_a_marker_is_known(text: str, level: int, ordinal: int | None) -> None:
    marker = marker_at(text)
    assert marker is not None
    assert (marker.level, marker.ordinal) == (level, ordinal)


@pytest.mark.parametrize(
    "text",
    ["一、二、三产业融合", "（一）至（三）项", "（二）项规定", "1.5万人", "2026.3月底", "5·12防灾日", "1名站长", "119宣传月", "第（一）项", "—", "三农工作"],
)  # fmt: skip
def test_no_marker_where_a_word_looks_like_one(text: str) -> None:
    assert marker_at(text) is None


def test_numbers_that_skip_or_repeat_are_read_on_and_said() -> None:
    document = read(
        HEAD + "一、总则\n（一）甲事项。内容。\n（三）乙事项。内容。\n（三）丙事项。内容。\n三、附则\n内容。"
    )
    assert [title for _, title in titles(document)] == ["总则", "甲事项", "乙事项", "丙事项", "附则"]
    assert [entry.where for entry in document.unread] == ["第5行", "第6行", "第7行"]
    assert all("编号不连续" in entry.what for entry in document.unread)
    ids = [node.id for node in outline(document).nodes]
    assert ids == ["0", "1", "1.1", "1.2", "1.3", "2"]
    assert [node.number for node in outline(document).nodes] == [
        None,
        "一、",
        "（一）",
        "（三）",
        "（三）",
        "三、",
    ]


def test_numbers_that_run_on_are_no_fault() -> None:
    document = read(
        HEAD
        + "一、任务\n（一）甲\n1.建站。内容。\n2.选址。内容。\n（二）乙\n3.配人。内容。\n（三）丙\n4.验收。内容。"
    )
    assert document.unread == ()
    assert document.form.restart == (True, True, False, True)
    assert all(block.number is None for block in document.blocks if isinstance(block, Item))


def test_a_marker_within_a_sentence_is_no_heading() -> None:
    text = "一、任务\n（一）建站。按照第二部分（一）至（三）的要求，做好：1.选址；2.建设；3.验收。办好“5·12”活动，配1名站长。\n（二）配人。内容。"
    assert titles(read(HEAD + text)) == [(1, "任务"), (2, "建站"), (2, "配人")]


def test_a_heading_without_a_line_break_is_found() -> None:
    text = "一、任务\n（一）建站。每村一站。（二）配人。每站一人。\n（三）验收。逐站验收。"
    assert titles(read(HEAD + text)) == [(1, "任务"), (2, "建站"), (2, "配人"), (2, "验收")]


# ------------------------------------------------------------------ lines


def loose(*texts: str) -> list[Line]:
    return [Line(text, where=f"第{number}行", whole=False) for number, text in enumerate(texts, 1)]


def test_a_broken_paragraph_is_joined() -> None:
    lines = loose(
        "1.建站。每村建一站，配齐桶、", "车、人。（县城管局牵头，县财", "政局配合）", "2.配人。每站一人。"
    )
    joined, mended = join(lines)
    assert [line.text for line in joined] == [
        "1.建站。每村建一站，配齐桶、车、人。（县城管局牵头，县财政局配合）",
        "2.配人。每站一人。",
    ]
    assert mended == []


def test_a_fragment_repeated_at_a_page_break_is_healed_and_said() -> None:
    joined, mended = join(
        loose("1.建站。建站。（县城管局牵头，县财政局、安河市生态环境局", "局青禾分局配合）", "2.配人。")
    )
    assert joined[0].text.endswith("安河市生态环境局青禾分局配合）")
    assert [entry.where for entry in mended] == ["第1行"]


def test_a_file_that_knows_where_paragraphs_begin_is_believed() -> None:
    lines = [
        Line("一、总则", whole=False, opens=True),
        Line("总的要求，", whole=False, opens=True),
        Line("另起一段。", whole=False, opens=True),
    ]
    assert [line.text for line in join(lines)[0]] == ["一、总则", "总的要求，", "另起一段。"]


@pytest.mark.parametrize("text", ["— 12 —", "-3-", "第3页", "第 3 页 共 9 页", "－ 4 －", "3/9", "(—19—)"])
def test_page_numbers_go(text: str) -> None:
    kept = clean([Line(each) for each in ("清理河道。", text, "加固堤防。")])
    assert [line.text for line in kept] == ["清理河道。", "加固堤防。"]


def test_page_furniture_goes() -> None:
    texts = [
        "目录",
        "一、总则……1",
        "二、附则……2",
        "一、总则",
        "(",
        "—",
        "19",
        "—)",
        "────────",
        "内容。",
        "7",
        "二、附则",
    ]
    assert [line.text for line in clean(loose(*texts))] == ["一、总则", "内容。", "二、附则"]


@pytest.mark.parametrize(
    ("text", "tidied"),
    [("到 2025 年", "到2025年"), ("1. **建站。**每村", "1.建站。每村"), ("VR 设备", "VR设备"), ("AI agent", "AI agent"), ("达到 14.5 %", "达到14.5%")],
)  # fmt: skip
def test_blanks_where_chinese_is_set_go(text: str, tidied: str) -> None:
    assert tidy(text) == tidied


# ------------------------------------------------------------------ units


@pytest.mark.parametrize(
    ("printed", "lead", "support"),
    [
        ("县科技局牵头，县财政局、团县委等单位配合", ["县科技局"], ["县财政局", "团县委"]),
        (
            "责任分工：由县委党校（县行政学校）、县人社局牵头，县财政局等参加",
            ["县委党校（县行政学校）", "县人社局"],
            ["县财政局"],
        ),
        (
            "牵头单位：县科技局；责任单位：县财政局、各乡镇（街道）",
            ["县科技局"],
            ["县财政局", "各乡镇（街道）"],
        ),
        ("县教育局和县科技局牵头，各有关部门按职责分工负责", ["县教育局", "县科技局"], ["各有关部门"]),
        ("县科技局负责，县财政局配合", ["县科技局"], ["县财政局"]),
        ("责任单位：县科技局、县财政局", [], ["县科技局", "县财政局"]),
        ("县自然资源和规划局牵头", ["县自然资源和规划局"], []),
    ],
)
def test_units_are_split(printed: str, lead: list[str], support: list[str]) -> None:
    found = units(printed)
    assert (list(found.lead), list(found.support), found.raw) == (lead, support, printed)


def test_the_first_unit_leads_where_the_paper_says_so() -> None:
    found = units("责任单位:市科技局、市财政局等,排名第一的为牵头单位,下同", first_leads=True)
    assert (found.lead, found.support) == (("市科技局",), ("市财政局",))


@pytest.mark.parametrize(
    "text", ["普及知识（发明、制作）。", "新时代文明实践中心（所、站）", "提高能力。", "各县（市、区）"]
)
def test_a_bracket_that_names_no_units_stays(text: str) -> None:
    assert split_units(text).text == text


def test_units_in_a_paragraph_of_their_own() -> None:
    assert paragraph_units("责任单位：县科技局、县财政局。") == "责任单位：县科技局、县财政局"
    assert paragraph_units("（县科技局牵头，县财政局配合）") == "县科技局牵头，县财政局配合"
    assert paragraph_units("各单位要认真落实责任。") is None


def test_units_at_the_end_of_a_section_are_the_sections() -> None:
    section = "（{0}）{1}\n1.甲。内容。\n2.乙。内容。\n（责任分工：由县{2}局牵头，县财政局参加）\n"
    text = HEAD + "一、任务\n" + section.format("一", "建站", "城管") + section.format("二", "配人", "人社")
    owners = {node.title: node.lead for node in outline(read(text)).nodes if node.lead}
    assert owners == {"建站": ("县城管局",), "配人": ("县人社局",)}


def test_units_after_each_item_are_the_items() -> None:
    item = "{0}.{1}。内容。\n责任单位：县城管局\n"
    text = HEAD + "一、任务\n（一）建站\n" + item.format(1, "甲") + item.format(2, "乙")
    owners = [node.title for node in outline(read(text)).nodes if node.support]
    assert owners == ["甲", "乙"]


# ------------------------------------------------------------------ principles, end


def test_unnumbered_principles() -> None:
    text = (
        HEAD
        + "一、总则\n（一）基本原则\n坚持公开。全程公开，接受监督。\n坚持节约。厉行节约，不建新站。\n（二）目标\n全部达标。"
    )
    document = read(text)
    assert [block.role for block in document.blocks if isinstance(block, Paragraph)] == [
        "body",
        "principle",
        "principle",
        "body",
    ]
    found = [(node.id, node.level, node.number, node.title, node.kind) for node in outline(document).nodes][
        3:5
    ]
    assert found == [("1.1.1", 3, None, "坚持公开", "paragraph"), ("1.1.2", 3, None, "坚持节约", "paragraph")]


def test_a_plan_signed_at_its_end() -> None:
    document = read(
        HEAD + "一、任务\n（一）建站。内容。\n（二）配人。内容。\n青禾县科学技术协会\n2026年5月6日"
    )
    meta = outline(document).meta
    assert (meta.issuer, meta.issued_date) == ("青禾县科学技术协会", "2026-05-06")


# ------------------------------------------------------------------ bounds


def _hostile() -> Iterator[str]:
    yield "一、" * 20_000
    yield "（" * 50_000 + "一、总则"
    yield HEAD + "一、总则\n" + "内容、" * 60_000
    yield HEAD + "\n".join(f"{number}.甲" for number in range(1, 3000))
    yield "《" * 30_000 + "一、总则。"
    yield HEAD + "一、总则\n1.5%以上" + "20%以上、" * 20_000
    yield "通知" * 30_000 + "\n一、总则"


@pytest.mark.timeout(60)
@pytest.mark.parametrize("text", list(_hostile()), ids=lambda text: text[:6])
def test_time_stays_bounded(text: str) -> None:
    with suppress(InputError):
        outline(read(text))


PIECES = (
    "一、", "二、", "（一）", "(二)", "1.", "2．", "（1）", "①", "——", "。", "，", "：", "；", "“", "”", "（", "）", "《", "》", "青政办发〔2026〕9号",
    "附件", "附件1", "附件：1.名单", "抄送：", "印发", "2026年3月5日", "各乡镇人民政府：", "关于印发", "的通知", "实施方案", "（2026—2030年）", "（征求意见稿）",
    "青禾县", "人民政府办公室", "责任单位：县财政局、县人社局", "（县科技局牵头，县财政局配合）", "总体要求", "基本原则", "坚持公开。", "到2030年", "达到15%",
    "每年至少1次", "建站", "目录", "…………3", "— 3 —", "\n", " ", "　　", "{@a .b =1}", "@责任", "::: annex x", "# 甲", "\\", "|", "排名第一的为牵头单位",
    "\n| 甲 | 乙 |\n| --- | --- |\n| 丙 | 丁 |\n",
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from((*PIECES, *["\n"] * 8)), min_size=3, max_size=160))
def test_whatever_a_file_holds_is_read_or_refused(pieces: list[str]) -> None:
    try:
        document = read("".join(pieces))
    except InputError as refused:
        assert [finding.rule for finding in refused] == ["read.no-plan"]  # noqa: PT017
        return
    reread = markup.parse(markup.print_document(document))
    assert reread == document
    assert json.dumps(as_json(outline(document)), ensure_ascii=False)


@pytest.mark.parametrize(
    ("head", "issuer", "number", "addressees", "issued"),
    [
        (
            "青禾县人民政府办公室关于\n印发《青禾县阅读方案》\n的通知\nQHCR—2026—01003\n青政办发﹝2026﹞ 9 号\n各乡镇人民政府：\n"
            "《青禾县阅读方案》已经县政府同意，现印发给你们。\n青禾县人民政府办公室\n二○二六年三月五日\n",
            "青禾县人民政府办公室", "青政办发﹝2026﹞9号", "各乡镇人民政府", "2026-03-05",
        ),
        (
            "青禾县人民政府印发《青禾县阅读方案》的通知\n（青政发[2026]3号）\n甲乡、乙镇，县直各单位：\n现将《青禾县阅读方案》印发给你们。\n2026年3月5日\n（此件公开发布）\n",
            "青禾县人民政府", "青政发[2026]3号", "甲乡、乙镇，县直各单位", "2026-03-05",
        ),
        (
            "首页 > 公开\n索引号：001 发文机关：县政府办 文 号：青政办函〔2026〕7号\n各乡镇人民政府，\n县直各单位：\n现将《青禾县阅读方案》印发给你们。\n"
            "附件：青禾县阅读方案\n青禾县科学技术局\n青禾县教育局\n2026年3月5日\n附件\n",
            "青禾县科学技术局、青禾县教育局", "青政办函〔2026〕7号", "各乡镇人民政府，县直各单位", "2026-03-05",
        ),
    ],
    ids=["broken at 关于", "印发 alone", "index and two issuers"],
)  # fmt: skip
def test_heads(head: str, issuer: str, number: str, addressees: str, issued: str) -> None:
    meta = outline(read(head + "青禾县阅读方案\n为推进阅读，制定本方案。\n一、任务\n（一）建站。内容。")).meta
    assert (meta.title, meta.locality, meta.level) == ("青禾县阅读方案", "青禾县", "county")
    assert (meta.issuer, meta.doc_number, meta.addressees, meta.issued_date) == (
        issuer,
        number,
        addressees,
        issued,
    )
