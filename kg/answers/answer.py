"""Answer a plain question by its family or by the best matching sentences, or refuse it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from kg.answers.changes import ONE_REPORT, changes_between
from kg.answers.family_answers import (
    ANSWERS,
    answer_by_number,
    answer_mentions,
    is_about_next_year,
    list_later_tasks,
)
from kg.answers.rankings import departments_with_count
from kg.answers.replies import Refusal, Reply, task_list_reply, truncate
from kg.answers.search import Index
from kg.answers.sentence_answers import (
    NOT_REPORTED,
    answer_by_sentences,
    find_hits,
    find_named_targets,
    has_only_names,
    is_about_one_task,
)
from kg.answers.tasks import task_histories, task_records
from kg.answers.understanding.families import SENTENCE_FAMILIES
from kg.answers.understanding.names import Gazetteer
from kg.answers.understanding.question import ParsedQuestion, read_question
from kg.gazetteer.title_places import find_place
from kg.graph.stores.protocol import Graph
from kg.questions.parameters import thing_names

# Minimum probabilities: for a family to answer, to refuse a question as outside the reports, and to
# refuse it even if it matches a task.
_LIKELY, _OUTSIDE, _CERTAIN = 0.35, 0.45, 0.9
# Families whose questions may contain words of tasks without being about a single task.
_OF_WORDS = ("mentions", "list_things", "planned", "later")
# Families that are easily confused; their probabilities are added up.
_ALIKE = {
    "place": "thing",
    "mentions": "thing",
    "list_things": "thing",
    "later": "planned",
    "common": "department_",
    "partners": "department_",
}
_PREFIXES = ("rank_", "department_", "indicators_")
_PLACE = re.compile("[一-鿿]{1,4}[省市区县](?!民|政|级|域|内|里|属|场)")
_EARLIER = re.compile(
    "上一?期|前一?期|上一?[份版]|(?:上半年|去年|以前|之前|年)的?那[份期版]|上个月|上次报告"
    "|last month|(?:last|previous|earlier|mid-?year|half-?year) (?:report|edition)|previous one"
)

# Questions about a person, or asking for an opinion.
_PERSONAL = re.compile(
    "电话|联系方式|邮箱|(?<!河)(?<!湖)(?:局长|区长|市长|主任|书记)|你(?:个人)?(?:觉得|认为)"
    "|照你看|phone|e-?mail|bureau chief|director|mayor|in your (?:opinion|view)"
    "|do you (?:personally )?think"
)


class Answers:
    """Answers to questions about one graph."""

    def __init__(self, graph: Graph) -> None:
        """Read the tasks of a graph."""
        self.tasks = task_records(graph)
        self._graph = graph
        self._codes = set(thing_names(graph, ["Jurisdiction"]))
        self._gazetteer = Gazetteer(self.tasks, self._codes)
        self._index = Index(self.tasks)

    @cached_property
    def _states(self) -> Mapping[str, Sequence[tuple[str, str]]]:
        """The states of the tasks by report; loaded lazily, only questions on changes need them."""
        return task_histories(self._graph)

    def read(self, text: str) -> ParsedQuestion:
        """Parse a question."""
        return read_question(text, self._gazetteer, self.tasks)

    def reply(self, text: str) -> Reply | Refusal:
        """Return the answer to a question, or the reason why there is none.

        Args:
            text: The question, in Chinese or English.
        """
        question = self.read(text)
        if refusal := self._find_refusal(question):
            return refusal
        found = self._answer(question)
        if isinstance(found, Refusal):
            return found
        if not question.is_answered_in(found.text):
            return NOT_REPORTED
        return replace(found, text=truncate(found.text))

    def list_tasks(self, numbers: Sequence[int], question: ParsedQuestion) -> Reply:
        """Return the tasks with the given numbers as a list in the language of the question.

        Args:
            numbers: The numbers of the tasks.
            question: The question.
        """
        tasks = [task for task in self.tasks if task.number in numbers]
        head = question.localise(f"共{len(tasks)}项任务：", f"{len(tasks)} tasks:")
        return task_list_reply(head, tasks, question, question.localise("任务", "tasks"))

    def _answer(self, question: ParsedQuestion) -> Reply | Refusal:
        """Return the answer of the most likely family, else the best matching sentences."""
        if question.numbers:
            return answer_by_number(question, self.tasks)
        if found := departments_with_count(self.tasks, question):
            return found
        family, probability = _find_likeliest(question.families)
        if family == "changes" and probability >= _LIKELY and not find_hits(question, self._index):
            return changes_between(self.tasks, self._states, question)
        if (
            probability >= _LIKELY
            and family in ANSWERS
            and not self._is_about_one_task(family, question)
        ):
            answer = ANSWERS[family](question, self.tasks)
            if answer is not None:
                return answer
        named = answer_mentions(question, self.tasks) if question.names else None
        if isinstance(named, Reply) and has_only_names(question) and len(named.tasks) > 1:
            return named
        if (
            is_about_next_year(question)
            and not question.mentions
            and not self._is_about_one_task("", question)
        ):
            return list_later_tasks(question, self.tasks)
        family = next(name for name, _ in question.families if name in SENTENCE_FAMILIES)
        answer = answer_by_sentences(question, family, self._index)
        return named if named and isinstance(answer, Refusal) and answer.is_unknown else answer

    def _is_about_one_task(self, family: str, question: ParsedQuestion) -> bool:
        """Return whether a question is about a single task, whatever its family seems to be."""
        if family.startswith("indicators_"):
            targets = (target for task in self.tasks for target in task.targets)
            return bool(find_named_targets(targets, question))
        return family not in _OF_WORDS and is_about_one_task(question, self._index)

    def _find_refusal(self, question: ParsedQuestion) -> Refusal | None:
        """Return why the graph cannot answer a question, or None if it may."""
        if self._is_outside(question):
            return Refusal(
                "图谱只有任务，没有个人、电话、天气或看法",
                "the graph covers tasks, not people, telephone numbers, weather or opinions",
            )
        if question.has(_EARLIER) and all(len(states) < 2 for states in self._states.values()):
            return ONE_REPORT
        if other := self._find_other_place(question.text):
            return Refusal(f"图谱里没有{other}的内容", f"the graph has no data on {other}")
        known = {task.number for task in self.tasks}
        if lost := [number for number in question.numbers if number not in known]:
            last = max(known, default=0)
            return Refusal(
                f"没有第{lost[0]}号任务，最大的序号是{last}",
                f"there is no task {lost[0]}; tasks go up to {last}",
            )
        return None

    def _is_outside(self, question: ParsedQuestion) -> bool:
        """Return whether a question asks for something that no task report contains."""
        words = _PERSONAL.search(question.text.lower())
        if words and not any(words[0] in task.text for task in self.tasks):
            return True
        family, probability = question.families[0]
        if family != "outside" or probability < _OUTSIDE:
            return False
        return probability >= _CERTAIN or not is_about_one_task(question, self._index)

    def _find_other_place(self, text: str) -> str:
        """Return the first place in a question that the graph does not cover, or ""."""
        for found in _PLACE.finditer(text):
            for start in range(found.end() - 2, found.start() - 1, -1):
                name = text[start : found.end()]
                named = find_place(name)
                if named is None or named.name != name:
                    continue
                if any(name in task.text for task in self.tasks):
                    continue
                codes = [code.removesuffix("00").removesuffix("00") for code in named.codes]
                if not any(own.startswith(tuple(codes)) for own in self._codes):
                    return name
        return ""


def _find_likeliest(families: Sequence[tuple[str, float]]) -> tuple[str, float]:
    """Return the most likely family and its probability.

    If none is likely, the probabilities of similar families are added up; the result is then the
    first family of the most likely group, with the probability of the group.
    """
    if families[0][1] >= _LIKELY:
        return families[0]
    total: defaultdict[str, float] = defaultdict(float)
    for family, probability in families:
        total[_family_group(family)] += probability
    group, probability = max(total.items(), key=lambda pair: pair[1])
    return next(family for family, _ in families if _family_group(family) == group), probability


def _family_group(family: str) -> str:
    prefix = next((prefix for prefix in _PREFIXES if family.startswith(prefix)), family)
    return _ALIKE.get(family, prefix)
