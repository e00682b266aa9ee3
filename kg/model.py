"""What a report says: its tasks, the facts read from them, and the words each fact stands on.

Everything here is immutable and free of behaviour beyond looking things up, so that every room of
the house can pass the same objects on.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

CellName = Literal["task", "progress", "departments", "deadline", "problem", "plan"]
NameKind = Literal[
    "subdistrict",
    "community",
    "road",
    "place",
    "project",
    "organization",
    "body",
    "policy",
    "event",
]
DateRole = Literal["as_of", "done", "planned", "other"]
DepartmentRole = Literal["lead", "responsible", "cooperating"]
Comparator = Literal[">=", "<=", "=", "~"]
Judgement = Literal["met", "on_track", "behind", "not_met", "unknown"]
# cancelled and postponed: with the cause; waiting: for a condition; procedure: a permit or a step
# that is not taken yet; problem: an issue that is named as such.
ObstacleKind = Literal["cancelled", "postponed", "waiting", "procedure", "problem"]
StatusValue = Literal[
    "completed",
    "in_progress",
    "partly_completed",
    "delayed",
    "cancelled",
    "not_started",
    "ongoing",
]


# The cells of running text, in which facts are looked for.
TEXT_CELLS: tuple[CellName, ...] = ("task", "progress")


@dataclass(frozen=True, slots=True)
class Cell:
    """The cleaned text of one table cell, with a map back to the lines of the source file.

    Attributes:
        text: The cell's text, line breaks inside it removed.
        lines: Pairs of an offset in `text` and the 1-based source line that begins there.

    >>> Cell("新建道路10条", ((0, 7), (4, 8))).line_at(5)
    8
    """

    text: str
    lines: tuple[tuple[int, int], ...] = ()

    def line_at(self, offset: int) -> int | None:
        """Return the 1-based source line that holds the character at `offset`."""
        index = bisect_right(self.lines, offset, key=lambda pair: pair[0]) - 1
        return self.lines[index][1] if index >= 0 else None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words of a report that a fact stands on.

    Attributes:
        document: Identifier of the report, such as `jianghan-2019-10`.
        row: Number of the task.
        cell: The cell that holds the words.
        start: Offset of the first character in the cell's cleaned text.
        end: Offset behind the last character.
        quote: The words, `text[start:end]` of the cell.
        rule: What found the fact, such as `tagger` or `gazetteer`.
        confidence: How likely the fact is right, from 0 to 1; None where a rule found it.
    """

    document: str
    row: int
    cell: CellName
    start: int
    end: int
    quote: str
    rule: str
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Department:
    """One answerable department of a task, as its last column names it.

    Attributes:
        name: Its name.
        evidence: The words that name it.
        role: Its role where the document tells one, else None.
        other_names: What it is also called, as brackets behind its name tell.
    """

    name: str
    evidence: Evidence
    role: DepartmentRole | None = None
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Bodies that answer for a task without being named, such as 各街道.

    Attributes:
        name: How the document calls them.
        evidence: The words that do.
        role: Their role where the document tells one, else None.
    """

    name: str
    evidence: Evidence
    role: DepartmentRole | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """One row of the table: what was promised, how far it is, and who answers for it.

    Attributes:
        document: Identifier of the report.
        number: The row's number, or the one that the sequence implies where it was lost.
        category: First-level and second-level category; the second may be missing.
        task: The cell that holds the promise.
        progress: The cell that holds the progress.
        department_cell: The cell that names the departments.
        departments: The departments in the order of the cell.
        details: What further columns tell, such as deadlines and remarks: heading and cell.
        groups: The groups of bodies that the cell names beside them.
        deadline: The words that tell until when, where they stand apart.
        problem: The words that tell what stands in the way, where they are labelled so.
        plan: The words that tell what comes next, where they are labelled so.
        leaders: The people who answer; only kept where they are asked for.
        probability: How likely its cells end where they were found to, from 0 to 1; 1 where the
            structure of the file tells it.
    """

    document: str
    number: int
    category: tuple[str, str | None]
    task: Cell
    progress: Cell
    department_cell: Cell
    departments: tuple[Department, ...]
    details: tuple[tuple[str, Cell], ...] = ()
    groups: tuple[Group, ...] = ()
    deadline: Cell = Cell("")
    problem: Cell = Cell("")
    plan: Cell = Cell("")
    leaders: tuple[str, ...] = ()
    probability: float = 1.0

    def cell(self, name: CellName) -> Cell:
        """Return the cell with that name."""
        return {
            "task": self.task,
            "progress": self.progress,
            "departments": self.department_cell,
            "deadline": self.deadline,
            "problem": self.problem,
            "plan": self.plan,
        }[name]

    def evidence(
        self, cell: CellName, start: int, end: int, rule: str, confidence: float | None = None
    ) -> Evidence:
        """Return the evidence for a span of one of the task's cells."""
        quote = self.cell(cell).text[start:end]
        return Evidence(self.document, self.number, cell, start, end, quote, rule, confidence)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read with certainty, for a person to look at.

    Attributes:
        row: Number of the task it concerns, if known.
        line: 1-based line of the source file, if known.
        reason: What is wrong, in one sentence.
        text: The words of the source it is about.
    """

    row: int | None
    line: int | None
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the source's text ended up in a cell.

    Attributes:
        characters: Characters of the source that are not white space.
        placed: How many of them stand in a number, category or text cell.
        rest: The source lines that do not, as pairs of line number and text.
    """

    characters: int
    placed: int
    rest: tuple[tuple[int, str], ...] = ()

    @property
    def share(self) -> float:
        """The placed share of the characters, from 0 to 1."""
        return self.placed / self.characters if self.characters else 0.0


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """What a column of a table was taken for.

    Attributes:
        heading: Its heading, without white space.
        column: What it holds: `number`, `category`, `task`, `progress`, `departments`, `leader` or
            `detail`.
        confidence: How sure that is, from 0 to 1.
    """

    heading: str
    column: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """The district a report is about: its GB/T 2260 code (None where unknown) and its name."""

    code: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Report:
    """A responsibility table, read.

    Attributes:
        identifier: Readable identifier, such as `jianghan-2019-10`.
        plan: Identifier of the plan whose tasks it tells of, such as `jianghan-2019`.
        title: The table's title.
        jurisdiction: The district it is about.
        year: The year it plans.
        as_of: The ISO date up to which progress is told, such as `2019-10`.
        tasks: The rows, in order.
        problems: What could not be read with certainty.
        coverage: How much of the source ended up in a cell.
        columns: What the columns of its tables were taken for, where a file shows them.
        unit: What line numbers count: `line`, `row`, `paragraph` or `page`.
    """

    identifier: str
    plan: str
    title: str
    jurisdiction: Jurisdiction
    year: int | None
    as_of: str | None
    tasks: tuple[Task, ...]
    problems: tuple[Problem, ...] = ()
    coverage: Coverage = field(default=Coverage(0, 0))
    columns: tuple[ColumnReading, ...] = ()
    unit: str = "line"


