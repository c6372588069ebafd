"""A second family in tests/families/: six measures and a pack of its own, built by code that knows neither family."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from drafter import markup
from drafter.compose import compose
from drafter.document import Document, Heading, Item, Paragraph, Printed, Table, printed
from drafter.errors import InputError
from drafter.load import load
from drafter.resolve import resolve
from drafter.write.package import docx_bytes

ROOT = Path(__file__).parents[1]
FLOOD = ROOT / "tests" / "families" / "flood"
FIRST = ROOT / "examples" / "qingping" / "profile.yaml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MEASURES = (
    "warning-stations",
    "warning-call",
    "rescue-teams",
    "rescue-supplies",
    "works-reservoirs",
    "works-drainage",
)


def built(profile: Path) -> Document:
    """The paper of a profile; the family is found in the flood folder wherever the profile lies."""
    inputs = load(profile, FLOOD / "catalog", FLOOD / "templates")
    return compose(resolve(inputs), inputs)


@pytest.fixture(scope="module")
def paper() -> Document:
    """The draft for comment, found by the folders beside its profile alone."""
    inputs = load(FLOOD / "profile.yaml")
    return compose(resolve(inputs), inputs)


def changed(folder: Path, *changes: tuple[str, str]) -> Path:
    """A copy of the profile with pieces of text replaced; each of them must be there, once."""
    text = (FLOOD / "profile.yaml").read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    copy = folder / "profile.yaml"
    copy.write_text(text, encoding="utf-8")
    return copy


@pytest.fixture
def issued(tmp_path: Path) -> Document:
    """The same paper, issued."""
    return built(changed(tmp_path, ("status: draft-for-comment", "status: issued")))


def words(paper: Document) -> str:
    """All printed text but computed numbers."""
    return "\n".join(paper.texts())


def body(paper: Document) -> list[Printed]:
    """The blocks of the plan as they stand on the page."""
    return list(printed(paper.blocks, paper.form))


def numbers(paper: Document, level: int) -> list[str | None]:
    """The printed markers of one level."""
    return [e.number for e in body(paper) if isinstance(e.block, Heading | Item) and e.block.level == level]


def parts(content: bytes) -> dict[str, bytes]:
    """The parts of a .docx by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def lines(content: bytes) -> Iterator[tuple[str, str]]:
    """Style and text of every paragraph of a .docx, in the order of the page."""
    for each in etree.fromstring(parts(content)["word/document.xml"]).iter(f"{W}p"):
        style = each.find(f"{W}pPr/{W}pStyle")
        text = "".join(run.text or "" for run in each.iter(f"{W}t"))
        yield ("" if style is None else str(style.get(f"{W}val")), text)


# ------------------------------------------------------------------ what the family says


def test_exactly_the_six_measures_stand_in_the_order_of_the_pack(paper: Document) -> None:
    """The catalog lists the works first, the pack prints them last."""
    assert len(load(FLOOD / "profile.yaml").catalog.measures) == 6
    items = [block for block in paper.blocks if isinstance(block, Item)]
    assert tuple(item.origin for item in items) == MEASURES
    assert all(item.level == 3 and item.text.endswith("。") for item in items)


def test_parts_and_title_are_those_of_the_pack(paper: Document) -> None:
    """Nothing of the first family's order or wording is left."""
    assert "".join(paper.title) == "汀湾区2026—2028年防汛抗旱应急能力提升实施方案"
    first = [block.title for block in paper.blocks if isinstance(block, Heading) and block.level == 1]
    assert first == ["工作目标", "应急能力建设任务", "度汛工程任务", "实施步骤", "工作要求"]
    second = [block.title for block in paper.blocks if isinstance(block, Heading) and block.level == 2]
    assert second[:3] == ["监测预警与叫应", "抢险救援与应急供水", "防洪排涝设施除险补短"]


def test_the_district_is_spoken_of_as_a_district(paper: Document) -> None:
    """Level words follow the place: 全区, 我区, 区…局; no 县 anywhere."""
    text = words(paper)
    assert "提升全区防汛抗旱应急能力" in text
    assert "结合我区实际" in text
    assert "区农业农村和水利局" in text
    assert "镇（街道）、村（社区）责任人" in text
    assert "县" not in text
    assert (paper.meta.locality, paper.meta.level) == ("汀湾区", "county")


