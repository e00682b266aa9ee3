"""Apply remarks on a list or table that say which of the units leads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from kg.model import DepartmentRole

LeadRule = Literal["first", "only", "responsible"]

_LEADS = r"[^。；]{0,8}?(?:牵头|主办|主责)"
_IS = "(?:即|就|均|都|作)?(?:为|是|系)"
_PATTERNS: dict[LeadRule, re.Pattern[str]] = {
    # 列第一位的为牵头单位, 第一个责任单位为牵头单位
    "first": re.compile(
        rf"[列排居](?:在|名)?(?:第一|首)(?:位|名|个)?[^。；]{{0,16}}?{_IS}{_LEADS}"
        rf"|第一(?:个|家)?(?:责任)?(?:单位|部门)?{_IS}(?:牵头|主办)|首(?:位|个|家)(?:的)?(?:责任)?(?:单位|部门)?{_IS}(?:牵头|主办)"
    ),
    # 仅有一个责任单位的，该单位为牵头单位
    "only": re.compile(
        rf"[只仅](?:有|列)?(?:1|一)(?:个|家)(?:责任)?(?:单位|部门)(?:的)?[，,]?[^。；]{{0,10}}?{_IS}{_LEADS}"
    ),
    # 无牵头单位的，责任单位即为牵头单位
    "responsible": re.compile(
        rf"[无未没](?:有|明确|注明|标注|标明|列出?|设|指定)?(?:有)?(?:牵头|主办)(?:单位|部门)的?[，,]?[^。；]{{0,6}}?责任(?:单位|部门){_IS}{_LEADS}"
    ),
}


def lead_rules(text: str) -> frozenset[LeadRule]:
    """Return the rules in a text about which unit leads.

    >>> sorted(lead_rules("列第一位的为牵头单位，下同；仅有一个责任单位的，该单位为牵头单位"))
    ['first', 'only']
    >>> lead_rules("无牵头单位的，责任单位即为牵头单位"), lead_rules("第一位到场的是牵头人")
    (frozenset({'responsible'}), frozenset())
    """
    return frozenset(rule for rule, pattern in _PATTERNS.items() if pattern.search(text))


def lead_rules_in(texts: Iterable[str]) -> frozenset[LeadRule]:
    """Return the rules in several texts about which unit leads."""
    return frozenset().union(*map(lead_rules, texts))


def assign_leads(
    roles: Sequence[DepartmentRole | None], rules: frozenset[LeadRule]
) -> list[DepartmentRole | None]:
    """Return the roles of a task's units, with leads by the rules if no unit leads already.

    >>> assign_leads([None, "cooperating"], frozenset({"only"}))
    ['lead', 'cooperating']
    """
    found = list(roles)
    answering = [place for place, role in enumerate(found) if role != "cooperating"]
    if "lead" in found or not answering:
        return found
    if "responsible" in rules:
        leading = answering
    elif "first" in rules or ("only" in rules and len(answering) == 1):
        leading = answering[:1]
    else:
        leading = []
    for place in leading:
        found[place] = "lead"
    return found
