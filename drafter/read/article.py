"""The article within a web page: which blocks are the paper, which are menus, side columns and tools of the site.

A library made for it (resiliparse) says which lines it takes for the article. Such libraries drop what is short or
centred, so their choice only shows where the article stands: the smallest element round it is then taken whole, and only
what is known furniture of web sites is left out of it.
"""

import itertools
import re

from msgspec import Struct
from rapidfuzz import fuzz
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree

from drafter.read.limits import MAX_DEPTH
from drafter.read.page_blocks import Block, Page

_FIRST_SIGN, _SIGNS = 0xE000, 6400
_SIGN = re.compile("[\ue000-\uf8ff]")
_HELD = 0.8
_MORE = 0.15
_SENTENCE = re.compile(r"[。；]")
_MARKER = re.compile(
    r"([一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、]|——)"
)
_TITLE = re.compile(r"方案|通知|规划|计划|意见|办法|要点|行动|决定|细则|纲要")
_NUMBER = re.compile(r"[^\s，。：:]{1,12}[〔\[﹝【（(]\d{4}[〕\]﹞】）)]\s*第?\d+号")
_FURNITURE_NAME = re.compile(
    r"share|fenxiang|crumb|breadcrumb|position|location|weizhi|related|relate|recommend|xgwj|xgyd|prev|next|print|"
    r"copyright|toolbar|sidebar|menu|nav\b|navi|comment|qrcode|ewm|erweima|friend|hot|tags?\b|pager|login|search",
    re.IGNORECASE,
)
_FURNITURE_TAGS = ("nav", "aside", "footer", "form")
_FURNITURE_LINE = re.compile(
    r"[【\[]?\s*(分享到|分享至|打印本?页|打印|关闭(本页|窗口)?|返回顶部|上一篇|下一篇|上一条|下一条|当前位置|您现在的位置|您所在的位置|"
    r"字体|字号|浏览次数|阅读次数|点击数?|点击量|访问量|扫一扫|相关链接|相关阅读|相关文档|相关解读|收藏|纠错|手机版|保护视力色|"
    r"责任编辑|编辑|来源|信息来源|作者|发布时间|发布日期|发布机构|发布单位|时间)\s*([：:】\]＞>|｜]|$)"
)
_FURNITURE_WORD = re.compile(
    r"来源|发布(时间|日期|机构|部门)|时间|作者|浏览|阅读|点击|字体|字号|打印|分享|索引号|编辑|视力|收藏|有效性|主题分类|发文机关|成文日期"
)
_OF_PAPER = re.compile(r"^(抄送|主送|抄报)[：:]|日印发$|^[（(]此件")
_ATTACHED = re.compile(r"\.(docx?|wps|pdf|xlsx?|et|zip|rar|ofd|pptx?)\b", re.IGNORECASE)


class Article(Struct, frozen=True):
    """The blocks of the paper; sentences outside it that were left out; names of attached files."""

    blocks: tuple[Block, ...]
    outside: tuple[str, ...]
    attached: tuple[str, ...]


def find_article(tree: HTMLTree, page: Page) -> Article:
    """The paper within the blocks of a page. Changes the tree, which must not be used after."""
    blocks = page.blocks
    chosen = _chosen(tree, page) if page.depth <= MAX_DEPTH else set(range(len(blocks)))
    start, stop = _range(blocks, chosen, page.names)
    kept, attached = _without_furniture(blocks[start:stop], page.names)
    kept = _with_head(kept, blocks[:start], blocks)
    texts = {block.text for block in kept}
    outside = tuple(
        block.text
        for index, block in enumerate(blocks)
        if not start <= index < stop and block.text not in texts and _is_prose(block)
    )
    return Article(tuple(kept), outside, tuple(attached))


def _is_prose(block: Block) -> bool:
    """A sentence of some length outside links."""
    return block.own >= 20 and bool(_SENTENCE.search(block.text)) and not block.rows


# ------------------------------------------------------------------ where it stands


def _chosen(tree: HTMLTree, page: Page) -> set[int]:
    """The numbers of the blocks that the library takes for the article: each is signed in the tree before it is asked."""
    for index, block in enumerate(page.blocks):
        if block.node is not None:
            high, low = divmod(index, _SIGNS)
            sign = chr(_FIRST_SIGN + high) + chr(_FIRST_SIGN + low)
            block.node.value = sign + _SIGN.sub("", block.node.value or "")
    said = extract_plain_text(
        tree, main_content=True, preserve_formatting=True, list_bullets=False, alt_texts=False, links=False
    )
    signs = (ord(sign) - _FIRST_SIGN for sign in _SIGN.findall(said))
    return {high * _SIGNS + low for high, low in zip(signs, signs, strict=False)}


