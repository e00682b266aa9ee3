"""Take pictures of the pages: those that the README shows, or all of them.

usage: python scripts/picture_pages.py [STORE] [--all]

It serves the store (default: store) and photographs its pages with the Chromium that is installed.
With --all each page is taken in Chinese and English, light and dark, at 1440, 768 and 390 pixels,
into visualizations/screens, which is not in git.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

_FOLDER = Path(__file__).parents[1] / "visualizations"
_COLORS = 256
_DEPARTMENTS = "a=发展和改革局&b=教育局"
PAGES = {
    "front": "/",
    "coordination": "/coordination",
    "targets": "/targets",
    "timeline": "/timeline",
    "streets": "/streets",
    "comparison": f"/compare/departments?{_DEPARTMENTS}",
    "changes": "/compare/reports",
    "department": "/department/420103/教育局",
    "task": "/task/jianghan-2019/81",
    "project": "/project/420103/红领巾第二小学项目",
    "indicator": "/indicator/420103/全年固定资产投资总额",
    "report": "/report/jianghan-2019-10",
    "tasks": "/browse/tasks",
    "target-list": "/browse/targets",
    "lists": "/browse",
    "search": "/search?q=jhl",
    "ask": "/ask?text=哪些任务延期了",
    "questions": "/questions",
    "question": "/questions/behind",
    "views": "/views",
    "network": "/views/departments",
    "things": "/views/things",
    "roads": "/views/streets",
    "sparql": "/sparql",
    "about": "/about",
    "missing": "/nothing-here",
}
# What the README and its page show: the file, the page, its width, and how high the picture is.
_SHOWN = {
    "portal.png": ("front", 1200, 900),
    "portal-comparison.png": ("comparison", 1200, 900),
    "coordination.png": ("coordination", 1440, 1250),
    "targets.png": ("targets", 1200, 1000),
    "timeline.png": ("timeline", 1200, 1000),
    "subdistricts.png": ("streets", 1200, 900),
    "departments.png": ("network", 1440, 900),
    "things.png": ("things", 1440, 900),
    "streets.png": ("roads", 1440, 900),
}
# The same in English and dark.
_DARK = {"dark.png": ("things", 1440, 900)}


def main(store: str, *, every: bool) -> None:
    """Serve a store and take the pictures."""
    with serving(store) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        if every:
            _take_all(browser, address)
        else:
            for name, (page, width, height) in _SHOWN.items():
                picture = photograph(browser, address + PAGES[page], width, height)
                _write(picture, _FOLDER / name)
            for name, (page, width, height) in _DARK.items():
                picture = photograph(browser, address + PAGES[page], width, height, "en", "dark")
                _write(picture, _FOLDER / name)
        browser.close()


@contextmanager
def serving(store: str) -> Iterator[str]:
    """Serve a store, and give the address of the server."""
    command = [sys.executable, "-m", "kg.cli", "serve", "--store", store, "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        try:
            assert server.stdout
            yield server.stdout.readline().split()[0]
        finally:
            server.terminate()


def photograph(
    browser: Browser,
    address: str,
    width: int,
    height: int,
    language: str = "zh",
    scheme: Literal["light", "dark"] = "light",
) -> bytes:
    """Return a picture of a page as PNG."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale="zh-CN" if language == "zh" else "en",
        color_scheme=scheme,
    )
    page = context.new_page()
    page.goto(address)
    page.wait_for_timeout(600)
    picture = page.screenshot()
    context.close()
    return picture


def _take_all(browser: Browser, address: str) -> None:
    folder = _FOLDER / "screens"
    folder.mkdir(exist_ok=True)
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for name, path in PAGES.items():
        for language in ("zh", "en"):
            for scheme in schemes:
                for width in (1440, 768, 390):
                    picture = photograph(browser, address + path, width, 1000, language, scheme)
                    _write(picture, folder / f"{name}-{language}-{scheme}-{width}.png")
        print(name)


def _write(picture: bytes, path: Path) -> None:
    """Write a picture with the colours that pages have: a third of the size, and true colours."""
    image = Image.open(BytesIO(picture)).convert("RGB")
    image.quantize(_COLORS, method=Image.Quantize.FASTOCTREE).save(path, optimize=True)


if __name__ == "__main__":
    main(next((it for it in sys.argv[1:] if it != "--all"), "store"), every="--all" in sys.argv)
