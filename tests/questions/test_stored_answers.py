from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep

from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.graph.build import add, build
from kg.graph.stores.embedded import current_build, open_graph
from kg.questions.catalogue import query, question, questions, strip_header
from kg.questions.precompute import LEAST, precompute_answers
from kg.questions.stored_answers import load_or_compute
from kg.tables import Answer, Plain
from tests.small import table

_KEPT = Answer(("report",), (("kept",),))

_cells = st.none() | st.booleans() | st.integers() | st.text() | st.decimals(allow_nan=False)


def compute_slowly(answer: Answer) -> Answer:
    """Compute an answer slowly enough to be stored."""
    sleep(0.06)
    return answer


def fail() -> Answer:
    """Fail: the answer is stored and must not be computed."""
    raise AssertionError


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(_cells, _cells), max_size=5))
def test_a_kept_answer_is_the_one_that_was_made(rows: list[tuple[Plain, ...]]) -> None:
    made = Answer(("a", "b"), tuple(rows))
    with TemporaryDirectory() as folder:
        assert load_or_compute(Path(folder), "SELECT", lambda: compute_slowly(made)) == made
        again = load_or_compute(Path(folder), "SELECT", fail)
    assert again == made
    # Equal values may differ in kind and places: 1, True, 1.0, 1.00.
    assert repr(again) == repr(made)


def test_each_query_of_each_build_has_its_own_answer(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    first, second = Answer(("a",), ((1,),)), Answer(("a",), ((Decimal("1.0"),),))
    load_or_compute(one, "SELECT ?a", lambda: compute_slowly(first))
    assert load_or_compute(one, "SELECT ?b", lambda: second) is second
    assert load_or_compute(other, "SELECT ?a", lambda: second) is second


def test_a_large_graph_is_asked_ahead(store: Path, tmp_path: Path) -> None:
    shutil.copytree(store, tmp_path / "store", ignore=shutil.ignore_patterns("answers"))
    folder = current_build(tmp_path / "store") / "answers"
    precompute_answers(tmp_path / "store", LEAST - 1)
    assert not folder.exists()
    precompute_answers(tmp_path / "store", LEAST)
    kept_ahead = {file.name for file in folder.iterdir()}
    assert kept_ahead
    for asked in questions():
        if not any(parameter.required for parameter in asked.parameters.values()):
            assert query(tmp_path / "store", asked.name) == query(open_graph(store), asked.name)
    precompute_answers("http://127.0.0.1:9/sparql", LEAST)  # a store at an address keeps none


def test_what_comes_at_once_is_not_kept(tmp_path: Path) -> None:
    load_or_compute(tmp_path, "SELECT", lambda: _KEPT)
    assert list(tmp_path.iterdir()) == []


def test_a_broken_file_and_a_folder_that_cannot_be_written_cost_only_time(tmp_path: Path) -> None:
    load_or_compute(tmp_path, "SELECT", lambda: compute_slowly(_KEPT))
    (file,) = (tmp_path / "answers").iterdir()
    file.write_bytes(file.read_bytes()[:-5])
    made = Answer(("a",), ((1,),))
    assert load_or_compute(tmp_path, "SELECT", lambda: compute_slowly(made)) == made
    assert load_or_compute(tmp_path, "SELECT", fail) == made
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "answers").write_text("a file, not a folder", encoding="utf-8")
    assert load_or_compute(tmp_path / "full", "SELECT", lambda: compute_slowly(made)) == made


def test_a_question_is_answered_by_what_is_kept_until_there_is_a_new_build(tmp_path: Path) -> None:
    store = tmp_path / "store"
    first = table(tmp_path / "one.csv", "住建|建成青禾桥。|青禾桥已开工。|建设局")
    build([first], store, jurisdiction="330106")
    sparql = strip_header(question("tasks").sparql)
    load_or_compute(current_build(store), sparql, lambda: compute_slowly(_KEPT))
    assert query(store, "tasks") == query(str(store), "tasks") == _KEPT
    assert kg.ask(store, "有哪些任务").table == _KEPT
    # Who has a graph, and not its folder, asks the graph.
    assert query(open_graph(store), "tasks") != _KEPT

    second = table(tmp_path / "two.csv", "住建|建成白鹭桥。|白鹭桥已开工。|建设局")
    add([second], store, jurisdiction="330110")
    assert len(query(store, "tasks").rows) == 2
