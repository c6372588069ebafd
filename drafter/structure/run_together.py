"""Where a title ends: at the first full stop, or, in text pasted without line breaks, where a sentence begins."""

import re
from collections.abc import Sequence

from drafter.structure.lines import Line
from drafter.structure.markers import marker_at

# Titles that stand in nearly every plan.
_KNOWN = re.compile(
    r"^(?:指导思想|(?:基本|工作|总体|实施)?原则|(?:总体|主要|工作|发展|具体|阶段|年度)?目标(?:任务)?|总体要求|总体思路|基本思路|(?:主要|重点|工作|目标)?任务|(?:主要|重点|工作|保障|具体)?措施|"
    r"(?:进度|时间|工作|阶段)安排|(?:实施|工作|方法)步骤|(?:组织|机制|条件|制度|经费|人才|队伍|政策|法治)保障|保障条件|组织领导|组织实施|组织机构|工作要求|有关要求|监督考核|(?:重要|重大)?意义|发展现状|工作基础|"
    r"形势要求|工作内容|实施范围|适用范围|职责分工|任务分工|时间节点|名词解释)(?![和与及、的])"
)
_VERBS = (
    "加强|推进|推动|强化|完善|健全|建立|建设|开展|实施|提升|提高|深化|深入|坚持|突出|践行|弘扬|激发|破除|优化|创新|落实|贯彻|培育|培养|构建|打造|发挥|发展|壮大|引导|鼓励|支持|组织|加大|加快|"
    "扩大|拓展|拓宽|整合|统筹|保障|营造|促进|倡导|动员|聚焦|围绕|依托|充分|积极|大力|着力|全面|广泛|认真|切实|严格|进一步|不断|持续|逐步|面向|针对|结合|利用|通过|以|将|把|对|按照|根据|为|由|"
    "在|到|即|是|指|各|市|县|区|全市|全县|全区|要|招募|选派|举办|组建|设立|制定|编制|出台|印发|新建|改造|扩建|规范|统一|探索|推广|引进|选聘|争取|压实|明确|做好|抓好|用好|办好|"
    "依据|盘活|补齐|打通|畅通|优先|成立|建好|开发|挖掘|搭建|宣传|普及|运用|发动|每年|每季|每月|每学"
)
_VERB = re.compile(_VERBS)
_STARTS = re.compile(
    r"(?:以习近平|到(?:20|本世纪|“)|各级|各县|各乡|各镇|各有关|各部门|各成员|各地|县[直委政]|市[直委政]|区[直委政]|全县|全市|全区|即|是指|指的是|系指|由[一-龥]{2,8}[部局委会]|为(?:提升|贯彻|加强|进一步|全面|深入|确保)|"
    r"根据|按照|《|坚持以|深入贯彻|全面贯彻|认真贯彻|进一步|着力|大力|积极|围绕|充分)"
)
_DEFINES = re.compile(r"即[以将把对由是]|是指|系指|指的是|是一[种个项]")
# What a heading ends with more often than a clause.
_CLOSES = re.compile(
    r"(?:行动|工程|格局|机制|体系|能力|水平|建设|队伍|服务|培训|保障|制度|工作|责任|素质|活动|计划|平台|环境|氛围|传播|协同|领导|实施|力度|改革|引领|推进|融合|发展|衔接|倾斜|培育|投入|考核|监督|宣传|指导)$"
)
# A sentence that opens with who is to act has no title before it.
_SUBJECT = re.compile(r"各|全[省市县区州]|[省市县区州][直委级政]|由|对|在|每|从|到|要")
_LONGEST = 30


