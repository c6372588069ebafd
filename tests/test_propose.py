"""A parent's items and the measures that answer them."""

from pathlib import Path

import pytest
from drafts import EXAMPLE, write

from drafter.load import layers, load_catalog
from drafter.model.catalog import Catalog
from drafter.outline import Outline, outline
from drafter.propose import Proposal, actions, figures, propose
from drafter.read import read


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    made, findings = load_catalog("science-literacy", layers("catalog"))
    assert made, findings
    return made


def every(catalog: Catalog) -> tuple[str, ...]:
    return tuple(feature.id for feature in catalog.family.features)


def plan(folder: Path, *items: str) -> Outline:
    text = "澄州市某某工作方案\n\n一、重点任务\n\n（一）各项任务\n\n" + "\n\n".join(
        f"{number}.{item}" for number, item in enumerate(items, 1)
    )
    return outline(read(write(folder, "parent.txt", text + "\n")))


def proposals(catalog: Catalog, parent: Outline) -> dict[str, Proposal]:
    return {each.item: each for each in propose(parent, catalog, every(catalog))}


def test_every_item_of_a_parent_has_a_row(catalog: Catalog) -> None:
    parent = outline(read(EXAMPLE.with_name("parent.txt")))
    assert [each.item for each in propose(parent, catalog, every(catalog))] == [
        node.id for node in actions(parent)
    ]


def test_most_items_of_a_plan_that_the_catalog_does_not_know_get_a_measure_that_fits(
    catalog: Catalog,
) -> None:
    found = proposals(catalog, outline(read(EXAMPLE.with_name("parent.txt"))))
    expected = {
        "3.2.1": "elderly-smart", "3.4.1": "farmers-training", "2.5.1": "team-volunteers", "2.2.3": "facilities-mobile",
        "2.4.2": "resources-open", "4.2": "condition-budget", "3.5.1": "youth-curriculum", "4.1": "organisation-leadership",
    }  # fmt: skip
    assert {item: found[item].candidates[0].measure for item in expected} == expected


def test_an_item_that_bundles_several_things_gets_several_measures(catalog: Catalog, tmp_path: Path) -> None:
    parent = plan(
        tmp_path,
        "做好老年人和农民工作。教老年人使用智能手机，防范电信网络诈骗。组织科技特派员下乡，到田间地头指导农户。",
        "修缮城墙。对古城墙进行加固。",
    )
    found = proposals(catalog, parent)
    assert {"elderly-smart", "farmers-envoys"} <= set(found["1.1.1"].take)
    assert found["1.1.2"].take == ()


def test_what_nothing_carries_is_told(catalog: Catalog, tmp_path: Path) -> None:
    (found,) = proposals(
        catalog, plan(tmp_path, "教老年人用手机。教老年人使用智能手机，修缮古城墙的垛口。")
    ).values()
    assert found.left == ("修缮古城墙的垛口",)


def test_a_measure_that_needs_what_the_county_has_not_is_not_proposed(
    catalog: Catalog, tmp_path: Path
) -> None:
    parent = plan(tmp_path, "推动科学教育资源向乡村学校倾斜。科学教育设备优先配备乡村学校，关爱留守儿童。")
    names = {each.measure for each in propose(parent, catalog, ())[0].candidates}
    assert names
    assert not [name for name in names if catalog.measures[name].applies]


def test_a_measure_under_caution_is_told_and_not_taken(catalog: Catalog, tmp_path: Path) -> None:
    (found,) = proposals(
        catalog, plan(tmp_path, "规范公民科学素质台账管理。各乡镇登记居民参加学习和测评的情况，每年更新。")
    ).values()
    assert found.caution
    assert found.take == ()


def test_the_catalog_knows_the_plans_that_it_was_made_from(catalog: Catalog, plans: Path) -> None:
    for source in catalog.sources.values():
        parent = outline(read(plans / f"{source.id}.txt"))
        found = propose(parent, catalog, every(catalog))
        taken = {each.item: set(each.take) for each in found}
        known = {
            s.item
            for m in catalog.measures.values()
            if not m.caution
            for s in m.sources
            if s.plan == source.id
        }
        missing = [item for item in taken if item in known and not taken[item]]
        assert len(missing) <= len(taken) * 0.1, (source.id, missing)


def test_the_parents_numbers_become_values_where_they_speak_of_the_same(catalog: Catalog) -> None:
    hours = catalog.measures["officials-training"]
    text = "市委党校主体班次每期安排科学课程不少于6学时。各县（市、区）党校主体班每期不少于4学时。"
    assert figures(text, hours) == {"hours": "4"}
    assert figures("建成站点4个，培训6学时", hours) == {}
    assert figures("主体班次科学素质课程400学时", hours) == {}
