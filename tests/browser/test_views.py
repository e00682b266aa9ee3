from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from playwright.sync_api import Page

from kg.graph.stores.embedded import open_graph
from kg.views.networks.catalogue import view as view_of
from kg.views.page import render_page
from tests.browser.conftest import OpenPage
from tests.views.example_networks import HOSTILE, LONG, example, rings, view

pytestmark = pytest.mark.browser

PAGE = render_page(view(example()))
FOLDED = render_page(view(rings(40, 8)), fold_above=100)


def spot(page: Page, name: str) -> dict[str, float]:
    """Where a node stands in the picture."""
    found = page.evaluate(
        """(name) => { const mark = kgView.shown.marks.find((one) => one.label === name);
        return kgView.network.canvasToDOM(mark); }""",
        name,
    )
    assert isinstance(found, dict)
    return found


def click(page: Page, name: str) -> None:
    page.locator("#picture canvas").click(position=spot(page, name))  # type: ignore[arg-type]


def names(page: Page) -> set[str]:
    """Names of the nodes that are shown."""
    return set(page.evaluate("kgView.shown.nodes.map((node) => node.label)"))


def title(page: Page) -> str:
    return page.inner_text("#panel h2 span")


def key(page: Page, *keys: str) -> None:
    for one in keys:
        page.keyboard.press(one)


def until(page: Page, true: str) -> None:
    """Wait for what is written a moment later; the page's policy forbids playwright's own way."""
    for _ in range(100):
        if page.evaluate(true):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never: {true}")


def painted(page: Page) -> int:
    """How many pixels of the picture are not empty."""
    found = page.evaluate(
        """() => { const c = document.querySelector("#picture canvas");
        const d = c.getContext("2d").getImageData(0, 0, c.width, c.height).data;
        let n = 0; for (let i = 3; i < d.length; i += 4) if (d[i]) n++; return n; }"""
    )
    assert isinstance(found, int)
    return found


def colour(page: Page, place: dict[str, float]) -> tuple[int, int, int]:
    found = page.evaluate(
        """({x, y}) => { const c = document.querySelector("#picture canvas");
        const r = c.width / c.clientWidth;
        return [...c.getContext("2d").getImageData(x * r, y * r, 1, 1).data]; }""",
        place,
    )
    return found[0], found[1], found[2]


def test_departments_are_drawn_and_named(open_page: OpenPage, store: Path) -> None:
    network = view_of(open_graph(store), "things")
    page = open_page(render_page(network))
    page.click("#all-ties")
    tied = {end for edge in network.graph.edges for end in edge}
    labels = {node["label"] for iri, node in network.graph.nodes(data=True) if iri in tied}
    assert labels <= names(page)
    assert painted(page) > 5000
    assert page.evaluate("kgView.network.physics.physicsEnabled") is False
    page.fill("#search", "园林")
    key(page, "Enter")
    assert title(page) == "园林局"
    assert page.locator("#panel mark").count() > 0