def _range(blocks: list[Block], chosen: set[int], names: list[str]) -> tuple[int, int]:
    """First and last+1 block of the element that holds the article."""
    weights: dict[int, int] = {}
    prose: dict[int, int] = {}
    lines: dict[int, int] = {}
    total = 0
    for index, block in enumerate(blocks):
        weight = block.own if index in chosen else 0
        told = weight if _is_prose(block) or _MARKER.match(block.text) else 0
        total += weight
        for element in block.path:
            weights[element] = weights.get(element, 0) + weight
            prose[element] = prose.get(element, 0) + told
            lines[element] = lines.get(element, 0) + 1
    if not total:
        return 0, len(blocks)
    # Elements are numbered as they open, so the deepest that holds enough is the last.
    around = max((each for each, weight in weights.items() if weight >= _HELD * total), default=None)
    if around is None:
        return 0, len(blocks)
    path = next(block.path[: block.path.index(around) + 1] for block in blocks if around in block.path)
    place = len(path) - 1
    if place and lines[path[place]] == 1 and not names[path[place]].startswith(("td", "th")):
        place -= 1  # an article is more than one line: the whole of a paper may stand in a single paragraph
    for wider in range(place - 1, -1, -1):
        if prose[path[wider]] >= (1 + _MORE) * prose[path[place]]:
            place = wider
    inside = [index for index, block in enumerate(blocks) if path[place] in block.path]
    return inside[0], inside[-1] + 1


# ------------------------------------------------------------------ what is left out of it


def _without_furniture(blocks: list[Block], names: list[str]) -> tuple[list[Block], list[str]]:
    """The blocks of the article without the site's tools, and the names of files to download."""
    solid = [index for index, block in enumerate(blocks) if _is_prose(block) or _MARKER.match(block.text)]
    first, last = (solid[0], solid[-1]) if solid else (0, len(blocks))
    common = set(blocks[0].path) if blocks else set()
    for block in blocks:
        common &= set(block.path)
    # An element that holds any line of a paper is no tool of the site, whatever it is called (an imprint in a footer).
    common |= {each for block in blocks if _is_of_paper(block) for each in block.path}
    kept: list[Block] = []
    attached: list[str] = []
    for index, block in enumerate(blocks):
        names_within = [names[each] for each in block.path if each not in common]
        linked = block.linked >= 0.8 * len(block.text)
        if linked and _ATTACHED.search(block.text):
            attached.append(block.text)
        elif not (
            (linked and not first <= index <= last)
            or any(_is_tool(name) for name in names_within)
            or _is_line_of_site(block, first <= index <= last)
            or (block.rows and index < first and _FURNITURE_WORD.search(block.text))
        ):
            kept.append(block)
    return kept, attached


def _is_of_paper(block: Block) -> bool:
    """Whether a line can only be the paper's: a sentence, a numbered line, a table, 抄送 and 印发."""
    return bool(_is_prose(block) or _MARKER.match(block.text) or block.rows or _OF_PAPER.search(block.text))


def _is_tool(name: str) -> bool:
    """Whether the site names an element (tag, class, id) as a tool of its own."""
    tag, _, rest = name.partition(" ")
    return tag in _FURNITURE_TAGS or bool(_FURNITURE_NAME.search(rest))


def _is_line_of_site(block: Block, within: bool) -> bool:
    """分享到, 打印本页, 上一篇, or a line of several such words: never a sentence of the paper."""
    text = block.text
    if len(text) > 160 or "。" in text or block.rows or (within and not block.linked and len(text) > 60):
        return False
    words = {found[0] for found in _FURNITURE_WORD.finditer(text)}
    several = len(words) > 1 and bool(re.search(r"[：:\d]", text))
    return bool(_FURNITURE_LINE.match(text)) or several


# ------------------------------------------------------------------ title and number that stand above it


def _with_head(kept: list[Block], before: list[Block], every: list[Block]) -> list[Block]:
    """The article with title and 文号 put first where the page has them only outside of it."""
    if len(kept) > 1 and kept[0].tag == "h1" and _says(kept[1:], kept[0].text):
        kept = kept[1:]  # the site's headline, which the paper repeats
    solid = next(
        (n for n, block in enumerate(kept) if _MARKER.match(block.text) or _is_prose(block)), len(kept)
    )
    head = kept[:solid]
    added: list[Block] = []
    if not any(_TITLE.search(block.text) for block in head):
        title = _page_title(before, kept)
        added += [title] if title else []
    if not any(_NUMBER.fullmatch(block.text) for block in head):
        number = _page_number(every)
        added += [number] if number else []
    return [*added, *kept]


def _says(blocks: list[Block], title: str) -> bool:
    """Whether the head of a paper holds these words already."""
    squeezed = re.sub(r"\s", "", title)
    said = re.sub(r"\s", "", "".join(block.text for block in blocks[:40]))[:1200]
    return squeezed in said or fuzz.partial_ratio(squeezed, said) >= 92


def _page_title(before: list[Block], kept: list[Block]) -> Block | None:
    """The headline above the article, unless the article says it itself."""
    for block in before:
        is_headline = block.tag in ("h1", "h2") or (block.centred and not block.linked)
        if not (is_headline and _TITLE.search(block.text) and not block.text.endswith(("…", "..."))):
            continue
        return None if _says(kept, block.text) else Block((), "h1", block.text, centred=True)
    return None


def _page_number(blocks: list[Block]) -> Block | None:
    """文号 from the site's index table (索引号, 发文字号 …)."""
    for block in blocks:
        for row in block.rows:
            for label, text in itertools.pairwise(row):
                if re.fullmatch(r"(发文字号|文\s*号|文件编号)[：:]?", label) and _NUMBER.fullmatch(text):
                    return Block((), "p", text, centred=True)
    return None
