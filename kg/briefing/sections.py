"""Sections of several briefings: targets, ties, waiting, deadlines, tasks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.briefing.content import Briefing, Point, Quote, Section, Table
from kg.charts.message import MessageLine, message_chart
from kg.charts.targets import target_chart
from kg.labels import MISSED, STATES
from kg.network.formatting import excerpt
from kg.network.pairs import Dependency, quote_sentence
from kg.network.ties import Sentence, Tie
from kg.planning.coordination_lines import reason_line, waiting_line
from kg.planning.deadlines import Deadline
from kg.planning.reports import ReportLine
from kg.planning.targets import TargetProgress, progress_line
from kg.planning.tasks import TaskLine

# Maximum length of a promise in a line, and of a sentence.
_SHORT, _LONG = 40, 110
_CELLS = {
    "task": ("任务要求", "promise"),
    "progress": ("进展情况", "progress"),
    "departments": ("责任部门", "departments"),
    "deadline": ("完成时限", "deadline"),
    "problem": ("存在问题", "problems"),
    "plan": ("下一步计划", "next steps"),
    "category": ("工作类目", "category"),
}


def shorten(text: str, most: int = _SHORT) -> str:
    """Return a text on one line, shortened with an ellipsis to `most` characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def make_quote(said: Sentence, english: bool = False) -> Quote:
    """Return a sentence with its task and cell."""
    cell = _CELLS.get(said.cell, (said.cell, said.cell))[english]
    number = f"Task {said.task}" if english else f"任务{said.task}"
    return Quote(excerpt(said), f"{number} · {cell}")


def target_section(
    targets: Sequence[TargetProgress], english: bool, most: int = 10
) -> Section | None:
    """Return the section on the targets furthest behind, or None without targets."""
    if not targets:
        return None
    missed = [one for one in targets if one.judgement in MISSED]
    shown = (missed or list(targets))[:most]
    if missed:
        worst = missed[0]
        message = (
            f"{len(missed)} of {len(targets)} targets are behind; furthest: {worst.indicator}."
            if english
            else f"{len(targets)}个目标中{len(missed)}个落后或未达到，"
            f"差得最多的是“{worst.indicator}”。"
        )
    else:
        message = (
            f"None of {len(targets)} targets is behind."
            if english
            else f"{len(targets)}个目标中没有落后的。"
        )
    points = tuple(
        Point(
            f"{one.indicator}（{department_names(one)}）：{progress_line(one)}"
            if not english
            else f"{one.indicator} ({department_names(one)}): {progress_line(one, english)}",
            (_target_quote(one, english),) if one.sentence else (),
        )
        for one in shown
    )
    return Section(
        "Targets" if english else "目标完成情况", message, points, target_chart(shown, english)
    )


def talk_section(pairs: Sequence[Dependency], english: bool, most: int = 5) -> Section | None:
    """Return the section on pairs that should coordinate but have no joint task, or None."""
    if not pairs:
        return None
    first = pairs[0]
    message = (
        f"{len(pairs)} pairs depend on each other without a joint task; "
        f"the strongest: {first.departments[0]} and {first.departments[1]}."
        if english
        else f"{len(pairs)}对部门没有共同任务，却相互关联；最强的是{first.departments[0]}与"
        f"{first.departments[1]}。"
    )
    return Section(
        "Who should talk" if english else "建议对接的部门",
        message,
        tuple(
            Point(
                f"{one.departments[0]} ↔ {one.departments[1]}"
                f"{': ' if english else '：'}{reason_line(one, english)}",
                tuple(
                    make_quote(side.sentences[0], english)
                    for side in one.ties[0].sides
                    if side.sentences
                ),
            )
            for one in pairs[:most]
        ),
    )


def waiting_section(
    found: Iterable[Tie], names_of: dict[str, str], english: bool
) -> Section | None:
    """Return the section on who waits for whom, or None if nobody waits."""
    waiting = [tie for tie in found if tie.kind == "waiting"]
    points = []
    for tie in waiting:
        waiters = [names_of[iri] for iri in tie.departments if iri not in tie.awaited]
        awaited = [names_of[iri] for iri in tie.departments if iri in tie.awaited]
        if not waiters or not awaited:
            continue
        line = waiting_line("、".join(waiters), "、".join(awaited), tie.name, english)
        law = f"（{'、'.join(tie.basis)}）" if tie.basis else ""
        quotes = tuple(
            make_quote(Sentence(q.report, q.task, q.cell, q.quote, q.sentence, q.line), english)
            for q in tie.quotes[:1]
        )
        points.append(Point(line + law, quotes))
    if not points:
        return None
    message = (
        f"{len(points)} tasks wait for another department."
        if english
        else f"{len(points)}处任务在等其他部门。"
    )
    return Section("Who waits for whom" if english else "谁在等谁", message, tuple(points))


