"""The page that shows an alignment: what stands where, what may run, how it answers."""

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from compared import ABOVE, BELOW, HOSTILE, MADE, many
from lxml import html

from drafter.align.report_html import html_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAGE = html_page(MADE, ABOVE, BELOW)
TREE: Any = html.fromstring(PAGE.decode())


def section(name: str) -> str:
    """What a section of the page says."""
    return str(TREE.get_element_by_id(name).text_content())


# ------------------------------------------------------------------ what stands where


def test_what_is_ordered_of_lower_levels_comes_before_every_other_table() -> None:
    first = TREE.xpath("//table[contains(@class, 'rows')]")[0]
    assert first.xpath("ancestor::section/@id") == ["orders"]
    assert "设立巡河员" in section("orders")
    assert "未承接（错误）" in section("orders")


def test_an_order_that_is_missing_is_not_listed_twice() -> None:
    assert "设立巡河员" not in section("missing")
    assert "评选最美河湖" in section("missing")


def test_what_lacks_only_what_may_be_dropped_is_collapsed() -> None:
    collapsed = TREE.xpath("//section[@id='partial']//details[@class='may']")[0]
    assert "打捞水面漂浮物" in collapsed.text_content()
    assert "open" not in collapsed.attrib
    assert "没有漏掉必须承接的要点" in section("partial")


def test_a_persons_decision_is_shown_as_one() -> None:
    row = TREE.xpath("//table[contains(@class, 'main')]//tr[@data-status='not-applicable']")[0]
    assert "人工认定；属市级事项" in row.text_content()


def test_warnings_stand_above_the_figures() -> None:
    text = TREE.text_content()
    assert text.index("一张图片") < text.index("总体情况")


def test_a_target_below_shows_its_reason() -> None:
    assert "低于上级" in section("targets")
    assert "市下达分解指标" in section("targets")
    assert "2030年 ≥95%" in section("targets")


def test_every_section_has_its_share_and_counts_in_words() -> None:
    bars = [each.text_content() for each in TREE.xpath("//ul[@class='chart']/li")]
    assert bars == ["清理河道67%已承接 1，只缺可省要点 1，未承接 1", "宣传发动0%未承接 1，不适用 1"]


def test_copied_share_stands_with_the_countys_own_facts() -> None:
    cells = TREE.xpath("//section[@id='overview']//tbody/tr/*/text()")
    assert cells == ["重点工作", "30%", "2 处"]


def test_changed_characters_are_marked_as_gone_and_come() -> None:
    change = TREE.xpath("//details[@class='change']")[0]
    assert change.xpath(".//del/text()") == ["造册"]
    assert change.xpath(".//ins/text()") == ["建立台账"]


def test_links_lead_to_items_that_are_there() -> None:
    ids = set(TREE.xpath("//@id"))
    links = TREE.xpath("//a[starts-with(@href, '#')]/@href")
    assert links
    assert {link.removeprefix("#") for link in links} <= ids
    assert len(TREE.xpath("//@id")) == len(ids)


# ------------------------------------------------------------------ what may run


def test_text_of_a_plan_is_never_markup() -> None:
    assert HOSTILE in TREE.text_content()
    assert not TREE.xpath("//img")
    assert len(TREE.xpath("//script")) == 1


