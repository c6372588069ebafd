"""What a web page or an office adds to a paper: labels of its index, buttons, menus; and the facts that labels state."""

import re
from collections.abc import Sequence

from msgspec import Struct

from drafter.numerals import find_date
from drafter.structure.lines import Line

NUMBER = re.compile(
    r"[一-龥]{2,14}[〔［\[﹝（(【〖](?:19|20)\d{2}(?:年)?[〕］\]﹞）)】〗]第?\d{1,4}号?(?:号|$)"
    r"|[一-龥]{2,14}(?:19|20)\d{2}年?第?\d{1,3}号"
)
_LABELS = (
    "索引号|信息索引号|文号|发文字号|发文文号|文件编号|公文编号|编号|统一编号|登记号|规范性文件编号|发布机构|发文机关|发文机构|发文单位|发文部门|制发单位|制定机关|"
    "发布部门|发布单位|公开单位|公开主体|成文日期|成文时间|发文日期|发文时间|印发日期|印发时间|生成日期|生成时间|生效日期|生效时间|实施日期|实施时间|施行日期|失效日期|"
    "失效时间|废止日期|废止时间|截止日期|有效期|有效期限|发布日期|发布时间|公开日期|公开时间|发表时间|更新日期|更新时间|录入时间|时间|日期|主题分类|主题词|主题|体裁|体裁分类|"
    "组配分类|服务对象|信息分类|信息类别|分类|文种|文体|名称|信息名称|公文名称|文件名称|标题|发文标题|有效性|效力状态|文件状态|公文时效|时效性|时效|状态|来源|信息来源|文章来源|稿源|出处|"
    "公开方式|公开形式|公开范围|公开属性|公开类型|公开程序|公开时限|公开责任部门|责任部门|责任编辑|编辑|作者|审核|校对|关键词|关键字|内容概述|内容摘要|摘要|语种|法规类型|所属行业|所属区域|"
    "阅读人次|评论人次|阅读次数|阅读量|阅读|浏览次数|浏览量|浏览|点击数|点击率|点击量|点击|访问量|字体|字体大小|字号|字体颜色|背景色|分享到|分享|保护视力色|视力保护色|页面功能|"
    "当前位置|您的位置|您当前的位置|您所在的位置|现在位置|所在位置|所在栏目|栏目|签发人|密级|紧急程度|份号|记者|供稿|电话|传真|邮编|地址|网址|备案号|咨询电话|联系电话|联系人|联系方式"
)
_LABEL = re.compile(
    rf"[【\[•·]?(?P<label>{_LABELS})[】\]]?[:：](?P<value>[^:：]*?)(?=(?:[【\[•·]?(?:{_LABELS})[】\]]?[:：])|$)"
)
_LABEL_START = re.compile(rf"^[【\[（(•·]*(?:{_LABELS})[】\]]?[:：]")
_LABEL_ONLY = re.compile(rf"^[【\[•·]*(?:{_LABELS})[】\]]?[:：]?$")
_BUTTONS = re.compile(
    r"^(?:[【\[(（]?(?:大|中|小|默认|打印|打印本页|打印此页|打印正文|关闭|关闭窗口|关闭本页|收藏|加入收藏|返回|返回顶部|返回首页|返回列表|首页|网站首页|正文|内容|下载|我要纠错|纠错|分享|微信|微博|"
    r"QQ空间|无障碍|无障碍浏览|长者模式|关怀版|简体|繁体|登录|注册|搜索|站内搜索|政策|解读|政策解读|图解|文件|原文|全文|朗读|放大|缩小|语音播报|A\+|A-|>|>>|<|\||\s)[】\])）]?)+$"
)
_PHRASES = re.compile(
    r"扫一扫|扫描二维码|手机(?:上|版)?(?:打开|浏览|查看|访问)|相关(?:文档|链接|解读|文件|阅读|新闻|信息|稿件|附件|政策|文章)|上一[篇条]|下一[篇条]|分享到|主办[:：单]|承办[:：单]|技术支持|版权所有|"
    r"ICP备|公网安备|网站标识码|网站地图|Copyright|copyright|©|加入收藏|设为首页|点击下载|附件下载|文件下载|下载附件|我要纠错|打印本页|关闭窗口|【字体|【打印|【关闭|\[打印|\[关闭|"
    r"当前位置|您的位置|首页[>＞»]|>正文|本网|客户端|微信公众号|返回顶部|热词搜索|责任编辑[:：]|网站声明|关于我们|隐私|联系我们|政务微博|LOGO|请使用|浏览器|来源[:：]"
)


class Facts(Struct, frozen=True):
    """What the labels of a page's index say of its paper."""

    number: str | None = None
    issuer: str | None = None
    date: str | None = None
    title: str | None = None


def is_furniture(text: str) -> bool:
    """Whether a line belongs to the page and not to the paper."""
    if len(text) > 200 or ("。" in text and not _PHRASES.search(text)) or text.count("。") > 1:
        return False
    return bool(
        _LABEL_START.match(text)
        or _BUTTONS.match(text)
        or (_PHRASES.search(text) and len(text) <= 120)
        or (text.isascii() and not re.search(r"[A-Za-z]{3,}.* ", text) and len(text) < 60)
    )


def facts(lines: Sequence[Line]) -> Facts:
    """Number, issuing body and date from the labels among `lines`."""
    found: dict[str, str] = {}
    for label, value in _pairs(lines):
        found.setdefault(label, value.strip(" •·　"))
    number = next(
        (hit.group() for label in ("文号", "发文字号", "发文文号", "文件编号", "公文编号", "编号")
         if (hit := NUMBER.search(found.get(label, "")))), None,
    )  # fmt: skip
    issuer = next(
        (found[label] for label in ("发文机关", "发文机构", "发文单位", "发文部门", "制定机关", "制发单位", "发布机构")
         if found.get(label)), None,
    )  # fmt: skip
    dates = ("成文日期", "成文时间", "发文日期", "发文时间", "印发日期", "印发时间", "生成日期", "生成时间")
    day = next((label for label in dates if _day(found.get(label, ""))), None)
    titles = (
        found.get(label, "") for label in ("发文标题", "公文名称", "文件名称", "信息名称", "名称", "标题")
    )
    title = next((text for text in titles if re.search("关于|印发", text) and text.endswith("通知")), None)
    return Facts(number, issuer, _day(found[day]) if day else None, title)


def _day(text: str) -> str | None:
    hit = find_date(
        re.sub(r"((?:19|20)\d{2})[-./](\d{1,2})[-./](\d{1,2})(?:日|\b|(?=\d))", r"\1年\2月\3日", text)
    )
    return f"{hit[0].year}年{hit[0].month}月{hit[0].day}日" if hit else None


def _pairs(lines: Sequence[Line]) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    waiting: str | None = None
    for line in lines:
        for row in line.rows:
            cells = [cell for cell in row if cell]
            for index, cell in enumerate(cells):
                if _LABEL_ONLY.match(cell) and index + 1 < len(cells):
                    pairs.append((cell.strip("【】[]•·:："), cells[index + 1]))
                pairs += [(hit["label"], hit["value"]) for hit in _LABEL.finditer(cell) if hit["value"]]
        if line.rows:
            continue
        if waiting and not _LABEL_START.match(line.text):
            pairs.append((waiting, line.text))
        waiting = None
        if not _LABEL_START.match(line.text):
            continue
        for hit in _LABEL.finditer(line.text):
            if hit["value"]:
                pairs.append((hit["label"], hit["value"]))
            else:
                waiting = hit["label"]
    return pairs
