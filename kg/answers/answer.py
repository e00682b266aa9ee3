"""A plain question answered: by its family, or by the sentences that fit it best; or refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.answers.intents import Asked, read_question
from kg.answers.rankings import kind_asked, ranking, sort_asked, totals
from kg.answers.replies import (
    Reply,
    about_target,
    about_task,
    cut,
    in_common,
    is_late,
    judged,
    mentions,
    of_department,
    of_tasks,
    speaker,
)
from kg.answers.search import Hit, Index, grams_of, in_chinese, split_sentences
from kg.answers.tasks import TaskRecord, task_records
from kg.gazetteer.naming import find_named
from kg.graph.protocol import Graph
from kg.questions.parameters import names
from kg.questions.periods import in_chinese as dates_in_chinese
from kg.questions.periods import periods

# Which share of what a question says the best task must hold, and one that stands out from others.
_COVERED, _LEAST = 0.13, 0.1
# What the best task must fit at least: more than one word that many tasks have.
_FITS = 1.65
# From what share of the best score on a second task is about it too: by itself, or where it says
# more of the same matter. How many tasks answer, and how many where a list is asked for.
_CLOSE, _RELATED, _MOST, _LISTED = 0.95, 0.6, 2, 6
_SENTENCES = 3
# What tells why something is late or what it waits for.
_OBSTACLE = re.compile("待|因|暂缓|延|需|等|尚未|未|受|须")
_WAITS = re.compile("等|点头|批|wait|approval")
_AWAITS = re.compile("(?<![接招对])待[^遇业人]{2,}|等待|尚(?:需|待)")
_WAITING = re.compile(
    "待|等(?:待|候).{0,12}|报.{0,10}(?:审|批|研究|同意)|(?:审|批|明确)(?:后|通过)"
)
_PLACE = re.compile("[一-鿿]{1,4}[省市区县](?!民|政|级|域|内|里|属|场)")
_ENGLISH_DAY = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th)? (?:of )?(january|february|march|april|may|june|july|august"
    r"|september|october|november|december)\b"
)
_YEAR = re.compile(r"20\d\d")
_DAY = re.compile(r"(?<=月)(\d{1,2})号")
_DATED = re.compile(r"\d{1,2}月\d{0,2}日?|20\d\d年|元月|年底")
_ONLY_ASKS = re.compile(
    "报告里?|这份|都写?|些|啥|那一?片|一带|出现过?|几条|到底|究竟|怎么样|怎样|如何|什么|哪些|哪个|哪天|多少|几个|几项|请问|现在|目前|今年|全区|任务|工作|情况|进展|没有|是不是|有没有|吗|呢|的|了|啊|吧"
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a question is not answered."""

    reason: str


