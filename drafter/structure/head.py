"""Everything before the first numbered heading: red head, notice, title, draft mark, preamble (GB/T 9704 7.2, 7.3.1 to 7.3.6)."""

import re
from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from drafter.document import Letterhead, Notice, Unread
from drafter.numerals import find_date
from drafter.structure.furniture import NUMBER, facts, is_furniture
from drafter.structure.lines import Line, noted
from drafter.structure.titles import ORGAN_END, PLAN_END, STATUS, STATUS_LINE, find_title

_ADDRESSEE = re.compile(
    r"^(?:主送[:：])?(?:各|驻|市|县|区|省|州|州直|自治|旗|盟|有关|全[省市县区州]|直属|乡|镇|街道|[一-龥]{2,12}(?:人民政府|街道|办事处|管委会|新区|高新区|开发区|委员会|中心|局|科协|领导小组|成员单位))"
)
_NOTE = re.compile(
    r"^[（(]?(?:此件|本文|该件|信息公开)[^）)]{0,24}[）)]?$|^[（(]?(?:主动公开|依申请公开|不予公开|公开属性.{0,10})[）)]?$|^[（(][^（()）]*(?:代章|联系人|联系电话)[^（()）]*[）)]$"
)
_ANNEX_LABEL = re.compile(r"^附件[一二三四五六七八九十\d]{0,2}[:：]?$")
_ANNEX_NOTE = re.compile(r"^附件?[一二三四五六七八九十\d]{0,2}[:：].+")
_RED = re.compile(r"^[一-龥（）()]{4,40}文件$")
_SIGNER = re.compile(r"签发人[:：].*$")


class Head(Struct):
    """What the head holds. `rest`: the lines after the title, which are the preamble."""

    letterhead: Letterhead | None = None
    notice: Notice | None = None
    title: tuple[str, ...] = ()
    status: str | None = None
    rest: list[Line] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


class _Notice(Struct):
    title: list[str] = field(default_factory=list)
    addressees: str | None = None
    paragraphs: list[str] = field(default_factory=list)
    signature: str | None = None
    date: str | None = None
    note: str | None = None


def read_head(lines: Sequence[Line]) -> Head:
    """The head of a paper from the lines before its first numbered heading."""
    stated = facts(lines)
    texts = [line for line in lines if line.rows or not line.text or not is_furniture(line.text)]
    kept = [line for line in texts if not line.rows]
    head = Head()
    reader = _Reader(kept)
    reader.run()
    notice = reader.notice
    day = notice.date or (stated.date if notice.title or notice.addressees else None)
    if not notice.title and stated.title and (notice.addressees or notice.paragraphs):
        notice.title = [stated.title]
    if notice.title or notice.addressees or notice.signature or day:
        head.notice = Notice(
            tuple(notice.title),
            notice.addressees,
            tuple(notice.paragraphs),
            notice.signature,
            day,
            notice.note,
        )
    number = reader.number or stated.number
    if reader.red or number:
        head.letterhead = Letterhead(reader.red or "", number)
    head.title, head.status, head.rest = reader.title, reader.status, reader.rest
    head.unread = reader.unread
    return head


