"""Alignments of real plans, against alignments made by hand (skipped where the plans are not there)."""

import json
import sys
from functools import cache
from importlib import util
from pathlib import Path
from typing import Any

import pytest

from drafter.align import align, as_json
from drafter.outline import Outline, outline
from drafter.read import read

# What is asked of the mean over the pairs, and of each pair; of the status and what is sure, what is reached (docs/alignment.md).
LINKS, LINKS_EACH, MISSING, STATUS = 0.85, 0.80, 0.70, 0.82
SURE_SHARE, SURE_RIGHT = 0.57, 0.94


@cache
def paper(path: Path) -> Outline:
    return outline(read(path))


@pytest.fixture(scope="module")
def scores(plans: Path) -> list[dict[str, Any]]:
    """What the scorer says of every pair that was aligned by hand."""
    folder = plans.parent / "gold" / "align"
    scorer = plans.parent / "tools" / "score_align.py"
    if not scorer.is_file() or not any(folder.glob("*.json")):
        pytest.skip("no alignments made by hand beside the plans")
    spec = util.spec_from_file_location("score_align", scorer)
    assert spec
    assert spec.loader
    module = util.module_from_spec(spec)
    sys.modules["score_align"] = module
    spec.loader.exec_module(module)
    made = []
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        found = align(paper(plans / f"{gold['child']}.txt"), paper(plans / f"{gold['parent']}.txt"))
        made.append(module.score(json.loads(json.dumps(as_json(found))), gold))
    return made


def mean(values: list[float]) -> float:
    return sum(values) / len(values)


def test_every_row_is_there(scores: list[dict[str, Any]]) -> None:
    assert [score["rows"] for score in scores] == [1.0] * len(scores)


def test_links(scores: list[dict[str, Any]]) -> None:
    found = [score["links"][2] for score in scores]
    assert mean(found) >= LINKS, found
    assert min(found) >= LINKS_EACH, found


def test_missing_items_are_found(scores: list[dict[str, Any]]) -> None:
    found = [score["missing"][2] for score in scores]
    assert mean(found) >= MISSING, found


def test_status(scores: list[dict[str, Any]]) -> None:
    found = [score["status"] for score in scores]
    assert mean(found) >= STATUS, found


def test_rows_marked_sure_are_right(scores: list[dict[str, Any]]) -> None:
    assert mean([score["sure"][0] for score in scores]) >= SURE_SHARE
    assert mean([score["sure"][1] for score in scores]) >= SURE_RIGHT


def test_a_real_plan_with_itself(plans: Path) -> None:
    for path in sorted(plans.glob("*.txt")):
        made = align(paper(path), paper(path))
        rows = [pair for pair in made.pairs if pair.kind == "measure"]
        assert {(pair.status, pair.confidence) for pair in rows} == {("covered", "sure")}, path.name
