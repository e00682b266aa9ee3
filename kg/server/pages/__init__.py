"""The pages that people see; each module is one page or a few of one kind."""

from __future__ import annotations

from starlette.routing import BaseRoute

from kg.server.pages import (
    about,
    ask,
    browse,
    compare_departments,
    compare_reports,
    front,
    questions,
    search,
    views,
)

ROUTES: tuple[BaseRoute, ...] = (
    *about.ROUTES,
    *ask.ROUTES,
    *browse.ROUTES,
    *compare_departments.ROUTES,
    *compare_reports.ROUTES,
    *front.ROUTES,
    *questions.ROUTES,
    *search.ROUTES,
    *views.ROUTES,
)
