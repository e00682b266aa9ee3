"""Small networks for tests of pages, with all that a page can show."""

from __future__ import annotations

from typing import Any

import networkx as nx

from kg.views.networks.view import View

HOSTILE = "</script><img src=x onerror=\"document.title='broken'\">&amp;"
LONG = "长" * 500


def evidence(task: int, quote: str, sentence: str, about: str = "") -> dict[str, Any]:
    found = {"report": "jianghan-2019", "task": task, "cell": "progress", "quote": quote}
    return found | {"sentence": sentence, "line": task + 1, "about": about}


def view(graph: nx.Graph) -> View:
    return View("example", "示例网络", "Example network", "江汉区2019年报告", graph)


def example() -> nx.Graph:
    """Departments, tasks and things; two parallel ties; a hostile name and a long one."""
    graph: nx.MultiGraph = nx.MultiGraph()
    both = "新华路由建设局和园林局一起改造，西北湖也是。"
    graph.add_node(
        "urn:建设局",
        label="建设局",
        label_en="Construction Bureau",
        kind="department",
        weight=9.0,
        statuses=["completed", "delayed"],
        departments=["建设局"],
        facts=[{"zh": "任务数", "en": "Tasks", "value": "12"}],
        evidence=[evidence(8, "建设局", both)],
    )
    graph.add_node(
        "urn:园林局",
        label="园林局",
        label_en="Parks Bureau",
        kind="department",
        weight=5.0,
        statuses=["in_progress"],
        departments=["园林局"],
    )
    graph.add_node("urn:教育局", label="教育局", kind="department", weight=2.0)
    graph.add_node(
        "urn:新华路",
        label="新华路",
        kind="road",
        weight=2.0,
        statuses=["delayed"],
        departments=["建设局", "园林局"],
    )
    graph.add_node("urn:西北湖", label="西北湖", kind="place", weight=3.0, departments=["园林局"])
    graph.add_node("urn:坏", label=HOSTILE, kind="project", weight=1.0)
    graph.add_node("urn:长", label=LONG, kind="policy", weight=1.0)
    graph.add_node("urn:式", label="=1+1", kind="event", weight=1.0)
    graph.add_edge(
        "urn:建设局",
        "urn:园林局",
        tie="joint",
        weight=2.0,
        evidence=[evidence(8, "园林局", both)],
    )
    graph.add_edge(
        "urn:建设局",
        "urn:园林局",
        tie="shared",
        weight=3.5,
        things=[{"name": "新华路", "kind": "road", "weight": 1.5, "tasks": [8, 15]}],
        evidence=[
            evidence(8, "新华路", both, "新华路"),
            evidence(15, "西北湖", both, "西北湖"),
        ],
    )
    graph.add_edge("urn:建设局", "urn:新华路", tie="mentions", weight=1.0)
    graph.add_edge("urn:园林局", "urn:新华路", tie="mentions", weight=0.5)
    graph.add_edge("urn:园林局", "urn:西北湖", tie="mentions", weight=1.0)
    graph.add_edge("urn:教育局", "urn:坏", tie="waiting", weight=1.0)
    graph.add_edge("urn:教育局", "urn:长", tie="within", weight=1.0)
    graph.add_edge("urn:教育局", "urn:式", tie="category", weight=1.0)
    graph.add_edge("urn:教育局", "urn:园林局", tie="responsible", weight=1.0)
    return graph


def rings(count: int, size: int) -> nx.Graph:
    """Return cliques of departments that stand in a ring: each is a community."""
    graph: nx.Graph = nx.Graph()
    for index in range(count * size):
        graph.add_node(
            f"urn:{index:04}", label=f"节点{index}", kind="department", weight=float(index % size)
        )
    for group in range(count):
        start = group * size
        for first in range(start, start + size):
            for second in range(first + 1, start + size):
                graph.add_edge(f"urn:{first:04}", f"urn:{second:04}", tie="shared", weight=1.0)
        after = (start + size) % (count * size)
        graph.add_edge(f"urn:{start:04}", f"urn:{after:04}", tie="joint", weight=1.0)
    return graph
