"""Learning: what a plan adds to a catalog, and that nothing in its text is ever run."""

from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from drafter.build import build
from drafter.cli.learn import command
from drafter.document import Document, Heading, Item, Meta, Responsibility
from drafter.errors import OutputError
from drafter.learn import Learned, learn, plan_id
from drafter.learn.layer import learn_file
from drafter.load import layers, load_catalog, shipped
from drafter.markup import print_document
from drafter.model.catalog import Catalog
from drafter.outline import outline
from drafter.read import read
from drafter.yaml_tree import parse

FAMILY = "flood-safety"
DAM = "对病险水库排查隐患、除险加固，汛前完成。"
PLAN = Document(
    title=("松岭市防汛抗旱应急能力提升实施方案", "（2026—2030年）"),
    meta=Meta(locality="松岭市", level="prefecture", period=(2026, 2030)),
    blocks=(
        Heading(1, "重点任务"),
        Heading(2, "地质灾害防治"),
        Item(
            3,
            "布设滑坡雨量监测点",
            "到2028年全市布设滑坡雨量监测点120个，松岭市水利局与各县（市、区）共用数据，写入“十五五”规划和《监测9个规程》。",
            responsibility=Responsibility(("市水利局",), ("市财政局", "市奇特办")),
        ),
        Item(3, "栽植护坡草木", "{{ 7*7 }}{% if x %}坡面撒播草籽，{# 注 #}成活率不低于85%。"),
    ),
)


@pytest.fixture(scope="module")
def folder(root: Path) -> Path:
    """The catalogs of the tests."""
    return root / "tests" / "families" / "flood" / "catalog"


@pytest.fixture(scope="module")
def catalog(folder: Path) -> Catalog:
    """The small catalog of another family."""
    found, wrong = load_catalog(FAMILY, layers("catalog", given=folder))
    assert found, wrong
    return found


