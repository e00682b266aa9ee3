"""Convert the facts of a task to a JSON object, as extractions are stored and compared.

The evidence of a fact has its `rule`, its `confidence`, and the `start` and `end` of its quote in
the text of the cell.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, get_args

from kg.kinds import plural
from kg.model import (
    Date,
    Evidence,
    Measure,
    Name,
    NameKind,
    Obstacle,
    Plan,
    Quantity,
    Target,
    TaskFacts,
    TaskPart,
)

KEYS: dict[NameKind, str] = {kind: plural(kind) for kind in get_args(NameKind)}


def to_record(facts: TaskFacts) -> dict[str, Any]:
    """Return the facts of a task as an object that `json.dumps` takes."""
    task = facts.task
    record: dict[str, Any] = {
        "no": task.number,
        "category": list(task.category),
        "task": task.task.text,
        "progress": task.progress.text,
        "departments": [department.name for department in task.departments],
        "roles": [department.role for department in task.departments],
        "groups": [group.name for group in task.groups],
    }
    if task.leaders:
        record["leaders"] = list(task.leaders)
    for kind, key in KEYS.items():
        record[key] = [_name(name) for name in facts.names if name.kind == kind]
    record["quantities"] = [_quantity(quantity) for quantity in facts.quantities]
    record["dates"] = [_date(date) for date in facts.dates]
    record["targets"] = [_target(target) for target in facts.targets]
    status = facts.status
    record["status"] = status.value if status else None
    record["status_quote"] = status.evidence.quote if status else None
    record["status_evidence"] = _span(status.evidence) if status else None
    record["parts"] = [_part(part) for part in facts.parts]
    record["obstacles"] = [_obstacle(obstacle) for obstacle in facts.obstacles]
    record["plans"] = [_plan(plan) for plan in facts.plans]
    record["document"] = task.document
    return record


def _name(name: Name) -> dict[str, Any]:
    first = name.evidence[0]
    return {
        "name": name.name,
        "thing": name.preferred,
        "code": name.code,
        "quote": first.quote,
        "evidence": [_span(evidence) for evidence in name.evidence],
    }


def _quantity(quantity: Quantity) -> dict[str, Any]:
    return {
        "cell": quantity.evidence.cell,
        "value": _number(quantity.value),
        "unit": quantity.unit,
        "what": quantity.what,
        "approx": quantity.approximate,
        "measure": _measure(quantity.measure),
        **_quote_and_span(quantity.evidence),
    }


def _measure(measure: Measure | None) -> dict[str, Any] | None:
    if measure is None:
        return None
    return {"value": _number(measure.value), "ucum": measure.ucum, "qudt": measure.qudt}


def _date(date: Date) -> dict[str, Any]:
    return {
        "cell": date.evidence.cell,
        "iso": date.iso,
        "role": date.role,
        **_quote_and_span(date.evidence),
    }


def _target(target: Target) -> dict[str, Any]:
    return {
        "indicator": target.indicator,
        "comparator": target.comparator,
        "target": _number(target.value),
        "unit": target.unit,
        "actual": None if target.actual is None else _number(target.actual),
        "actual_unit": target.actual_unit,
        "as_of": target.as_of,
        "met": target.judgement,
        "reason": target.reason,
        **_quote_and_span(target.evidence),
        "actual_evidence": _span(target.actual_evidence) if target.actual_evidence else None,
    }


def _part(part: TaskPart) -> dict[str, Any]:
    status = part.status
    return {"title": part.title, "status": status.value, **_quote_and_span(status.evidence)}


def _obstacle(obstacle: Obstacle) -> dict[str, Any]:
    return {
        "kind": obstacle.kind,
        "what": obstacle.what,
        "affected": obstacle.affected,
        **_quote_and_span(obstacle.evidence),
    }


def _plan(plan: Plan) -> dict[str, Any]:
    return {"what": plan.what, **_quote_and_span(plan.evidence)}


def _quote_and_span(evidence: Evidence) -> dict[str, Any]:
    return {"quote": evidence.quote, "evidence": _span(evidence)}


def _span(evidence: Evidence) -> dict[str, Any]:
    return {
        "cell": evidence.cell,
        "start": evidence.start,
        "end": evidence.end,
        "quote": evidence.quote,
        "rule": evidence.rule,
        "confidence": evidence.confidence,
    }


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
