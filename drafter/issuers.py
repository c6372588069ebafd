"""Who issues the paper: name, head, wording of the notice, whom it may address, who prints it (PRACTICE 9)."""

import re
from collections.abc import Mapping

from msgspec import Struct

from drafter.errors import Finding, error
from drafter.model.issuers import IssuerAt, IssuerType
from drafter.model.plan import Issuer, PlaceWords
from drafter.model.profile import Profile
from drafter.nearest import nearest
from drafter.places import fill, in_form, placeholder
from drafter.yaml_tree import Tree

# Bodies that only their own superiors, or who writes with the government's consent, may order.
_GOVERNMENTS = re.compile(r"人民政府|街道办事处|管委会|管理委员会|行政公署|〔待填：下辖区划的政府〕")
_CONSENT = re.compile(r"经.*(?:人民政府|政府|管委会|管理委员会|行署|行政公署|办事处).*(?:同意|批准|通过)")
_RULE = "《党政机关公文处理工作条例》第十六条"


class _Case(Struct, frozen=True):
    """What the issuer of one paper depends on. `sends`: whether its status carries a notice or a head."""

    profile: Profile
    words: PlaceWords
    tree: Tree
    sends: bool


def issuing(
    kinds: Mapping[str, IssuerType], profile: Profile, words: PlaceWords, sends: bool, tree: Tree
) -> tuple[Issuer | None, list[Finding]]:
    """The issuing body with its wording, the profile's own words first; or why it cannot issue this paper."""
    case = _Case(profile, in_form(words, profile.letterhead.form), tree, sends)
    kind, findings = _kind(kinds, case)
    if kind is None:
        return None, findings
    own, words = profile.letterhead, case.words
    here = kind.levels.get(profile.place.level, IssuerAt())
    name = own.name or fill(kind.name, words) or placeholder("发文机关名称")
    copy_to = here.copy_to if here.copy_to is not None else kind.copy_to
    copy_to = copy_to if own.copy_to is None else own.copy_to
    approval = own.approval or (f"已经{fill(kind.authority, words)}同意" if kind.authority else "")
    made = Issuer(
        name=name,
        head=fill(kind.head, words).replace("{issuer}", name),
        wording=kind.approved if approval and kind.approved else kind.wording,
        approval=approval,
        printer=own.printer or fill(kind.printer, words).replace("{issuer}", name),
        addressees=own.addressees or fill(here.addressees or kind.addressees, words),
        copy_to=tuple(tuple(fill(each, words) for each in group) for group in copy_to),
    )
    return made, _unfit(kind, made, case)


def _kind(kinds: Mapping[str, IssuerType], case: _Case) -> tuple[IssuerType | None, list[Finding]]:
    """The kind of issuing body that the profile names, or the usual one of a draft that names none."""
    profile, at = case.profile, case.tree.at("letterhead", "issuer")
    able = [name for name, kind in kinds.items() if not kind.refused]
    name = profile.letterhead.issuer
    if name is None and case.sends:
        hint = "在 letterhead 下写 issuer: …，可用：" + "、".join(able)
        message = f"{profile.status.shown}带印发通知，必须写明发文机关"
        return None, [error("status.issuer", message, hint, at)]
    if name is None:
        level = profile.place.level
        usual = [each for each in kinds.values() if level in each.usual]
        name = (usual or [kinds[each] for each in able])[0].id
    kind = kinds.get(name)
    if kind is None:
        return None, [error("issuer.unknown", f"没有“{name}”这种发文机关", nearest(name, kinds), at)]
    if kind.refused:
        hint = "改由一个机关发文，可用：" + "、".join(able)
        return None, [error("issuer.refused", f"不能由“{kind.title}”发文：{kind.refused}", hint, at)]
    return kind, []


def _unfit(kind: IssuerType, made: Issuer, case: _Case) -> list[Finding]:
    """What this body may not do, or lacks."""
    own, tree = case.profile.letterhead, case.tree
    findings = []
    if not (kind.name or own.name) and case.sends:
        hint = "在 letterhead 下写 name，按成立或调整文件填写全称"
        message = f"由{kind.title}发文，没有写明它的名称"
        findings.append(error("issuer.name", message, hint, tree.at("letterhead")))
    if kind.sovereign and made.approval and not re.search("通过|批准", made.approval):
        hint = "删去 approval；经会议审议的写作“已经…第×次常务会议审议通过”"
        message = f"由{kind.title}发文不写“{made.approval}”：它自己就是批准的机关"
        findings.append(error("issuer.approval", message, hint, tree.at("letterhead", "approval")))
    if kind.consent and _GOVERNMENTS.search(made.addressees) and not _CONSENT.search(made.approval):
        at = tree.at("letterhead", "addressees" if own.addressees else "issuer")
        message = f"{kind.title}不得自行向下级政府（{made.addressees}）发布指令性公文（{_RULE}）"
        hint = f"经本级政府同意后发文的，写 approval: 经{case.words.government}同意；否则改写主送机关，或改由政府办公室发文"
        findings.append(error("issuer.addressees", message, hint, at))
    return findings