class Answers:
    """Answers to questions about one graph."""

    def __init__(self, graph: Graph) -> None:
        """Read the tasks of a graph."""
        self.tasks = task_records(graph)
        self._codes = set(names(graph, ["Jurisdiction"]))
        self._index = Index(self.tasks)
        self._as_of = max((task.as_of for task in self.tasks), default="")

    def reply(self, question: str) -> Reply | Refusal:
        """Return the answer to a question, or why there is none.

        Args:
            question: The question, in Chinese or English.
        """
        asked = read_question(question, self.tasks)
        if reason := self._outside(asked):
            return Refusal(reason)
        found = self._by_family(asked) or self._by_words(asked)
        if found is None:
            return Refusal("nothing in the graph tells of it")
        return replace(found, text=cut(found.text))

    def about(self, numbers: Sequence[int], question: str) -> Reply:
        """Return the list of some tasks, in the language of a question.

        Args:
            numbers: The numbers of the tasks.
            question: The question.
        """
        asked = read_question(question, self.tasks)
        tasks = [task for task in self.tasks if task.number in numbers]
        head = speaker(asked)(f"共{len(tasks)}项任务：", f"{len(tasks)} tasks:")
        return of_tasks(head, tasks, asked, "tasks")

    def _outside(self, asked: Asked) -> str:
        """Return why the graph cannot know the answer, or an empty text."""
        if asked.outside == "outside":
            return "the graph tells of tasks, not of people, telephones, weather or opinions"
        if asked.outside == "earlier" and len({task.report for task in self.tasks}) == 1:
            return "the graph holds one report only; there is none to compare it with"
        if other := self._other_place(asked.text):
            return f"the graph tells nothing of {other}"
        numbers = {task.number for task in self.tasks}
        if lost := [number for number in asked.numbers if number not in numbers]:
            return f"there is no task {lost[0]}; tasks go up to {max(numbers, default=0)}"
        return ""

    def _other_place(self, text: str) -> str:
        """Return the place that a question names and that is not the graph's own, or nothing."""
        for found in _PLACE.finditer(text):
            for start in range(found.end() - 2, found.start() - 1, -1):
                name = text[start : found.end()]
                named = find_named(name)
                if named is None or named.name != name:
                    continue
                if any(name in task.text for task in self.tasks):
                    continue
                codes = [code.removesuffix("00").removesuffix("00") for code in named.codes]
                if not any(own.startswith(tuple(codes)) for own in self._codes):
                    return name
        return ""

    def _by_family(self, asked: Asked) -> Reply | None:
        """Return the answer of the family of questions that this one belongs to, or None."""
        say, cues = speaker(asked), asked.cues
        if asked.numbers:
            return self._numbered(asked)
        if len(asked.departments) > 1:
            return in_common(asked.departments, self.tasks, asked)
        if asked.departments and self._is_of_department(asked):
            return of_department(asked.departments[0], self.tasks, asked)
        if asked.departments:
            return None
        if "joint" in cues and ("count" in cues or "list" in cues):
            joint = [task for task in self.tasks if len(task.departments) > 1]
            head = say(f"共{len(joint)}项任务由多个部门负责：", f"{len(joint)} joint tasks:")
            return of_tasks(head, joint, asked, "tasks of several departments")
        things = kind_asked(asked) or sort_asked(asked)
        about = bool(cues & {"department", "tie", "category"}) or things is not None
        if ("most" in cues or "fewest" in cues) and about:
            return ranking(self.tasks, asked)
        if asked.names and (cues & {"mention", "department"} or self._only_name(asked)):
            found = mentions(asked.names[0], self.tasks, asked)
            return found if len(found.tasks) > 1 or "mention" in cues else None
        if "total" in cues and not asked.names:
            return totals(self._under_category(asked.text), asked)
        if "indicator" in cues and cues & {"behind", "finished", "gap"} and "list" in cues:
            return judged(self._under_category(asked.text), asked)
        if "later" in cues and not asked.names:
            late = [task for task in self.tasks if is_late(task)]
            head = say(
                f"{len(late)}项任务要到明年或更晚：", f"{len(late)} tasks reach into later years:"
            )
            return of_tasks(head, late, asked, "tasks planned beyond the year")
        if {"why", "list"} <= cues and not asked.names and _WAITS.search(asked.text):
            return self._waiting(asked)
        if cues & {"list", "due"} and not asked.names:
            return self._planned(asked)
        return None

    def _under_category(self, text: str) -> Sequence[TaskRecord]:
        """Return the tasks under the heading that a question names, or all."""
        found = [
            task
            for task in self.tasks
            if any(len(heading) > 3 and heading in text for heading in task.categories)
        ]
        return found or self.tasks

    def _is_of_department(self, asked: Asked) -> bool:
        """Tell whether a question asks for all that a department has, not for one matter."""
        if asked.names and asked.names[0] not in asked.departments:
            return False
        return (
            bool(asked.cues & {"behind", "finished", "list", "later", "total"})
            and "why" not in asked.cues
        )

    def _only_name(self, asked: Asked) -> bool:
        """Tell whether a question names a thing and asks nothing else of it."""
        rest = _ONLY_ASKS.sub("", asked.text)
        for name in asked.names:
            rest = rest.replace(name.strip("《》“”"), "")
        return len(grams_of(rest)) < 2 and not asked.cues & {"when", "gap", "why"}

    def _numbered(self, asked: Asked) -> Reply:
        """Return what the tasks with some numbers say."""
        tasks = [task for task in self.tasks if task.number in asked.numbers]
        lines = []
        for task in tasks:
            figures = "".join(about_target(target, speaker(asked)) for target in task.targets)
            first = task.progress[:300]
            lines.append(about_task(task, (task.promise, figures, first), asked))
        return Reply("\n".join(lines), tuple(tasks), "tasks by number")

    def _planned(self, asked: Asked) -> Reply | None:
        """Return the tasks with something planned in the period that a question names, or None."""
        year = self._as_of[:4]
        if not year.isdigit():
            return None
        text = _DAY.sub(r"\1日", asked.text.lower().replace("前后", ""))
        text = _ENGLISH_DAY.sub(r"\2 \1", text)
        text = dates_in_chinese(text, None)
        for start, end, said in periods(text, int(year), None):
            # What was due before the report is no deadline any more.
            first, last = said.get("from", self._as_of), said.get("until", "9")
            found = [
                task
                for task in self.tasks
                if any(first <= iso.partition("/")[0] <= last for iso in task.planned)
            ]
            if found:
                head = speaker(asked)(f"{len(found)}项任务有这个节点：", f"{len(found)} tasks:")
                phrase = text[start:end]
                return of_tasks(head, found, asked, f"planned {first} to {last}", phrase)
        return None

    def _waiting(self, asked: Asked) -> Reply | None:
        """Return the tasks that wait for somebody, each with the sentence that says so."""
        lines, found = [], []
        for task in self.tasks:
            sentences = [s for s in split_sentences(task) if _AWAITS.search(s)]
            if sentences:
                found.append(task)
                lines.append(about_task(task, sentences[:1], asked))
        return Reply("\n".join(lines), tuple(found), "tasks that wait") if found else None

    def _by_words(self, asked: Asked) -> Reply | None:
        """Return the sentences that fit a question best, or None where none does."""
        words = in_chinese(_ONLY_ASKS.sub(" ", asked.text))
        among: Sequence[TaskRecord] | None = None
        if asked.departments:
            among = [task for task in self.tasks if asked.departments[0] in task.departments]
        hits = self._index.search(words, among)
        if not hits or not _is_about(hits):
            return None
        if "list" in asked.cues and not asked.names:
            near = [hit for hit in hits[:_LISTED] if hit.score >= _RELATED * hits[0].score]
            lines = [about_task(hit.task, hit.sentences[:1], asked) for hit in near]
            found = tuple(hit.task for hit in near)
            return Reply("\n".join(lines), found, "the tasks that fit best", False)
        best = [hits[0]]
        best += [
            hit
            for hit in hits[1:_MOST]
            if hit.score >= _CLOSE * hits[0].score
            or (hit.score >= _RELATED * hits[0].score and self._index.adds(words, hits[0], hit))
        ]
        told = [about_task(hit.task, _telling(hit, asked), asked) for hit in best]
        years = {year for year in _YEAR.findall(asked.text) if year > self._as_of[:4]}
        if any(year not in "".join(told) for year in years):
            return None
        if asked.outside == "money" and not re.search("元", "".join(told)):
            return None
        if asked.outside == "people" and not re.search("常住人口|居民.{0,6}人|人口", "".join(told)):
            return None
        tasks = tuple(hit.task for hit in best)
        return Reply("\n".join(told), tasks, "the sentences that fit best", False)


def _is_about(hits: Sequence[Hit]) -> bool:
    """Tell whether the best task holds enough of a question, or stands out from the others."""
    if hits[0].score < _FITS:
        return False
    if hits[0].coverage >= _COVERED:
        return True
    stands_out = len(hits) == 1 or hits[0].score >= 2 * hits[1].score
    return stands_out and hits[0].coverage >= _LEAST


def _telling(hit: Hit, asked: Asked) -> list[str]:
    """Return the sentences of a task that answer a question, in the order of the task."""
    # Figures tell more of how far something is than words alone.
    first = hit.sentences[: _SENTENCES + 2]
    chosen = sorted(first, key=lambda s: first.index(s) - 2 * bool(re.search(r"\d", s)))
    chosen = chosen[:_SENTENCES]
    patterns = [_WAITING, _OBSTACLE] if "why" in asked.cues else []
    patterns += [_DATED] if "when" in asked.cues else []
    for pattern in patterns:
        chosen += [s for s in hit.sentences[_SENTENCES:] if pattern.search(s)][:1]
    places = {sentence: hit.task.text.find(sentence) for sentence in chosen}
    return sorted(chosen, key=lambda sentence: places[sentence])
