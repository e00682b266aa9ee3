"""The network page of departments and what ties them together."""

from __future__ import annotations

from pyoxigraph import Store

from kg.network.projection import department_network
from kg.questions.sparql import select
from kg.views.page import render_page

_TITLES = "SELECT ?title WHERE { ?report a tkg:Report ; rdfs:label ?title } ORDER BY ?title"


def departments_page(store: Store) -> str:
    """Return the page as one HTML document that asks for nothing else."""
    titles = [str(row[0]) for row in select(store, _TITLES).rows]
    return render_page(
        department_network(store),
        title_zh="部门联系网络",
        title_en="Departments and what ties them",
        source="；".join(titles),
    )
