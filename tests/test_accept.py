"""Catalog text that changed since a measure was picked."""

import sys
from pathlib import Path

import pytest
from drafts import problems, write, write_profile

from drafter.accept import accept, marked
from drafter.errors import OutputError
from drafter.load import load
from drafter.lock import locked

TAKEN = """picks:
# 农民
- measure: farmers-training   # 去年定的
  taken: {title: 旧题, text: 旧文。}
- measure: resources-open
- measure: organisation-leadership
"""


def test_changed_text_is_shown_and_taken(tmp_path: Path) -> None:
    profile = write_profile(tmp_path, picks=TAKEN)
    changes = accept(profile)
    assert {each.measure for each in changes} == {
        "farmers-training",
        "resources-open",
        "organisation-leadership",
    }
    (shown,) = [str(each) for each in changes if each.measure == "farmers-training"]
    assert "［－旧" in shown
    inputs = load(profile)
    pick = inputs.profile.picks[0]
    assert pick.taken is not None
    assert pick.taken.text == inputs.catalog.measures["farmers-training"].text
    assert "# 农民" in profile.read_text(encoding="utf-8")
    assert accept(profile) == ()


def test_only_the_measures_that_are_named_are_taken(tmp_path: Path) -> None:
    profile = write_profile(tmp_path, picks=TAKEN)
    assert [each.measure for each in accept(profile, ("farmers-training",))] == ["farmers-training"]


def test_a_measure_that_is_not_picked_is_refused(tmp_path: Path) -> None:
    profile = write_profile(tmp_path, picks=TAKEN)
    (finding,) = problems(lambda: accept(profile, ("farmers-trainings",)))
    assert "farmers-training" in finding.hint


def test_a_measure_that_another_replaced_names_it(tmp_path: Path) -> None:
    measure = """format: measures/1
group: farmers
measures:
- {id: farmers-new, title: 新举措, text: 新文。, lead: [agriculture], replaces: [farmers-gone]}
"""
    write(tmp_path, "catalog/science-literacy/measures/own.yaml", measure)
    profile = write_profile(tmp_path, picks="picks:\n- measure: farmers-gone\n")
    (finding,) = problems(lambda: accept(profile))
    assert "farmers-new" in finding.hint


def test_a_difference_shows_what_went_and_what_came() -> None:
    assert marked("每年三次。", "每年四次以上。") == "每年［－三－］［＋四＋］次［＋以上＋］。"


def test_two_runs_on_one_profile_exclude_each_other(tmp_path: Path) -> None:
    profile = write_profile(tmp_path, picks=TAKEN)
    with locked(profile), pytest.raises(OutputError, match="另一个 drafter"):
        accept(profile)
    accept(profile)


@pytest.mark.skipif(
    sys.platform == "win32", reason="Windows cannot ask whether a process lives without ending it"
)
def test_the_lock_of_a_process_that_is_gone_is_taken_over(tmp_path: Path) -> None:
    profile = write_profile(tmp_path, picks=TAKEN)
    (tmp_path / ".profile.yaml.lock").write_text("999999999", encoding="ascii")
    accept(profile)
    assert not (tmp_path / ".profile.yaml.lock").exists()
