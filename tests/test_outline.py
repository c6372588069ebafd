"""A Document understood: ids, kinds, targets, citations, meta; and the real plans where they are at hand."""

import importlib.util
import json
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from drafter import markup
from drafter.compose import compose
from drafter.divisions import chain_at, places
from drafter.document import (
    Annex,
    Document,
    Heading,
    Imprint,
    Item,
    Letterhead,
    Notice,
    Paragraph,
    Responsibility,
    Table,
)
from drafter.load import load
from drafter.outline import as_json, outline
from drafter.outline.citations import citations
from drafter.read import text as plain
from drafter.resolve import resolve

NAMES = ("xiangxi", "zezhou", "yanfeng", "loudi", "panzhihua")
PREAMBLE = Paragraph(
    "为做好工作，根据《甲省垃圾分类条例》和《安河市垃圾分类方案》（安政发〔2026〕3号），制定本方案。"
)


def paper(*blocks: Heading | Item | Paragraph | Table, **more: Any) -> Document:
    return Document(title=("青禾县垃圾分类", "实施方案（2026—2030年）"), blocks=(PREAMBLE, *blocks), **more)


def nodes(document: Document) -> dict[str, tuple[str, str]]:
    return {node.id: (node.kind, node.title) for node in outline(document).nodes}


def found(text: str) -> list[tuple[int | None, str, float, str]]:
    made = outline(paper(Heading(1, "任务"), Item(2, "建站", text)))
    return [(target.year, target.op, target.value, target.unit.split("/")[0]) for target in made.targets]


# ------------------------------------------------------------------ nodes


def test_ids_are_paths_of_ordinals_and_kinds_follow_the_place() -> None:
    document = paper(
        Heading(1, "总体要求"),
        Heading(2, "基本原则"),
        Paragraph("坚持公开。全程公开。", "principle"),
        Heading(2, "主要目标"),
        Item(3, "到2030年全面完成", ""),
        Heading(1, "重点任务"),
        Heading(2, "建设站点"),
        Item(3, "任务", "补齐短板。"),
        Heading(3, "措施"),
        Item(4, "选址", "合理选址。"),
        Item(2, "配备人员", "每站一人。"),
        Heading(1, "组织实施"),
        Item(2, "加强领导", "成立专班。"),
        Item(2, "进度安排", "分步实施。"),
        Item(3, "启动阶段", "2026年启动。"),
    )
    assert nodes(document) == {
        "0": ("paragraph", ""),
        "1": ("part", "总体要求"),
        "1.1": ("section", "基本原则"),
        "1.1.1": ("paragraph", "坚持公开"),
        "1.2": ("section", "主要目标"),
        "1.2.1": ("paragraph", "到2030年全面完成"),
        "2": ("part", "重点任务"),
        "2.1": ("section", "建设站点"),
        "2.1.1": ("task", "任务"),
        "2.1.2": ("section", "措施"),
        "2.1.2.1": ("measure", "选址"),
        "2.2": ("measure", "配备人员"),
        "3": ("part", "组织实施"),
        "3.1": ("measure", "加强领导"),
        "3.2": ("section", "进度安排"),
        "3.2.1": ("paragraph", "启动阶段"),
    }


def test_narrative_under_a_heading_is_its_text() -> None:
    document = paper(
        Heading(1, "任务"),
        Paragraph("第一段。"),
        Paragraph("第二段。"),
        Item(2, "建站", "甲。"),
        Paragraph("乙。", "item"),
    )
    assert [node.text for node in outline(document).nodes[1:]] == ["第一段。\n第二段。", "甲。\n乙。"]


def test_an_annex_is_the_node_after_the_last_part() -> None:
    annex = Annex(
        "名词解释", (Heading(1, "分类站"), Paragraph("投放垃圾的地方。"), Item(1, "桶", "装垃圾的器具。"))
    )
    document = paper(Heading(1, "任务"), Item(2, "建站", "甲。"), annexes=(annex,))
    last = [
        (node.id, node.level, node.number, node.kind, node.title, node.text)
        for node in outline(document).nodes
    ][3:]
    assert last == [
        ("2", 1, "附件", "annex", "名词解释", ""),
        ("2.1", 2, "一、", "paragraph", "分类站", "投放垃圾的地方。"),
        ("2.2", 2, "二、", "paragraph", "桶", "装垃圾的器具。"),
    ]


