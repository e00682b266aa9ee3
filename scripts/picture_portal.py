"""Take the pictures of the portal that the README shows.

usage: python scripts/picture_portal.py [STORE]

It serves the store (default: store) and photographs two pages with the Chromium that is
installed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

_FOLDER = Path(__file__).parents[1] / "visualizations"
_PICTURES = {
    "portal.png": "/",
    "portal-comparison.png": "/compare/departments?a=发展和改革局&b=教育局",
}


def main(store: str) -> None:
    """Serve a store and take the pictures."""
    command = [sys.executable, "-m", "kg.cli", "serve", "--store", store, "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout
            _photograph(server.stdout.readline().split()[0])
        finally:
            server.terminate()


def _photograph(address: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": 1200, "height": 900}, locale="zh-CN")
        for name, path in _PICTURES.items():
            page.goto(address + path)
            page.screenshot(path=_FOLDER / name)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "store")
