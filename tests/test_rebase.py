"""Two versions of a parent: what is new, changed, gone; answers on the new ids."""

from pathlib import Path

from drafts import write

from drafter.outline import Outline, outline
from drafter.read import read
from drafter.rebase import compare, moved_answers

A = "办好科普大集。每年办十场，送到圩日和庙会。"
B = "建强服务站。每站两名信息员，开放到晚八点。"
C = "培训农技员。请省里专家授课，发结业证。"
D = "开放实验室。每家每年接待六次中学生。"


def plan(folder: Path, name: str, *items: str) -> Outline:
    text = (
        "方案\n\n一、任务\n\n（一）各项\n\n"
        + "\n\n".join(f"{n}.{item}" for n, item in enumerate(items, 1))
        + "\n"
    )
    return outline(read(write(folder, name, text)))


def test_items_are_matched_by_what_they_say_not_by_their_number(tmp_path: Path) -> None:
    made = compare(plan(tmp_path, "a.txt", A, B, C), plan(tmp_path, "b.txt", C, D, A.replace("十场", "八场")))
    assert made.moved == {"1.1.1": "1.1.3", "1.1.3": "1.1.1"}
    assert made.new == ("1.1.2",)
    assert made.changed == ("1.1.3",)
    assert made.dropped == (("1.1.2", "建强服务站"),)


def test_answers_move_and_what_answered_a_gone_item_stays(tmp_path: Path) -> None:
    made = compare(plan(tmp_path, "a.txt", A, B), plan(tmp_path, "b.txt", D, A))
    data = {
        "picks": [
            {"measure": "x", "answers": [{"parent": "p", "item": "1.1.1"}, {"parent": "q", "item": "1.1.1"}]},
            {"measure": "y", "answers": [{"parent": "p", "item": "1.1.2"}]},
        ],
        "decisions": [{"parent": "p", "item": "1.1.2", "kind": "omit"}],
    }
    done = moved_answers(data, "p", made)
    assert done["picks"] == [
        {"measure": "x", "answers": [{"parent": "p", "item": "1.1.2"}, {"parent": "q", "item": "1.1.1"}]},
        {"measure": "y"},
    ]
    assert done["decisions"] == []


def test_a_decision_goes_on_with_the_new_title(tmp_path: Path) -> None:
    made = compare(plan(tmp_path, "a.txt", A), plan(tmp_path, "b.txt", D, A.replace("科普大集", "科普集市")))
    data = {"decisions": [{"parent": "p", "item": "1.1.1", "title": "办好科普大集", "kind": "omit"}]}
    assert moved_answers(data, "p", made)["decisions"] == [
        {"parent": "p", "item": "1.1.2", "title": "办好科普集市", "kind": "omit"}
    ]
