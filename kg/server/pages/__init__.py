"""The pages that people see; each module is one page or a few of one kind."""

from __future__ import annotations

from starlette.routing import BaseRoute

from kg.server.pages import about, front, search

ROUTES: tuple[BaseRoute, ...] = (*about.ROUTES, *front.ROUTES, *search.ROUTES)
