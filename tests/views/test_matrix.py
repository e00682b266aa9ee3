from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.graph.stores.embedded import open_graph
from kg.planning.coordination import find_coordination, read_network
from kg.views.matrix import render_matrix
from tests.small import graph


@pytest.fixture(scope="module")
def page(store: Path) -> str:
    return render_matrix(open_graph(store))


def test_the_page_asks_for_nothing(page: str) -> None:
    assert "default-src 'none'" in page
    assert not re.search(r'(?:src|href)="(?!#|data:)', page)


def test_each_pair_has_the_sentences_of_both(store: Path, page: str) -> None:
    network = read_network(open_graph(store))
    found = find_coordination(network)
    folds = dict(re.findall(r'<details id="pair-(\d+-\d+)">(.*?)</details>', page, re.DOTALL))
    assert len(folds) == len(found.matrix.cells)
    for cell in found.matrix.cells:
        fold = folds[f"{cell.row}-{cell.column}"]
        iris = [found.matrix.departments[at] for at in (cell.row, cell.column)]
        assert all(network.names[iri] in fold for iri in iris)
        first = cell.ties[0]
        assert first.name in fold
        plain = re.sub(r"<[^>]+>", "", fold)
        assert any(quote.quote in plain for quote in first.quotes)


def test_who_should_talk_leads_to_the_sentences(store: Path, page: str) -> None:
    found = find_coordination(read_network(open_graph(store)))
    anchors = re.findall(r'<li><a href="#(pair-\d+-\d+)" lang="zh">(.*?)</a>', page)
    assert [title for _, title in anchors] == [
        " ↔ ".join(one.departments) for one in found.must_talk
    ]
    for anchor, title in anchors:
        fold = page[page.index(f'id="{anchor}"') :]
        summary = fold[: fold.index("</summary>")]
        assert all(name in summary for name in title.split(" ↔ "))


def test_english_pages_have_english_words(store: Path) -> None:
    page = render_matrix(open_graph(store), "en")
    assert "Who should talk to whom" in page
    assert '<html lang="en">' in page
    outside = re.sub(r'<[^>]*lang="zh"[^>]*>.*?</', "</", page, flags=re.DOTALL)
    assert "建议对接" not in outside
    assert "强度" not in outside


def test_names_are_never_read_as_markup(tmp_path: Path) -> None:
    store = graph(
        tmp_path,
        "城建|整治柳园路沿线环境<script>alert(1)</script>。|柳园路主体已完工。|建设局<b>",
        "城建|整治沿线。|柳园路沿线整治已完成。|水务局",
    )
    page = render_matrix(store)
    assert "<script>alert" not in page
    assert "</script><" not in page.replace("</script>\n", "")


def test_a_graph_without_ties_says_so(tmp_path: Path) -> None:
    page = render_matrix(graph(tmp_path, "城建|新建公园。|已完工。|园林局"))
    assert "没有部门相互联系" in page