class Cutter:
    """Cuts a numbered paragraph into title and text.

    `levels`: those whose titles run into the text without a full stop. `words`: the body, whose terms a glossary explains.
    `glued`: the paper has no line breaks, so that usual titles are cut at every level.
    """

    def __init__(self, levels: frozenset[int] = frozenset(), words: str = "", glued: bool = False) -> None:
        self.levels, self.known, self.glued = levels, words, glued

    def cut(self, level: int, text: str) -> tuple[str, str | None]:
        """(title, text); the text is None where the title stands alone."""
        if level in self.levels:
            end = self.boundary(text)
            if end:
                return text[:end], text[end:]
        usual = _KNOWN.match(text) if self.glued else None
        if usual and usual.end() < len(text) and text[usual.end()] not in "。：:" and "。" in text:
            return usual.group(), text[usual.end() :]
        title, stop, rest = text.partition("。")
        return (title, rest) if stop else (text, None)

    def boundary(self, text: str) -> int:
        """Where the title ends; 0 where nothing says so."""
        first = re.search(r"[,，。；;:：]", text)
        if first is None or _SUBJECT.match(text):
            return 0
        if text[first.start()] == "。" and first.start() <= 24 and not _KNOWN.match(text):
            return 0
        known = _KNOWN.match(text)
        if known:
            return known.end()
        limit = min(first.start(), _LONGEST)
        scores = {end: self.score(text, end) for end in range(2, limit + 1)}
        best = max(scores, key=lambda end: (scores[end], -end), default=0)
        return best if best and scores[best] >= 2 else 0

    def score(self, text: str, end: int) -> int:
        """How well a title ends at `end`."""
        title, rest = text[:end], text[end:]
        bare = rest.lstrip("《“")
        points = 0
        if len(title) >= 3 and bare.startswith(title):
            points += 6
        else:
            points += max(
                (2 + size // 2 for size in range(3, min(len(title), 12)) if bare.startswith(title[-size:])),
                default=0,
            )
            if rest.startswith("《") and len(title) >= 4 and title in rest[:40]:
                points += 5
        if _DEFINES.match(rest):
            points += 6
        elif _STARTS.match(rest):
            points += 3
        elif _VERB.match(rest) and end >= 4 and not _two_verbs(rest):
            points += 2
        if self.known and len(title) >= 4 and title in self.known and text[: end + 1] not in self.known:
            points += 2
        if points and _CLOSES.search(title):
            points += 1
        if (
            title.count("“") != title.count("”")
            or title.count("（") != title.count("）")
            or title.count("(") != title.count(")")
        ):
            points -= 8
        if re.search(r"[的和与及、在为对以将把]$", title):
            points -= 6
        if end < 4:
            points -= 2
        return points


def _two_verbs(rest: str) -> bool:
    """Whether a verb is followed by another at once, so that the first still belongs to the title: 推进|强化."""
    for size in (3, 2):
        if _VERB.fullmatch(rest[:size]):
            return (
                bool(_VERB.match(rest, size))
                and len(rest[:size]) == 2
                and rest[:size]
                in ("推进", "引领", "发展", "建设", "创新", "提升", "保障", "落实", "培养", "组织")
            )
    return False


def unstopped_levels(lines: Sequence[Line]) -> frozenset[int]:
    """The levels of a paper without line breaks where no title ends with a full stop, but a sentence can be told from it."""
    cutter = Cutter(frozenset({1, 2, 3, 4}))
    found: dict[int, list[bool]] = {}
    for line in lines:
        marker = marker_at(line.text)
        text = line.text[marker.end :] if marker else ""
        if marker and "。" in text:
            stop = text.find("。")
            short = stop <= 24 and not re.search(r"[,，]", text[:stop])
            found.setdefault(marker.level, []).append(not short and cutter.boundary(text) > 0)
    return frozenset(
        level for level, each in found.items() if len(each) > 1 and sum(each) >= 0.75 * len(each)
    )


def glued_levels(lines: Sequence[Line], proofs: int = 1) -> frozenset[int]:
    """The levels whose titles once stood on lines of their own, in a paper that lost its line breaks.

    A heading directly before a deeper one proves it: 措施(1)… `proofs`: how many are asked for.
    """
    own: dict[int, int] = {}
    stopped: dict[int, int] = {}
    markers = [(line, marker_at(line.text)) for line in lines]
    followings = [following for _, following in markers[1:]] + [None]
    for (line, marker), following in zip(markers, followings, strict=False):
        if marker is None:
            continue
        text = line.text[marker.end :]
        if "。" not in text and following and following.level > marker.level:
            own[marker.level] = own.get(marker.level, 0) + 1
        elif 0 < text.find("。") <= 24 and not re.search(r"[,，]", text[: text.find("。")]):
            stopped[marker.level] = stopped.get(marker.level, 0) + 1
    return frozenset(
        level
        for level in own
        if own[level] >= proofs
        and own[level] > (stopped.get(level, 0) if proofs == 1 else 3 * stopped.get(level, 0))
    )
