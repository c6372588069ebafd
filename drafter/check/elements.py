"""Head, notice, annexes and imprint: there where the status wants them, and of one mind with the plan."""

import re
from collections.abc import Iterator

from drafter.check.rule import Rule, advised, certain, fault, rule
from drafter.check.subject import Subject, around
from drafter.errors import Finding, Location

_OPEN = r"〔待填[^〕]*〕|【待[^】]{1,20}】|[×X]{2,}(?=[年月日号县市区])|（此处[^）]{0,20}）"


def _notice(subject: Subject) -> Location:
    return Location(subject.path, node="印发通知")


@rule(
    "element.notice-title",
    title="印发通知的标题含发文机关、事由、文种，方案名与方案题名一致",
    why="GB/T 9704 7.3.1；通知和方案的题名不一，引用时就有两个名称",
    example="关于印发《……》的通知 → 青屏县人民政府办公室关于印发《……》的通知",
    mend="补发文机关；方案名照抄方案的题名",
)
def notice_title(subject: Subject) -> Iterator[Finding]:
    notice = subject.document.notice
    if notice is None or not notice.title:
        return
    title, plan = "".join(notice.title), "".join(subject.document.title)
    if title.endswith((f"印发《{plan}》的通知", f"印发{plan}的通知")) and not title.lstrip().startswith(
        "关于"
    ):
        return
    if re.match(r"\s*关于", title):
        weigh = certain if subject.own else fault
        who = notice.signature or "发文机关名称"
        yield weigh(_notice(subject), title[:40], "通知标题缺发文机关", f"标题前加“{who}”")
    named = re.search(r"印发(?:的)?[《〈]?(.+?)[》〉]?的?通知$", title)
    plan = re.sub(r"[（(][^（()）]*稿[）)]$", "", plan)
    if named and plan and _fold(named[1]) != _fold(plan):
        yield fault(_notice(subject), named[1][:40], f"通知里的方案名与方案题名“{plan}”不同", "两处改为一致")


def _fold(text: str) -> str:
    return re.sub(r"[^一-龥\d]", "", text)


@rule(
    "element.document-number",
    title="印发的文件有发文字号",
    why="GB/T 9704 7.2.5；没有文号的文件无法引用",
    example="版头下没有“青政办发〔2026〕31号” → 补上",
    mend="编号后补上；转载件没有文号的，向原发文机关核对",
)
def document_number(subject: Subject) -> Iterator[Finding]:
    if subject.status != "issued" or subject.document.notice is None:
        return
    head = subject.document.letterhead
    if head is None or not head.number:
        if subject.own:
            yield certain(
                Location(subject.path, node="版头"), "", "印发稿没有发文字号", "编号后填 letterhead.number"
            )
        else:
            yield advised(
                Location(subject.path, node="版头"), "", "转载件未见文号", "引用前向原发文机关核对文号"
            )


@rule(
    "element.status",
    title="稿件状态与要素一致",
    why="征求意见稿不编号、不署成文日期；印发稿不留“稿”字和待填位",
    example="征求意见稿已有文号 → 删去文号",
    mend="按稿件状态增删要素",
)
def status(subject: Subject) -> Iterator[Finding]:
    head = subject.document.letterhead
    early = subject.status in ("draft", "draft-for-comment")
    if early and head and head.number and "待填" not in head.number and not subject.own:
        yield fault(
            Location(subject.path, node="版头"), head.number, "征求意见的稿子已有文号", "印发时才编号"
        )
    title = "".join(subject.document.title)
    mark = re.search(r"[（(][^（()）]*(?:征求意见|送审|审议|讨论|修改)稿[）)]", title)
    if mark and head and head.number and "待填" not in head.number and subject.status == "issued":
        yield certain(
            Location(subject.path, node="标题"), mark.group(), "印发的文件标题里还留着稿件状态", "删去"
        )


@rule(
    "element.open",
    title="没有留着待填的位置",
    why="初稿、征求意见稿可以待填；送审、审议前要填实；印发稿有一处也不行（按稿件状态定轻重）",
    example="印发稿里有“〔待填：发文字号〕” → 填实",
    mend="填实",
)
def open_places(subject: Subject) -> Iterator[Finding]:
    weigh = {"issued": certain, "draft-for-approval": fault, "draft-for-deliberation": fault}.get(
        subject.status, advised
    )
    for text in subject.texts:
        for found in re.finditer(_OPEN, text.text):
            yield weigh(text, found.group(), f"还没有填：{found.group()}", "填实")