def test_a_table_with_leads_gives_its_rows_units_to_the_nodes() -> None:
    table = Table(
        (
            ("序号", "任务", "牵头单位", "配合单位"),
            ("1", "建站", "县城管局", "县财政局、团县委等单位"),
            ("2", "别的", "县财政局", ""),
        )
    )
    document = paper(Heading(1, "任务"), Item(2, "建站", "甲。"), annexes=(Annex("任务分工表", (table,)),))
    node = outline(document).nodes[2]
    assert (node.lead, node.support, node.resp_raw) == (("县城管局",), ("县财政局", "团县委"), None)
    assert as_json(outline(document))["nodes"][3]["tables"][0]["rows"][1][1] == "建站"


def test_printed_units_win_over_the_table() -> None:
    table = Table((("任务", "牵头单位"), ("建站", "县财政局")))
    units = Responsibility(("县城管局",), ("县财政局",))
    document = paper(
        Heading(1, "任务"), Item(2, "建站", "甲。", responsibility=units), Heading(1, "分工"), table
    )
    node = outline(document).nodes[2]
    assert (node.lead, node.resp_raw) == (("县城管局",), "县城管局牵头，县财政局配合")


# ------------------------------------------------------------------ targets


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("到2030年，全县回收率达到35%。", [(2030, ">=", 35, "%")]),
        (
            "“十五五”期间，培训1万名站长，建成示范站3千个以上。",
            [(2030, "=", 10_000, "名"), (2030, ">=", 3000, "个")],
        ),
        (
            "到2028年达标率超过80%，力争达到85%；到2030年不低于九成，投入300万元。",
            [(2028, ">", 80, "%"), (2028, ">=", 85, "%"), (2030, "=", 3_000_000, "元")],
        ),
        ("每个村至少配备1名以上的站长。", [(None, ">=", 1, "名")]),
        ("县政府每年专题研究一次。", [(None, "=", 1, "次")]),
        ("居民知晓率不低于90%。到2030年全部完成。", [(None, ">=", 90, "%")]),
        ("覆盖90%以上的村。", [(None, ">=", 90, "%")]),
        ("每年举办2至3场。", [(None, ">=", 2, "场")]),
        ("比2025年提高5个百分点。", [(None, "=", 5, "个百分点")]),
    ],
)
def test_targets(text: str, targets: list[tuple[int | None, str, float, str]]) -> None:
    assert found(text) == targets


@pytest.mark.parametrize(
    ("text", "indicator", "year", "op", "value"),
    [
        ("到2030年，全县回收率由2025年的15.9%提高到22.3%。", "回收率", 2030, ">=", 22.3),
        ("全县回收率从2020年的9%提升至2030年的15%。", "回收率", 2030, ">=", 15),
        ("到2030年，每百人中至少有2名桶长信息员。", "桶长信息员", 2030, ">=", 2),
        ("每社区桶长信息员不少于2名。", "桶长信息员", None, ">=", 2),
        ("每个行政村信息员不少于1名。", "行政村信息员", None, ">=", 1),
    ],
)
def test_a_baseline_is_no_target_and_an_indicator_is_whole(
    text: str, indicator: str, year: int | None, op: str, value: float
) -> None:
    (target,) = outline(paper(Heading(1, "任务"), Item(2, "建站", text))).targets
    assert (target.indicator, target.year, target.op, target.value) == (indicator, year, op, value)


@pytest.mark.parametrize(
    "text",
    [
        "实施5大行动、4项重点工程，办好“5·12”“119”宣传。", "落实“百万桶行动”，推广“三分法”。", "人口60万以上的县可以建两级。",
        "全县共有15个站、20所学校，已建成3座。", "依据《2026—2030年规划》第3条。", "围绕8大特色产业，打造一支队伍、一批样板。",
        "30分钟内到达，控制在5%以内。", "二〇二五年十二月。",
    ],
)  # fmt: skip
def test_numbers_that_are_no_targets(text: str) -> None:
    assert found(text) == []


def test_scope_and_qualifier() -> None:
    made = outline(paper(Heading(1, "任务"), Item(2, "建站", "到2030年，全县回收率力争达到35%左右。")))
    (target,) = made.targets
    assert (target.indicator, target.scope, target.qualifier, target.node) == (
        "回收率",
        "全县",
        "力争、左右",
        "1.1",
    )
    assert target.text == "到2030年，全县回收率力争达到35%左右"


def test_preamble_background_and_annexes_hold_no_targets() -> None:
    document = paper(
        Heading(1, "工作基础"), Paragraph("回收率达到30%。"), Heading(1, "任务"), Item(2, "建站", "甲。"),
        annexes=(Annex("说明", (Paragraph("每站至少1人。"),)),),
    )  # fmt: skip
    assert outline(document).targets == ()


# ------------------------------------------------------------------ meta


