"""The pages that people see; each module is one page or a few of one kind."""

from __future__ import annotations

from starlette.routing import BaseRoute

from kg.server.pages import about, ask, front, questions, search, views

ROUTES: tuple[BaseRoute, ...] = (
    *about.ROUTES,
    *ask.ROUTES,
    *front.ROUTES,
    *questions.ROUTES,
    *search.ROUTES,
    *views.ROUTES,
)
