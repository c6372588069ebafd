"""Responsibilities: where they stand in a paragraph, and the units in them."""

import re

from msgspec import Struct

from drafter.document import Responsibility

_PAIRS = {"）": "（(", ")": "（(", "】": "【", "]": "[［", "］": "[［", "〕": "〔"}
_LABELS = (
    "任务分工|职责分工|工作分工|责任分解|责任分工|责任单位|责任部门|责任主体|责任处室|责任科室|牵头单位|牵头部门|牵头责任单位|主要责任单位|主责单位|主办单位|负责单位|实施单位|落实单位|"
    "配合单位|配合部门|协办单位|协同单位|协助单位|参与单位|参加单位|参与部门|配合责任单位|牵头|配合|责任"
)
# What else a bracket may state beside units.
_OTHER_LABELS = "完成时限|完成时间|办结时限|时间节点|时间安排|工作时限|时限|期限|责任领导|分管领导|牵头领导|责任人|联系人|备注"
_LABEL = re.compile(rf"(?P<label>{_LABELS}|{_OTHER_LABELS})[:：]")
_KEYWORD = re.compile(rf"牵头|(?:{_LABELS})[:：]|(?:负责|配合|参加|参与|协助)$|责任单位")
_PARAGRAPH = re.compile(rf"^[【\[［]?(?:{_LABELS}|分工)[】\]］]?[:：](?!$)")
_TAIL = re.compile(rf"(?<=[。；;！”）)])(?:{_LABELS})[:：][^。]*。?$")
_FIRST = (
    r"(?:排名|排列|排序|排|列|居|位)?(?:在)?(?:第一|第1|首位|首个|最前|在前|首)(?:位|个|名)?(?:面)?(?:的)?(?:责任)?(?:单位|部门|者)?(?:的)?"
    r"(?:均)?(?:为|是|即为|即|作为|系|担任)?(?:该项)?(?:工作)?(?:任务)?(?:的)?牵头(?:责任)?(?:单位|部门)"
)
FIRST_LEADS = re.compile(_FIRST)
# Such a clause says how to read the list; it is no unit.
_RULE = re.compile(
    rf"[,，;；。、]?[^,，;；。、]{{0,8}}{_FIRST}[^,，;；。、]{{0,8}}(?:[,，]?下同)?|[,，;；]?下同$"
)
_NOTES = re.compile(r"[。；;，,]?(?:以下均需|以下各项|以下均由)[^；;]*$|[，,]?不再(?:逐一|一一|分别)?列出$")
_ORGAN = re.compile(
    r"(?:[局委办部厅院会联署队处社台]|科协|中心|政府|街道|乡镇|公司|集团|学校|党校|单位|部门|银行|学院|镇|乡|馆|协会|办事处|群团|园区|企业|开发区|高新区|站|所)"
    r"(?:[（(][^（()）]*[）)])?$"
)
_PLACE_WORD = re.compile(r"^(?:各|省|市|县|区|州|旗|盟|镇|乡|团[省市县区州旗]|有关|相关|中央|国家)")
_CLOSING = re.compile(
    r"(?:(?:按照?|根据|依据|依)(?:各自)?(?:职责|职能)(?:分工)?)?(?:分别|共同|具体|协同|密切|积极)?"
    r"(?:配合|参加|参与|协助|负责|落实|实施|承办|协办|支持)(?:落实|实施|做好)?$"
)
_ET_CETERA = re.compile(
    r"等(?:[一二三四五六七八九十\d]+[个家])?(?:有关|相关|各有关|成员)?(?:单位|部门|部门和单位|单位和部门|成员单位|企业|机构)?$"
)
_OPENING = re.compile(r"^(?:由|并由|以及|及|和|会同|其中|其他|其余)")
_AND = re.compile(
    r"(?<=[局委办部厅院会联协心府])(?:和|及|以及|与|会同)(?=(?:各?[省市县区州旗盟]|团[省市县区州旗]|各))"
)


class Split(Struct, frozen=True):
    """A paragraph without its responsibility, and the printed responsibility without its brackets."""

    text: str
    raw: str | None = None


def split_units(text: str) -> Split:
    """Take the responsibility off the end of a paragraph, if it has one."""
    bare = text.rstrip("。；; ")
    opening = _PAIRS.get(bare[-1:])
    if opening:
        start = _matching(bare, opening)
        inside = bare[start + 1 : -1].strip("。；; ") if start is not None else ""
        if (
            start is not None
            and inside
            and is_units(inside, after_sentence=bare[:start].endswith(("。", "；", "！")) or not start)
        ):
            return Split(bare[:start].strip(), inside)
    found = _TAIL.search(text)
    if found:
        return Split(text[: found.start()].strip(), found.group().strip("。；; "))
    return Split(text)


