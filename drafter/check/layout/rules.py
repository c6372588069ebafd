"""The rules on layout: what each looks for, why, an example, and where Word and WPS set it."""

from msgspec import Struct

_PARAGRAPH = "选中后右键“段落”"
_FONT = "选中后在“开始—字体”"
_SETUP = "“布局（页面布局）—页面设置”"
_FOOT = "双击页脚"


class LayoutRule(Struct, frozen=True):
    """A rule on layout. `advises`: its findings are advice, whoever made the file."""

    id: str
    title: str
    why: str
    example: str
    mend: str
    advises: bool = False


def _rule(name: str, title: str, why: str, example: str, mend: str, advises: bool = False) -> LayoutRule:
    return LayoutRule(f"layout.{name}", title, why, example, mend, advises)


RULES: tuple[LayoutRule, ...] = (
    _rule("package", "文件包完整：部件都有内容类型，关系指向的部件都在", "缺了的文件Word打不开，或提示修复后丢内容",
          "部件“word/footer9.xml”没有内容类型", "在WPS或LibreOffice中打开并另存为.docx；打不开的用原稿重新生成"),
    # ---- 页面
    _rule("page-size", "纸张为A4，210×297毫米", "GB/T 9704 5.1", "纸张216×279毫米（Letter）", f"{_SETUP}—纸张大小，选A4"),
    _rule("margins", "页边距：上37、下35、左28、右26毫米，各±1毫米", "GB/T 9704 5.2.1：版心156×225毫米",
          "左边距31.8毫米（Word默认）", f"{_SETUP}—页边距，上3.7、下3.5、左2.8、右2.6厘米"),
    _rule("margins-turned", "横排页的页边距：上28、下26、左35、右37毫米（或相反方向）", "GB/T 9704 8：纸张转向，装订边不变",
          "横排页上边距37毫米", f"选中该节，{_SETUP}—页边距，上2.8、下2.6、左3.5、右3.7厘米"),
    _rule("line-pitch", "行距使每页排22行：固定值28.95磅左右", "GB/T 9704 5.2.3",
          "行距30磅：每页只有21行", f"{_PARAGRAPH}—行距，固定值28.95磅（或29磅）"),
    _rule("paragraph-space", "正文和层次标题段前、段后为0", "GB/T 9704 5.2.3：每页22行，段间有空就排不满",
          "段后10磅", f"{_PARAGRAPH}—间距，段前、段后改为0"),
    _rule(
        "columns", "正文通栏排，不分栏", "GB/T 9704 5.2.1、5.2.3", "正文分两栏", "“布局（页面布局）—分栏”，选一栏"
    ),
    _rule(
        "tracking", "字间距和缩放使每行约28字", "GB/T 9704 5.2.3", "字间距加宽2磅，每行只有24字", f"{_FONT}—高级，缩放100%，间距标准或紧缩0.25磅"
    ),
    # ---- 页码
    _rule("page-number", "各页都有页码", "GB/T 9704 7.5", "设了“首页不同”，首页没有页码", f"{_FOOT}，插入页码；不勾选“首页不同”"),
    _rule("page-number-form", "页码数字左右各一条一字线：— 1 —", "GB/T 9704 7.5", "- 1 -；第1页 共9页", f"{_FOOT}，在页码两侧各打一个“—”"),
    _rule("page-number-font", "页码用宋体", "GB/T 9704 7.5：4号半角宋体阿拉伯数字", "页码用Times New Roman", f"{_FOOT}，选中页码，中文字体、西文字体都设为宋体"),
    _rule("page-number-size", "页码用4号字", "GB/T 9704 7.5", "页码为小五号", f"{_FOOT}，选中页码，字号设为四号"),
    _rule("page-number-side", "单页码居右空一字，双页码居左空一字", "GB/T 9704 7.5", "页码全部居中",
          f"{_FOOT}，勾选“奇偶页不同”，奇数页右对齐、右缩进1字符，偶数页左对齐、左缩进1字符"),
    _rule("page-number-place", "页码在版心下边缘之下7毫米", "GB/T 9704 7.5", "页脚距边界17.5毫米（Word默认）", f"{_SETUP}—版式，页脚距边界2.5厘米"),
    _rule("page-number-start", "页码从1起，全文连续", "GB/T 9704 7.5", "第二节重新从1起编", f"{_FOOT}，“设置页码格式”中选“续前节”"),
    # ---- 版头
    _rule("slot-font", "密级、紧急程度用黑体", "GB/T 9704 7.2.2、7.2.3", "“特急”用仿宋", f"{_FONT}，选黑体"),
    _rule("slot-size", "密级、紧急程度用3号字", "GB/T 9704 7.2.2、7.2.3", "“特急”为四号", f"{_FONT}，字号选三号"),
    _rule("mark-font", "发文机关标志用小标宋", "GB/T 9704 7.2.4", "发文机关标志用宋体加粗", f"{_FONT}，选方正小标宋简体，不加粗"),
    _rule("mark-color", "发文机关标志为红色", "GB/T 9704 7.2.4", "发文机关标志为黑色", f"{_FONT}—颜色，选标准红色（FF0000）"),
    _rule("mark-size", "发文机关标志大于标题、不超出版心", "GB/T 9704 7.2.4：醒目、美观、庄重，小于22×15毫米", "标志一行宽170毫米", f"{_FONT}，调小字号，或排成两行"),
    _rule("mark-align", "发文机关标志居中", "GB/T 9704 7.2.4", "标志居左", f"{_PARAGRAPH}—对齐方式居中，首行缩进为无"),
    _rule("mark-top", "发文机关标志上边缘距版心上边缘35毫米", "GB/T 9704 7.2.4", "标志顶着版心上边缘", "前面留份号、密级、紧急程度三行，再调段前间距"),
    _rule("number-font", "发文字号用仿宋", "GB/T 9704 7.2.5、5.2.2", "发文字号用宋体", f"{_FONT}，选仿宋_GB2312"),
    _rule("number-size", "发文字号用3号字", "GB/T 9704 7.2.5、5.2.2", "发文字号为四号", f"{_FONT}，字号选三号"),
    _rule("number-align", "发文字号居中；有签发人的居左空一字", "GB/T 9704 7.2.5", "发文字号居左顶格", f"{_PARAGRAPH}—对齐方式居中，首行缩进为无"),
    _rule("number-gap", "发文机关标志与发文字号之间空二行", "GB/T 9704 7.2.5", "标志下直接是文号", "在标志下留二个空行，或设文号段前2行"),
    _rule("red-rule", "发文字号之下有红色分隔线", "GB/T 9704 7.2.7", "分隔线为黑色", "给发文字号段加红色下框线：“段落—边框和底纹”，颜色红、1.5磅"),
    _rule("red-rule-gap", "红色分隔线在发文字号之下4毫米", "GB/T 9704 7.2.7", "线紧贴文号", "“边框和底纹—选项”，下边距设为8磅"),
    _rule("red-rule-width", "红色分隔线与版心等宽，156毫米", "GB/T 9704 7.2.7", "线宽120毫米", "把线的宽度设为15.6厘米；用框线的，段落左右缩进改为0"),
    # ---- 标题、主送
    _rule("title-font", "标题用小标宋", "GB/T 9704 7.3.1", "标题用宋体加粗", f"{_FONT}，选方正小标宋简体，不加粗"),
    _rule("title-size", "标题用2号字", "GB/T 9704 7.3.1", "标题为小二号", f"{_FONT}，字号选二号"),
    _rule("title-align", "标题居中，首行不缩进", "GB/T 9704 7.3.1", "标题带2字符首行缩进，整体偏右", f"{_PARAGRAPH}—居中，特殊格式“无”"),
    _rule("title-gap", "红色分隔线与标题之间空二行", "GB/T 9704 7.3.1", "线下直接是标题", "在线下留二个空行，或设标题段前2行"),
    _rule("addressee", "主送机关居左顶格", "GB/T 9704 7.3.2", "主送机关缩进二字", f"{_PARAGRAPH}—左对齐，特殊格式“无”"),
    _rule("addressee-gap", "标题与主送机关之间空一行", "GB/T 9704 7.3.2", "标题下直接是主送机关", "在标题下留一个空行，或设主送机关段前1行"),
    # ---- 正文
    _rule("heading-font", "层次标题的字体：第一层黑体、第二层楷体、第三第四层仿宋", "GB/T 9704 7.3.3", "“一、总体要求”用宋体", f"{_FONT}，按层次选黑体、楷体_GB2312、仿宋_GB2312"),
    _rule("heading-size", "层次标题用3号字", "GB/T 9704 5.2.2、7.3.3", "一级标题用小二号", f"{_FONT}，字号选三号"),
    _rule("heading-indent", "层次标题左空二字", "GB/T 9704 7.3.3", "“一、”顶格", f"{_PARAGRAPH}—首行缩进2字符，左缩进0"),
    _rule("run-in-font", "标题后接排的正文用仿宋", "GB/T 9704 7.3.3：楷体、黑体只到标题句号", "“（一）”整段都是楷体", f"选中句号后的文字，{_FONT[3:]}，选仿宋_GB2312"),
    _rule("run-in-size", "标题后接排的正文用3号字", "GB/T 9704 5.2.2", "接排正文为四号", f"{_FONT}，字号选三号"),
    _rule("body-font", "正文用仿宋", "GB/T 9704 5.2.2", "正文用宋体", f"{_FONT}，中文字体选仿宋_GB2312"),
    _rule("body-size", "正文用3号字", "GB/T 9704 5.2.2", "正文为四号", f"{_FONT}，字号选三号"),
    _rule("body-indent", "正文每段左空二字，回行顶格", "GB/T 9704 7.3.3", "首行没有缩进", f"{_PARAGRAPH}—首行缩进2字符，左右缩进0"),
    _rule("table-text", "表格文字用仿宋、宋体或黑体，五号至小四号", "GB/T 9704 5.2.2；表内字号小于正文", "表格文字用等线、8磅", f"选中表格，{_FONT[3:]}，选仿宋_GB2312、小四号"),
    # ---- 附件、落款
    _rule("annex-note", "附件说明左空二字", "GB/T 9704 7.3.4", "“附件：”顶格", f"{_PARAGRAPH}—首行缩进2字符；多个附件的用悬挂缩进对齐"),
    _rule("annex-note-gap", "正文与附件说明之间空一行", "GB/T 9704 7.3.4", "正文下直接是附件说明", "在附件说明前留一个空行"),
    _rule("signature", "署名、成文日期的位置", "GB/T 9704 7.3.5：盖章的日期右空四字，不盖章的署名右空二字", "日期顶到右边", f"{_PARAGRAPH}—右对齐，设右缩进字符数"),
    _rule("annex-label", "“附件”二字顶格编排在左上角第一行", "GB/T 9704 7.3.7", "“附件1”居中", f"{_PARAGRAPH}—左对齐，特殊格式“无”"),
    _rule("annex-page", "附件另页编排", "GB/T 9704 7.3.7", "附件接在正文后", f"{_PARAGRAPH}—换行和分页，勾选“段前分页”"),
    _rule("annex-font", "“附件”用黑体，附件标题用小标宋", "GB/T 9704 7.3.7", "“附件1”用仿宋", f"{_FONT}，“附件”选黑体，标题选方正小标宋简体"),
    _rule("annex-size", "“附件”用3号，附件标题用2号", "GB/T 9704 7.3.7", "附件标题为三号", f"{_FONT}，“附件”三号，标题二号"),
    _rule("annex-title", "附件标题居中", "GB/T 9704 7.3.7", "附件标题居左", f"{_PARAGRAPH}—居中，特殊格式“无”"),
    _rule("annex-title-gap", "附件标题在版心第三行", "GB/T 9704 7.3.7", "“附件”下直接是标题", "在“附件”和标题之间留一个空行"),
    # ---- 版记
    _rule("imprint-font", "版记用仿宋", "GB/T 9704 7.4.2、7.4.3", "抄送用宋体", f"{_FONT}，选仿宋_GB2312"),
    _rule("imprint-size", "版记用4号字", "GB/T 9704 7.4.2、7.4.3", "抄送为三号", f"{_FONT}，字号选四号"),
    _rule("imprint-place", "版记左右各空一字", "GB/T 9704 7.4.2、7.4.3", "抄送顶格", f"{_PARAGRAPH}—左右缩进各1字符"),
    _rule("imprint-rules", "版记分隔线：首末两条0.35毫米，中间0.25毫米，没有竖线", "GB/T 9704 7.4.1", "版记没有线，或是带竖线的表格", "“表格属性—边框和底纹”，上下1磅、中间0.75磅，去掉左右和竖线"),
    _rule("imprint-order", "版记顺序：抄送、印发机关和印发日期，在公文最后", "GB/T 9704 7.4", "附件排在版记之后", "把版记移到全文（含附件）最后，抄送在印发机关之上"),
    # ---- 字体、颜色、方向
    _rule("font", "没有标准以外的中文字体", "GB/T 9704 5.2.2：换了电脑会被替换，版面就乱", "小标题用微软雅黑", f"{_FONT}，换成仿宋、楷体、黑体、小标宋"),
    _rule("color", "文字为黑色", "GB/T 9704 5.2.4", "标题为蓝色（Word默认的标题样式）", f"{_FONT}—颜色，选黑色"),
    _rule("direction", "文字从左至右横排", "GB/T 9704 5.2.3", "段落设成从右向左", f"{_PARAGRAPH}—方向，选“从左向右”"),
    # ---- 提示
    _rule("latin-font", "数字、字母的字体与正文协调", "标准没有规定；多数机关用正文字体或Times New Roman", "数字用Calibri", f"{_FONT}—西文字体，选Times New Roman", True),
    _rule("bold", "层次只以字体区分，不加粗、不倾斜", "GB/T 9704 7.3.3没有加粗", "“1.”级标题加粗", f"{_FONT}，去掉加粗、倾斜", True),
    _rule("empty-paragraphs", "正文各段之间没有空段", "空段会随增删移动，还使一页排不满22行", "各条之间空一行", "删去空段；需要换页时插入分页符", True),
    _rule("direct-formatting", "用样式设版式，不逐段手工设置", "改版式时要逐段改，容易遗漏", "全文都是“正文”样式，逐段设字体", "定义标题1—4和正文样式后逐段套用", True),
    _rule("spaces", "段首缩进用段落设置，不打空格", "打空格的，改字号、改字体后会错位", "段首打了两个全角空格", f"删去段首空格，{_PARAGRAPH}—首行缩进2字符", True),
    _rule("no-styles", "文件有样式", "没有样式的文件由各软件自定版式，打开的样子不一", "压缩包里没有styles.xml", "用Word/WPS打开后另存一次", True),
    # ---- 排出页面后（--render）
    _rule("rows", "满页22行", "GB/T 9704 5.2.3", "满页只有21行", f"{_PARAGRAPH}—行距固定值28.95磅，段前段后0，不对齐网格"),
    _rule("characters", "每行28字", "GB/T 9704 5.2.3", "每行27字", f"{_FONT}—高级—间距，紧缩0.25磅；两端对齐"),
    _rule("heading-at-foot", "标题不单独落在页末", "标题与下文分在两页，阅读不便", "“一、总体要求”是一页的最后一行", f"{_PARAGRAPH}—换行和分页，勾选“与下段同页”"),
    _rule("imprint-page", "版记在最后一页、双页，末条线与版心下边缘重合", "GB/T 9704 7.4.1：双面印刷时版记在最后一面", "版记在第5页", "在版记前加一空白页；把版记表格设为相对页边距下对齐"),
)  # fmt: skip

ADVICES = frozenset(rule.id for rule in RULES if rule.advises)
MENDS = {rule.id: rule.mend for rule in RULES}
ON_PAGES = frozenset(f"layout.{name}" for name in ("rows", "characters", "heading-at-foot", "imprint-page"))
"""The rules on printed pages; all others read the file."""
