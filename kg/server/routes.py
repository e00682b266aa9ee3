"""The routes of the server."""

from __future__ import annotations

from starlette.routing import BaseRoute

from kg.server.desk import briefings, coordination, feed, series, streets, targets, timeline
from kg.server.discovery import description, openapi, sitemap
from kg.server.pages import (
    about,
    browse,
    compare_departments,
    compare_reports,
    front,
    search,
    views,
)
from kg.server.questions import ask
from kg.server.questions import pages as questions
from kg.server.sparql import endpoint
from kg.server.things import linked_data

ROUTES: tuple[BaseRoute, ...] = (
    *endpoint.ROUTES,
    *description.ROUTES,
    *openapi.ROUTES,
    *sitemap.ROUTES,
    *about.ROUTES,
    *browse.ROUTES,
    *compare_departments.ROUTES,
    *compare_reports.ROUTES,
    *front.ROUTES,
    *search.ROUTES,
    *views.ROUTES,
    *ask.ROUTES,
    *questions.ROUTES,
    *briefings.ROUTES,
    *coordination.ROUTES,
    *feed.ROUTES,
    *series.ROUTES,
    *streets.ROUTES,
    *targets.ROUTES,
    *timeline.ROUTES,
    # This route matches all paths, as every other path can be that of an IRI.
    *linked_data.ROUTES,
)