@dataclass(frozen=True, slots=True)
class Name:
    """A named thing in a task, with every place where the task names it.

    Attributes:
        kind: What is named.
        name: Its name as the task writes it, unfolded where a list gives it in part.
        evidence: The places that name it.
        thing: The name under which the whole report knows the same thing; empty if the same.
        code: Its statistical code, for units that the gazetteer lists.
    """

    kind: NameKind
    name: str
    evidence: tuple[Evidence, ...]
    thing: str = ""
    code: str | None = None

    @property
    def preferred(self) -> str:
        """The name under which the whole report knows the thing."""
        return self.thing or self.name


@dataclass(frozen=True, slots=True)
class Measure:
    """A value in a standard unit.

    Attributes:
        value: The value in that unit.
        ucum: The unit's code in UCUM, such as `m2`; `1` for counts.
        qudt: The unit's local name in QUDT, such as `M2`.
    """

    value: Decimal
    ucum: str
    qudt: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that measures or counts something.

    Attributes:
        value: The number, in the unit as written.
        unit: The unit as written.
        what: The thing measured, in the words of the text.
        approximate: Whether it is told as about, over or nearly so much.
        evidence: The words that tell it.
        measure: The same in a standard unit, or None where there is none.
    """

    value: Decimal
    unit: str
    what: str
    approximate: bool
    evidence: Evidence
    measure: Measure | None = None


@dataclass(frozen=True, slots=True)
class Date:
    """A date or deadline: `iso` is a year, month, day, quarter or an interval of these."""

    iso: str
    role: DateRole
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Target:
    """A numeric promise and what is reported for it.

    Attributes:
        indicator: Short name of what is measured.
        comparator: How the value is meant.
        value: The promised value, in `unit`.
        unit: Unit as written.
        actual: The reported value, in `actual_unit`, or None.
        actual_unit: Unit of the reported value as written, or None.
        as_of: ISO date of the reported value, or None.
        judgement: Whether the target is reached.
        reason: The arithmetic or the words behind the judgement.
        evidence: The words that promise.
        actual_evidence: The words that report, or None.
    """

    indicator: str
    comparator: Comparator
    value: Decimal
    unit: str
    actual: Decimal | None
    actual_unit: str | None
    as_of: str | None
    judgement: Judgement
    reason: str
    evidence: Evidence
    actual_evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class Status:
    """The state of a task as a whole, with the words of the progress cell that show it."""

    value: StatusValue
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class TaskPart:
    """A numbered part of a task's progress (一是 …) with its title and its own state."""

    title: str
    status: Status


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something that keeps a task from going on, or has stopped it.

    Attributes:
        kind: What it is.
        what: What stands in the way, or is waited for, in the words of the text.
        affected: What it keeps back, in the words of the text; may be empty.
        evidence: The words that tell it.
    """

    kind: ObstacleKind
    what: str
    affected: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Plan:
    """What is said to come next."""

    what: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """Everything extracted from one task."""

    task: Task
    names: tuple[Name, ...]
    quantities: tuple[Quantity, ...]
    dates: tuple[Date, ...]
    targets: tuple[Target, ...]
    status: Status | None
    parts: tuple[TaskPart, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()
    plans: tuple[Plan, ...] = ()
