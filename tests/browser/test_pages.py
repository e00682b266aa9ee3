"""What holds for each page of the portal, whatever it is about."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

PATHS = [
    "/",
    "/search?q=%E6%B1%9F%E6%B1%89",
    "/search",
    "/about",
    "/department/420103/教育局",
    "/task/jianghan-2019/81",
    "/road/420103/中山大道",
    "/report/jianghan-2019-10",
    "/indicator/420103/建设垃圾分类收运屋",
    "/tie/jianghan-2019/shared/road/420103/中山大道",
    "/category/jianghan-2019/为民办实事",
    "/cell/jianghan-2019-10/8/progress",
    "/ontology",
    "/browse",
    "/browse/tasks?status=in_progress",
    "/compare/departments?a=发展和改革局&b=教育局",
    "/compare/reports",
]
SCREENS = [(1280, "zh-CN", False), (380, "en", True)]
DESK = ["/coordination", "/targets", "/timeline", "/streets", "/coordination?embedded=1"]
DESK_SCREENS = [(1440, "zh-CN", True), (768, "en", False), (390, "zh-CN", False)]


@pytest.mark.parametrize(
    ("path", "width", "locale", "dark"),
    [
        *((path, *screen) for path in PATHS for screen in SCREENS),
        *((path, *screen) for path in DESK for screen in DESK_SCREENS),
    ],
)
def test_pages_fit_and_are_accessible(
    visit: OpenPage,
    serious: Callable[[Page], list[object]],
    path: str,
    width: int,
    locale: str,
    dark: bool,
) -> None:
    page = visit(path, width=width, locale=locale, dark=dark)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert serious(page) == []
