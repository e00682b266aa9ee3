"""Take screenshots of the pages in the README, or of all pages.

usage: python scripts/picture_pages.py [STORE] [--all]

It serves the store (default: store) and takes screenshots with the installed Chromium. With --all
it takes each page in Chinese and English, light and dark, 1440, 768 and 390 pixels wide, and writes
them to visualizations/screens, which is not in git.
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
# The pictures in the README: by file name the page, width and height.
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
# Pictures in English and dark.
_DARK = {"dark.png": ("things", 1440, 900)}


def main(store: str, *, every: bool) -> None:
    """Serve a store and take the screenshots."""
    with start_server(store) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        if every:
            _take_all(browser, address)
        else:
            for name, (page, width, height) in _SHOWN.items():
                picture = photograph(browser, address + PAGES[page], width, height)
                _write_picture(picture, _FOLDER / name)
            for name, (page, width, height) in _DARK.items():
                picture = photograph(browser, address + PAGES[page], width, height, "en", "dark")
                _write_picture(picture, _FOLDER / name)
        browser.close()


@contextmanager
def start_server(store: str) -> Iterator[str]:
    """Serve a store; yield the address of the server."""
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
    """Return a screenshot of a page as PNG."""
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
                    _write_picture(picture, folder / f"{name}-{language}-{scheme}-{width}.png")
        print(name)


def _write_picture(picture: bytes, path: Path) -> None:
    """Write a picture with a palette of its own colours, which takes a third of the size."""
    image = Image.open(BytesIO(picture)).convert("RGB")
    image.quantize(_COLORS, method=Image.Quantize.FASTOCTREE).save(path, optimize=True)


if __name__ == "__main__":
    main(next((it for it in sys.argv[1:] if it != "--all"), "store"), every="--all" in sys.argv)
