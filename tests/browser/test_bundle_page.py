from __future__ import annotations

from pathlib import Path

import pytest

from kg.publishing.bundle import publish
from tests.browser.conftest import NewContext, record

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1200, 380])
def test_the_index_page_opens_offline_on_a_desk_and_a_phone(
    new_context: NewContext, store: Path, tmp_path: Path, width: int
) -> None:
    folder = publish(
        store, tmp_path / "bundle", "江汉区", "CC-BY-4.0", "https://example.org/a"
    ).folder
    page = new_context(width, offline=True).new_page()
    requests, errors = record(page)
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
