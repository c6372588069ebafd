"""Checks that look at one entry: parameters, must, length, caution, what is missing, papers out of term."""

from collections.abc import Iterator, Sequence
from datetime import date

from rapidfuzz import fuzz

from drafter.catalog.checks.texts import Text, finding, plain, texts
from drafter.compose.names import COMMON, PERIOD_FIELDS, PLACE_FIELDS, Used, used
from drafter.errors import Finding, Location, Severity, TemplateError
from drafter.model.catalog import Catalog, Policy, Programme
from drafter.model.pack import Pack
from drafter.nearest import nearest

SHORTEST, LONGEST = 60, 260
"""Characters of a measure's standard text: less is no action, more is two."""
_REASON = 6
_CAUTION_TAG = "慎用"


# ------------------------------------------------------------------ names


def parameters(catalog: Catalog, packs: Sequence[Pack]) -> Iterator[Finding]:
    """Names that a text uses and nobody declares; unknown ids that it looks up; parameters that no text uses."""
    shared = [*catalog.family.parameters, *(each for pack in packs for each in pack.parameters)]
    shared += [each for entry in catalog.narrative.values() for each in entry.parameters]
    common = COMMON | {each.name for each in shared}
    seen: dict[tuple[str, str], set[str]] = {}
    for text in texts(catalog):
        try:
            found = used(text.text, text.at)
        except TemplateError as bad:
            yield from bad.findings
            continue
        seen.setdefault((text.kind, text.entry), set()).update(found.names)
        yield from _unknown(text, found, common | {each.name for each in text.own}, catalog)
    everywhere = set().union(*seen.values())
    for kind, held in (("measures", catalog.measures), ("narrative", catalog.narrative)):
        for entry in held.values():
            inside = seen.get((kind, entry.id), set()) if kind == "measures" else everywhere
            for parameter in entry.parameters:
                if parameter.name not in inside:
                    message = f"“{entry.id}”声明了参数“{parameter.name}”（{parameter.label}），文字里没有用到"
                    hint = f"在文字里写 {{{{ {parameter.name} }}}}，或删去这个参数"
                    at = catalog.where[kind, entry.id].of("parameters")
                    yield finding("unused", Severity.WARNING, message, hint, at, parameter.name)


def _unknown(
    text: Text, found: Used, known: set[str] | frozenset[str], catalog: Catalog
) -> Iterator[Finding]:
    for name in found.names:
        if name not in known:
            hint = nearest(name, known) or f"在 parameters 里声明“{name}”"
            message = f"“{text.entry}”的文字用了没有声明的“{name}”"
            yield finding("undeclared", Severity.ERROR, message, hint, text.at, name)
    records = {"place": PLACE_FIELDS, "period": PERIOD_FIELDS}
    for record, name in found.fields:
        if record in records and name not in records[record]:
            message = f"“{text.entry}”的文字用了“{record}.{name}”，{record} 没有这一项"
            yield finding(
                "undeclared", Severity.ERROR, message, nearest(name, records[record]), text.at, name
            )
    ids = {
        "organ": ("职能", catalog.organs),
        "cite": ("文件", catalog.policies),
        "title": ("文件", catalog.policies),
        "programme": ("计划项目", catalog.programmes),
    }
    for function, name in found.calls:
        if function in ids and name not in ids[function][1]:
            what, there = ids[function]
            message = f"“{text.entry}”的文字引用了没有的{what}“{name}”"
            yield finding("undeclared", Severity.ERROR, message, nearest(name, there), text.at, name)


# ------------------------------------------------------------------ one measure


def musts(catalog: Catalog) -> Iterator[Finding]:
    """Phrases of `must` that do not stand in the standard text."""
    for measure in catalog.measures.values():
        at = catalog.where["measures", measure.id].of("must")
        for phrase in measure.must:
            if phrase not in measure.text:
                near = fuzz.partial_ratio_alignment(phrase, measure.text, score_cutoff=50)
                close = measure.text[near.dest_start : near.dest_end] if near else ""
                hint = f"正文里最接近的是“{close}”" if close else "改成正文里的原话，或把它写进正文"
                message = f"“{measure.id}”的 must“{phrase}”不在正文里"
                yield finding("must", Severity.WARNING, message, hint, at, phrase)


