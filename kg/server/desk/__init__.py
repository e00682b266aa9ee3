"""The pages of a planner's desk: who must coordinate, targets, deadlines, streets, briefings."""

from __future__ import annotations

from starlette.routing import BaseRoute

from kg.server.desk import briefings, coordination, feed, series, streets, targets, timeline
from kg.server.desk.plan import newest_plan
from kg.server.snapshot import Snapshot


def prepare(found: Snapshot) -> None:
    """Read what the pages of the newest plan of a build need."""
    plan = newest_plan(found)
    if plan:
        coordination.tie_network(found, plan)
        targets.plan_targets(found, plan)
        timeline.plan_deadlines(found, plan)
        streets.plan_subdistricts(found, plan)


ROUTES: tuple[BaseRoute, ...] = (
    *briefings.ROUTES,
    *coordination.ROUTES,
    *feed.ROUTES,
    *series.ROUTES,
    *streets.ROUTES,
    *targets.ROUTES,
    *timeline.ROUTES,
)
