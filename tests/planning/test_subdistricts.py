from __future__ import annotations

from pathlib import Path

from kg.charts.subdistricts import tile_positions
from kg.graph.stores.embedded import open_graph
from kg.planning.subdistricts import read_subdistricts
from kg.questions.sparql import select


def test_a_subdistrict_has_the_tasks_that_name_it_or_something_in_it(store: Path) -> None:
    graph = open_graph(store)
    found = read_subdistricts(graph)
    counts = [len(work.tasks) for work in found]
    assert counts == sorted(counts, reverse=True)
    for work in found:
        query = f"""SELECT DISTINCT ?number {{ ?task a tkg:Task ; tkg:number ?number ;
          tkg:mentions/(geo:sfWithin|dcterms:spatial)* <{work.iri}> }}"""
        expected = {int(str(number)) for (number,) in select(graph, query).rows}
        assert {task.number for task in work.tasks} == expected
        for task in work.tasks:
            assert task.departments
            # Sentences may write a name in short: 新华 for 新华街.
            assert task.sentence
        assert sum(work.states.values()) == len(work.tasks)
    for work in found:
        for other, shared in work.neighbours.items():
            (theirs,) = (one for one in found if one.iri == other)
            assert theirs.neighbours[work.iri] == shared


def test_tiles_fill_a_grid_without_standing_on_each_other(store: Path) -> None:
    found = read_subdistricts(open_graph(store))
    spots = tile_positions(found)
    assert set(spots) == {work.iri for work in found}
    assert len(set(spots.values())) == len(found)
    assert max(x for x, _ in spots.values()) < len(found) / 2
    assert tile_positions(()) == {}
