"""A text in clauses."""

from drafter.clauses import split


def test_clauses_are_the_pieces_between_stops() -> None:
    assert split("甲，乙；丙。\n丁：戊") == ["甲", "乙", "丙", "丁", "戊"]


def test_what_stands_in_brackets_and_quotation_marks_is_not_parted() -> None:
    assert split("清理河道，加固堤防（含闸、坝，涵洞）。培训“一懂，二会”人员；") == [
        "清理河道",
        "加固堤防（含闸、坝，涵洞）",
        "培训“一懂，二会”人员",
    ]
