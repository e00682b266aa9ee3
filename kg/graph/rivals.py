"""Sources that claim to be one report: the first is kept, what differs is told of the others."""

from __future__ import annotations

from kg.model import Report

_QUOTED = 30


def rival(source: str, report: Report, other: str, first: Report) -> str:
    """Return why a source is refused whose report is that of another source.

    Args:
        source: The source that is refused.
        report: Its report, with the same identifier as the other.
        other: Name of the source that is kept.
        first: Its report.
    """
    identifier = report.identifier
    mine, theirs = (
        {row.number: (row.task.text, row.progress.text, row.department_cell.text) for row in rows}
        for rows in (report.tasks, first.tasks)
    )
    differ = sorted(row for row in {*mine, *theirs} if mine.get(row) != theirs.get(row))
    if not differ:
        return (
            f"{source}: is the same report as {other} ({identifier}); give only one of them, or "
            f"take out the other (kg remove {identifier})"
        )
    text = (mine.get(differ[0]) or theirs[differ[0]])[0]
    return (
        f"{source}: claims the same date and district as {other} ({identifier}), but they differ "
        f"in {len(differ)} of {len({*mine, *theirs})} tasks, the first task {differ[0]} "
        f"(“{text[:_QUOTED]}”); mend the date or district in the title of one, or give only the "
        f"right one (kg remove {identifier} takes out the other)"
    )