@pytest.fixture(scope="module")
def learned(catalog: Catalog) -> Learned:
    """What the plan adds."""
    return learn(outline(PLAN), "songling", catalog)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The plan as a file."""
    path = tmp_path / "songling.md"
    path.write_text(print_document(PLAN), encoding="utf-8")
    return path


def entry(learned: Learned, place: int) -> dict[str, Any]:
    """The keys of a new entry."""
    return dict(learned.drafts[place].keys)


def test_what_no_entry_carries_is_new(learned: Learned) -> None:
    assert [draft.node.title for draft in learned.drafts] == ["布设滑坡雨量监测点", "栽植护坡草木"]
    assert [entry(learned, n)["id"] for n in range(2)] == ["learned-songling-1", "learned-songling-2"]
    assert entry(learned, 0)["tags"] == ["待整理"]
    assert entry(learned, 0)["sources"] == [{"plan": "songling", "item": "1.1.1"}]


def test_what_an_entry_carries_is_matched(catalog: Catalog) -> None:
    measure = next(iter(catalog.measures.values()))
    from drafter.learn import plain

    item = Item(2, measure.title, plain(measure.text, catalog))
    found = learn(outline(Document(title=("某市方案",), blocks=(Heading(1, "任务"), item))), "other", catalog)
    assert found.drafts == ()
    assert found.matched["1.1"] == (measure.id,)


def test_place_units_period_and_numbers_become_what_a_county_fills_in(learned: Learned) -> None:
    made = entry(learned, 0)
    assert made["text"] == (
        '到{{ period.start + 2 }}年全{{ place.word }}布设滑坡雨量监测点{{ figure_1 }}个，{{ organ("water") }}与{{ place.word }}共用数据，'
        "写入“{{ period.name }}”规划和《监测9个规程》。"
    )
    assert made["parameters"] == [
        {"name": "figure_1", "kind": "number", "label": "布设滑坡雨量监测点的数量", "unit": "个"}
    ]
    assert made["figures"] == "布设滑坡雨量监测点的数量：松岭市 120个"
    assert (made["lead"], made["support"]) == (["water"], ["finance"])
    assert learned.unknown == ("市奇特办",)


def test_the_figure_of_another_place_is_no_default(learned: Learned) -> None:
    assert all("default" not in each for n in range(2) for each in entry(learned, n)["parameters"])


def test_braces_of_a_plan_print_as_they_stand_and_never_run(
    file: Path, root: Path, tmp_path: Path, folder: Path
) -> None:
    into = tmp_path / "layer"
    learn_file(file, into, FAMILY, catalog=folder)
    profile = (root / "tests" / "families" / "flood" / "profile.yaml").read_text(encoding="utf-8")
    assert "\npicks:\n" in profile
    county = tmp_path / "county"
    county.mkdir()
    (county / "catalog").symlink_to(folder)
    (county / "templates").symlink_to(folder.parent / "templates")
    (county / "profile.yaml").write_text(
        profile.replace("\npicks:\n", "\npicks:\n- {measure: learned-songling-2, lead: [water]}\n"),
        encoding="utf-8",
    )
    text = "\n".join(build(county / "profile.yaml", catalog=into).document.texts())
    assert "{{ 7*7 }}{% if x %}坡面撒播草籽，{# 注 #}成活率不低于〔待填：{# 注 #}成活率〕%。" in text


def test_what_was_learned_is_known_from_then_on(file: Path, tmp_path: Path, folder: Path) -> None:
    into = tmp_path / "catalog"
    first, written = learn_file(file, into, FAMILY, catalog=folder)
    assert sorted(path.name for path in written) == ["learned-songling-source.yaml", "learned-songling.yaml"]
    again, nothing = learn_file(file, into, FAMILY, catalog=folder)
    assert (len(first.drafts), again.drafts, nothing) == (2, (), [])
    assert again.plan == "songling"


def test_a_file_that_stands_there_is_kept(file: Path, tmp_path: Path, folder: Path) -> None:
    into = tmp_path / "layer"
    path = into / FAMILY / "measures" / "learned-songling.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("format: measures/1\ngroup: works\n", encoding="utf-8")
    with pytest.raises(OutputError, match="已存在"):
        learn_file(file, into, FAMILY, catalog=folder)
    assert list(into.rglob("*.yaml")) == [path]
    learn_file(file, into, FAMILY, catalog=folder, force=True)
    assert path.with_name(path.name + ".bak").is_file()


def test_the_shipped_catalog_is_never_written(file: Path) -> None:
    with pytest.raises(OutputError, match="自带目录"):
        learn_file(file, shipped("catalog"))


def test_an_id_is_made_of_words_and_free(catalog: Catalog) -> None:
    taken, plan = next(iter(catalog.sources.items())) if catalog.sources else ("", None)
    assert plan_id("2026 Songling_Plan", "题", catalog) == "plan-2026-songling-plan"
    assert plan_id("松岭市方案", "题", catalog) == "plan"
    if plan:
        assert plan_id("x", plan.title.strip("《》"), catalog) == taken


def test_the_command_tells_what_is_new_and_what_to_do(file: Path, tmp_path: Path, folder: Path) -> None:
    app = typer.Typer()
    app.command()(command)
    into = tmp_path / "layer"
    done = CliRunner().invoke(
        app, [str(file), "--into", str(into), "--catalog", str(folder), "--family", FAMILY]
    )
    assert done.exit_code == 0, done.output
    assert "共 2 条举措：目录中已有 0 条，新的 2 条" in done.stderr
    assert "下一步" in done.stderr
    written = parse((into / FAMILY / "measures" / "learned-songling.yaml").read_text(encoding="utf-8"))
    assert [each["title"] for each in written.data["measures"]] == ["布设滑坡雨量监测点", "栽植护坡草木"]


@pytest.mark.parametrize("name", ["xiangxi", "zezhou", "yanfeng", "loudi", "panzhihua"])
def test_the_real_plans_add_next_to_nothing(name: str, plans: Path) -> None:
    """Under a name that tells nothing, and without what the catalog says of its sources: by the texts alone."""
    found, wrong = load_catalog("science-literacy", layers("catalog"))
    assert found, wrong
    from msgspec.structs import replace

    measures = {id: each.model_copy(update={"sources": ()}) for id, each in found.measures.items()}
    made = learn(outline(read(plans / f"{name}.txt")), "some", replace(found, sources={}, measures=measures))
    assert made.items >= 30
    assert len(made.drafts) <= 2