@rule(
    "element.issuer-names",
    title="发文机关在标题、落款、版头、版记是一个名称",
    why="同一机关一处带市名、一处不带，是两个名称",
    example="落款澄州市青屏区人民政府办公室，版记青屏区人民政府办公室 → 统一",
    mend="统一为一种写法",
)
def issuer_names(subject: Subject) -> Iterator[Finding]:
    notice, imprint, head = subject.document.notice, subject.document.imprint, subject.document.letterhead
    if notice is None or not notice.signature:
        return
    signature = notice.signature
    others = [
        ("版记", imprint.printer if imprint else None),
        ("版头", head.issuer_mark.removesuffix("文件") if head else None),
    ]
    for where, name in others:
        if name and name != signature and (signature.endswith(name) or name.endswith(signature)):
            yield fault(
                Location(subject.path, node=where),
                name,
                f"{where}写“{name}”，落款写“{signature}”",
                "统一为一种写法",
            )


_BARE = ("人大", "政协", "法院", "检察院", "纪委", "监委", "人武部", "人民法院", "人民检察院")
_BODIES = ("委", "人大", "政协", "法院", "检察院", "纪委", "人民")


@rule(
    "element.copy-prefix",
    title="抄送单位的写法齐整",
    why="同一级的机关有的带“县”、有的不带，版记就不齐",
    example="县委办公室，人大常委会办公室，县检察院 → 县人大常委会办公室",
    mend="补上级别字",
)
def copy_prefix(subject: Subject) -> Iterator[Finding]:
    imprint = subject.document.imprint
    if imprint is None:
        return
    names = [name for group in imprint.copy_to for name in group]
    word = next(
        (name[0] for name in names if name[0] in "省市州县区旗" and name.startswith(_BODIES, 1)),
        None,
    )
    if word is None:
        return
    bare = [name for name in names if name.startswith(_BARE)]
    if bare:
        yield fault(
            Location(subject.path, node="版记"),
            bare[0] if len(bare) == 1 else "，".join(bare)[:40],
            f"抄送单位有的带“{word}”，有的不带",
            f"统一加“{word}”",
        )


@rule(
    "element.copy-repeated",
    title="抄送单位只列一次",
    why="合署办公的机关写两遍，同一单位会收到两份",
    example="县纪委监委，县监察委员会 → 删去后一个",
    mend="删去重复的",
)
def copy_repeated(subject: Subject) -> Iterator[Finding]:
    imprint = subject.document.imprint
    names = [name for group in imprint.copy_to for name in group] if imprint else []
    joint = next((name for name in names if "纪委监委" in name), None)
    for place, name in enumerate(names):
        if name in names[:place]:
            other = name
        elif joint and re.search(r"(?<!纪委)监委|监察委员会|纪委(?!监委)|纪律检查委员会", name):
            other = joint
        else:
            continue
        yield fault(Location(subject.path, node="版记"), name, f"抄送单位里已有“{other}”", "删去重复的")


@rule(
    "element.annex",
    title="附件说明、正文提到的附件与所附的附件相符",
    why="说有附件而没有，收文单位会来电索要；有附件而没有说明，容易漏印",
    example="正文“任务分工见附件2”，只有一个附件 → 补附件，或改正文",
    mend="补附件，或改正文和附件说明",
)
def annex(subject: Subject) -> Iterator[Finding]:
    count = len(subject.document.annexes)
    for text in subject.prose:
        if "附件" not in text.text:
            continue
        for found in re.finditer(
            r"(?:详?见|按照?)附件(?P<number>\d{1,2})?|附件(?P<other>\d{1,2})(?![\d.．、：:])", text.text
        ):
            said = int(found["number"] or found["other"] or 1)
            if said > count:
                yield fault(
                    text,
                    around(text.text, found.start(), found.end(), 8),
                    f"提到“{found.group()}”，文中只有 {count} 个附件",
                    "补附件，或改这一处",
                )
    notes = [entry for entry in subject.document.unread if "附件说明列出的附件不在文中" in entry.what]
    if notes:
        yield fault(
            Location(subject.path, node="附件说明"),
            notes[0].what.partition("：")[2][:40],
            "附件说明列出的附件不在文中",
            "补附件，或改附件说明",
        )
    if (
        count
        and not subject.own
        and not re.search(r"附\s*件[：:]|见附件|附件\d", "\n".join(text.text for text in subject.prose))
        and not _noted(subject)
    ):
        yield advised(
            Location(subject.path, node="附件"),
            subject.document.annexes[0].title,
            "有附件，正文后没有附件说明",
            "正文之后写“附件：……”（GB/T 9704 7.3.4）",
        )


def _noted(subject: Subject) -> bool:
    return any(getattr(block, "role", "") == "attachment-note" for block in subject.document.blocks)


RULES: tuple[Rule, ...] = (
    notice_title,
    document_number,
    status,
    open_places,
    issuer_names,
    copy_prefix,
    copy_repeated,
    annex,
)
