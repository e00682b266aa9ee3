from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser


def test_more_hits_than_the_list_holds_are_offered_as_a_page(visit: OpenPage) -> None:
    page = visit("/")
    page.get_by_role("combobox").focus()
    page.keyboard.type("局")
    expect(page.get_by_role("option").last).to_contain_text("查看全部")


def test_a_road_is_found_by_initials_with_the_keyboard_alone(visit: OpenPage) -> None:
    page = visit("/")
    field = page.get_by_role("combobox")
    field.focus()
    page.keyboard.type("jhl")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("江汉路")
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    # Up from the first is the last.
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("jhl")
    page.keyboard.press("ArrowDown")
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("江汉路")


def test_a_click_on_a_suggestion_leads_to_its_page_and_enter_to_all_results(
    visit: OpenPage,
) -> None:
    page = visit("/about")
    page.locator("#q").fill("建设局")
    page.get_by_role("option").first.click()
    expect(page.locator("h1")).to_contain_text("建设局")
    page.locator("#q").fill("建设局")
    page.locator("#q").press("Enter")
    expect(page.locator("h1")).to_contain_text("“建设局”的搜索结果")


def test_how_many_there_are_is_announced(visit: OpenPage) -> None:
    page = visit("/", locale="en")
    field = page.get_by_role("combobox")
    field.press_sequentially("jianghanlu")
    told = page.get_by_role("search").get_by_role("status")
    expect(told).to_contain_text("results; choose with the arrow keys")
    field.fill("qqqqqq")
    expect(told).to_have_text("No results")
    expect(field).to_have_attribute("aria-expanded", "false")


def test_search_and_switch_of_language_work_without_scripts(visit: OpenPage) -> None:
    page = visit("/", scripts=False)
    page.locator("#q").fill("jhl")
    page.locator("#q").press("Enter")
    page.get_by_role("link", name="江汉路", exact=True).first.click()
    expect(page.locator("h1")).to_contain_text("江汉路")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_open_list_of_suggestions_is_accessible(
    visit: OpenPage, serious: Callable[[Page], list[object]]
) -> None:
    page = visit("/")
    page.get_by_role("combobox").fill("江汉")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert serious(page) == []
