from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from kg.publishing.bundle import publish

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1200, 380])
def test_the_index_page_opens_offline_on_a_desk_and_a_phone(
    browser: Browser, store: Path, tmp_path: Path, width: int
) -> None:
    folder = publish(
        store, tmp_path / "bundle", "江汉区", "CC-BY-4.0", "https://example.org/a"
    ).folder
    context = browser.new_context(viewport={"width": width, "height": 800}, offline=True)
    page = context.new_page()
    errors: list[str] = []
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    page.goto((folder / "index.html").as_uri())
    assert "2019" in page.inner_text("h1")
    # The picture is shown, and no line is wider than the window.
    assert page.evaluate("document.querySelector('img').naturalWidth") > 500
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.click("text=tables/tasks.csv", trial=True)
    page.goto((folder / "ontology" / "index.html").as_uri())
    assert page.evaluate("document.querySelector('#diagram img').naturalWidth") > 500
    assert errors == []
    assert all(url.startswith(("file:", "data:")) for url in requests)
    context.close()
