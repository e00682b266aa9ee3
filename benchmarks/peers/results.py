"""The measured values, and how others compare with us."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from statistics import median

US = "taskkg"
HEADER = ("case", "measure", "who", "median", "spread", "ratio to ours", "goal", "note")


@dataclass(frozen=True, slots=True)
class Result:
    """One contender's values of one measure in one case.

    Attributes:
        case: The task, such as `240,000 triples, one core`.
        measure: The measure and its unit, such as `seconds`.
        who: The contender; our names begin with `taskkg`.
        values: One value for each round; may be empty if there is a note.
        more_is_better: Whether high values are good, such as rates; by default low values are.
        goal: How many times better than this contender we want to be; 0 for no goal.
        at_least: Whether the contender was stopped, so that its values are lower bounds.
        note: A remark.
    """

    case: str
    measure: str
    who: str
    values: tuple[float, ...]
    more_is_better: bool = False
    goal: float = 0.0
    at_least: bool = False
    note: str = ""

    @property
    def middle(self) -> float | None:
        """The median of all rounds."""
        return median(self.values) if self.values else None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the benchmark.

    Attributes:
        name: Its name on the command line.
        title: What is compared, in one sentence.
        results: The results, grouped by case and measure; ratios relate to the first of a group.
        said: Further remarks, one sentence each, such as which peer was left out and why.
    """

    name: str
    title: str
    results: tuple[Result, ...]
    said: tuple[str, ...] = ()


def ratio(ours: Result, theirs: Result) -> float | None:
    """Return how many times better we are: the median of the ratios in each round.

    >>> ratio(Result("", "s", US, (1.0, 2.0)), Result("", "s", "peer", (3.0, 6.0)))
    3.0
    """
    pairs = list(zip(ours.values, theirs.values, strict=False))
    if not pairs or any(min(pair) <= 0 for pair in pairs):
        return None
    return median(mine / other if theirs.more_is_better else other / mine for mine, other in pairs)


def compare_with_ours(results: Iterable[Result]) -> Iterable[tuple[Result, Result]]:
    """Yield each result after the result of ours with which it is compared."""
    for _, group in groupby(results, key=lambda it: (it.case, it.measure)):
        rows = list(group)
        for row in rows:
            yield rows[0], row


def cells(ours: Result, row: Result) -> tuple[str, ...]:
    """Return the cells of a row, in the order of `HEADER`."""
    sign = "> " if row.at_least else ""
    middle = "" if row.middle is None else sign + format_number(row.middle)
    spread = (
        f"{format_number(min(row.values))} to {format_number(max(row.values))}"
        if row.values[1:]
        else ""
    )
    times = ratio(ours, row) if row is not ours else None
    times_text = "" if times is None else f"{'≥ ' if row.at_least else ''}{times:.2f}"
    goal = ""
    if row.goal:
        goal = f"≥ {row.goal:g}"
        if times is not None:
            goal += ": met" if times >= row.goal else ": missed"
            if row.at_least and times < row.goal:
                goal = f"≥ {row.goal:g}: not known"
    return row.case, row.measure, row.who, middle, spread, times_text, goal, row.note


def to_markdown(part: Part) -> str:
    """Return a part as a Markdown table under a heading."""
    lines = [f"## {part.name}", "", part.title, ""]
    lines += [f"| {' | '.join(HEADER)} |", f"|{' --- |' * len(HEADER)}"]
    lines += [f"| {' | '.join(cells(*pair))} |" for pair in compare_with_ours(part.results)]
    lines += ["", *(f"- {sentence}" for sentence in part.said)]
    return "\n".join(lines).rstrip() + "\n"


def format_number(value: float) -> str:
    """Return a number with three significant digits, or a whole number from 100 on.

    >>> format_number(0.01234), format_number(12.345), format_number(1234567.8)
    ('0.0123', '12.3', '1,234,568')
    """
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
