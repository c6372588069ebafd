"""What the head and the end of a paper say of it: title, place, number, issuer, dates, period, status, parents."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from msgspec import Struct

from drafter.divisions import Place, chain_at, lies_in
from drafter.document import Citation, Document, Paragraph
from drafter.five_years import YEARS
from drafter.numerals import find_date
from drafter.outline.citations import citations
from drafter.outline.nodes import Draft

_STATUSES = (
    ("征求意见|意见征求", "draft-for-comment"), ("送审|代拟|报批|审定|审核", "draft-for-approval"), ("审议", "draft-for-deliberation"),
    ("初稿|草案|草稿|讨论稿|修改稿|修订稿|第.稿", "draft"),
)  # fmt: skip
_MARK = re.compile(r"[（(【\[〔](?:公开)?[^（()）【】\[\]〔〕]{0,10}(?:稿|草案)[^（()）]{0,6}[）)】\]〕]$")
_YEARS = re.compile(
    r"(20\d\d|二[〇○零0][一二三四五六七八九〇○零0]{2})年?(?:[—–―－\-~～至到]+(20\d\d|二[〇○零0][一二三四五六七八九〇○零0]{2}))+"
)
_ZONE = r"[一-龥]{0,12}?(?:经济技术开发区|高新技术产业开发区|开发区|高新区|经开区|工业园区|产业园区|示范区|度假区|保税区|管理区|风景区|新区|园区)(?=管委会|管理委员会|党工委|办公室|全民|[^一-龥]|关于|$)"
_TOWNSHIP = r"[一-龥]{1,8}?(?:街道|镇|乡|苏木)(?=人民政府|办事处|党委|党工委|委员会|全民|关于|20|[^一-龥])"
_PLACE = re.compile(
    r"[^\W\d]{1,9}?(?:自治区|自治州|自治县|自治旗|地区|省|市|县|区|旗|盟|州)(?![市县区旗州盟省])"
)
_NO_PLACE = re.compile(
    r"(?:社区|园区|校区|景区|片区|辖区|山区|城区|小区|城市|超市|全[省市县区州旗])$|[的和与及为在实]"
)


class Facts(Struct, frozen=True):
    """Meta of an outline; None where the paper does not say."""

    title: str | None = None
    locality: str | None = None
    level: str | None = None
    doc_number: str | None = None
    issuer: str | None = None
    addressees: str | None = None
    issued_date: str | None = None
    printed_date: str | None = None
    cc: tuple[str, ...] = ()
    period: tuple[int, int] | None = None
    status: str = "issued"
    parents: tuple[Citation, ...] = ()


def facts(document: Document, nodes: Sequence[Draft]) -> Facts:
    """What the paper itself says; nothing is taken from elsewhere."""
    notice, imprint = document.notice, document.imprint
    notice_title = "".join(notice.title) if notice else ""
    title = _MARK.sub("", "".join(document.title)) or _named(notice_title) or notice_title or None
    issuer = _issuer(document, notice_title)
    place = _locality(title or "", issuer or "")
    preamble = next((node.text for node in nodes if node.id == "0"), "")
    return Facts(
        title=title,
        locality=place.name if place else None,
        level=_level(place, document) if place else None,
        doc_number=document.letterhead.number if document.letterhead else None,
        issuer=issuer,
        addressees=notice.addressees if notice else None,
        issued_date=_iso(notice.date) if notice else None,
        printed_date=_iso(imprint.date) if imprint else None,
        cc=tuple(name for group in imprint.copy_to for name in group) if imprint else (),
        period=_period(title or "") or _period(notice_title) or _spoken_period(preamble),
        status=_status(document, title or "", notice_title),
        parents=tuple(_parents(document, nodes, preamble, title or "", place)),
    )


def _named(notice_title: str) -> str | None:
    found = re.search(r"印发(?:的)?[《〈]?(.+?)[》〉]?的?通知", notice_title)
    return found.group(1) if found else None


def _iso(text: str | None) -> str | None:
    found = find_date(text or "")
    return found[0].isoformat() if found else None


def _issuer(document: Document, notice_title: str) -> str | None:
    if document.notice and document.notice.signature:
        return document.notice.signature
    before = re.match(r"(.{2,40}?)(?:关于|印发)", notice_title)
    if before:
        return before.group(1)
    if document.letterhead and document.letterhead.issuer_mark:
        return document.letterhead.issuer_mark.removesuffix("文件")
    return None


# ------------------------------------------------------------------ place


class _Located(Struct, frozen=True):
    name: str
    chain: tuple[Place, ...]
    level: str | None


def _locality(title: str, issuer: str) -> _Located | None:
    """The place in the plan's or the issuer's name, the fuller of the two."""
    if re.match(r"(?:国务院|中共中央|中央)", issuer):
        return _Located("全国", (), "state")
    found = [place for place in (_place(title), _place(issuer)) if place]
    return (
        max(found, key=lambda place: (place.level in ("zone", "township"), len(place.name)))
        if found
        else None
    )


def _place(text: str) -> _Located | None:
    text = re.sub(r"^(?:20\d\d年(?:度)?)", "", text).removeprefix("中共").removeprefix("中国共产党")
    name, chain = chain_at(text)
    rest = text[len(name) :]
    for level, pattern, words in (("zone", _ZONE, "区"), ("township", _TOWNSHIP, "道镇乡木")):
        # Most names hold none of these, and the patterns take long to compile.
        below = re.match(pattern, rest) if any(word in rest for word in words) else None
        if (
            below
            and (name or level == "zone" or len(below.group()) > 2)
            and not re.search("[的和与关]", below.group())
        ):
            return _Located(name + below.group(), chain, level)
    if chain:
        deeper = _below(rest)
        return _Located(name + deeper, (), None) if deeper else _Located(name, chain, chain[-1].level)
    found = _PLACE.match(text)
    if found and len(found.group()) >= 3 and not _NO_PLACE.search(found.group()):
        return _Located(found.group() + (_below(text[found.end() :]) or ""), (), None)
    return None


def _below(rest: str) -> str | None:
    """A place that the list does not know, between a known one and its government: 安河市|青禾县|人民政府."""
    found = _PLACE.match(rest)
    known = (
        found and rest[found.end() :].startswith(("人民政府", "政府")) and not _NO_PLACE.search(found.group())
    )
    return found.group() if found and known else None


def _level(place: _Located, document: Document) -> str | None:
    if place.level:
        return place.level
    if place.name.endswith(("省", "自治区")):
        return "province"
    if place.name.endswith(("州", "盟", "地区")):
        return "prefecture"
    if not place.name.endswith("市"):
        return "county"
    # A city that the list does not know is of the county or above it: whom it addresses tells.
    words = (document.notice.addressees if document.notice else None) or "".join(document.texts())[:20000]
    below = re.search(r"各(?:县|区|市)[^，。、：]{0,8}|各(?:乡|镇|街道)", words)
    return "county" if below and re.match("各(?:乡|镇|街道)", below.group()) else "prefecture"


# ------------------------------------------------------------------ period, status


def _period(title: str) -> tuple[int, int] | None:
    found = _YEARS.search(title)
    if found:
        years = [
            _year(year)
            for year in re.findall(r"20\d\d|二[〇○零0][一二三四五六七八九〇○零0]{2}", found.group())
        ]
        return (years[0], years[-1]) if years[0] <= years[-1] else None
    return _five_years(title) or _single(title)


def _year(text: str) -> int:
    if text.isdecimal():
        return int(text)
    return int(
        "".join(
            str("零一二三四五六七八九".find(char) if char in "零一二三四五六七八九" else 0) for char in text
        )
    )


def _five_years(text: str) -> tuple[int, int] | None:
    return next((years for name, years in YEARS.items() if name in text), None)


def _spoken_period(preamble: str) -> tuple[int, int] | None:
    """“十五五”时期 in the preamble's own words; what a cited title says is another paper's."""
    own = re.sub(r"《[^》]*》", "", preamble)
    found = re.search(r"[“\"]?(十[一二三四五六])五[”\"]?(?:时期|期间)", own)
    return YEARS.get(found.group(1) + "五") if found else None


def _single(title: str) -> tuple[int, int] | None:
    found = re.search(r"(20\d\d)年", title)
    return (int(found.group(1)), int(found.group(1))) if found else None


def _status(document: Document, title: str, notice_title: str) -> str:
    marked = [
        block.text for block in document.blocks if isinstance(block, Paragraph) and block.role == "status"
    ]
    found = _MARK.search("".join(document.title))
    marked += [found.group()] if found else []
    marked += [hit.group() for hit in [re.search(r"[（(][^（()）]*稿[）)]|公开征求", notice_title)] if hit]
    for mark in marked:
        for words, status in _STATUSES:
            if re.search(words, mark):
                return status
    return "issued"


# ------------------------------------------------------------------ parents


def _parents(
    document: Document, nodes: Sequence[Draft], preamble: str, title: str, place: _Located | None
) -> Iterator[Citation]:
    """Higher papers, in the order in which they are cited; the plan itself and papers of its own level are none."""
    source = preamble or next((node.text for node in nodes if node.text), "").split("\n")[0]
    if document.notice:
        source = "\n".join([*map(_grounds, document.notice.paragraphs), source])
    seen = {_fold(title), _fold(_named("".join(document.notice.title)) or "") if document.notice else ""}
    for cited in citations(source):
        folded = _fold(cited.title)
        if folded in seen or not _is_higher(cited.title, place):
            continue
        seen.add(folded)
        yield cited


def _grounds(paragraph: str) -> str:
    """What a notice's paragraph says of its grounds: not the plan that it hands down."""
    before = re.split(r"现将|现印发|现予|现转发|印发给", paragraph)[0]
    return before if re.search(r"根据|按照|依据|贯彻|落实", before) and "已经" not in before else ""


def _is_higher(title: str, own: _Located | None) -> bool:
    """Whether a cited paper comes from above: it names no place, or one that holds this one."""
    cited = _place(title.lstrip("〈<《"))
    if cited is None or own is None:
        return not (
            own and cited is None and title.startswith(("本市", "本县", "本区", "我市", "我县", "我区"))
        )
    if cited.chain and own.chain:
        here = own.chain[-1]
        there = cited.chain[-1]
        if own.level in ("zone", "township"):
            return cited.level not in ("zone", "township")
        return there != here and not lies_in(there, here) and there.name != here.name
    return cited.name not in own.name[-len(cited.name) :] and own.name not in cited.name


def _fold(text: str) -> str:
    return re.sub(r"[\s《》〈〉<>（）()\[\]“”\"—–―－\-~]", "", unicodedata.normalize("NFKC", text))
