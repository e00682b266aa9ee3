"""Sources that are the same report: the first is kept, the others are refused with a reason."""

from __future__ import annotations

from kg.model import Report

_LONGEST_QUOTE = 30


def duplicate_message(source: str, report: Report, other: str, first: Report) -> str:
    """Return the reason why a source is refused that has the same report as another one.

    Args:
        source: The refused source.
        report: Its report, with the same identifier as `first`.
        other: Name of the source that is kept.
        first: The report of that source.
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
            f"remove the other (kg remove {identifier})"
        )
    text = (mine.get(differ[0]) or theirs[differ[0]])[0]
    return (
        f"{source}: has the same date and district as {other} ({identifier}), but they differ in "
        f"{len(differ)} of {len({*mine, *theirs})} tasks, the first of them task {differ[0]} "
        f"(“{text[:_LONGEST_QUOTE]}”); correct the date or district in the title of one, or give "
        f"only the right one (kg remove {identifier} removes the other)"
    )