def test_citations() -> None:
    text = "根据《甲〈乙（2026—2030年）〉的通知》（国发〔2026〕3号，以下简称《纲要》）、《丙条例》和《丁》（丁政发[2026]12号）精神，落实《纲要》"
    assert [(each.title, each.number) for each in citations(text)] == [
        ("甲〈乙（2026—2030年）〉的通知", "国发〔2026〕3号"),
        ("丙条例", None),
        ("丁", "丁政发[2026]12号"),
    ]


def test_meta_of_a_whole_paper() -> None:
    document = paper(
        Heading(1, "任务"),
        letterhead=Letterhead("安河市青禾县人民政府办公室文件", "青政办发〔2026〕8号"),
        notice=Notice(("安河市青禾县人民政府办公室关于印发《青禾县垃圾分类实施方案（2026—2030年）》的通知",),
                      "各乡镇人民政府", ("现印发给你们。",), "安河市青禾县人民政府办公室", "2026年4月2日"),
        imprint=Imprint((("县委各部门",), ("县法院", "县检察院")), "青禾县人民政府办公室", "2026年4月3日"),
    )  # fmt: skip
    assert as_json(outline(document))["meta"] == {
        "title": "青禾县垃圾分类实施方案（2026—2030年）",
        "locality": "安河市青禾县",
        "level": "county",
        "doc_number": "青政办发〔2026〕8号",
        "issuer": "安河市青禾县人民政府办公室",
        "addressees": "各乡镇人民政府",
        "issued_date": "2026-04-02",
        "printed_date": "2026-04-03",
        "cc": ["县委各部门", "县法院", "县检察院"],
        "period": [2026, 2030],
        "status": "issued",
        "parents": [{"title": "甲省垃圾分类条例", "number": None}, {"title": "安河市垃圾分类方案", "number": "安政发〔2026〕3号"}],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("title", "issuer", "locality", "level"),
    [
        ("衡水市阅读方案", "衡水市人民政府", "衡水市", "prefecture"),
        ("桃城区阅读方案", "衡水市桃城区人民政府办公室", "衡水市桃城区", "county"),
        ("湘西州阅读方案", "湘西自治州文化局", "湘西自治州", "prefecture"),
        ("大厂回族自治县阅读方案", "大厂县教育局", "大厂回族自治县", "county"),
        ("内蒙古自治区阅读方案", "内蒙古自治区人民政府", "内蒙古自治区", "province"),
        ("全民阅读规划", "国务院", "全国", "state"),
        ("净月高新区阅读方案", "长春净月高新技术产业开发区管理委员会", "长春净月高新技术产业开发区", "zone"),
        ("大河镇阅读方案", "大河镇人民政府", "大河镇", "township"),
        ("社区阅读方案", "", None, None),
    ],
)
def test_place_and_level(title: str, issuer: str, locality: str | None, level: str | None) -> None:
    notice = Notice((f"{issuer}关于印发{title}的通知",), signature=issuer) if issuer else None
    meta = outline(Document(title=(title,), notice=notice)).meta
    assert (meta.locality, meta.level) == (locality, level)


@pytest.mark.parametrize(
    ("mark", "status"),
    [("（征求意见稿）", "draft-for-comment"), ("（送审稿）", "draft-for-approval"), ("（审议稿）", "draft-for-deliberation"), ("（初稿）", "draft")],
)  # fmt: skip
def test_status(mark: str, status: str) -> None:
    assert outline(paper(Paragraph(mark, "status"), Heading(1, "任务"))).meta.status == status


def test_divisions() -> None:
    assert chain_at("衡水市桃城区教育局")[0] == "衡水市桃城区"
    assert chain_at("社区") == ("", ())
    assert len(places()) > 3000


# ------------------------------------------------------------------ drafter's own papers


@pytest.mark.parametrize("profile", ["examples/qingping/profile.yaml", "tests/families/flood/profile.yaml"])
def test_a_composed_draft_reads_back(profile: str, root: Path, tmp_path: Path) -> None:
    from drafter.draft import trace_of
    from drafter.read.docx import read_docx
    from drafter.structure import structure
    from drafter.write import write

    path = root / profile
    inputs = load(path)
    document = compose(resolve(inputs), inputs)
    made = outline(document)
    assert outline(markup.parse(markup.print_document(document))) == made
    target = tmp_path / "draft.docx"
    write(document, target, "docx", trace=trace_of(path, inputs))
    lines = read_docx(target.read_bytes(), target)
    assert outline(structure(lines.lines, target.name, lines.origins)) == made


# ------------------------------------------------------------------ the real plans