def test_search_finds_any_part_of_a_name_with_the_keys(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    page.fill("#search", "局")
    hits = page.locator("#hits li")
    assert hits.count() == 3
    key(page, "ArrowDown", "ArrowDown")
    assert page.locator("#hits li[aria-selected=true]").inner_text().strip().startswith("园林局")
    assert page.get_attribute("#search", "aria-activedescendant") == "hit-1"
    key(page, "Enter")
    assert title(page) == "园林局"
    assert page.locator("#hits").is_hidden()
    page.fill("#search", "bureau")
    assert hits.count() == 2
    page.fill("#search", "没有的")
    assert "没有这样的名称" in hits.inner_text()


def test_clicking_a_node_shows_facts_ties_and_sentences(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    click(page, "建设局")
    assert title(page) == "建设局"
    panel = page.inner_text("#panel")
    for told in (
        "任务数",
        "12",
        "已完成；推迟",
        "与之相连 (3)",
        "任务 8",
        "第 9 行",
        "jianghan-2019",
    ):
        assert told in panel
    quote = page.locator("#panel blockquote").first
    assert quote.locator("mark").inner_text() == "建设局"
    assert quote.inner_text().startswith("新华路由建设局和园林局一起改造")
    # Away from all nodes a click clears.
    page.locator("#picture canvas").click(position={"x": 3, "y": 3})
    assert "从这里开始" in page.inner_text("#panel")


def test_clicking_a_tie_shows_what_it_goes_through(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    # Two ties join these: the second is bent, so that both can be met.
    one, other = spot(page, "建设局"), spot(page, "园林局")
    middle = {"x": (one["x"] + other["x"]) / 2, "y": (one["y"] + other["y"]) / 2}
    page.locator("#picture canvas").click(position=middle)  # type: ignore[arg-type]
    assert title(page) == "园林局 — 建设局"
    assert "共同负责" in page.inner_text("#panel .kind")
    until(page, "location.hash.includes('edge=')")
    page.goto(page.url.replace("joint", "shared"))
    until(page, "document.querySelector('#panel .kind').textContent === '共同涉及'")
    assert "任务 8, 15" in page.inner_text("#panel ul")
    assert page.locator("#panel h4").all_inner_texts() == ["经由", "新华路", "西北湖"]
    assert page.locator("#panel mark").all_inner_texts() == ["新华路", "西北湖"]


def test_neighbours_stay_bright_and_others_are_dimmed(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    before = {name: colour(page, spot(page, name)) for name in ("建设局", "西北湖", "教育局")}
    assert before["建设局"] == (111, 159, 196)
    click(page, "西北湖")
    page.mouse.move(5, 5)
    after = {name: colour(page, spot(page, name)) for name in ("园林局", "西北湖", "教育局")}
    assert after["西北湖"] == before["西北湖"]
    assert after["园林局"] == (111, 159, 196)
    assert min(after["教育局"]) > 150


def test_filters_narrow_picture_and_count(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    page.uncheck("input[value=road]")
    assert "新华路" not in names(page)
    assert page.inner_text("#count").startswith("7 个节点（共 8 个）")
    page.click("#reset")
    assert "新华路" in names(page)
    page.uncheck("input[value=mentions]")
    # What hung on these ties alone hides with them.
    assert not {"新华路", "西北湖"} & names(page)
    page.click("#reset")
    page.uncheck("input[value=delayed]")
    assert "新华路" not in names(page)
    assert "建设局" in names(page)  # it stands for completed tasks too
    page.click("#reset")
    page.select_option("#department", "建设局")
    assert names(page) == {"建设局", "园林局", "新华路"}
    page.click("#reset")
    page.focus("#least")
    key(page, "End")
    assert names(page) == {"建设局", "园林局"}
    for value in page.locator("input[name=kinds]").evaluate_all("all => all.map(one => one.value)"):
        page.uncheck(f"input[name=kinds][value={value}]")
    assert page.inner_text("#message") == "筛选条件隐藏了全部节点。"


def test_a_hit_that_is_filtered_away_is_shown_all_the_same(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    page.uncheck("input[value=place]")
    page.fill("#search", "西北")
    assert "已被筛选隐藏" in page.inner_text("#hits")
    key(page, "Enter")
    assert title(page) == "西北湖"
    assert "西北湖" in names(page)


def test_tables_show_the_same_and_are_sorted(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    page.click("#as-table")
    assert page.locator("#picture").is_hidden()
    assert page.locator("#tables caption").all_inner_texts() == ["节点 (8)", "联系 (9)"]
    first = page.locator("#table-nodes tbody tr td:first-child")
    assert first.nth(0).inner_text() == "建设局"
    page.click("#table-nodes th button[data-sort='nodes weight']")
    assert page.get_attribute("#table-nodes th:nth-child(3)", "aria-sort") == "ascending"
    assert first.nth(7).inner_text() == "建设局"
    page.click("#table-nodes th button[data-sort='nodes name']")
    shown = first.all_inner_texts()
    assert shown.index("建设局") < shown.index("教育局") < shown.index("园林局")  # by pinyin
    page.uncheck("input[value=project]")
    assert first.count() == 7
    first.get_by_text("西北湖").click()
    assert title(page) == "西北湖"


def test_the_picture_is_as_it_was_after_a_look_at_the_table(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    page.click("#zoom-in")
    before = state(page)
    page.click("#as-table")
    page.click("#as-network")
    assert state(page) == before
    page.click("#zoom-fit")
    scale = page.evaluate("kgView.network.getScale()")
    page.set_viewport_size({"width": 800, "height": 500})
    until(page, f"kgView.network.getScale() < {scale}")


def test_language_and_theme_change_everything(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    assert page.title() == "示例网络"
    page.click("#language")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.title() == page.inner_text("h1") == "Example network"
    click(page, "新华路")
    assert "road" in page.inner_text("#panel .kind")
    assert title(page) == "新华路"
    assert page.inner_text("#language") == "中文"
    texts = page.evaluate(
        """() => [...document.querySelectorAll("button, summary, label, legend, h2, h3, #count")]
        .filter((one) => !one.closest("[lang^=zh]")).map((one) => one.firstChild?.textContent)"""
    )
    assert not [text for text in texts if text and re.search("[一-龥]", text) and text != "中文"]
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("#theme")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light


def test_language_and_theme_follow_the_browser(open_page: OpenPage) -> None:
    page = open_page(PAGE, locale="fr-FR", dark=True)
    assert page.evaluate("[document.documentElement.lang, kgView.state.theme]") == ["en", "dark"]


def state(page: Page) -> dict[str, Any]:
    found = page.evaluate(
        """() => ({ ...Object.fromEntries(Object.entries(kgView.state).map(([name, value]) =>
          [name, value instanceof Set ? [...value].sort() : value])),
          scale: kgView.network.getScale().toFixed(3),
          at: Object.values(kgView.network.getViewPosition()).map(Math.round),
          panel: document.getElementById("panel").innerText,
          count: document.getElementById("count").innerText })"""
    )
    assert isinstance(found, dict)
    return found


def test_an_address_opens_the_same_view(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    page.click("#language")
    page.click("#theme")
    page.uncheck("input[value=road]")
    page.uncheck("input[value=delayed]")
    page.select_option("#department", "园林局")
    page.fill("#search", "建设")
    click(page, "园林局")
    page.mouse.move(500, 400)
    page.mouse.wheel(0, -300)
    until(page, "location.hash.includes('at=')")
    before = state(page)
    other = open_page(PAGE, "#" + page.url.partition("#")[2])
    assert state(other) == before
    assert other.input_value("#search") == "建设"
    page.click("#as-table")
    until(page, "location.hash.includes('mode=table')")
    third = open_page(PAGE, "#" + page.url.partition("#")[2])
    assert third.locator("#table-nodes").is_visible()


def test_a_changed_address_is_followed_and_nonsense_ignored(open_page: OpenPage) -> None:
    page = open_page(
        PAGE, "#node=urn:nobody&at=x,1&least=-4&theme=pink&lang=xx&open=99&edge=%E0%A4"
    )
    assert len(names(page)) == 8
    page.evaluate("location.hash = '#node=urn:西北湖&lang=en'")
    until(page, "document.querySelector('#panel h2 span')?.textContent === '西北湖'")
    assert page.title() == "Example network"


def test_export_of_the_picture(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    with page.expect_download() as svg:
        page.click("#exports summary")
        page.click("[data-export=svg]")
    assert svg.value.suggested_filename == "example.svg"
    root = ET.fromstring(svg.value.path().read_text(encoding="utf-8"))
    space = "{http://www.w3.org/2000/svg}"
    texts = [one.text or "" for one in root.iter(f"{space}text")]
    assert "示例网络" in texts
    assert {"建设局", "园林局", "西北湖"} <= set(texts)
    titles = {one.text for one in root.iter(f"{space}title")}
    assert {HOSTILE, LONG, "=1+1"} <= titles
    assert not list(root.iter(f"{space}img"))
    with page.expect_download() as png:
        page.click("#exports summary")
        page.click("[data-export=png]")
    content = png.value.path().read_bytes()
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    width = int.from_bytes(content[16:20], "big")
    assert width == 2 * page.evaluate("document.getElementById('picture').clientWidth")


def test_export_of_the_tables(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    with page.expect_download() as download:
        page.click("#exports summary")
        page.click("[data-export=csv-nodes]")
    text = download.value.path().read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][:3] == ["名称", "种类", "强度"]
    assert rows[1][:3] == ["建设局", "部门", "9"]
    assert {"'=1+1", HOSTILE, LONG} <= {row[0] for row in rows}
    with page.expect_download() as download:
        page.click("#exports summary")
        page.click("[data-export=csv-ties]")
    rows = list(csv.reader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
    assert ["园林局", "共同涉及", "建设局", "3.5", "新华路", "2"] in rows


def test_all_can_be_done_with_keys(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    key(page, "Tab", "Enter")  # the first link skips to the picture
    assert page.evaluate("document.activeElement.id") == "picture"
    key(page, "ArrowRight")
    assert "建设局" in page.inner_text("#spoken")  # the weightiest first
    key(page, "Enter")
    assert title(page) == "建设局"
    key(page, "n")
    assert "园林局" in page.inner_text("#spoken")  # the strongest tie first
    key(page, "Enter")
    assert title(page) == "园林局"
    scale = page.evaluate("kgView.network.getScale()")
    key(page, "+")
    assert page.evaluate("kgView.network.getScale()") > scale
    key(page, "0")
    assert page.evaluate("kgView.state.at") is None
    key(page, "?")
    assert page.locator("#help").is_visible()
    key(page, "Escape")
    assert page.locator("#help").is_hidden()
    assert "从这里开始" in page.inner_text("#panel")
    before = page.inner_text("#spoken")
    key(page, "ArrowLeft", "ArrowDown", "ArrowRight", "ArrowUp")
    assert page.inner_text("#spoken") != before
    key(page, "t")
    assert page.locator("#table-nodes").is_visible()
    page.focus("#as-network")
    key(page, "Enter")
    assert page.locator("#picture").is_visible()


def test_names_are_text_and_long_ones_are_cut(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    page.fill("#search", "img src")
    key(page, "Enter")
    assert title(page) == HOSTILE
    page.click("#as-table")
    assert page.locator("#tables").get_by_text(HOSTILE, exact=True).count() >= 1
    assert page.locator("#panel img, #tables img, #hits img").count() == 0
    assert page.title() == "示例网络"
    page.click("#as-network")
    page.fill("#search", "长长")
    key(page, "Enter")
    assert title(page) == LONG
    drawn = page.evaluate("kgView.labels().map((label) => label.text)")
    assert "长" * 16 + "…" in drawn


@pytest.mark.parametrize(("count", "told"), [(0, "没有任何节点"), (1, "只有一个节点")])
def test_hardly_anything_is_said_in_words(open_page: OpenPage, count: int, told: str) -> None:
    graph: nx.Graph = nx.Graph()
    if count:
        graph.add_node("urn:a", label="建设局", kind="department", weight=1.0)
    page = open_page(render_page(view(graph)))
    assert told in page.inner_text("#message")
    page.click("#zoom-fit")
    page.click("#as-table")
    assert page.locator("#table-nodes tbody tr").count() == count


def test_labels_never_touch_at_any_zoom(open_page: OpenPage) -> None:
    page = open_page(render_page(view(rings(40, 8))))
    drawn = 0
    for scale in (0.05, 0.2, 0.5, 1, 2):
        found = page.evaluate(
            "(scale) => { kgView.network.moveTo({ scale }); return kgView.labels(); }", scale
        )
        drawn += len(found)
        for index, one in enumerate(found):
            for other in found[index + 1 :]:
                assert (
                    abs(one["x"] - other["x"]) >= (one["wide"] + other["wide"]) / 2 - 0.01
                    or abs(one["y"] - other["y"]) >= (one["high"] + other["high"]) / 2 - 0.01
                ), (scale, one["text"], other["text"])
    assert drawn > 40


def test_communities_unfold_and_fold(open_page: OpenPage) -> None:
    page = open_page(FOLDED)
    marks = "kgView.shown.marks.length"
    folded = page.evaluate(marks)
    assert folded < 60
    assert f"{folded} 个群组已折叠" in page.inner_text("#count")
    assert page.inner_text("#count").startswith("320 个节点")
    place = page.evaluate(
        "kgView.network.canvasToDOM(kgView.shown.marks.find((one) => one.members.length === 8))"
    )
    page.locator("#picture canvas").click(position=place)
    assert "成员" in page.inner_text("#panel")
    assert "8" in page.inner_text("#panel dl")
    page.locator("#picture canvas").dblclick(position=place)
    assert page.evaluate(marks) == folded + 7
    # A colleague sees the same one unfolded.
    until(page, "location.hash.includes('open=')")
    other = open_page(FOLDED, "#" + page.url.partition("#")[2])
    assert other.evaluate(marks) == folded + 7
    page.click("#unfold")
    assert page.evaluate(marks) == 320
    page.click("#fold")
    assert page.evaluate(marks) == folded
    page.fill("#search", "节点177")
    key(page, "Enter")
    assert title(page) == "节点177"
    assert page.evaluate(marks) > folded
    # With keys: to a group, and Enter unfolds it.
    page.click("#fold")
    page.focus("#picture")
    key(page, "ArrowRight", "Enter")
    assert page.evaluate(marks) > folded


def test_ten_thousand_departments_open_folded(open_page: OpenPage) -> None:
    graph: nx.Graph = nx.Graph()
    for index in range(10_000):
        graph.add_node(f"urn:{index:05}", label=f"第{index}局", kind="department", weight=1.0)
    page = open_page(render_page(view(graph)))
    assert page.evaluate("kgView.shown.marks.length") == 40
    assert page.inner_text("#message") == "图中没有联系。"
    page.fill("#search", "第7777局")
    key(page, "Enter")
    assert title(page) == "第7777局"
    page.click("#as-table")
    assert page.locator("#table-nodes tbody tr").count() == 300
    page.locator(".more-rows").first.click()
    assert page.locator("#table-nodes tbody tr").count() == 1300


def test_directed_ties_have_arrows(open_page: OpenPage) -> None:
    graph: nx.DiGraph = nx.DiGraph()
    for name in ("甲局", "乙局"):
        graph.add_node(f"urn:{name}", label=name, kind="department", weight=1.0)
    graph.add_edge("urn:甲局", "urn:乙局", tie="waiting", weight=1.0)
    graph.add_edge("urn:乙局", "urn:甲局", tie="waiting", weight=1.0)
    graph.add_edge("urn:乙局", "urn:乙局", tie="within", weight=1.0)
    page = open_page(render_page(view(graph)))
    assert page.evaluate("kgView.shown.links.length") == 3
    page.click("#exports summary")
    with page.expect_download() as svg:
        page.click("[data-export=svg]")
    root = ET.fromstring(svg.value.path().read_text(encoding="utf-8"))
    assert len([one for one in root.iter() if one.get("opacity") == "0.8"]) == 3


def test_it_works_on_a_phone(open_page: OpenPage) -> None:
    page = open_page(PAGE, width=390, height=844)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("#legend").is_hidden()
    page.click("#filters summary")
    page.uncheck("input[value=road]")
    click(page, "园林局")
    assert title(page) == "园林局"
    page.click("#as-table")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_print_shows_the_tables(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("#table-ties tbody tr").count() == 9


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("shown", ["network", "table", "help", "hits"])
def test_no_serious_finding_of_axe(open_page: OpenPage, axe: str, shown: str, dark: bool) -> None:
    page = open_page(PAGE, dark=dark)
    click(page, "园林局")
    if shown == "table":
        page.click("#as-table")
    elif shown == "help":
        page.click("#help-open")
    elif shown == "hits":
        page.fill("#search", "局")
        key(page, "ArrowDown")
    # A button's colour that still changes is no finding.
    page.evaluate("Promise.allSettled(document.getAnimations().map(one => one.finished))")
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    serious = [
        (one["id"], [node["html"][:200] for node in one["nodes"]])
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]
    assert serious == []
