"""What a graph tells of reports that do not tell whose or of when they are."""

from __future__ import annotations

from pathlib import Path

import kg
from kg.graph.build import build
from kg.graph.difference import diff
from kg.graph.mapping.scope import Scope
from kg.graph.stores.embedded import open_graph
from kg.model import Jurisdiction, Report
from kg.questions.sparql import select
from tests.small import table

ROW = "道路|修路10条|已修3条|区建设局"


def scope(code: str | None, name: str = "") -> Scope:
    report = Report("r", "202403", "", Jurisdiction(code, name), None, None, ())
    return Scope.of(report, (), "https://example.org/kg")


def test_an_unknown_place_is_called_so_and_is_that_of_one_plan(tmp_path: Path) -> None:
    files = [table(tmp_path / f"{name}.csv", ROW) for name in ("20240301", "20240401")]
    build(files, tmp_path / "store")
    store = open_graph(tmp_path / "store")
    query = "SELECT ?place ?name WHERE { ?place a tkg:Jurisdiction ; rdfs:label ?name }"
    rows = select(store, query).rows
    assert len(rows) == 2
    assert {str(name) for _, name in rows} == {"不详"}
    answer = kg.ask(store, "区建设局负责哪些任务").table
    assert answer
    assert len(answer.rows) == 2
    assert diff(files[0], "20240401", tmp_path / "store").matches


def test_offices_above_a_town_belong_to_its_district_city_and_province() -> None:
    town = scope("330109107")
    for office, code in (("区水利局", "330109"), ("市水利局", "3301"), ("省水利厅", "33")):
        assert town.named_thing("organization", office) == town.iri("organization", code, office)
    # The name of a file is not a code, even if it looks like one.
    unknown = scope(None)
    own = unknown.iri("organization", "202403", "市水利局")
    assert unknown.named_thing("organization", "市水利局") == own