def score(made: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The scorer of the interface, which is a script beside the tests."""
    spec = importlib.util.spec_from_file_location(
        "score_read", Path(__file__).parent / "tools" / "score_read.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    result: dict[str, Any] = module.score(made, wanted)
    return result


@pytest.fixture(scope="module")
def gold(plans: Path) -> Path:
    for folder in (plans / "gold", plans.parent / "gold"):
        if folder.is_dir():
            return folder
    pytest.skip("no gold beside the real plans")


def real(plans: Path, name: str) -> Document:
    path = plans / f"{name}.txt"
    if not path.is_file():
        pytest.skip(f"{path} is not there")
    return plain.read(path.read_bytes(), path.name)


@pytest.mark.parametrize("name", NAMES)
def test_real_plans_against_gold(name: str, plans: Path, gold: Path) -> None:
    wanted = gold / "parse" / f"{name}.json"
    if not wanted.is_file():
        pytest.skip(f"no gold parse of {name}")
    began = time.perf_counter()
    made = as_json(outline(real(plans, name)))
    assert time.perf_counter() - began < 0.3
    result = score(made, json.loads(wanted.read_text(encoding="utf-8")))
    assert result["nodes"][2] == result["responsibility"][2] == 1
    assert result["title_accuracy"] == result["kind_accuracy"] == result["meta"] == 1
    assert result["text_similarity"] > 0.999
    assert result["targets"][2] == 1


@pytest.mark.parametrize("name", NAMES)
def test_real_plans_against_their_items(name: str, plans: Path, gold: Path) -> None:
    items = json.loads((gold / "items.json").read_text(encoding="utf-8"))[name]
    made = {node.id: node for node in outline(real(plans, name)).nodes}
    for item in items:
        node = made[item["id"]]
        assert node.kind == item["kind"], item
        # Long titles are cut off in the list.
        assert node.title == item["title"] or (
            len(item["title"]) > 30 and node.title.startswith(item["title"][:30])
        )
    listed = {item["id"] for item in items}
    assert {node.id for node in made.values() if node.kind in ("part", "measure", "task")} <= listed


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_a_real_plan_is_dropped(name: str, plans: Path) -> None:
    document = real(plans, name)
    made = outline(document)
    printed = Counter(
        _plain(
            "".join(f"{node.number or ''}{node.title}{node.text}{node.resp_raw or ''}" for node in made.nodes)
        )
    )
    source = _plain((plans / f"{name}.txt").read_text(encoding="utf-8"))
    start = source.rindex(_plain(made.nodes[0].text)[:20])
    last = made.nodes[-1]
    end = source.rindex(_plain(last.text or last.title)[-20:]) + 20
    dropped = Counter(source[start:end]) - printed
    mended = Counter(piece for entry in made.unread for piece in re.findall("重复的“(.+)”", entry.what))
    assert dropped - mended == Counter()


def _plain(text: str) -> str:
    """`text` without white space, brackets, full stops and marks of conversion."""
    return re.sub(r"[\s。()*\[\]]", "", unicodedata.normalize("NFKC", text))


@pytest.mark.parametrize("name", NAMES)
def test_real_plans_as_markup(name: str, plans: Path) -> None:
    document = real(plans, name)
    printed = markup.print_document(document)
    assert markup.parse(printed) == document
    assert outline(plain.read(printed.encode(), "方案.md")) == outline(document)


@pytest.mark.parametrize("name", NAMES)
def test_real_plans_without_their_line_breaks(name: str, plans: Path, gold: Path) -> None:
    document = real(plans, name)
    wanted: Mapping[str, Any] = as_json(outline(document))
    glued = re.sub(r"\n+", "", "\n".join(_printed(document)))
    made = as_json(outline(plain.read(glued.encode(), name)))
    assert score(made, wanted)["nodes"][2] > 0.97


def _printed(document: Document) -> list[str]:
    """The paper's paragraphs as they stand on the page, from notice to imprint."""
    from drafter.document import printed

    notice, lines = document.notice, list[str]()
    if notice:
        lines += [
            "".join(notice.title),
            f"{notice.addressees}：",
            *notice.paragraphs,
            notice.signature or "",
            notice.date or "",
        ]
    lines.append("".join(document.title))
    for blocks, is_annex in [(document.blocks, False), *((annex.blocks, True) for annex in document.annexes)]:
        if is_annex:
            lines += ["附件", document.annexes[0].title]
        for entry in printed(blocks, document.form, is_annex):
            block = entry.block
            text = "" if block is None else block.text if isinstance(block, Paragraph) else ""
            if isinstance(block, Heading | Item):
                text = f"{entry.number}{block.title}"
                text += f"。{block.text}" if isinstance(block, Item) else ""
            lines.append(text + (f"（{entry.units}）" if entry.units else ""))
    return lines
