"""The plan that a page is about: that of `?plan=`, or the newest."""

from __future__ import annotations

from starlette.requests import Request

from kg.server.data.build_cache import cached_for_build, cached_result
from kg.server.data.plans import Plan, plans
from kg.server.data.snapshot import Snapshot
from kg.server.http.problems import Problem


def all_plans(request: Request) -> tuple[Plan, ...]:
    """Return the plans of the current build, the newest first."""
    return cached_result(request, "plans", plans)


def chosen_plan(request: Request) -> Plan:
    """Return the plan of `?plan=`, or the newest plan.

    Raises:
        Problem: There is no such plan, or no plan at all.
    """
    known = all_plans(request)
    if not known:
        raise Problem(
            404,
            "The graph has no reports yet; add one with kg add.",
            zh="图谱中还没有报告；用 kg add 加入一份。",
        )
    wanted = request.query_params.get("plan", "").strip()
    for plan in known:
        if wanted in ("", plan.identifier):
            return plan
    raise Problem(
        404,
        f"There is no plan “{wanted[:60]}”; choose one from the list.",
        zh=f"没有“{wanted[:60]}”这个计划；请从列表中选择。",
    )


def newest_plan(build: Snapshot) -> Plan | None:
    """Return the newest plan of a build, or None if it has no reports."""
    return next(iter(cached_for_build(build, "plans", plans)), None)


def plan_title(plan: Plan, english: bool) -> str:
    """Return the title of a plan: its district and year.

    >>> plan_title(Plan("jianghan-2019", "420103", "江汉区", "2019", ()), english=False)
    '江汉区2019年'
    """
    year = plan.year if english or not plan.year else f"{plan.year}年"
    return f"{plan.district}{' ' if english else ''}{year}".strip()
