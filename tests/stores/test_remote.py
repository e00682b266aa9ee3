from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Store

import kg
from kg.errors import InputError
from kg.graph.build import add, build, remove
from kg.graph.difference import diff
from kg.graph.stored_report import load_report
from kg.graph.stores.embedded import about_build, all_statements, open_graph, reports
from kg.graph.stores.protocol import Graph
from kg.graph.stores.remote import RemoteGraph, send_build
from kg.graph.stores.remote_builds import local_folder
from kg.graph.validation import validate
from kg.network.analysis import analyse
from kg.network.formatting import format_report
from kg.publishing.bundle import publish
from kg.publishing.export import export
from kg.questions.catalogue import query, question, questions
from kg.questions.sparql import run_query
from kg.views.networks.catalogue import view
from kg.views.page import render_page
from tests.history.plans import write_plan
from tests.stores.servers import oxigraph, virtuoso

SERVERS = {"oxigraph": oxigraph, "virtuoso": virtuoso}
GIVEN = {
    "a": "建设局",
    "b": "应急管理局",
    "category": "创新开展社会治理",
    "department": "应急管理局",
    "indicator": "举办招聘会",
    "judgement": "behind",
    "organisation": "武汉大学",
    "project": "四清一化",
    "road": "中山大道",
    "status": "delayed",
    "street": "唐家墩街",
    "task": "8",
    "thing": "西北湖",
    "until": "2019-12-31",
}


@pytest.fixture(scope="module", autouse=True)
def known() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TASKKG_USER", "dba")
        patch.setenv("TASKKG_PASSWORD", "dba")
        yield


@pytest.fixture(scope="module", params=SERVERS)
def url(
    request: pytest.FixtureRequest, store: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A server into which its own bulk loader has put the graph of the dataset."""
    folder = tmp_path_factory.mktemp(request.param)
    export(open_graph(store), folder / "graph.nq", "server", about_build(store))
    with SERVERS[request.param](folder, load=True) as found:
        yield found


@pytest.mark.parametrize("name", [one.name for one in questions()])
def test_questions_have_the_answers_of_the_embedded_store(name: str, url: str, store: Path) -> None:
    parameters = question(name).parameters
    here, there = open_graph(store), open_graph(url)
    needed = {key: GIVEN[key] for key in parameters if parameters[key].required}
    narrowed = [{**needed, key: GIVEN[key]} for key in parameters if key in GIVEN]
    for given in (needed, *narrowed):
        found = query(there, name, given)
        # As text: of a truth value and a number too it matters which it is.
        assert repr(found) == repr(query(here, name, given)), given


def told(graph: Graph, identifier: str) -> dict[str, object]:
    views = (("things", None), ("categories", None), ("department", "建设局"))
    return {
        "ask": kg.ask(graph, "哪些部门共同涉及西北湖？").table,
        "recall": load_report(graph, identifier),
        "analyse": format_report(analyse(graph), "json"),
        "validate": validate(graph),
        "view": [render_page(view(graph, name, about)) for name, about in views],
        "sparql": run_query(graph, "ASK { ?task a tkg:Task }"),
    }


@pytest.fixture(scope="module")
def told_here(store: Path) -> dict[str, object]:
    return told(open_graph(store), "jianghan-2019-10")


def test_all_else_has_the_answers_of_the_embedded_store(
    url: str, told_here: dict[str, object]
) -> None:
    there = told(open_graph(url), "jianghan-2019-10")
    for what, expected in told_here.items():
        assert there[what] == expected, what
    assert [row[0] for row in reports(url).rows] == ["jianghan-2019-10"]


def test_a_copy_holds_the_same_statements(url: str, store: Path) -> None:
    with local_folder(url) as folder:
        assert set(open_graph(folder)) == set(open_graph(store))
        assert {"graphs": about_build(folder)["graphs"], **about_build(store)} == about_build(url)


@pytest.mark.parametrize("name", SERVERS)
def test_reports_are_added_and_taken_out(name: str, tmp_path: Path) -> None:
    first, second, *_ = write_plan(tmp_path)
    (tmp_path / "server").mkdir()
    local = tmp_path / "store"
    with SERVERS[name](tmp_path / "server") as url:
        build([first], url)
        add([second], url)
        build([first, second], local)
        assert set(all_statements(open_graph(url))) == set(all_statements(open_graph(local)))
        one, other = (str(entry["identifier"]) for entry in about_build(url)["reports"])
        assert diff(one, other, url) == diff(one, other, local)
        remove([other], url)
        remove([other], local)
        assert set(all_statements(open_graph(url))) == set(all_statements(open_graph(local)))
        with local_folder(url) as folder:
            assert set(open_graph(folder)) == set(open_graph(local))
            bundles = [
                publish(it, tmp_path / f"bundle-{n}", "x", "CC0-1.0", "https://example.org/a")
                for n, it in enumerate((folder, local))
            ]
        one, other = ((it.folder / "SHA256SUMS").read_text() for it in bundles)
        assert one == other


def test_what_was_broken_off_is_no_build(tmp_path: Path) -> None:
    first, *_ = write_plan(tmp_path)
    (tmp_path / "server").mkdir()
    with oxigraph(tmp_path / "server") as url:
        build([first], url)
        graph, before = RemoteGraph(url), set(all_statements(open_graph(url)))
        with pytest.raises(TypeError):
            # What cannot be written as JSON ends it after the graphs, before the last step.
            send_build(Store(), {"built": object()}, graph, None)
        with pytest.raises(InputError, match="holds no complete build"):
            add([first], url)
        build([first], url)
        assert set(all_statements(open_graph(url))) == before


def test_bad_input_leaves_the_server_as_it_was(url: str, tmp_path: Path) -> None:
    before = about_build(url)
    (tmp_path / "bad.csv").write_text("x")
    with pytest.raises(InputError):
        build([tmp_path / "bad.csv"], url)
    assert about_build(url) == before


def test_an_answer_that_the_server_cuts_is_refused(tmp_path: Path) -> None:
    first, *_ = write_plan(tmp_path)
    (tmp_path / "server").mkdir()
    with virtuoso(tmp_path / "server", rows=5) as url:
        build([first], url)
        with pytest.raises(InputError, match="cut the answer at 5 rows"):
            query(open_graph(url), "tasks")


def test_who_is_not_known_cannot_write(
    url: str, dataset: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if url.endswith("/sparql"):
        monkeypatch.setenv("TASKKG_PASSWORD", "wrong")
        with pytest.raises(InputError, match="needs other credentials") as told:
            build([dataset], url)
        assert "wrong" not in str(told.value)
