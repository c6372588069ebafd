"""What a profile mentions, held against what catalog and pack have."""

from collections.abc import Iterator

from drafter.errors import Finding, Severity, error
from drafter.load import Inputs
from drafter.model.profile import LocalMeasure, Pick, Profile
from drafter.nearest import nearest


def unknown_names(inputs: Inputs) -> list[Finding]:
    """One finding for each id that is unknown or used twice, with its place and the nearest known one."""
    return [
        *_layout(inputs),
        *_features(inputs),
        *_measures(inputs),
        *_sections(inputs),
        *_parents(inputs),
    ]


def unfit_measures(inputs: Inputs) -> tuple[Finding, ...]:
    """Advice for each picked measure that supposes something which the county is not said to have (PRACTICE 14)."""
    features = {feature.id: feature.label for feature in inputs.catalog.family.features}
    found = []
    for index, pick in enumerate(inputs.profile.picks):
        measure = inputs.catalog.measures[pick.measure]
        lacking = [features[name] for name in measure.applies if name not in inputs.profile.features]
        if lacking:
            message = f"“{measure.title}”适用于“{'、'.join(lacking)}”的地方，档案没有列出这一特征"
            hint = "补入 features，或不选这项举措"
            at = inputs.tree.at("picks", index)
            found.append(Finding("measure.unfit", Severity.ADVICE, message, hint, at))
    return tuple(found)


def _layout(inputs: Inputs) -> Iterator[Finding]:
    profile, tree, pack = inputs.profile, inputs.tree, inputs.pack
    if pack.family not in (None, profile.family):
        message = f"模板包“{pack.id}”用于“{pack.family}”，不用于“{profile.family}”"
        yield error("pack.family", message, "换用同一类方案的模板包", tree.at("pack"))
    form = profile.layout.form
    if form is not None and form not in pack.forms:
        at = tree.at("layout", "form")
        yield error("form.unknown", f"模板包没有“{form}”形式", nearest(form, pack.forms), at)
    if pack.form not in pack.forms:
        at = inputs.pack_tree.at("form")
        yield error("form.unknown", f"没有“{pack.form}”形式", nearest(pack.form, pack.forms), at)
    if profile.status not in pack.statuses:
        hint = "可用：" + "、".join(each.shown for each in pack.statuses)
        message = f"模板包没有“{profile.status.shown}”这一稿别"
        yield error("status.unknown", message, hint, tree.at("status"))


def _features(inputs: Inputs) -> Iterator[Finding]:
    known = [feature.id for feature in inputs.catalog.family.features]
    for index, name in enumerate(inputs.profile.features):
        if name not in known:
            at = inputs.tree.at("features", index)
            yield error("feature.unknown", f"没有“{name}”这一特征", nearest(name, known), at)


def _measures(inputs: Inputs) -> Iterator[Finding]:
    profile, tree, catalog = inputs.profile, inputs.tree, inputs.catalog
    seen: set[str] = set()
    for index, pick in enumerate(profile.picks):
        at = tree.at("picks", index, "measure")
        if pick.measure not in catalog.measures:
            hint = nearest(pick.measure, catalog.measures)
            yield error("measure.unknown", f"目录里没有举措“{pick.measure}”", hint, at)
        elif pick.measure in seen:
            yield error("measure.twice", f"举措“{pick.measure}”选了两次", "删去其中一处", at)
        seen.add(pick.measure)
    for index, local in enumerate(profile.local):
        if local.id in catalog.measures or local.id in seen:
            hint = "本县举措另起编号，如 local-…"
            yield error("measure.twice", f"“{local.id}”与已有举措同号", hint, tree.at("local", index, "id"))
        seen.add(local.id)
        if "。" in local.title:
            at = tree.at("local", index, "title")
            yield error("title.stop", "举措标题里不能有“。”", "删去句号", at)


def _sections(inputs: Inputs) -> Iterator[Finding]:
    profile = inputs.profile
    known = [group.id for group in inputs.catalog.family.groups]
    for key, index, entry in _chosen(profile):
        section = entry.section
        if section is not None and section not in known:
            at = inputs.tree.at(key, index, "section")
            yield error("section.unknown", f"没有“{section}”这一部分", nearest(section, known), at)


def _chosen(profile: Profile) -> Iterator[tuple[str, int, Pick | LocalMeasure]]:
    """What the county takes up, with the key and the index under which the profile has it."""
    for index, pick in enumerate(profile.picks):
        yield "picks", index, pick
    for index, local in enumerate(profile.local):
        yield "local", index, local


def _parents(inputs: Inputs) -> Iterator[Finding]:
    profile, tree = inputs.profile, inputs.tree
    known = [parent.id for parent in profile.parents]
    named = [
        (answer.parent, tree.at(key, index, "answers"))
        for key, index, entry in _chosen(profile)
        for answer in entry.answers
    ]
    named += [(each.parent, tree.at("decisions", index)) for index, each in enumerate(profile.decisions)]
    for name, at in named:
        if name not in known:
            yield error("parent.unknown", f"没有上级方案“{name}”", nearest(name, known), at)
    for name in dict.fromkeys(name for name in known if known.count(name) > 1):
        yield error("parent.twice", f"上级方案“{name}”写了两次", "各用不同的编号", tree.at("parents"))
