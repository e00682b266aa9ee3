"""A plain question answered by its family, or by the sentences that fit it best; or refused."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from kg.answers.by_family import (
    ANSWERS,
    asks_of_next_year,
    tell_later,
    tell_mentions,
    tell_numbered,
)
from kg.answers.changes import ONE_REPORT, changes_between
from kg.answers.matter import (
    NOT_TOLD,
    answer_matter,
    find_hits,
    is_one_matter,
    named_targets,
    only_names,
)
from kg.answers.rankings import with_exactly
from kg.answers.replies import Refusal, Reply, cut, of_tasks
from kg.answers.search import Index
from kg.answers.tasks import states_by_report, task_records
from kg.answers.understanding.families import MATTERS
from kg.answers.understanding.names import Gazetteer
from kg.answers.understanding.question import Asked, read_question
from kg.gazetteer.title_places import find_place
from kg.graph.protocol import Graph
from kg.questions.parameters import names

# From what probability on a family answers, and a question that no report answers is refused.
_LIKELY, _OUTSIDE, _CERTAIN = 0.35, 0.45, 0.9
# Families whose questions hold words of tasks by right.
_OF_WORDS = ("mentions", "list_things", "planned", "later")
# Families that are easily taken for each other; together they are likely enough.
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

# Who asks for a person, or for an opinion.
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
        self._codes = set(names(graph, ["Jurisdiction"]))
        self._gazetteer = Gazetteer(self.tasks, self._codes)
        self._index = Index(self.tasks)

    @cached_property
    def _states(self) -> Mapping[str, Sequence[tuple[str, str]]]:
        """The states of the tasks by report, which only questions on changes need."""
        return states_by_report(self._graph)

    def read(self, question: str) -> Asked:
        """Return what a question says."""
        return read_question(question, self._gazetteer, self.tasks)

    def reply(self, question: str) -> Reply | Refusal:
        """Return the answer to a question, or why there is none.

        Args:
            question: The question, in Chinese or English.
        """
        asked = self.read(question)
        if refusal := self._outside(asked):
            return refusal
        found = self._answer(asked)
        if isinstance(found, Refusal):
            return found
        if not asked.is_answered_in(found.text):
            return NOT_TOLD
        return replace(found, text=cut(found.text))

    def about(self, numbers: Sequence[int], asked: Asked) -> Reply:
        """Return the list of some tasks, in the language of a question.

        Args:
            numbers: The numbers of the tasks.
            asked: The question.
        """
        tasks = [task for task in self.tasks if task.number in numbers]
        head = asked.says(f"共{len(tasks)}项任务：", f"{len(tasks)} tasks:")
        return of_tasks(head, tasks, asked, asked.says("任务", "tasks"))

    def _answer(self, asked: Asked) -> Reply | Refusal:
        """Return the answer of the likeliest family that has one, else by words."""
        if asked.numbers:
            return tell_numbered(asked, self.tasks)
        if found := with_exactly(self.tasks, asked):
            return found
        family, probability = _likeliest(asked.families)
        if family == "changes" and probability >= _LIKELY and not find_hits(asked, self._index):
            return changes_between(self.tasks, self._states, asked)
        if probability >= _LIKELY and family in ANSWERS and not self._is_matter(family, asked):
            answer = ANSWERS[family](asked, self.tasks)
            if answer is not None:
                return answer
        named = tell_mentions(asked, self.tasks) if asked.names else None
        if isinstance(named, Reply) and only_names(asked) and len(named.tasks) > 1:
            return named
        if asks_of_next_year(asked) and not asked.mentions and not self._is_matter("", asked):
            return tell_later(asked, self.tasks)
        family = next(name for name, _ in asked.families if name in MATTERS)
        told = answer_matter(asked, family, self._index)
        return named if named and isinstance(told, Refusal) and told.is_unknown else told

    def _is_matter(self, family: str, asked: Asked) -> bool:
        """Tell whether a question is about one matter, whatever its family seems to be."""
        if family.startswith("indicators_"):
            targets = (target for task in self.tasks for target in task.targets)
            return bool(named_targets(targets, asked))
        return family not in _OF_WORDS and is_one_matter(asked, self._index)

    def _outside(self, asked: Asked) -> Refusal | None:
        """Return why the graph cannot know the answer, or None where it may."""
        if self._is_outside(asked):
            return Refusal(
                "图谱只有任务，没有个人、电话、天气或看法",
                "the graph tells of tasks, not of people, telephones, weather or opinions",
            )
        if asked.has(_EARLIER) and all(len(told) < 2 for told in self._states.values()):
            return ONE_REPORT
        if other := self._other_place(asked.text):
            return Refusal(f"图谱里没有{other}的内容", f"the graph tells nothing of {other}")
        known = {task.number for task in self.tasks}
        if lost := [number for number in asked.numbers if number not in known]:
            last = max(known, default=0)
            return Refusal(
                f"没有第{lost[0]}号任务，最大的序号是{last}",
                f"there is no task {lost[0]}; tasks go up to {last}",
            )
        return None

    def _is_outside(self, asked: Asked) -> bool:
        """Tell whether a question asks for what no report of tasks tells."""
        words = _PERSONAL.search(asked.text.lower())
        if words and not any(words[0] in task.text for task in self.tasks):
            return True
        family, probability = asked.families[0]
        if family != "outside" or probability < _OUTSIDE:
            return False
        return probability >= _CERTAIN or not is_one_matter(asked, self._index)

    def _other_place(self, text: str) -> str:
        """Return the place that a question names and that is not the graph's own, or nothing."""
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


def _likeliest(families: Sequence[tuple[str, float]]) -> tuple[str, float]:
    """Return the likeliest family; where none is likely, of those that are alike the first.

    Its probability is then that of all that are alike.
    """
    if families[0][1] >= _LIKELY:
        return families[0]
    total: defaultdict[str, float] = defaultdict(float)
    for family, probability in families:
        total[_group(family)] += probability
    group, probability = max(total.items(), key=lambda pair: pair[1])
    return next(family for family, _ in families if _group(family) == group), probability


def _group(family: str) -> str:
    prefix = next((prefix for prefix in _PREFIXES if family.startswith(prefix)), family)
    return _ALIKE.get(family, prefix)