def lengths(catalog: Catalog) -> Iterator[Finding]:
    """Standard texts that are too short or too long; brief ones that are longer than the standard."""
    for measure in catalog.measures.values():
        where = catalog.where["measures", measure.id]
        standard, brief = len(plain(measure.text)), len(plain(measure.brief))
        if not SHORTEST <= standard <= LONGEST:
            message = f"“{measure.id}”的正文 {standard} 字，应为 {SHORTEST}—{LONGEST} 字"
            hint = "补上谁做、做什么、做到什么程度" if standard < SHORTEST else "删去背景和意义，或拆成两条"
            yield finding("length", Severity.WARNING, message, hint, where.of("text"))
        if brief > standard:
            message = f"“{measure.id}”的简本 {brief} 字，比正文 {standard} 字还长"
            yield finding("length", Severity.WARNING, message, "压缩 brief", where.of("brief"))


def cautions(catalog: Catalog) -> Iterator[Finding]:
    """Entries that are marked for caution without a reason: they would be picked like any other."""
    for measure in catalog.measures.values():
        where = catalog.where["measures", measure.id]
        marked = "caution" in where.lines or _CAUTION_TAG in measure.tags
        if marked and len(measure.caution) < _REASON:
            said = f"只写了“{measure.caution}”" if measure.caution else "没有写理由"
            message = f"“{measure.id}”标为慎用，但{said}"
            hint = "在 caution 里写明为什么慎用、什么情况下可以选；不慎用就删去 caution 和标签“慎用”"
            yield finding("caution", Severity.ERROR, message, hint, where.of("caution"))


def missing(catalog: Catalog) -> Iterator[Finding]:
    """What a measure should say and does not."""
    wanted = {
        "brief": "补上简本，篇幅为“简”的方案才有短的写法",
        "deliverable": "写明可检查的成果，如名册、清单、统计",
        "due": "写明时限：每年、某年底，或持续推进及核对时间",
        "must": "列出构成本举措的主要动作（正文原话），对照上级方案时要用",
        "tags": "写上群众平常的说法，搜索靠它",
    }
    for measure in catalog.measures.values():
        lacking = [name for name in wanted if not getattr(measure, name)]
        for name in lacking:
            at = catalog.where["measures", measure.id].at
            message = f"“{measure.id}”没有 {name}"
            yield finding("missing", Severity.ADVICE, message, wanted[name], at, name)


# ------------------------------------------------------------------ terms of papers and programmes


def out_of_term(catalog: Catalog, today: date) -> Iterator[Finding]:
    """Papers and programmes that are named and not in force at `today`; advice on programmes that nobody names."""
    named: set[str] = set()
    for measure in catalog.measures.values():
        where = catalog.where["measures", measure.id]
        for policy in measure.policies:
            named.add(policy)
            yield from _term(measure.id, catalog.policies[policy], today, where.of("policies"))
    for text in texts(catalog):
        for entry in _called(text, catalog):
            named.add(entry.id)
            yield from _term(text.entry, entry, today, text.at)
    for each in catalog.programmes.values():
        # Papers that are over stay, for reading the plans of their time; a programme that is over serves nothing.
        if each.id not in named and each.valid_to and each.valid_to < today:
            message = f"{_title(each)}已于 {each.valid_to} 到期"
            hint = "没有条目引用它；核对后更新期限，或删去"
            yield finding("expired", Severity.ADVICE, message, hint, catalog.where["programmes", each.id].at)


def _called(text: Text, catalog: Catalog) -> Iterator[Policy | Programme]:
    try:
        calls = used(text.text, text.at).calls
    except TemplateError:
        return
    for function, name in calls:
        if function in ("cite", "title") and name in catalog.policies:
            yield catalog.policies[name]
        elif function == "programme" and name in catalog.programmes:
            yield catalog.programmes[name]


def _title(entry: Policy | Programme) -> str:
    return f"《{entry.title}》" if isinstance(entry, Policy) else f"“{entry.name}”"


def _term(name: str, entry: Policy | Programme, today: date, at: Location) -> Iterator[Finding]:
    if entry.valid_to and entry.valid_to < today:
        message = f"“{name}”引用的{_title(entry)}已于 {entry.valid_to} 到期"
        hint = "换成现行的文件或计划；仍在执行的，核对后更新 policies.yaml 里的 valid_to"
        yield finding("expired", Severity.WARNING, message, hint, at, entry.id)
    if entry.valid_from and entry.valid_from > today:
        message = f"“{name}”引用的{_title(entry)}到 {entry.valid_from} 才施行"
        yield finding("not-yet", Severity.WARNING, message, "施行以前不要引用", at, entry.id)
