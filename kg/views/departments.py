"""The network page of departments and what ties them together."""

from __future__ import annotations

from pyoxigraph import Store

from kg.network.projection import department_network
from kg.questions.sparql import select
from kg.views.page import render_page
from kg.views.view import View

_TITLES = "SELECT ?title WHERE { ?report a tkg:Report ; rdfs:label ?title } ORDER BY ?title"


def departments_view(store: Store) -> View:
    """Return departments, the tasks that they share, and the things that their tasks name."""
    titles = [str(row[0]) for row in select(store, _TITLES).rows]
    return View(
        name="departments",
        title_zh="部门联系网络",
        title_en="Departments and what ties them",
        source="；".join(titles),
        graph=department_network(store),
    )


def departments_page(store: Store) -> str:
    """Return the page as one HTML document that asks for nothing else."""
    return render_page(departments_view(store))
