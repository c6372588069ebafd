"""The weights of the two regressions (docs/alignment.md tells how they were found). Plain numbers, one a figure."""

from collections.abc import Mapping

FIRST: Mapping[str, float] = {
    "base": -8.386,
    "likeness": 0.602,
    "parent_in_child": -1.218,
    "child_in_parent": 4.654,
    "parent_title_in_child": 1.657,
    "child_title_in_parent": 2.162,
    "clause_mass": 0.926,
    "rare": 0.407,
    "won": -1.257,
    "clause_in_child": 2.187,
    "clause_back": 1.348,
    "sections": 1.350,
    "names": 0.920,
    "longest": -1.743,
    "gain": 12.870,
    "row": 1.951,
    "column": 2.052,
    "plain": -3.957,
    "characters": 3.783,
}
SECOND: Mapping[str, float] = {
    "base": -5.443,
    "likeness": 5.608,
    "parent_in_child": 3.144,
    "child_in_parent": 5.218,
    "parent_title_in_child": 0.794,
    "child_title_in_parent": 1.571,
    "clause_mass": 1.159,
    "rare": 0.462,
    "won": -2.173,
    "clause_in_child": 2.342,
    "clause_back": 1.063,
    "sections": -0.186,
    "names": 0.432,
    "longest": -2.291,
    "gain": 9.703,
    "row": 0.227,
    "column": -0.270,
    "plain": -4.211,
    "characters": 3.356,
    "standing": 0.289,
    "neighbours": 1.924,
    "rival_child": -0.107,
    "rival_parent": -0.186,
    "standing_by_neighbours": -0.216,
}

PARTIAL: Mapping[str, float] = {"base": 6.962, "whole": -14.101, "near": -2.439}
