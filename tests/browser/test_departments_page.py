from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from kg.graph.store import open_graph
from kg.views.departments import departments_page

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser, store: Path, tmp_path: Path) -> Iterator[Page]:
    """The page, opened with the network cut off; leaving it checks that nothing went wrong."""
    file = tmp_path / "departments.html"
    file.write_text(departments_page(open_graph(store)), encoding="utf-8")
    context = browser.new_context(viewport={"width": 1200, "height": 800}, offline=True)
    opened = context.new_page()
    requests: list[str] = []
    errors: list[str] = []
    opened.on("request", lambda request: requests.append(request.url))
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    opened.goto(file.as_uri())
    opened.wait_for_selector("body[data-drawn=true]")
    yield opened
    assert [url for url in requests if not url.startswith("data:")] == [file.as_uri()]
    assert errors == []
    context.close()


def test_nodes_are_drawn_without_a_network(page: Page) -> None:
    assert page.evaluate("Object.keys(network.getPositions()).length") > 36
    assert page.evaluate("network.physics.physicsEnabled") is False
    painted = page.evaluate(
        """() => { const c = document.querySelector("canvas");
        const d = c.getContext("2d").getImageData(0, 0, c.width, c.height).data;
        let n = 0; for (let i = 3; i < d.length; i += 4) if (d[i]) n++; return n; }"""
    )
    assert painted > 5000


def test_searching_shows_the_sentences(page: Page) -> None:
    page.fill("#search", "西北湖")
    page.wait_for_selector("#panel blockquote")
    assert page.inner_text("#panel h2") == "西北湖"
    assert page.inner_text("#panel mark >> nth=0") == "西北湖"


def test_clicking_a_node_shows_its_evidence(page: Page) -> None:
    spot = page.evaluate(
        """() => { const id = nodes.get().find((n) => n.label === "园林局").id;
        return network.canvasToDOM(network.getPosition(id)); }"""
    )
    page.locator("#mynetwork canvas").click(position=spot)
    page.wait_for_selector("#panel blockquote")
    assert page.inner_text("#panel h2") == "园林局"


def test_kinds_can_be_hidden(page: Page) -> None:
    page.uncheck("input[value=road]")
    assert page.evaluate("visibleNodes.get().some((n) => n.kind === 'road')") is False
    assert page.evaluate("visibleNodes.get().some((n) => n.kind === 'place')") is True