def test_answers_of_every_kind_are_printed_as_their_kind_means(paper: Document) -> None:
    """Number, decimal, list, choice, year, organ, and the defaults of list and year."""
    text = words(paper)
    for shown in (
        "整治不少于8处",
        "排水管渠3.5公里",
        "以滨河路下穿通道、老粮站片区等易涝点为重点",
        "以电话和入户方式直接通知",
        "2027年底前落实备用水源",
        "2027年底前全部完成",
        "组建堤防抢护、城区排涝、水上救援等专业队伍",
        "由区应急管理局组织综合演练不少于2次",
        "数据接入区防汛抗旱指挥部值班系统",
        "办公室设在区农业农村和水利局",
    ):
        assert shown in text


def test_brief_prints_the_brief_text_and_the_standard_one_where_there_is_none(paper: Document) -> None:
    """`length: brief`: texts, narrative and intros."""
    text = words(paper)
    assert "逐座复核水库、水闸和堤防，建立隐患清单" in text
    assert "设置警示标志" not in text
    assert "声光报警和阻拦设施" in text
    assert "坚持人民至上" not in text
    assert "队伍和物资靠前布置" not in text


def test_standard_prints_the_other_texts(tmp_path: Path) -> None:
    """The same profile in the standard length."""
    text = words(built(changed(tmp_path, ("length: brief", "length: standard"))))
    assert "设置警示标志" in text
    assert "坚持人民至上" in text
    assert "队伍和物资靠前布置" in text


def test_a_passage_for_a_feature_waits_for_the_feature(paper: Document, tmp_path: Path) -> None:
    """Narrative that applies to navigable waters only."""
    assert "漂船撞桥" not in words(paper)
    navigable = changed(tmp_path, ("underpass]", "underpass, navigation]"))
    assert "漂船撞桥" in words(built(navigable))


def test_open_items_are_printed_as_such(paper: Document) -> None:
    """Each parameter without answer and default, and the parent that is not out yet; nothing else."""
    found = Counter(re.findall(r"〔待填：[^〕]*〕", words(paper)))
    assert found == {
        "〔待填：补建监测站处数〕": 1,
        "〔待填：预警信息送达时限〕": 1,
        "〔待填：区级防汛抗旱物资仓库名称〕": 1,
        "〔待填：值班电话〕": 1,
        "〔待填：省级方案题名〕": 1,
    }


