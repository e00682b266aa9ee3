"""Compare questions on derived ties with a self-join over the things that tasks mention.

The join is written here from the tasks, what they name, and who answers for them, without any tie;
only who waits for whom, which no join tells, is read from the ties.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import permutations
from pathlib import Path

from benchmarks.corpus import Sizes, list_districts, make_corpus
from kg.graph.build import add, build, remove
from kg.graph.stores.embedded import open_graph, reports
from kg.questions.catalogue import query
from kg.questions.sparql import select

_BETWEEN = re.compile(" —(.*)— ")
KINDS = ("Project", "Place", "Road", "Organization", "Policy", "Event", "Subdistrict")


@dataclass
class SelfJoin:
    """What tasks tell: who answers for them and what they name, and what follows by joining them.

    Tasks and things are IRIs, departments too; a plan's tasks are tied by that plan only.
    """

    numbers: dict[str, int] = field(default_factory=dict)
    answer_for: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    naming: defaultdict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    named: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    inside: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    waiting: set[tuple[str, str]] = field(default_factory=set)

    def departments(self, plan: str, thing: str) -> set[str]:
        return set().union(*(self.answer_for[task] for task in self.naming[plan, thing]))

    def is_shared(self, plan: str, thing: str) -> bool:
        """Tell whether tasks name a thing of which one has a department that another lacks."""
        tasks = self.naming[plan, thing]
        differ = any(
            self.answer_for[one] - self.answer_for[other] for one, other in permutations(tasks, 2)
        )
        return differ and not self.is_place_to_build(plan, thing)

    def is_place_to_build(self, plan: str, project: str) -> bool:
        bare = re.sub("(建设)?(项目|工程)$", "", self.named[project])
        places = [
            tasks
            for (where, thing), tasks in self.naming.items()
            if where == plan and self.kinds[thing] == "Place" and self.named[thing] == bare
        ]
        tasks = self.naming[plan, project]
        return self.kinds[project] == "Project" and any(tasks <= other for other in places)


def self_join(store: Path) -> SelfJoin:
    graph, found = open_graph(store), SelfJoin()

    def rows(where: str, *fields: str) -> list[tuple[str, ...]]:
        answer = select(graph, f"SELECT DISTINCT * WHERE {{ {where} }}", fields)
        return [tuple(map(str, row)) for row in answer.rows]

    for task, number in rows("?task a tkg:Task ; tkg:number ?number", "task", "number"):
        found.numbers[task] = int(number)
    for task, who, name in rows(
        "?task a tkg:Task ; tkg:responsible ?who . ?who skos:prefLabel ?name", "task", "who", "name"
    ):
        found.answer_for[task].add(who)
        found.named[who] = name
    for task, thing, kind, name in rows(
        "?task a tkg:Task ; tkg:mentions ?thing . ?thing a ?kind ; skos:prefLabel ?name "
        f"FILTER(?kind IN ({', '.join(f'tkg:{kind}' for kind in KINDS)}))",
        *("task", "thing", "kind", "name"),
    ):
        if found.answer_for[task]:
            found.naming[task.rpartition("/")[0], thing].add(task)
        found.named[thing], found.kinds[thing] = name, kind.rpartition("#")[2]
    for part, whole in rows(
        "?part geo:sfWithin|dcterms:isPartOf|dcterms:spatial ?whole", "part", "whole"
    ):
        found.inside[whole].add(part)
    found.waiting.update(
        (one, other)
        for one, other in rows(
            "?tie a tkg:WaitingTie ; tkg:connects ?one, ?other FILTER(?one != ?other)",
            *("one", "other"),
        )
    )
    return found


def shared_projects(found: SelfJoin) -> set[tuple[object, ...]]:
    """Join tasks that mention the same thing: of the same task and of different ones."""
    tied: defaultdict[tuple[str, str], tuple[set[str], set[int]]]
    tied = defaultdict(lambda: (set(), set()))
    for (plan, thing), tasks in found.naming.items():
        if found.kinds[thing] == "Subdistrict":
            continue
        joint = {task for task in tasks if len(found.answer_for[task]) > 1}
        for tie, those in (("joint", joint), ("shared", tasks)):
            if those and (tie == "joint" or found.is_shared(plan, thing)):
                departments, numbers = tied[thing, tie]
                departments |= {
                    found.named[who] for task in those for who in found.answer_for[task]
                }
                numbers |= {found.numbers[task] for task in those}
    return {
        (
            *(found.named[thing], found.kinds[thing], tie, "、".join(sorted(departments))),
            *(", ".join(map(str, sorted(numbers))), len(departments)),
        )
        for (thing, tie), (departments, numbers) in tied.items()
    }


def connected_pairs(found: SelfJoin) -> set[tuple[str, str]]:
    """Return the pairs of departments with ties, in both directions."""
    groups = [*found.answer_for.values()]
    groups += [found.departments(*key) for key in list(found.naming) if found.is_shared(*key)]
    pairs = {pair for group in groups for pair in permutations(group, 2)}
    return pairs | found.waiting


def direct_ties(found: SelfJoin) -> set[tuple[str, str, str, str]]:
    """Join tasks: pairs of departments, the kind of their tie, and the thing or task."""
    ties = {
        (one, other, "joint", task)
        for task, departments in found.answer_for.items()
        for one, other in permutations(departments, 2)
    }
    through: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for (plan, thing), tasks in found.naming.items():
        if not found.is_shared(plan, thing):
            continue
        for one, other in permutations(found.departments(plan, thing), 2):
            through[one, other].add(thing)
            if any(
                one in found.answer_for[first] and other in found.answer_for[second]
                for first, second in permutations(tasks, 2)
            ):
                ties.add((one, other, "shared", thing))
    # What two share a part of does not count again for the whole.
    return {tie for tie in ties if not found.inside[tie[3]] & through[tie[0], tie[1]]}


def check(store: Path) -> None:
    found = self_join(store)
    rows = query(store, "shared-projects").rows
    assert set(rows) == shared_projects(found)
    assert len(set(rows)) == len(rows) > 0

    ties, edges = direct_ties(found), connected_pairs(found)
    everybody = set().union(*found.answer_for.values())
    for who in everybody:
        told = query(store, "dependencies", {"department": who})
        answers = [dict(zip(told.fields, row, strict=True)) for row in told.rows]
        for tie in ("joint", "shared"):
            assert {
                (row["department"], _BETWEEN.findall(str(row["path"]))[0])
                for row in answers
                if row["steps"] == 1 and row["tie"] == tie
            } == {
                (found.named[other], label(found, thing))
                for one, other, kind, thing in ties
                if one == who and kind == tie
            }
        near = {other for one, other in edges if one == who}
        far = {other for one, other in edges if one in near} - near - {who}
        assert {row["department"] for row in answers if row["steps"] == 2} == {
            found.named[other] for other in far
        }


def label(found: SelfJoin, thing: str) -> str:
    return found.named.get(thing) or f"任务 {found.numbers[thing]}"


def test_derived_ties_answer_as_the_self_join_does(store: Path) -> None:
    assert {tie[2] for tie in direct_ties(self_join(store))} == {"joint", "shared"}
    check(store)


def test_they_do_after_reports_are_added_changed_and_removed(tmp_path: Path) -> None:
    make_corpus(tmp_path, list_districts(2), Sizes(years=2, months=2, tasks=24), 5, ["csv"])
    files = sorted(tmp_path.glob("*.csv"))
    store = tmp_path / "store"
    build(files[::2], store)
    check(store)
    add(files, store)
    check(store)
    first = files[0].read_text(encoding="utf-8").splitlines(keepends=True)
    files[0].write_text("".join(first[:-6]), encoding="utf-8")
    add(files, store)
    check(store)
    check(store)
    remove([str(row[0]) for row in reports(store).rows][1::2], store)
    check(store)
