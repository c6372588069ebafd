"""Catalog + profile → Plan: which measures, whose units, which values. Nothing is rendered here."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from drafter.errors import Finding, InputError, Location, error
from drafter.hanging import Hung, advice, chosen_parent, hang, why_not
from drafter.issuers import issuing
from drafter.load import Inputs
from drafter.mentions import unfit_measures, unknown_names
from drafter.model.catalog import Group, Measure, Narrative, Parameter, as_number
from drafter.model.pack import StatusEntry
from drafter.model.plan import Code, Passage, PlaceWords, Plan, PlanEntry, PlanSection
from drafter.model.profile import LocalMeasure, Pick
from drafter.model.words import GroupKind, Length, ParameterKind
from drafter.nearest import nearest
from drafter.organs import in_both, in_order, obsolete, unit_names, units, unserved, unverified
from drafter.places import located, place_words, placeholder

if TYPE_CHECKING:
    from drafter.outline import Outline


class Unknown(str):
    """A value that nobody has given yet; prints as 〔待填：label〕."""


class Listed(tuple[str, ...]):
    """Several values; print joined by 、 unless a text joins them otherwise."""

    __slots__ = ()

    def __str__(self) -> str:
        return "、".join(self)


def resolve(inputs: Inputs, parent: "Outline | None" = None) -> Plan:
    """The Plan that profile and catalog give; `parent`: the outline that `layout.outline` asks for. Raises InputError with every unknown id, role, key and bad value."""
    resolver = _Resolver(inputs)
    plan = resolver.plan(parent)
    if resolver.findings or plan is None:
        raise InputError([*resolver.findings, *inputs.left_out])
    return plan


class _Resolver(Struct):
    """One pass over a profile; gathers every problem instead of stopping at the first."""

    inputs: Inputs
    findings: list[Finding] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    orders: dict[str, int] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    without: frozenset[str] = frozenset()

    def refuse(self, rule: str, message: str, hint: str, at: Location) -> None:
        self.findings.append(error(rule, message, hint, at))

    def plan(self, parent: "Outline | None") -> Plan | None:
        inputs, profile, tree = self.inputs, self.inputs.profile, self.inputs.tree
        catalog, pack = inputs.catalog, inputs.pack
        words, wrong = place_words(profile.place, catalog.divisions, tree)
        self.findings += wrong
        if words is None:
            return None
        place, _ = located(profile.place, tree)
        profile = profile.model_copy(update={"place": place})
        self.names, wrong = unit_names(catalog.organs, profile, words, tree)
        self.findings += wrong + obsolete(catalog.former, profile, words, self.names, tree, date.today())
        self.without = unserved(profile)
        self.orders = {
            name: catalog.organs[role].order
            for role, name in reversed(self.names.items())
            if role in catalog.organs
        }
        self.findings += unknown_names(inputs)
        asked = [*catalog.family.parameters, *pack.asked]
        asked += [each for entry in catalog.narrative.values() for each in entry.parameters]
        self.values = self.answers(asked, profile.values, ("values",))
        groups = (group.fitting(profile.features) for group in catalog.family.groups)
        sections = tuple(filter(None, map(self.section, groups)))
        carried = pack.statuses.get(profile.status, StatusEntry()).asked(profile.letterhead)
        issuer, wrong = issuing(catalog.issuers, profile, words, carried.notice or carried.head, tree)
        self.findings += wrong
        if issuer is None:
            return None
        hung = self.hung(sections, parent, words)
        return Plan(
            profile=profile,
            place=words,
            issuer=issuer,
            sections=tuple(each for part in hung.parts for each in part.sections) + hung.left,
            parts=hung.parts,
            advice=self.advised(parent, hung),
            passages=tuple(self.passages()),
            slots=frozenset(entry.slot for entry in catalog.narrative.values()),
            terms=tuple(
                (term.name, Code(term.text, catalog.where["terms", term.name].at, self.values))
                for term in catalog.terms.values()
            ),
            values=self.values,
            organs=self.names,
            unverified=unverified(catalog.organs, profile, words, self.names),
            policies=catalog.policies,
            programmes=catalog.programmes,
        )

    def advised(self, parent: "Outline | None", hung: Hung) -> tuple[Finding, ...]:
        """What the drafter should know of the plan; nothing while ids are wrong, for they are told first."""
        if self.findings:
            return ()
        at = self.inputs.tree.at("layout", "outline")
        hanging = advice(self.inputs.profile, parent, hung, at) if parent else ()
        return (*unfit_measures(self.inputs), *hanging)

    def roles(self, roles: Iterable[str], at: Location) -> list[str]:
        """Those of `roles` that exist; the others are refused."""
        known = []
        for role in roles:
            if role in self.names:
                known.append(role)
            else:
                self.refuse("organ.unknown", f"没有“{role}”这一职能", nearest(role, self.names), at)
        return known

    def answers(
        self,
        parameters: Iterable[Parameter],
        given: Mapping[str, tuple[str, ...]],
        keys: tuple[str | int, ...],
    ) -> dict[str, Any]:
        """The value of each parameter: the answer, else the default, else Unknown, or nothing where it is optional."""
        declared = {parameter.name: parameter for parameter in parameters}
        tree = self.inputs.tree
        for name in given:
            if name not in declared:
                hint = nearest(name, declared) or "这里没有可填的参数"
                self.refuse("value.unknown", f"没有名为“{name}”的参数", hint, tree.at(*keys, name))
        values: dict[str, Any] = {}
        for name, parameter in declared.items():
            answer = tuple(filter(None, given.get(name, ()))) or parameter.default
            at = tree.at(*keys, name)
            if answer:
                values[name] = self.value(parameter, answer, at)
            elif parameter.required:
                values[name] = ""
                hint = f"在“{'.'.join(str(key) for key in keys)}”下写 {name}: …{f'（{parameter.help}）' if parameter.help else ''}"
                self.refuse("value.missing", f"缺少必填的“{parameter.label}”", hint, at)
            else:
                values[name] = "" if parameter.optional else Unknown(placeholder(parameter.label))
        return values

    def value(self, parameter: Parameter, answer: tuple[str, ...], at: Location) -> Any:
        """An answer as its kind means it; refused with the reason where it does not fit."""
        problem = parameter.problem(answer)
        if problem:
            self.refuse("value.unfit", f"“{parameter.label}”：{problem}", parameter.help, at)
        text, kind = answer[0], parameter.kind
        if kind is ParameterKind.LIST:
            return Listed(answer)
        if kind in (ParameterKind.NUMBER, ParameterKind.YEAR):
            return as_number(text)
        if kind is ParameterKind.ORGAN:
            return self.names.get(next(iter(self.roles([text], at)), ""), text)
        if kind is ParameterKind.POLICY and text not in self.inputs.catalog.policies:
            hint = nearest(text, self.inputs.catalog.policies)
            self.refuse("policy.unknown", f"没有文件“{text}”", hint, at)
        return text

    def section(self, group: Group) -> PlanSection | None:
        """The group with the county's entries in the catalog's order, its own after them; None where it has none."""
        catalog, profile = self.inputs.catalog, self.inputs.profile
        order = list(catalog.measures)
        picks = [
            (order.index(pick.measure), index, pick)
            for index, pick in enumerate(profile.picks)
            if pick.measure in catalog.measures
            and (pick.section or catalog.group_of[pick.measure]) == group.id
        ]
        entries = [self.picked(pick, index) for _, index, pick in sorted(picks, key=lambda each: each[:2])]
        entries += [
            self.own(local, index) for index, local in enumerate(profile.local) if local.section == group.id
        ]
        if not entries:
            return None
        at = catalog.where["groups", group.id].at
        self.check_needs(group, at)
        lead, support = self.together(entries)
        return PlanSection(
            id=group.id,
            kind=group.kind,
            title=Code(group.title, at, self.values),
            intro=Code(group.intro, at, self.values),
            aim=Code(group.aim, at, self.values),
            entries=tuple(entries),
            lead=lead,
            support=support,
        )

    def hung(self, sections: tuple[PlanSection, ...], parent: "Outline | None", words: PlaceWords) -> Hung:
        """The sections in the parent's order, where the profile asks for that."""
        profile, tree = self.inputs.profile, self.inputs.tree
        self.findings += why_not(profile, tree)
        chosen, at = chosen_parent(profile), tree.at("layout", "outline")
        if chosen is None or parent is None:
            return Hung((), sections, ())
        made = hang(sections, parent, chosen.id, words, self.together, at)
        if made is None:
            self.refuse(
                "outline.empty", f"“{chosen.file}”里没有读出任务措施，不能取其章节", "改为 outline: pack", at
            )
        return made or Hung((), sections, ())

    def together(self, entries: Sequence[PlanEntry]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The units that lead and support entries together, each once."""
        lead = tuple(dict.fromkeys(name for entry in entries for name in entry.lead))
        support = {name for entry in entries for name in entry.support if name not in lead}
        return lead, tuple(sorted(support, key=lambda name: self.orders.get(name, 0)))

    def check_needs(self, group: Group, at: Location) -> None:
        """A form that prints an introduction or an aim for every section needs the catalog to have one."""
        name = self.inputs.profile.layout.form or self.inputs.pack.form
        form = self.inputs.pack.forms.get(name)
        for need in form.lacks(group) if form else ():
            hint = f"在“{group.id}”下补写，或换一种 layout.form"
            self.refuse("form.needs", f"“{name}”形式要印每一部分的{need}，“{group.title}”没有", hint, at)

    def picked(self, pick: Pick, index: int) -> PlanEntry:
        catalog, tree = self.inputs.catalog, self.inputs.tree
        measure = catalog.measures[pick.measure]
        at = catalog.where["measures", measure.id].at
        here = tree.at("picks", index)
        values = self.values | self.answers(measure.parameters, pick.values, ("picks", index, "values"))
        self.findings += in_both(measure.lead, measure.support, self.names, at)
        self.findings += in_both(pick.lead or (), pick.support or (), self.names, here)
        title, text = self.wording(pick, measure)
        lead, support = self.responsible(
            measure.lead if pick.lead is None else pick.lead,
            measure.support if pick.support is None else pick.support,
            here if pick.lead is not None or pick.support is not None else at,
        )
        group = next(
            group
            for group in catalog.family.groups
            if group.id == (pick.section or catalog.group_of[measure.id])
        )
        self.must_lead(measure.lead if pick.lead is None else pick.lead, group, measure.title, here)
        return PlanEntry(
            id=measure.id,
            title=Code(title, at, values),
            text=Code(pick.override, here, literal=True) if pick.override else Code(text, at, values),
            due=Code(pick.due, here, literal=True) if pick.due else Code(measure.due, at, values),
            deliverable=Code(measure.deliverable, at, values),
            lead=lead,
            support=support,
            sources=measure.sources,
            answers=pick.answers,
            policies=measure.policies,
        )

    def must_lead(self, lead: Sequence[str], group: Group | None, title: str, at: Location) -> None:
        """Measures of groups and projects have a unit that leads (PRACTICE 35)."""
        if not lead and group is not None and group.kind in (GroupKind.GROUP, GroupKind.PROJECT):
            self.refuse("organ.lead", f"“{title}”没有牵头单位", "在该项下写 lead: [职能]", at)

    def wording(self, pick: Pick, measure: Measure) -> tuple[str, str]:
        """Title and text in the chosen length: as taken when the measure was picked, else as the catalog has them."""
        source = pick.taken or measure
        length = pick.length or self.inputs.profile.layout.length
        brief = length is Length.BRIEF and source.brief
        return source.title, source.brief if brief else source.text

    def own(self, local: LocalMeasure, index: int) -> PlanEntry:
        here = self.inputs.tree.at("local", index)
        self.findings += in_both(local.lead, local.support, self.names, here)
        lead, support = self.responsible(local.lead, local.support, here)
        groups = {group.id: group for group in self.inputs.catalog.family.groups}
        self.must_lead(local.lead, groups.get(local.section), local.title, here)
        return PlanEntry(
            id=local.id,
            title=Code(local.title, here, literal=True),
            text=Code(local.text, here, literal=True),
            due=Code(local.due, here, literal=True),
            deliverable=Code(local.deliverable, here, literal=True),
            lead=lead,
            support=support,
            answers=local.answers,
        )

    def responsible(
        self, lead: Iterable[str], support: Iterable[str], at: Location
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The units that lead and those that support, each once, in the customary order."""
        leading = self.roles(lead, at)
        leaders = units((role for role in leading if role not in self.without), self.names)
        if leading and not leaders:
            titles = "、".join(self.inputs.catalog.organs[role].title for role in leading)
            hint = "在 organs 中写明由哪个单位承担，或给该举措另写 lead，或不选该举措"
            self.refuse("organ.none", f"本地没有承担“{titles}”的单位，这项举措无单位牵头", hint, at)
        known = [role for role in self.roles(support, at) if role not in self.without]
        known = in_order(known, self.inputs.catalog.organs)
        return leaders, units(known, self.names, without=leaders)

    def passages(self) -> Iterable[Passage]:
        catalog, profile = self.inputs.catalog, self.inputs.profile
        for entry in catalog.narrative.values():
            if set(entry.applies) <= set(profile.features):
                at = catalog.where["narrative", entry.id].at
                title = Code(entry.title, at, self.values)
                paragraphs = (Code(text, at, self.values) for text in self.variant(entry, at))
                yield Passage(entry.id, entry.slot, title, tuple(paragraphs))

    def variant(self, entry: Narrative, at: Location) -> tuple[str, ...]:
        """The variant in the chosen length, or the standard one."""
        chosen = entry.variants.get(self.inputs.profile.layout.length) or entry.variants.get(Length.STANDARD)
        if chosen is None:
            self.refuse("narrative.variant", f"“{entry.id}”没有标准篇幅", "补上 standard", at)
        return chosen or ()