@pytest.mark.parametrize(
    ("old", "new", "rule", "told"),
    [
        ("  headquarters: 区防汛抗旱指挥部\n", "", "value.missing", "防汛抗旱指挥机构名称"),
        ("{water_year: 2027}", "{}", "value.missing", "落实备用水源年份"),
        ("hazards: 8", "hazards: 0", "value.unfit", "1 至 300"),
        ("hazards: 8", "hazards: 八", "value.unfit", "八"),
        ("pipe_km: 3.5", "pipe_kms: 3.5", "value.unknown", "pipe_km"),
        ("call_mode: 电话和入户", "call_mode: 敲锣", "value.unfit", "电话、入户、电话和入户"),
        ("measure: rescue-teams", "measure: rescue-team", "measure.unknown", "rescue-teams"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, rule: str, told: str
) -> None:
    """Parameters of this family are held to what the family declares of them."""
    copy = changed(tmp_path, (old, new))
    with pytest.raises(InputError) as refused:
        built(copy)
    (finding,) = refused.value
    assert finding.rule == rule
    assert told in str(finding)
    assert finding.at is not None
    assert finding.at.path == str(copy)
    assert finding.at.line is not None


def test_papers_are_cited_from_both_layers(paper: Document) -> None:
    """Laws of the family's own folder without a number, one paper of the shipped list."""
    basis = next(block for block in paper.blocks if isinstance(block, Paragraph) and block.role == "basis")
    assert "根据《中华人民共和国防洪法》《中华人民共和国突发事件应对法》、〔待填：" in basis.text
    assert "和《泊澜市防汛抗旱应急能力提升行动方案（2026—2028年）》，" in basis.text
    assert "《整治形式主义为基层减负若干规定》" in words(paper)
    assert [parent.title for parent in paper.meta.parents] == [
        "泊澜市防汛抗旱应急能力提升行动方案（2026—2028年）"
    ]


# ------------------------------------------------------------------ its form


def test_numbering_has_the_shapes_of_its_form(paper: Document) -> None:
    """一、 （一） ——, with （一） beginning anew in each part."""
    assert numbers(paper, 1) == ["一、", "二、", "三、", "四、", "五、"]
    assert numbers(paper, 2) == [
        "（一）",
        "（二）",
        "（一）",
        "（一）",
        "（二）",
        "（三）",
        "（一）",
        "（二）",
    ]
    assert numbers(paper, 3) == ["——"] * 6


def test_units_stand_once_at_the_end_of_each_section(paper: Document) -> None:
    """Three sections have units; each set closes its section, and no measure prints its own."""
    entries = body(paper)
    closing = [index for index, entry in enumerate(entries) if entry.units]
    assert len(closing) == 3
    for index in closing:
        assert entries[index].block is None
        assert isinstance(entries[index - 1].block, Item)
        assert isinstance(entries[index + 1].block, Heading)
    units = [entries[index].units or "" for index in closing]
    assert all(re.fullmatch(r"责任分工：由[^，]+牵头，[^，]+参加", each) for each in units)
    assert "配合" not in "".join(units)
    assert units[0].startswith("责任分工：由区农业农村和水利局、区气象局、区应急管理局牵头，")
    assert all(max(Counter(re.findall(r"[^：由、，]+局", each)).values()) == 1 for each in units)


def test_another_form_of_the_pack_numbers_and_assigns_otherwise(tmp_path: Path) -> None:
    """1． running on over the sections, units after each item, the first unit leading."""
    other = built(changed(tmp_path, ("length: brief", "length: brief\n  form: running")))
    assert numbers(other, 3) == ["1．", "2．", "3．", "4．", "5．", "6．"]
    entries = [entry for entry in body(other) if entry.units]
    assert [entry.block.origin for entry in entries if isinstance(entry.block, Item)] == list(MEASURES)
    assert entries[1].units == "区应急管理局、区农业农村和水利局、区气象局、区融媒体中心、各镇（街道）"
    assert "牵头" not in "".join(entry.units or "" for entry in entries)


def test_the_single_annex_is_labelled_without_a_number(paper: Document) -> None:
    """附件, never 附件1, on the annex and in the note after the plan."""
    assert paper.annex_labels == ("附件",)
    assert paper.blocks[-1] == Paragraph("附件：任务清单及名词解释", "attachment-note")
    shown = [text for style, text in lines(docx_bytes(paper, {}, None)) if style == "gwAnnexLabel"]
    assert shown == ["附件"]


def test_the_annex_has_table_terms_and_markers_of_its_own(paper: Document) -> None:
    """Six rows below the head; the terms that the text uses; 1． where the plan has ——."""
    (annex,) = paper.annexes
    (table,) = (block for block in annex.blocks if isinstance(block, Table))
    assert table.rows[0] == ("任务", "检查内容", "时限", "单位")
    assert len(table.rows) == 7
    assert table.rows[1] == (
        "加密雨情水情监测站点", "站点清单、检修记录", "2027年汛前", "区农业农村和水利局、区气象局"
    )  # fmt: skip
    entries = list(printed(annex.blocks, paper.form, annex=True))
    terms = [(entry.number, entry.block.title) for entry in entries if isinstance(entry.block, Item)]
    assert terms == [("1．", "叫应"), ("2．", "易涝点")]


# ------------------------------------------------------------------ its status


def test_a_draft_for_comment_has_its_mark_and_no_head(paper: Document) -> None:
    """（征求意见稿） under the title; no head, notice, number, date or imprint."""
    assert paper.blocks[0] == Paragraph("（征求意见稿）", "status")
    assert (paper.letterhead, paper.notice, paper.imprint) == (None, None, None)
    styles = [style for style, _ in lines(docx_bytes(paper, {}, None))]
    assert styles.index("gwStatus") == styles.index("gwPlanTitleAlone") + 1
    assert not {"gwMark", "gwNumber", "gwSignature", "gwDate", "gwCopyTo", "gwPrinter"} & set(styles)
    assert "发文字号" not in words(paper)
    assert "印发给你们" not in words(paper)


def test_an_issued_paper_has_head_number_notice_and_imprint(issued: Document) -> None:
    """The same profile with `status: issued`; what nobody has decided is open, never made up."""
    assert not any(isinstance(block, Paragraph) and block.role == "status" for block in issued.blocks)
    assert issued.letterhead is not None
    assert issued.letterhead.issuer_mark == "汀湾区人民政府办公室文件"
    assert issued.letterhead.number == "〔待填：发文字号〕"
    assert issued.notice is not None
    assert "".join(issued.notice.title) == (
        "汀湾区人民政府办公室关于印发《汀湾区2026—2028年防汛抗旱应急能力提升实施方案》的通知"
    )
    assert issued.notice.addressees == "各镇人民政府、街道办事处，区直各单位，驻区市管单位"
    assert (issued.notice.date, issued.notice.note) == ("〔待填：成文日期〕", "〔待填：附注〕")
    assert issued.imprint is not None
    assert issued.imprint.printer == "汀湾区人民政府办公室"
    assert issued.imprint.date == "〔待填：印发日期〕"
    assert issued.imprint.copy_to[0] == ("区委各部门",)
    shown = dict(lines(docx_bytes(issued, {}, None)))
    assert shown["gwMark"] == "汀湾区人民政府办公室文件"
    assert shown["gwNumber"] == "〔待填：发文字号〕"
    assert shown["gwPrinter"] == "汀湾区人民政府办公室"
    assert "县" not in words(issued)


# ------------------------------------------------------------------ its files


def test_markup_reads_back_to_the_same_paper(paper: Document, issued: Document) -> None:
    """Both statuses: everything that the second family uses survives the markup."""
    assert paper != issued
    for each in (paper, issued):
        assert markup.parse(markup.print_document(each)) == each


def test_the_docx_holds_the_whole_paper_and_is_the_same_each_time(paper: Document, tmp_path: Path) -> None:
    """Every printed string; equal bytes for equal input, the status being said in Chinese."""
    content = docx_bytes(paper, {}, None)
    again = built(changed(tmp_path, ("status: draft-for-comment", "status: 征求意见稿")))
    assert content == docx_bytes(again, {}, None)
    shown = list(lines(content))
    text = "".join(line for _, line in shown)
    assert text.startswith("".join(paper.title) + "（征求意见稿）")
    assert [string for string in paper.texts() if string not in text] == []
    assert next(line for style, line in shown if style == "gwItem3").startswith("——加密雨情水情监测站点。")
    assert sum(style == "gwUnits" for style, _ in shown) == 3


def test_nothing_of_the_first_family_is_printed(paper: Document, issued: Document) -> None:
    """Its words stand in no part of the file, nor in the markup."""
    first = re.compile("科普|科学素质|科协|science-literacy|kepu")
    inputs = load(FIRST)
    assert first.search(words(compose(resolve(inputs), inputs)))
    for each in (paper, issued):
        assert not first.search(markup.print_document(each))
        for name, content in parts(docx_bytes(each, {}, None)).items():
            assert not first.search(content.decode("utf-8")), name


def test_no_module_names_a_family_a_measure_or_a_group() -> None:
    """A family is data: no id, parameter or subject word of either stands in the code."""
    first, second = load(FIRST).catalog, load(FLOOD / "profile.yaml").catalog
    ids = {*first.measures, *second.measures, first.family.id, second.family.id}
    ids |= {group.id for group in first.family.groups} | {name for name in first.policies if "-" in name}
    names = {entry.name for catalog in (first, second) for entry in catalog.family.parameters}
    assert len(ids) > 40
    assert len(names) > 4
    for path in sorted((ROOT / "drafter").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        assert not [word for word in ids | names if re.search(rf"[\"']{word}[\"']", text)], path
        assert not re.search("科普|科学素质|防汛|抗旱", text), path
