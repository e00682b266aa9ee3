"""What was recognised in a report and what a person should look at, for people and programs."""

from __future__ import annotations

import json
from dataclasses import asdict

from kg.model import Report


def summary(report: Report) -> str:
    """Return what was recognised, and every line of the source that is in no cell."""
    coverage = report.coverage
    district = report.jurisdiction
    departments = {d.name for task in report.tasks for d in task.departments}
    groups = sorted({group.name for task in report.tasks for group in task.groups})
    joint = sum(len(task.departments) > 1 for task in report.tasks)
    lines = [
        f"report:       {report.identifier}",
        f"title:        {report.title or '(none)'}",
        f"jurisdiction: {district.name or '(unknown)'} {district.code or ''}".rstrip(),
        f"as of:        {report.as_of or '(unknown)'}",
        f"tasks:        {len(report.tasks)}, {joint} with more than one department",
        f"departments:  {len(departments)}",
        f"groups:       {', '.join(groups) or '(none)'}",
        f"in cells:     {coverage.share:.2%} of {coverage.characters} characters; the rest:",
        *(f"  line {line}: {text}" for line, text in coverage.rest),
    ]
    return "\n".join(lines)


def to_json(report: Report) -> str:
    """Return the whole report as JSON: its tasks, coverage and notes for review."""
    return json.dumps(asdict(report), ensure_ascii=False, indent=2) + "\n"
