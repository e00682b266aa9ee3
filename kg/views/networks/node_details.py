"""Details of the nodes of a page: facts, states, departments and sentences."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import networkx as nx

from kg.graph.stores.protocol import Graph
from kg.questions.catalogue import question, restrict_to_things
from kg.questions.sparql import select, values_clause

Evidence = dict[str, object]
Fact = dict[str, str]
# Length of a promise in the label of its task.
_SHORT = 12
# Up to this number departments are queried by IRI; for more it is faster to query all.
_FEW = 50
EVIDENCE = ("report", "task", "cell", "quote", "sentence", "line")


@dataclass(frozen=True, slots=True)
class Quotes:
    """The quotes of a graph.

    Attributes:
        mentions: By thing and task, the quotes in which the task mentions the thing.
        state_quotes: By task, the quotes on its state and its obstacles.
        promises: By task, its promise.
    """

    mentions: Mapping[tuple[str, str], list[Evidence]]
    state_quotes: Mapping[str, list[Evidence]]
    promises: Mapping[str, list[Evidence]]


@dataclass(slots=True)
class _NodeData:
    statuses: dict[str, None] = field(default_factory=dict)
    departments: dict[str, None] = field(default_factory=dict)
    tasks: dict[int, None] = field(default_factory=dict)
    subjects: dict[str, None] = field(default_factory=dict)


def read_quotes(store: Graph, nodes: Collection[str] | None = None) -> Quotes:
    """Return the quotes of a graph, in the order of its tasks.

    Args:
        store: The graph.
        nodes: The IRIs of the things and tasks whose quotes to read; all by default.
    """
    things, tasks = values_clause("thing", nodes), values_clause("subject", nodes)
    mentions: dict[tuple[str, str], list[Evidence]] = {}
    for thing, task, *rest in select(store, _NAMED % things).rows:
        evidence: Evidence = dict(zip(EVIDENCE, rest, strict=True))
        mentions.setdefault((str(thing), str(task)), []).append(evidence)
    state_quotes: dict[str, list[Evidence]] = {}
    for task, *rest in select(store, _STATE_QUOTES % tasks).rows:
        state_quotes.setdefault(str(task), []).append(dict(zip(EVIDENCE, rest, strict=True)))
    promises: dict[str, list[Evidence]] = {
        str(task): [dict(zip(EVIDENCE, rest, strict=True))]
        for task, *rest in select(store, _PROMISED % tasks).rows
    }
    return Quotes(mentions, state_quotes, promises)


def add_details(store: Graph, network: nx.Graph, found: Quotes) -> None:
    """Add the details of a page to the nodes of a network.

    Args:
        store: The graph.
        network: A network whose nodes are IRIs with a `label` and a `kind`. The function adds
            `label_en`, `weight` (the degree if there is none), `statuses`, `departments`, `facts`
            and `evidence`, and for departments their `tasks` and the share of these that is `late`.
        found: The quotes of the graph.
    """
    belonging = select(store, _BELONGING % values_clause("node", network)).rows
    concerned = sorted({str(task) for _, task, _ in belonging})
    wanted = values_clause("task", concerned)
    rows = select(store, _TASKS % (wanted, wanted)).rows
    tasks = {str(iri): dict(zip(_TASK_FIELDS, rest, strict=True)) for iri, *rest in rows}
    nodes = _collect_node_data(belonging, tasks)
    naming: dict[str, list[Evidence]] = {}
    for (thing, _), proofs in found.mentions.items():
        naming.setdefault(thing, []).extend(proofs)
    department_question = question("departments")
    departments = [iri for iri, node in network.nodes(data=True) if node["kind"] == "department"]
    few = len(departments) <= _FEW
    query = (
        restrict_to_things(department_question, "department", departments)
        if few
        else department_question.sparql
    )
    figures = {
        str(iri): row
        for iri, *row in select(store, query, ("subject", *department_question.fields)).rows
    }
    late = {str(task) for (task,) in select(store, _LATE).rows}
    for iri, node in network.nodes(data=True):
        known = nodes.get(iri, _NodeData())
        node.setdefault("weight", float(network.degree(iri)))
        node |= {
            "label_en": "",
            "statuses": list(known.statuses),
            "departments": list(known.departments),
            "facts": [],
            "evidence": found.state_quotes.get(iri) or naming.get(iri, []),
        }
        if node["kind"] == "task":
            promise = str(tasks[iri]["promise"])
            short = promise if len(promise) <= _SHORT else f"{promise[:_SHORT]}…"
            node["label"] = f"{node['label']} {short}"
            node["label_en"] = f"Task {tasks[iri]['number']} {short}"
            node["facts"] = _task_facts(tasks[iri])
        elif node["kind"] == "department":
            node["facts"] = _department_facts(figures[iri])
            node["departments"] = [node["label"]]
            # The tasks of a department are listed instead of the quotes that name it.
            node["evidence"] = []
            node["tasks"] = [
                (iri, int(str(task["number"])), str(task["promise"]), str(task["status"] or ""))
                for iri in known.subjects
                if (task := tasks[iri])
            ]
            behind = sum(iri in late for iri in known.subjects)
            node["late"] = round(behind / max(len(known.subjects), 1), 3)
        elif known.tasks:
            node["facts"] = _thing_facts(known)
    for one, other, edge in network.edges(data=True):
        if edge.get("tie") == "responsible":
            # The promise is more informative than the name of the department next to the task.
            promised = [proof for end in (one, other) for proof in found.promises.get(end, ())]
            edge["evidence"] = promised + list(edge["evidence"])


def _collect_node_data(
    belonging: Iterable[Sequence[object]], tasks: Mapping[str, Mapping[str, object]]
) -> dict[str, _NodeData]:
    """Return the states, departments and tasks of each task, department, heading and thing."""
    nodes: dict[str, _NodeData] = {}
    for node, task, department in belonging:
        about = nodes.setdefault(str(node), _NodeData())
        fields = tasks[str(task)]
        if fields["status"]:
            about.statuses[str(fields["status"])] = None
        if department:
            about.departments[str(department)] = None
        about.tasks[int(str(fields["number"]))] = None
        about.subjects[str(task)] = None
    return nodes


def _task_facts(task: Mapping[str, object]) -> list[Fact]:
    rows = (
        ("工作任务", "Promise", task["promise"]),
        ("状态", "State", task["state"]),
        ("工作类目", "Heading", task["category"]),
        ("责任部门", "Departments", task["departments"]),
    )
    return [{"zh": zh, "en": en, "value": str(value)} for zh, en, value in rows if value]


def _department_facts(row: Sequence[object]) -> list[Fact]:
    _, tasks, joint, completed, behind, ties, numbers = row
    rows = (
        ("任务", "Tasks", f"{tasks} ({numbers})"),
        ("共同负责的任务", "Joint tasks", joint),
        ("已完成", "Completed", completed),
        ("落后的目标", "Targets that fall short", behind),
        ("与其他部门共同涉及的事物", "Things shared with others", ties),
    )
    return [{"zh": zh, "en": en, "value": str(value)} for zh, en, value in rows]


def _thing_facts(known: _NodeData) -> list[Fact]:
    numbers = ", ".join(map(str, sorted(known.tasks)))
    return [{"zh": "任务", "en": "Tasks", "value": numbers}]


_TASK_FIELDS = ("number", "promise", "status", "state", "category", "departments")
_TASKS = """SELECT ?task ?number ?promise ?status ?state ?category ?departments WHERE { %s
  ?task a tkg:Task ; tkg:number ?number ; tkg:promise ?promise .
  OPTIONAL { ?task tkg:status ?concept . ?concept skos:prefLabel ?state
    FILTER(LANG(?state) = "zh") BIND(STRAFTER(STR(?concept), "/status/") AS ?status) }
  OPTIONAL { ?task tkg:category/skos:prefLabel ?category }
  OPTIONAL { SELECT ?task (GROUP_CONCAT(?name; separator = "、") AS ?departments) WHERE {
    { SELECT DISTINCT ?task ?name WHERE { %s
        ?task a tkg:Task ; tkg:responsible/skos:prefLabel ?name }
      ORDER BY ?task ?name } } GROUP BY ?task }
} ORDER BY ?number ?task"""
_BELONGING = """SELECT DISTINCT ?node ?task ?department WHERE { %s
  ?task a tkg:Task ; tkg:number ?number .
  { ?task tkg:number ?same . BIND(?task AS ?node) }
  UNION { ?task tkg:responsible|tkg:mentions ?node }
  UNION { ?task tkg:category/skos:broader* ?node } UNION { ?task tkg:obstacle ?node }
  OPTIONAL { ?task tkg:responsible/skos:prefLabel ?department }
} ORDER BY ?node ?number ?department"""
_LATE = """SELECT DISTINCT ?task WHERE {
  { ?task a tkg:Task ; tkg:status ?state . FILTER(?state IN (status:delayed, status:cancelled)) }
  UNION { ?task tkg:target/tkg:judgement ?judged .
    FILTER(?judged IN (judgement:behind, judgement:not_met)) } }"""
_PLACE = """?evidence tkg:task ?subject ; tkg:report/dcterms:identifier ?report ;
    tkg:sentence ?sentence ; oa:hasSource/tkg:column ?cell ; oa:hasSelector/oa:exact ?quote ;
    oa:hasSelector/oa:start ?start .
  ?subject tkg:number ?task .
  OPTIONAL { ?evidence tkg:sourceLine ?line }
"""
_NAMED = f"""SELECT ?thing ?subject ?report ?task ?cell ?quote ?sentence ?line WHERE {{ %s
  ?evidence tkg:supports ?thing . ?thing a ?class .
  FILTER(?class IN (tkg:NamedThing, tkg:Obstacle))
  {_PLACE}}} ORDER BY ?report ?task ?cell ?start ?thing"""
_STATE_QUOTES = f"""SELECT ?subject ?report ?task ?cell ?quote ?sentence ?line WHERE {{ %s
  ?evidence tkg:supports ?fact .
  FILTER(EXISTS {{ ?fact a tkg:Obstacle }}
    || EXISTS {{ ?fact skos:inScheme <https://w3id.org/taskkg/status> }})
  {_PLACE}}} ORDER BY ?report ?task ?cell ?start"""
_PROMISED = """SELECT ?subject ?report ?task ?cell ?text ?sentence ?line WHERE { %s
  ?subject a tkg:Task ; tkg:number ?task ; tkg:promise ?text ;
    tkg:latestState/tkg:report/dcterms:identifier ?report .
  BIND("task" AS ?cell) BIND(?text AS ?sentence)
}"""