def paragraph_units(text: str) -> str | None:
    """The responsibility that a paragraph of its own holds."""
    if _PARAGRAPH.match(text) and len(text) < 800:
        return text.strip("。；; ")
    split = split_units(text)
    return split.raw if not split.text else None


def _matching(text: str, opening: str) -> int | None:
    """Where the bracket opens that the last character closes."""
    depth = 0
    closing = text[-1]
    closers = "）)" if closing in "）)" else closing
    for index in range(len(text) - 1, max(len(text) - 900, -1), -1):
        if text[index] in closers:
            depth += 1
        elif text[index] in opening:
            depth -= 1
            if depth == 0:
                return index
    return None


def is_units(inside: str, after_sentence: bool) -> bool:
    """Whether the words in a bracket are units with their parts, or a bare list of units."""
    names = _split(_LABEL.sub("、", inside))
    if not names:
        return False
    organs = [
        name
        for name in names
        if _ORGAN.search(_CLOSING.sub("", _ET_CETERA.sub("", name.replace("牵头", ""))))
    ]
    if _KEYWORD.search(inside):
        return bool(organs) or bool(_LABEL.match(inside))
    plain = [_ET_CETERA.sub("", name) for name in names]
    return (
        after_sentence
        and all(len(name) >= 3 and _ORGAN.search(name) and len(name) <= 24 for name in plain)
        and any(_PLACE_WORD.match(name) for name in plain)
    )


def units(raw: str, first_leads: bool = False) -> Responsibility:
    """The units of a printed responsibility. `first_leads`: the paper says that the first-listed unit leads."""
    text = _NOTES.sub("", _RULE.sub("", raw)).strip("。；; ")
    lead: list[str] = []
    support: list[str] = []
    for label, piece in _pieces(re.sub("^分工[:：]", "", text)):
        if re.fullmatch(_OTHER_LABELS, label):
            continue
        before, word, after = _at_lead(piece)
        if label and re.search("牵头|主责|主要责任|主办", label):
            lead += _names(piece)
        elif word:
            lead += _names(before)
            support += _names(after)
        elif re.search(r"(?<!分工)(?<!职责)负责[，,；;].*(?:配合|参加|参与|协助)", piece):
            first, _, rest = piece.partition("负责")
            lead += _names(first)
            support += _names(rest)
        elif re.fullmatch(r"[^，,；;]*(?<!分工)(?<!职责)负责", piece) and not label:
            lead += _names(piece)
        else:
            support += _names(piece)
    if first_leads and not lead and support:
        lead, support = support[:1], support[1:]
    return Responsibility(tuple(lead), tuple(support), raw)


def _at_lead(piece: str) -> tuple[str, str, str]:
    """The words before and after 牵头 where it closes a list of units."""
    found = re.search(r"(?:共同|联合|总)?牵头(?:负责|实施|落实|组织|抓总)?(?=$|[，,；;、。])", piece)
    return (piece[: found.start()], found.group(), piece[found.end() :]) if found else (piece, "", "")


def _pieces(text: str) -> list[tuple[str, str]]:
    """(label, list) of `牵头单位：…；配合单位：…`; an unlabelled list has the label ""."""
    found = list(_LABEL.finditer(text))
    pieces = [("", text[: found[0].start()] if found else text)]
    for index, label in enumerate(found):
        end = found[index + 1].start() if index + 1 < len(found) else len(text)
        pieces.append((label["label"], text[label.end() : end]))
    return [(label, piece.strip("，,；;。 ")) for label, piece in pieces if piece.strip("，,；;。【】[] ")]


def _names(text: str) -> list[str]:
    found = []
    for entry in _split(text):
        name = _ET_CETERA.sub("", _CLOSING.sub("", _OPENING.sub("", entry))).strip("【】[]。 ")
        found += [part for part in _AND.split(name) if part and part != "等"]
    return found


def _split(text: str) -> list[str]:
    """The entries of a list; what stands in brackets belongs to its entry."""
    entries, depth, current = [], 0, ""
    for char in text:
        if char in "（(":
            depth += 1
        elif char in "）)":
            depth = max(depth - 1, 0)
        if char in "、，,；;：:" and depth == 0:
            entries.append(current)
            current = ""
        else:
            current += char
    entries.append(current)
    return [entry.strip() for entry in entries if entry.strip()]
