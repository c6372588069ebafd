"""Is a pack right? Its files by themselves, then every paper that it may have to make; all problems at once."""

import re
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from drafter.compose import compose, compose_paper, readable
from drafter.compose.files import check_files
from drafter.document import Document
from drafter.errors import DrafterError, Finding, InputError, Location, Severity, error
from drafter.load import Inputs, layers, load_catalog
from drafter.markup import parse, print_document
from drafter.nearest import nearest
from drafter.outline import outline
from drafter.packs import Opened
from drafter.packs.trials import Trial, inputs_of, trials
from drafter.resolve import resolve

_LEFT_OVER = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")


class Checked(Struct, frozen=True):
    """What a check found, and how many papers it made."""

    findings: tuple[Finding, ...]
    papers: int


def check(opened: Opened, catalog: Path | None = None, family: str | None = None) -> Checked:
    """Try a pack: its files, and the papers of every trial profile.

    `family`: the catalog to try it with, where the pack names none. Raises InputError where there is no such catalog.
    """
    pack, folder = opened.pack, opened.folders[0]
    findings = list(_declaration(opened))
    wanted = family or pack.family
    if wanted is None:
        hint = "在 pack.yaml 写 family，或用 --family"
        raise InputError(
            [*findings, error("pack.family", "不知道用哪一类方案的目录来试", hint, opened.tree.at())]
        )
    found, wrong = load_catalog(
        wanted, layers("catalog", folder.resolve().parents[1], catalog), opened.tree.at("family")
    )
    if found is None:
        raise InputError([*findings, *wrong])
    count = 0
    for trial in trials(pack, found):
        inputs = inputs_of(trial, pack, opened.tree, found, opened.folders)
        try:
            if count == 0:
                findings += check_files(inputs, readable(resolve(inputs), inputs))
            for paper in _papers(inputs, trial):
                count += 1
                findings += _left_over(paper, trial)
        except DrafterError as bad:
            count += 1
            findings += [_of_trial(each, trial) for each in bad]
            if any(each.rule == "template.limit" for each in bad):
                # Every further paper would take as long before it is stopped.
                break
    return Checked(tuple(_once(findings)), count)


def _declaration(opened: Opened) -> Iterator[Finding]:
    """What the model cannot see: names within pack.yaml that have to agree."""
    pack, tree = opened.pack, opened.tree
    name = opened.folders[0].name
    if pack.id != name:
        hint = f"写 id: {name}，或把文件夹改名"
        yield error("pack.id", f"编号“{pack.id}”与文件夹“{name}”不一致", hint, tree.at("id"))
    if pack.form not in pack.forms:
        yield error(
            "pack.form", f"forms 里没有默认形式“{pack.form}”", nearest(pack.form, pack.forms), tree.at("form")
        )
    asked = [each.name for each in pack.asked]
    for twice in sorted({each for each in asked if asked.count(each) > 1}):
        yield error("pack.parameter", f"“{twice}”问了两次", "只留一处", tree.at("parameters"))


def _papers(inputs: Inputs, trial: Trial) -> Iterator[Document]:
    """Every paper of a trial."""
    plan = resolve(inputs)
    made = compose(plan, inputs)
    yield made
    if trial.by_parent:
        plan = resolve(inputs, outline(made))
        yield compose(plan, inputs)
    for name in inputs.pack.papers:
        yield compose_paper(plan, inputs, name)


def _left_over(paper: Document, trial: Trial) -> Iterator[Finding]:
    """Signs of a template that reached the page, and text that markup would not read back as it is."""
    for text in paper.texts():
        if found := _LEFT_OVER.search(text):
            message = f"成文里留有模板记号“{found[0]}”：{text[:40]}"
            yield error("template.left-over", message, f"试用的档案：{trial.name}", quote=found[0])
    if parse(print_document(paper)) != paper:
        yield error("template.read-back", "成文不能原样读回", f"试用的档案：{trial.name}")


def _of_trial(finding: Finding, trial: Trial) -> Finding:
    hint = "；".join(filter(None, [finding.hint, f"试用的档案：{trial.name}"]))
    return Finding(finding.rule, finding.severity, finding.message, hint, finding.at, finding.quote)


def _once(findings: list[Finding]) -> Iterator[Finding]:
    """Each fault once, errors first, then in the order of files and lines."""
    seen: set[tuple[str, str, int]] = set()
    order = list(Severity)

    def place(each: Finding) -> tuple[int, str, int]:
        at = each.at or Location()
        return order.index(each.severity), at.path or "", at.line or 0

    for each in sorted(findings, key=place):
        at = each.at or Location()
        key = (each.rule, at.path or each.message, at.line or 0)
        if key not in seen:
            seen.add(key)
            yield each