def test_only_the_pages_own_script_and_style_are_allowed_and_no_network() -> None:
    policy = TREE.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'")
    for name in ("script", "style"):
        text = re.search(rf"<{name}>(.*?)</{name}>", PAGE.decode(), re.DOTALL)
        assert text
        digest = base64.b64encode(hashlib.sha256(text[1].encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert not TREE.xpath("//@style | //link | //@src | //@onclick")
    assert not re.search(r"https?://", PAGE.decode())


def test_the_same_alignment_gives_the_same_page() -> None:
    assert html_page(MADE, ABOVE, BELOW) == PAGE


# ------------------------------------------------------------------ in a browser


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """A Chromium without a window."""
    from conftest import chromium
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        made = started.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield made
        made.close()


@pytest.fixture
def page(browser: "Browser", tmp_path: Path) -> "Iterator[Page]":
    """The page, open; whatever it complains of fails the test."""
    path = tmp_path / "page.html"
    path.write_bytes(PAGE)
    made = browser.new_page(viewport={"width": 1300, "height": 900})
    said: list[str] = []
    made.on("console", lambda message: said.append(message.text))
    made.on("pageerror", lambda bad: said.append(str(bad)))
    made.on("request", lambda request: said.append(request.url) if request.url != path.as_uri() else None)
    made.goto(path.as_uri())
    yield made
    assert said == []
    assert made.evaluate("window.hit") is None
    made.close()


def shown(page: "Page") -> list[str]:
    """The titles of the rows of the main table that are shown, without their numbers."""
    return [text[2:] for text in page.locator("table.main tr:not([hidden]) .go").all_text_contents()]


@pytest.mark.browser
def test_search_narrows_every_table_and_says_how_much(page: "Page") -> None:
    page.fill("#q", "漂浮 观摩")
    assert shown(page) == ["打捞水面漂浮物"]
    assert page.inner_text("#count") == "显示 1 条，共 5 条"
    assert page.locator("#orders .none").is_visible()
    page.click("button[type=reset]")
    assert len(shown(page)) == 5


@pytest.mark.browser
def test_filters_by_status_confidence_unit_and_orders(page: "Page") -> None:
    page.click(".filters summary")
    page.uncheck("input[value=missing]")
    assert shown(page) == ["登记河湖台账", "打捞水面漂浮物", "召开市级现场会"]
    page.uncheck("input[value=review]")
    assert shown(page) == ["登记河湖台账", "召开市级现场会"]
    page.select_option("#unit", "县水利局")
    assert shown(page) == ["登记河湖台账"]
    page.click("button[type=reset]")
    page.check("input[name=orders]")
    assert shown(page) == ["设立巡河员"]


@pytest.mark.browser
def test_a_row_opens_both_plans_at_its_items(page: "Page") -> None:
    page.click("table.main .go >> nth=0")
    picked = page.locator(".card.pick")
    assert picked.count() == 2
    assert all(card.is_visible() for card in picked.all())
    assert page.locator("details.change").first.get_attribute("open") is not None
    assert page.evaluate("document.activeElement.id") == "p-1.1.1"
    page.keyboard.press("Escape")
    assert "登记河湖台账" in page.evaluate("document.activeElement.textContent")


@pytest.mark.browser
def test_keys_alone_are_enough(page: "Page") -> None:
    page.keyboard.press("/")
    page.keyboard.type("河")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert "设立巡河员" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "p-1.1.1"
    page.keyboard.press("?")
    assert page.locator("dialog").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("dialog").is_visible()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1300, 400])
def test_nothing_that_axe_knows_keeps_anyone_out(page: "Page", scheme: Any, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.browser
def test_a_narrow_page_does_not_scroll_sideways(page: "Page") -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.browser
def test_print_shows_tables_without_what_only_a_screen_needs(page: "Page") -> None:
    page.emulate_media(media="print")
    assert page.locator("table.main").is_visible()
    assert not page.locator(".tools").is_visible()
    assert not page.locator("#plans").is_visible()


@pytest.mark.browser
def test_a_thousand_rows_are_filtered_row_by_row(browser: "Browser", tmp_path: Path) -> None:
    """How fast they answer is measured by `benchmarks/report.py`: here they must answer rightly."""
    path = tmp_path / "many.html"
    path.write_bytes(html_page(many(1000), ABOVE, BELOW))
    made = browser.new_page()
    made.goto(path.as_uri())
    made.fill("#q", "巡河员")
    assert made.inner_text("#count") == "显示 200 条，共 1000 条"
    made.close()
