"""The pages that people see; each module is one page or a few of one kind."""

from __future__ import annotations

from starlette.routing import BaseRoute

ROUTES: tuple[BaseRoute, ...] = ()
