from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kg.graph.stores.embedded import open_graph
from kg.network.matrix import MOST, WEAK_WEIGHT, department_matrix, weak_ties
from kg.network.ties import Quote, Tie, ties, ties_by_pair
from tests.small import graph


def tie(number: int, weight: float, *departments: str) -> Tie:
    """Return a shared tie of departments, each with a task of its own."""
    quotes = tuple(
        Quote("r", 100 * number + at, "progress", "x", "x", None, frozenset((name,)))
        for at, name in enumerate(departments)
    )
    return Tie(
        f"urn:tie:{number}", "shared", f"urn:thing:{number}", f"thing {number}", "road", weight,
        tuple(sorted(departments)), tuple(quote.task for quote in quotes), quotes, frozenset(),
        frozenset(), (),
    )  # fmt: skip


def test_those_who_are_tied_stand_side_by_side() -> None:
    """Two blocks that a weak tie joins, whose names alternate."""
    one, other = ["a", "c", "e"], ["b", "d", "f"]
    found = [
        tie(number, 2, *pair)
        for number, pair in enumerate(
            [("a", "c"), ("c", "e"), ("a", "e"), ("b", "d"), ("d", "f"), ("b", "f")]
        )
    ]
    matrix = department_matrix([*found, tie(9, 0.1, "a", "b")])
    first, second = matrix.departments[:3], matrix.departments[3:]
    assert {frozenset(first), frozenset(second)} == {frozenset(one), frozenset(other)}
    assert matrix.groups == (1, 1, 1, 2, 2, 2)
    assert len(matrix.cells) == 7
    assert [cell.weight for cell in matrix.cells] == [2, 2, 2, 2, 2, 2, 0.1]
    assert all(cell.row < cell.column for cell in matrix.cells)


def test_a_chain_is_put_in_order() -> None:
    chain = ["m", "c", "x", "a", "k"]
    found = [tie(at, 1, *pair) for at, pair in enumerate(pairwise(chain))]
    matrix = department_matrix(found)
    places = {iri: at for at, iri in enumerate(matrix.departments)}
    assert all(abs(places[a] - places[b]) <= 2 for a, b in pairwise(chain))


def test_a_cell_tells_its_kind_and_who_is_awaited(tmp_path: Path) -> None:
    store = graph(
        tmp_path,
        "城建|整治柳园路沿线环境。|主体已完工。|建设局、水务局",
        "城建|改造学校。|项目需自然资源局办理用地手续，等待自然资源局批复后开工。|教育局",
        "城建|整治沿线。|柳园路沿线整治已完成。|园林局",
        "城建|规划。|已完成编制。|自然资源局",
    )
    found = ties(store)
    matrix = department_matrix(found)
    names = [iri.rpartition("/")[2] for iri in matrix.departments]
    marks = {frozenset((names[cell.row], names[cell.column])): cell.mark for cell in matrix.cells}
    assert marks[frozenset(("建设局", "水务局"))] == "joint"
    assert marks[frozenset(("建设局", "园林局"))] == "shared"
    waiting = [cell for cell in matrix.cells if cell.mark == "waiting"]
    assert [names[cell.awaited] for cell in waiting if cell.awaited is not None] == ["自然资源局"]


def test_the_matrix_holds_each_pair_that_is_tied(store: Path) -> None:
    found = [one for one in ties(open_graph(store)) if one.weight >= WEAK_WEIGHT]
    matrix = department_matrix(found)
    order = matrix.departments
    cells = {
        tuple(sorted((order[cell.row], order[cell.column]))): cell.weight for cell in matrix.cells
    }
    expected = {
        pair: round(sum(one.weight for one in tied), 3)
        for pair, tied in ties_by_pair(found).items()
    }
    assert cells == expected
    assert len(set(order)) == len(order) == len(matrix.groups)
    assert list(matrix.groups) == sorted(matrix.groups)


def test_a_road_of_seven_departments_says_little_and_one_of_six_does_not(tmp_path: Path) -> None:
    names = "建设局 水务局 教育局 民政局 园林局 商务局 财政局".split()
    rows = [f"城建|整治柳园路沿线环境。|已完工。|{name}" for name in names]
    folders = [tmp_path / name for name in ("few", "many")]
    for folder in folders:
        folder.mkdir()
    few, many = graph(folders[0], *rows[:6]), graph(folders[1], *rows)
    assert not any(one.name == "柳园路" for one in weak_ties(ties(few)))
    assert "柳园路" in {one.name for one in ties(few)}
    assert {one.name for one in weak_ties(ties(many))} >= {"柳园路"}


def test_of_too_many_departments_the_most_tied_are_shown() -> None:
    """A long chain with a strong middle."""
    count = MOST + 40
    found = [tie(at, 1 + (at < 20), f"{at:04}", f"{at + 1:04}") for at in range(count - 1)]
    matrix = department_matrix(found)
    assert len(matrix.departments) <= MOST
    assert matrix.left_out == count - len(matrix.departments)
    assert {f"{at:04}" for at in range(1, 20)} <= set(matrix.departments)


@given(
    st.lists(
        st.tuples(st.integers(0, 12), st.integers(0, 12), st.sampled_from((0.1, 0.5, 1.0, 3.0))),
        max_size=30,
    )
)
def test_the_order_does_not_depend_on_the_order_of_ties(
    edges: list[tuple[int, int, float]],
) -> None:
    found = [
        tie(number, weight, f"d{one}", f"d{other}")
        for number, (one, other, weight) in enumerate(edges)
        if one != other
    ]
    forward, backward = department_matrix(found), department_matrix(found[::-1])
    assert forward.departments == backward.departments
    assert forward.groups == backward.groups
    assert {(c.row, c.column, c.weight) for c in forward.cells} == {
        (c.row, c.column, c.weight) for c in backward.cells
    }