def deadline_section(
    deadlines: Sequence[Deadline], english: bool, most: int = 10
) -> Section | None:
    """Return the section on overdue and next deadlines, or None without deadlines."""
    if not deadlines:
        return None
    overdue = [one for one in deadlines if one.overdue]
    shown = [*overdue, *(one for one in deadlines if not one.overdue)][:most]
    first = next((one for one in deadlines if not one.overdue), shown[0])
    message = (
        f"Next: {first.last.isoformat()}, task {first.number}; {len(overdue)} overdue."
        if english
        else f"最近的是{first.last.month}月{first.last.day}日的任务{first.number}；"
        f"已过期未完成{len(overdue)}项。"
    )
    columns = ("Date", "Task", "Promise", "State", "Departments")
    rows = tuple(
        (
            one.last.isoformat(),
            str(one.number),
            shorten(one.promise),
            STATES[one.status][english] if one.status in STATES else "",
            "、".join(who.name for who in one.departments),
        )
        for one in shown
    )
    return Section(
        "Deadlines" if english else "时间节点",
        message,
        table=Table(columns if english else ("时间", "任务", "任务要求", "状态", "责任部门"), rows),
    )


def task_section(tasks: Sequence[TaskLine], title: str, english: bool, most: int = 20) -> Section:
    """Return the section with a table of tasks, late ones first."""
    order = {state: at for at, state in enumerate(("delayed", "cancelled", "not_started"))}
    shown = sorted(tasks, key=lambda one: (order.get(one.status, len(order)), one.number))[:most]
    done = sum(one.status == "completed" for one in tasks)
    message = (
        f"{len(tasks)} tasks, {done} of them completed."
        if english
        else f"{len(tasks)}项任务，其中{done}项已完成。"
    )
    if len(tasks) > most:
        message += f" The first {most}:" if english else f"以下列出前{most}项："
    rows = tuple(
        (
            str(one.number),
            shorten(one.promise, 48),
            STATES[one.status][english] if one.status in STATES else "",
            "、".join(who.name for who in one.departments),
        )
        for one in shown
    )
    columns = ("Task", "Promise", "State", "Departments")
    return Section(
        title,
        message,
        table=Table(columns if english else ("任务", "任务要求", "状态", "责任部门"), rows),
    )


def pair_lines(pairs: Sequence[Dependency], most: int = 5) -> list[MessageLine]:
    """Return pairs of departments as lines of the picture."""
    top = max((one.weight for one in pairs), default=1.0)
    return [
        MessageLine(
            one.departments[0],
            "、".join(tie.name for tie in one.ties[:2])
            + (f" 等{len(one.ties)}项" if len(one.ties) > 2 else ""),
            one.departments[1],
            one.weight / top,
        )
        for one in pairs[:most]
    ]


def target_lines(targets: Sequence[TargetProgress], english: bool) -> list[MessageLine]:
    """Return targets as lines of the picture, with a bar for the reached share."""
    return [
        MessageLine(
            one.indicator,
            progress_line(one, english),
            "",
            one.share or 0.0,
            late=one.judgement in MISSED,
        )
        for one in targets
    ]


def department_names(one: TargetProgress) -> str:
    """Return the names of the departments responsible for a target."""
    return "、".join(who.name for who in one.departments)


def _target_quote(one: TargetProgress, english: bool) -> Quote:
    number = f"Task {one.number}" if english else f"任务{one.number}"
    return Quote(shorten(one.sentence, _LONG), number)


def pair_quotes(tie: Tie, pair: tuple[str, str], english: bool) -> tuple[Quote, ...]:
    """Return a quote for a tie from each of two departments, if there is one."""
    found: dict[Quote, None] = {}
    for iri in pair:
        for quote in tie.quotes:
            if iri in quote.departments:
                found[make_quote(quote_sentence(quote), english)] = None
                break
    return tuple(found)


def source_titles(reports: Sequence[ReportLine]) -> str:
    """Return the titles of up to three reports, with the number of the others."""
    more = f" (+{len(reports) - 3})" if len(reports) > 3 else ""
    return "；".join(one.title for one in reports[:3]) + more


def make_briefing(
    name: str,
    title: str,
    message: str,
    figures: tuple[tuple[str, str], ...],
    sections: Sequence[Section | None],
    lines: Sequence[MessageLine],
    source: str,
    english: bool,
) -> Briefing:
    """Return a briefing with its message as a picture.

    Args:
        name: The name of its file.
        title: The title.
        message: The message in one sentence.
        figures: A few figures, each with its label.
        sections: The sections; None for those without content.
        lines: The lines of the picture.
        source: The reports that it is based on.
        english: Whether it is in English.
    """
    foot = f"Source: {source}" if english else f"来源：{source}"
    return Briefing(
        name,
        title,
        message,
        figures,
        tuple(one for one in sections if one),
        message_chart(message, lines, foot),
        source,
        english,
    )
