"""The data model: reports, their tasks, the facts extracted from them, and the evidence of facts.

All classes are immutable and have no behaviour except lookups.
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
# cancelled, postponed: with the cause; waiting: for a condition; procedure: a permit or another
# step that is still missing; problem: anything that the report calls a problem.
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


# The cells of running text, from which facts are extracted.
TEXT_CELLS: tuple[CellName, ...] = ("task", "progress")


@dataclass(frozen=True, slots=True)
class Cell:
    """The cleaned text of one table cell, with a map to the lines of the source file.

    Attributes:
        text: The cell's text without line breaks.
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
    """The span of a report from which a fact was extracted.

    Attributes:
        document: Identifier of the report, such as `jianghan-2019-10`.
        row: Number of the task.
        cell: The cell that contains the span.
        start: Offset of the first character in the cell's cleaned text.
        end: Offset after the last character.
        quote: The words of the span, `text[start:end]` of the cell.
        rule: What found the fact, such as `tagger` or `gazetteer`.
        confidence: The probability that the fact is right; None if a rule found it.
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
    """A department that is named as answerable for a task.

    Attributes:
        name: Its name.
        evidence: The span that names it.
        role: Its role, or None if the report names none.
        other_names: Other names, given in brackets after its name.
    """

    name: str
    evidence: Evidence
    role: DepartmentRole | None = None
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A group of unnamed bodies that is answerable for a task, such as 各街道.

    Attributes:
        name: The name of the group in the report.
        evidence: The span that names it.
        role: Its role, or None if the report names none.
    """

    name: str
    evidence: Evidence
    role: DepartmentRole | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """One row of the table: a task, its progress, and who is answerable for it.

    Attributes:
        document: Identifier of the report.
        number: The row's number, or the number implied by the sequence if it is missing.
        category: First-level and second-level category; the second may be missing.
        task: The cell with the promised task.
        progress: The cell with the progress.
        department_cell: The cell that names the departments.
        departments: The departments in the order of the cell.
        details: Further columns, such as remarks: pairs of heading and cell.
        groups: The groups of bodies in the department cell.
        deadline: The deadline, if it has a cell or label of its own.
        problem: The problems, if they have a cell or label of their own.
        plan: The next steps, if they have a cell or label of their own.
        leaders: Names of the answerable people; empty by default.
        probability: The probability that the boundaries of its cells are right; 1 if the structure
            of the file determines them.
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
    """Something that could not be read with certainty, for a person to check.

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
    """How much of the source's text is in cells.

    Attributes:
        characters: Number of characters in the source that are not white space.
        placed: Number of those that are in a number, category or text cell.
        rest: The source lines that are in no cell, as pairs of line number and text.
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
    """The recognised content of a table's column.

    Attributes:
        heading: Its heading, without white space.
        column: Its content: `number`, `category`, `task`, `progress`, `departments`, `leader` or
            `detail`.
        confidence: The confidence of that, from 0 to 1.
    """

    heading: str
    column: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """The place a report is about: its GB/T 2260 code (None if unknown) and its name."""

    code: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Report:
    """A report: the content of a responsibility table.

    Attributes:
        identifier: Readable identifier, such as `jianghan-2019-10`.
        plan: Identifier of the plan that it reports on, such as `jianghan-2019`.
        title: The table's title.
        jurisdiction: The place it is about.
        year: The year of the plan.
        as_of: The ISO date of the reported progress, such as `2019-10`.
        tasks: The rows, in order.
        problems: What could not be read with certainty.
        coverage: How much of the source is in cells.
        columns: The recognised content of the columns, if the file has any.
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
    """A named thing in a task, with all spans that name it.

    Attributes:
        kind: The kind of thing.
        name: Its name in the task, completed if a list gives only a part of it.
        evidence: The spans that name it.
        thing: The preferred name in the whole report; empty if it is the same.
        code: Its statistical code, for subdistricts and communities in the gazetteer.
    """

    kind: NameKind
    name: str
    evidence: tuple[Evidence, ...]
    thing: str = ""
    code: str | None = None

    @property
    def preferred(self) -> str:
        """The preferred name of the thing in the whole report."""
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
        approximate: Whether the text says about, over or nearly.
        evidence: The span of the quantity.
        measure: The same in a standard unit, or None if there is none.
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
    """A promised number and the reported value.

    Attributes:
        indicator: Short name of what is measured.
        comparator: Whether the value is a minimum, a maximum, exact or approximate.
        value: The promised value, in `unit`.
        unit: Unit as written.
        actual: The reported value, in `actual_unit`, or None.
        actual_unit: Unit of the reported value as written, or None.
        as_of: ISO date of the reported value, or None.
        judgement: Whether the target is reached.
        reason: The arithmetic or the words behind the judgement.
        evidence: The span of the promise.
        actual_evidence: The span of the reported value, or None.
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
    """The state of a task as a whole, with its evidence in the progress cell."""

    value: StatusValue
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class TaskPart:
    """A numbered part of a task's progress (一是 …) with its title and its own state."""

    title: str
    status: Status


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something that hinders or has stopped a task.

    Attributes:
        kind: The kind of obstacle.
        what: The obstacle or the awaited condition, in the words of the text.
        affected: What is hindered, in the words of the text; may be empty.
        evidence: The span of the obstacle.
    """

    kind: ObstacleKind
    what: str
    affected: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Plan:
    """A next step that the report announces."""

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