class _Reader:
    """Walks the lines of the head once, element after element, in the order that the standard sets."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.at = 0
        self.red: str | None = None
        self.number: str | None = None
        self.notice = _Notice()
        self.title: tuple[str, ...] = ()
        self.status: str | None = None
        self.rest: list[Line] = []
        self.unread: list[Unread] = []
        self.date_line: int | None = None

    def run(self) -> None:
        self.red_head()
        named = self.notice_title()
        if named is not None or self.addressee_ahead():
            self.notice_body()
        self.own_title(named or self.named_in_text())
        self.rest = self.lines[self.at :]

    def text(self, index: int) -> str:
        return self.lines[index].text if index < len(self.lines) else ""

    def red_head(self) -> None:
        """Mark and number wherever they stand on lines of their own; they leave the list."""
        kept = []
        for line in self.lines:
            bare = _SIGNER.sub("", line.text).strip("（）()【】 ")
            hit = NUMBER.fullmatch(bare)
            if hit and "年度" not in bare:
                self.number = self.number or bare
            elif _RED.match(line.text) and not self.red and ORGAN_END.search(line.text.removesuffix("文件")):
                self.red = line.text.removesuffix("文件") + "文件"
            else:
                kept.append(line)
        self.lines = kept

    # ---------------------------------------------------------------- the notice

    def notice_title(self) -> str | None:
        """Find the notice's title; gives the plan's title as it names it ("" where it names none)."""
        spans = [span for index in range(len(self.lines)) if (span := self.title_span(index))]
        if not spans:
            return None
        # A page prints the title twice: the one before the addressees is the notice's own.
        reached = next(
            (index for index in range(spans[0][1], len(self.lines)) if _addressed(self.text(index))),
            len(self.lines),
        )
        best = [span for span in spans if span[1] <= reached][-1]
        start, end = best
        lines = [self.text(index) for index in range(start, end)]
        before = NUMBER.match(lines[0])
        if before and len(lines[0]) > before.end() + 8:
            self.number = self.number or before.group()
            lines[0] = lines[0][before.end() :]
        tail = NUMBER.search(lines[-1].rpartition("通知")[2])
        if tail:
            self.number = self.number or tail.group()
            lines[-1] = lines[-1].rpartition("通知")[0] + "通知"
        if lines[0].startswith("《") and lines[-1].endswith("通知》"):
            lines[0], lines[-1] = lines[0][1:], lines[-1][:-1]
        self.notice.title = [line for line in lines if line]
        self.at = end
        joined = "".join(lines)
        found = re.search(
            r"(?:印发|下发|发布|转发)(?:的)?[《〈<「]?(?P<title>.+?)[》〉>」]?(?:的)?通知", joined
        )
        return found["title"].rstrip("》〉>") if found else ""

    def title_span(self, last: int) -> tuple[int, int] | None:
        """(start, end) of a notice's title whose last line is `last`."""
        text = self.text(last)
        bare = re.sub(r"[（(【]?" + NUMBER.pattern + r"[）)】]?$", "", text)
        if not re.search(r"通知》?$", bare) or len(text) > 160 or "。" in text or "：" in text:
            return None
        start, joined = last, bare
        while not re.search("关于|印发", joined) and start > 0 and last - start < 5:
            start -= 1
            above = self.text(start)
            if "。" in above or len(above) > 60 or find_date(above):
                return None
            joined = above + joined
        if not re.search("关于|印发", joined):
            return None
        while start > 0 and self.leads_to(self.text(start - 1), joined, first=start > last - 5):
            start -= 1
            # Several bodies issue together: each has a line.
            joined = (
                "关于" + self.text(start) + joined
                if ORGAN_END.search(self.text(start))
                else self.text(start) + joined
            )
        return start, last + 1

    def leads_to(self, above: str, joined: str, first: bool) -> bool:
        """Whether the line above a title's beginning belongs to it: a body that issues, or what breaks off at 关于."""
        if (
            len(above) > 40
            or "。" in above
            or above.endswith("文件")
            or not joined.startswith(("关于", "印发"))
        ):
            return False
        return first and (ORGAN_END.search(above) is not None or above.endswith("关于"))

    def named_in_text(self) -> str | None:
        """The plan's title as the notice's text has it: 现将《…》印发给你们, 《…》已经…同意."""
        for text in self.notice.paragraphs:
            found = re.search(
                r"《((?:[^《》]|《[^《》]*》)+)》(?=[^《》。]{0,40}(?:印发|同意|审议|通过))", text
            )
            if found:
                return found.group(1)
        return None

    def addressee_ahead(self) -> bool:
        """A notice of which the page left the title out: it begins with its addressees."""
        for index in range(len(self.lines)):
            if _addressed(self.text(index)) and any(
                "印发" in self.text(later) for later in range(index, min(index + 4, len(self.lines)))
            ):
                self.at = index
                return True
        return False

    def skip_to_addressees(self) -> None:
        """Pass registration codes and the like between the title and the addressees; they are reported."""
        for step in range(1, 4):
            text = self.text(self.at + step - 1)
            if (
                _addressed(text)
                or _any_addressees(text)
                or "。" in text
                or "《" in text
                or len(text) > 40
                or find_date(text)
            ):
                return
            if _addressed(self.text(self.at + step)):
                for line in self.lines[self.at : self.at + step]:
                    self.unread.append(noted(f"标题与主送机关之间的“{line.text}”", line.where))
                self.at += step
                return

    def notice_body(self) -> None:
        notice = self.notice
        self.skip_to_addressees()
        if _addressed(self.text(self.at)) or _any_addressees(self.text(self.at)) or self.broken_addressees():
            text = self.text(self.at)
            head, rest = re.match(r"([^：:。]*)[：:]?(.*)", text, re.S).groups()  # type: ignore[union-attr]
            notice.addressees = head.removeprefix("主送").strip("：: ") or None
            if text.startswith("主送"):
                notice.addressees = text.partition("：")[2].strip("：: ") or rest.strip("：: ")
                rest = ""
            self.lines[self.at] = replace(self.lines[self.at], text=rest.strip())
            if not rest.strip():
                self.at += 1
        end = self.end_of_notice()
        while self.at < end:
            self.notice_line(self.text(self.at))
            self.at += 1

    def broken_addressees(self) -> bool:
        """Addressees over two or three lines become one."""
        joined = ""
        for step in range(3):
            text = self.text(self.at + step)
            if not text or "。" in text or "《" in text:
                return False
            joined += text
            if joined.endswith(("：", ":")):
                if not _ADDRESSEE.match(joined):
                    return False
                self.at += step
                self.lines[self.at] = replace(self.lines[self.at], text=joined)
                return True
        return False

    def end_of_notice(self) -> int:
        """The line after the date, the note and the annex mark; where there is no date, where the plan's title begins."""
        for index in range(self.at, len(self.lines)):
            text = self.text(index)
            found = find_date(text)
            if (
                found
                and len(text) - (found[1][1] - found[1][0]) <= 45
                and text[found[1][1] :].strip("）)。") == ""
            ):
                if "。" in text[: found[1][0]] or "，" in text:
                    continue
                end = index + 1
                while end < len(self.lines) and (
                    _NOTE.match(self.text(end))
                    or (_ANNEX_NOTE.match(self.text(end)) and not PLAN_END.search(self.text(end + 1) + "x"))
                ):
                    end += 1
                return end
        end = self.at
        while end < len(self.lines):
            text = self.text(end)
            if (
                "。" not in text
                and not _NOTE.match(text)
                and not ORGAN_END.search(text)
                and not _ANNEX_NOTE.match(text)
            ):
                break
            end += 1
        return end

    def notice_line(self, text: str) -> None:
        notice = self.notice
        found = find_date(text)
        whole = found and text[found[1][1] :].strip("）)。") == "" and len(text[: found[1][0]]) <= 45
        if found and whole and "。" not in text[: found[1][0]] and "，" not in text:
            if text[: found[1][0]].strip():
                self.sign(text[: found[1][0]])
            notice.date = text[found[1][0] : found[1][1]]
        elif _NOTE.match(text):
            notice.note = text.strip("（）() ")
        elif (
            "。" not in text
            and "：" not in text
            and len(text) <= 40
            and ORGAN_END.search(text)
            and (notice.paragraphs or notice.addressees)
        ):
            self.sign(text)
        else:
            notice.paragraphs.append(text)

    def sign(self, text: str) -> None:
        name = text.strip("（）() ")
        self.notice.signature = f"{self.notice.signature}、{name}" if self.notice.signature else name

    # ---------------------------------------------------------------- the plan's own title

    def own_title(self, named: str | None) -> None:
        while _ANNEX_LABEL.match(self.text(self.at)) or _NOTE.match(self.text(self.at)):
            if _NOTE.match(self.text(self.at)) and self.notice.date and not self.notice.note:
                self.notice.note = self.text(self.at).strip("（）() ")
            self.at += 1
        found = find_title([line.text for line in self.lines], self.at, named or None)
        if found is None:
            if named:
                self.title = (named,)
            elif self.notice.title:
                # The notice itself is the paper.
                self.title = tuple(self.notice.title)
            return
        start, end, mark = found
        for line in self.lines[self.at : start]:
            self.stray(line)
        self.title = tuple(
            filter(None, (STATUS.sub("", self.text(index)).strip() for index in range(start, end)))
        )
        self.status, self.at = mark, end
        while self.at < len(self.lines) and self.after_title(self.text(self.at)):
            self.at += 1

    def after_title(self, text: str) -> bool:
        """Lines between the title and the preamble: draft mark, date or issuer in brackets."""
        mark = STATUS_LINE.fullmatch(text)
        if mark:
            self.status = self.status or text.strip("（）()【】[] ")
            return True
        found = find_date(text)
        if (found and len(text) <= 40 and "，" not in text and "。" not in text) or _NOTE.match(text):
            if found and not self.notice.date:
                self.notice.date = text[found[1][0] : found[1][1]]
                self.sign_bracketed(text[: found[1][0]])
            return True
        if re.fullmatch(r"[（(][^（()）]{2,30}[）)]", text) and len(text) < 32:
            self.unread.append(noted(f"标题之后的“{text}”", self.lines[self.at].where))
            return True
        return (
            ORGAN_END.search(text) is not None
            and len(text) <= 30
            and "。" not in text
            and self.sign_bracketed(text)
        )

    def sign_bracketed(self, text: str) -> bool:
        name = text.strip("（）() ")
        if name and ORGAN_END.search(name) and not self.notice.signature:
            self.notice.signature = name
        return True

    def stray(self, line: Line) -> None:
        """A line of the head that has no place in the paper: short ones are the page's, others are reported."""
        if len(line.text) >= 30 or "。" in line.text:
            self.unread.append(noted(f"标题之前的文字：{line.text[:60]}", line.where))


def _any_addressees(text: str) -> bool:
    """A line directly under the title that ends with a colon, whomever it names."""
    return bool(re.fullmatch(r"[^：:。《》]{4,200}[：:]", text)) and not text.rstrip("：:").endswith(
        ("如下", "下列")
    )


def _addressed(text: str) -> bool:
    head = re.match(r"[^：:。]{4,200}[：:]", text)
    return bool(head and _ADDRESSEE.match(text) and "关于" not in head.group()[:8])
