from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Route,
    sync_playwright,
)

from kg.server.sparql.editor import YASGUI
from tests.files import text_file
from tests.server.conftest import Served, history, serving

__all__ = ["history"]

OpenPage = Callable[..., Page]
NewContext = Callable[..., BrowserContext]

_QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no Chromium on this machine; install Debian's package chromium")
        pytest.skip("no Chromium on this machine, so the page is not tried in it")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=_QUIET.split())
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core, which `make test` installs beside the environment's packages."""
    path = Path(sys.prefix) / "npm" / "node_modules" / "axe-core" / "axe.min.js"
    if not path.is_file():
        if os.environ.get("CI") == "true":
            pytest.fail("axe-core is not installed; `make test` does it with npm")
        pytest.skip("axe-core is not here (no npm), so accessibility is not checked")
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def editor() -> None:
    """The editor for SPARQL, which `make install` takes from npm."""
    if not YASGUI.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail("YASGUI is not there; `make install` takes it from npm")
        pytest.skip("YASGUI is not here (no npm), so it is not tried")


def record(page: Page) -> tuple[list[str], list[str]]:
    """Return the addresses that a page requests and its errors, which are recorded from now on."""
    requests: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    return requests, errors


@pytest.fixture
def new_context(browser: Browser) -> Iterator[NewContext]:
    """Returns contexts of the browser, which are closed at the end."""
    contexts: list[BrowserContext] = []

    def opened(
        width: int = 1280,
        height: int = 800,
        locale: str = "zh-CN",
        dark: bool = False,
        **options: Any,  # noqa: ANN401  (those of Playwright)
    ) -> BrowserContext:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale=locale,
            color_scheme="dark" if dark else "light",
            accept_downloads=True,
            **options,
        )
        contexts.append(context)
        return context

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def open_page(new_context: NewContext, tmp_path: Path) -> Iterator[OpenPage]:
    """Opens pages with the network cut off; leaving checks that nothing went wrong in any."""
    records: list[tuple[list[str], list[str]]] = []

    def opened(
        html: str,
        address: str = "",
        **screen: Any,  # noqa: ANN401  (the arguments of `new_context`)
    ) -> Page:
        file = text_file(tmp_path / "page.html", html)
        page = new_context(**screen, offline=True).new_page()
        records.append(record(page))
        page.goto(file.as_uri() + address)
        page.wait_for_selector("body[data-drawn=true]")
        return page

    yield opened
    requests = [url for urls, _ in records for url in urls]
    assert [error for _, errors in records for error in errors] == []
    # The page itself, and what it makes itself.
    assert all(url.startswith(("file:", "data:", "blob:")) for url in requests), requests
    assert {url.partition("#")[0] for url in requests if url.startswith("file:")} <= {
        (tmp_path / "page.html").as_uri()
    }


@pytest.fixture
def open_file(new_context: NewContext, tmp_path: Path) -> Callable[[str], Page]:
    """Opens a page from a file with the network cut off, whatever it is."""

    def opened(html: str) -> Page:
        page = new_context(1400, 1400, offline=True).new_page()
        page.goto(text_file(tmp_path / "file.html", html).as_uri())
        return page

    return opened


@pytest.fixture(scope="module")
def portal(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server over the dataset that ships."""
    with serving(store, tmp_path_factory.mktemp("portal") / "log") as found:
        yield found


@pytest.fixture
def visit(new_context: NewContext, portal: Served) -> Iterator[OpenPage]:
    """Opens pages of the portal; leaving checks that nothing went wrong, or was asked elsewhere."""
    elsewhere: list[str] = []
    errors: list[str] = []

    def opened(
        path: str,
        scripts: bool = True,
        **screen: Any,  # noqa: ANN401  (the arguments of `new_context`)
    ) -> Page:
        context = new_context(**screen, base_url=portal.address, java_script_enabled=scripts)

        def here(route: Route) -> None:
            if route.request.url.startswith((f"{portal.address}/", "data:", "blob:")):
                route.continue_()
            else:
                elsewhere.append(route.request.url)
                route.abort()

        context.route("**/*", here)

        def tell(line: ConsoleMessage) -> None:
            # What a person writes may be wrong, and browsers note each answer that says so.
            if line.type == "error" and "a status of 400" not in line.text:
                errors.append(line.text)

        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", tell)
        page.goto(path)
        return page

    yield opened
    assert errors == []
    assert elsewhere == []


@pytest.fixture
def serious(axe: str) -> Callable[[Page], list[object]]:
    """Returns what axe-core finds serious in a page."""

    def found(page: Page) -> list[object]:
        page.evaluate(axe)
        told = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
        return [
            (one["id"], [node["html"][:200] for node in one["nodes"]])
            for one in told["violations"]
            if one["impact"] in ("serious", "critical")
        ]

    return found
