from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg import tables
from kg.errors import InputError
from kg.graph.stores.embedded import open_graph
from kg.questions.catalogue import bind_parameters, query, question, questions, strip_header
from kg.questions.sparql import run_query, select


def test_every_question_answers_with_its_documented_fields(store: Path) -> None:
    graph = open_graph(store)
    names = {found.name for found in questions()}
    assert names >= {
        "tasks", "departments", "shared-projects", "shared-things", "dependencies", "between",
        "behind", "blockers", "indicators", "streets", "projects", "organisations", "timeline",
        "categories", "coverage",
    }  # fmt: skip
    given = {"department": "建设局", "a": "建设局", "b": "商务局"}
    for found in questions():
        needed = {key: given[key] for key, one in found.parameters.items() if one.required}
        answer = query(graph, found.name, needed)
        assert answer.fields == tuple(found.fields)
        # The dataset is of one district.
        assert answer.rows or found.name in ("across", "same-targets"), found.name


def rows(store: Path, name: str, **given: str) -> list[dict[str, object]]:
    answer = query(open_graph(store), name, given)
    return [dict(zip(answer.fields, row, strict=True)) for row in answer.rows]


def test_tasks_of_a_department(store: Path) -> None:
    found = rows(store, "tasks", department="园林局")
    assert [row["task"] for row in found] == [15, 16, 103]
    assert len(rows(store, "tasks")) == 106


def test_departments(store: Path) -> None:
    found = rows(store, "departments")
    assert len(found) == 36
    first = found[0]
    assert (first["department"], first["tasks"]) == ("发展和改革局", 12)


def test_shared_and_joint_things(store: Path) -> None:
    found = {(row["name"], row["tie"]): row for row in rows(store, "shared-projects")}
    school = found["红领巾第二小学项目", "shared"]
    assert (school["tasks"], school["departments"]) == ("48, 81", "发展和改革局、教育局")
    assert ("红领巾第二小学项目", "joint") not in found
    firm = found["湖北移动", "joint"]
    assert (firm["tasks"], firm["departments"]) == ("43", "商务区规划建设局、科技和经信局")
    narrowed = rows(store, "shared-projects", department="创治办")
    assert {(row["name"], row["tie"]) for row in narrowed} == {
        key for key, row in found.items() if "创治办" in str(row["departments"]).split("、")
    }
    assert narrowed


def test_targets_that_fall_short(store: Path) -> None:
    found = {row["task"]: row for row in rows(store, "behind")}
    investment = found[3]
    assert "固定资产投资总额" in str(investment["indicator"])
    assert (str(investment["target"]), str(investment["actual"])) == ("430", "275.12")


def test_a_parameter_is_a_term_and_never_text_of_the_query(store: Path) -> None:
    before = len(rows(store, "tasks"))
    for value in ('") } DROP ALL #', "a\\\"\n'", "<x> } ; DELETE WHERE { ?s ?p ?o", "建" * 500):
        with pytest.raises(InputError, match="the graph knows no such name") as caught:
            rows(store, "tasks", department=value)
        assert len(str(caught.value)) < 300
    assert len(rows(store, "tasks")) == before


def test_unknown_names_are_refused_with_the_nearest(store: Path) -> None:
    with pytest.raises(InputError, match="did you mean shared-projects"):
        question("shared-project")
    with pytest.raises(InputError, match="it has: department, status, category"):
        query(open_graph(store), "tasks", {"lake": "x"})


def test_a_syntax_error_tells_its_position(store: Path) -> None:
    with pytest.raises(InputError, match="line 2, column") as caught:
        run_query(open_graph(store), "SELECT *\nWHERE { ?s ?p }")
    assert "\n" not in str(caught.value)


def test_other_forms_of_queries(store: Path) -> None:
    graph = open_graph(store)
    answer = run_query(graph, "ASK { ?s a tkg:Task }")
    assert not isinstance(answer, str)
    assert answer.rows == ((True,),)
    triples = run_query(graph, "CONSTRUCT { ?s a ?c } WHERE { ?s a ?c . ?s a tkg:Report }")
    assert isinstance(triples, str)
    assert triples.endswith(" .\n")
    with pytest.raises(InputError, match="not a SELECT"):
        select(graph, "ASK { ?s ?p ?o }")


def test_formats_say_the_same(store: Path) -> None:
    answer = query(open_graph(store), "behind")
    assert len(json.loads(tables.to_json(answer))) == len(answer.rows)
    assert tables.to_csv(answer).splitlines()[0] == ",".join(answer.fields)
    assert len(tables.to_markdown(answer).splitlines()) == len(answer.rows) + 2


def test_how_complete_each_department_is(store: Path) -> None:
    (found,) = rows(store, "coverage", department="园林局")
    # Tasks 15, 16 and 103: each has a state and names, two have dates, none a number.
    assert found == {
        "department": "园林局",
        "tasks": 3,
        "status": 3,
        "number": 0,
        "date": 2,
        "name": 3,
        "share": 67,
    }
    assert len(rows(store, "coverage")) == 36


def test_a_value_stands_where_a_question_begins(store: Path) -> None:
    asked = question("behind")
    narrowed = bind_parameters(open_graph(store), asked, {"department": "建设局"})
    assert "<https://w3id.org/taskkg/department/420103/建设局>" in narrowed
    assert narrowed.count("?subject tkg:responsible ?who .") > asked.sparql.count("# given depart")
    assert "# given\n" not in narrowed
    assert "# given" not in strip_header(asked.sparql)


@pytest.mark.parametrize(
    "name", ["tasks", "behind", "indicators", "blockers", "shared-things", "projects", "streets"]
)
def test_what_narrows_a_question_leaves_out_the_rest_and_nothing_else(
    store: Path, name: str
) -> None:
    everything = {tuple(row.values()): row for row in rows(store, name)}
    found = 0
    for department in ("建设局", "商务局", "教育局", "发展和改革局"):
        narrowed = rows(store, name, department=department)
        found += len(narrowed)
        assert [tuple(row.values()) for row in narrowed] == [
            key
            for key, row in everything.items()
            if department in str(row["departments"]).split("、")
        ]
    assert found
