"""Lines of a PDF made paragraphs: by places on the page, without fonts or LibreOffice."""

from drafter.read.pdf_layout import paragraphs
from drafter.read.pdf_pages import Char, PdfPage, Rule

EM = 12.0
LEFT, RIGHT, WIDTH, HEIGHT = 72.0, 72.0 + 30 * EM, 595.0, 842.0


def page(
    *lines: tuple[float, str], top: float = 740.0, step: float = 20.0, rules: tuple[Rule, ...] = ()
) -> PdfPage:
    """A page of lines, each with its indent in characters."""
    chars: list[Char] = []
    for number, (indent, text) in enumerate(lines):
        base = top - step * number
        for place, char in enumerate(text):
            left = LEFT + (indent + place) * EM
            chars.append(Char(char, left, base - 2, left + EM, base + 10, base))
    return PdfPage(WIDTH, HEIGHT, tuple(chars), rules, 0, 0, 0)


def texts(*pages: PdfPage) -> list[str]:
    return [line.text for line in paragraphs(pages)[0]]


FULL, INDENTED = "全" * 30, "首" * 28


def test_lines_join_by_indent_and_length() -> None:
    lines = page(
        (2, INDENTED),
        (0, FULL),
        (0, "尾。"),
        (2, INDENTED),
        (0, "尾。"),
        (2, "短。"),
        (2, INDENTED),
        (0, "完。"),
    )
    assert texts(lines) == [f"{INDENTED}{FULL}尾。", f"{INDENTED}尾。", "短。", f"{INDENTED}完。"]


def test_a_full_line_before_an_indent_ends_its_paragraph() -> None:
    lines = page(
        (2, INDENTED),
        (0, FULL),
        (2, INDENTED),
        (0, FULL),
        (2, INDENTED),
        (0, "尾。"),
        (2, INDENTED),
        (0, "尾。"),
    )
    assert texts(lines) == [INDENTED + FULL, INDENTED + FULL, f"{INDENTED}尾。", f"{INDENTED}尾。"]


def test_a_paragraph_goes_on_over_the_page_and_page_numbers_go() -> None:
    first = page(*[(2, INDENTED), (0, FULL)] * 4, (12, "— 1 —"))
    second = page((0, "续完。"), *[(2, INDENTED), (0, "尾。")] * 4, (12, "— 2 —"))
    assert texts(first, second)[3:5] == [f"{INDENTED}{FULL}续完。", f"{INDENTED}尾。"]
    assert not any("—" in text for text in texts(first, second))


def test_running_heads_go() -> None:
    body = [(2.0, INDENTED), (0.0, "尾。")] * 4
    pages = [page((10, f"公报第{number}期"), *body, top=800) for number in (1, 2, 3)]
    assert not any("公报" in text for text in texts(*pages))


def test_a_fragment_that_a_page_repeats_is_taken_once_and_told() -> None:
    first = page(*[(2, INDENTED), (0, FULL)] * 4, (2, "组" * 20 + "广泛开展科普活动"))
    second = page((0, "广泛开展科普活动，办好讲座。"), *[(2, INDENTED), (0, "尾。")] * 4)
    lines, healed = paragraphs([first, second])
    assert "广泛开展科普活动，办好讲座。" in [line.text[-14:] for line in lines]
    assert sum(line.text.count("广泛开展科普活动") for line in lines) == 1
    assert "广泛开展科普活动" in healed[0].what


def test_centred_lines_stay_apart() -> None:
    lines = page((10, "某市某某工作规划纲要"), (13, "实施方案"), *[(2, INDENTED), (0, "尾。")] * 4)
    read, _ = paragraphs([lines])
    assert [(line.text, line.centred) for line in read[:2]] == [
        ("某市某某工作规划纲要", True),
        ("实施方案", True),
    ]


def test_quotation_marks_of_another_font_stand_where_they_are_printed() -> None:
    plain = page((0, "在“十四五”时期"))
    chars = sorted(plain.chars, key=lambda char: char.text in "“”")
    assert texts(PdfPage(WIDTH, HEIGHT, tuple(chars), (), 0, 0, 0)) == ["在“十四五”时期"]


def test_a_ruled_table_is_read_by_its_cells() -> None:
    xs, ys = (LEFT, LEFT + 10 * EM, LEFT + 20 * EM), (760.0, 734.0, 714.0, 694.0)
    rules = [Rule(x, ys[-1], x, ys[0]) for x in xs] + [
        Rule(xs[0], y, xs[-1], y) for y in (ys[0], ys[1], ys[3])
    ]
    rules.append(Rule(xs[1], ys[2], xs[2], ys[2]))  # the first column is merged below the head
    made = page((1, "任务"), (1, "甲"), rules=tuple(rules))
    right = page((11, "单位"), (11, "乙局"), (11, "丙局"))
    both = PdfPage(WIDTH, HEIGHT, (*made.chars, *right.chars), tuple(rules), 0, 0, 0)
    assert paragraphs([both])[0][0].rows == (("任务", "单位"), ("甲", "乙局"), ("甲", "丙局"))
