from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.graph.build import build
from kg.graph.rdf.terms import BASE, graph_name, mint, term
from kg.graph.stores.embedded import about_build, new_build, open_graph
from kg.publishing.bundle import publish
from tests.files import text_file
from tests.programs import program

Subject = NamedNode | BlankNode | Triple

# Names that outputs must neither break on nor act on.
NASTY = (
    '=HYPERLINK("https://example.org","点我")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    " =1+1",
    "＝1+1",
    "]]> <b>粗</b> & <script>alert(1)</script>",
    "甲\"乙'丙\\丁",
    "两行\n名字\r\n三行",
    "控制\x01\x08\x0b\x1f字符\x7f\x85",
    "右至左\u202e文字\u200f",
    "  前后空格  ",
    "|竖线|*星*_下_`码`[链](x)",
    "；分号；",
    "{{ 7 * 7 }} {% raw %}",
)


# Options that every bundle needs.
GIVEN: dict[str, Any] = {
    "publisher": "江汉区",
    "licence": "CC0-1.0",
    "base": "https://example.org/a",
}


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="session")
def nasty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small store with hostile names wherever there is a name."""
    folder = tmp_path_factory.mktemp("nasty")
    source = text_file(
        folder / "report.csv",
        "2019年政府工作报告任务进展情况\n工作任务,进展情况,责任部门\n"
        "新增学位500个，建设柳园小学。,已新增学位300个。,教育局、建设局\n",
    )
    build([source], folder / "plain", jurisdiction="420103")
    quads = list(open_graph(folder / "plain"))
    graph = graph_name(BASE, "report", "nasty")
    task, report, district = (
        next(q.subject for q in quads if (q.predicate, q.object) == (term("rdf:type"), term(kind)))
        for kind in ("tkg:Task", "tkg:Report", "tkg:Jurisdiction")
    )
    quads = [
        quad for quad in quads if quad.subject != district or quad.predicate != term("rdfs:label")
    ]

    def add(subject: Subject, predicate: str, value: NamedNode | Literal) -> None:
        quads.append(Quad(subject, term(predicate), value, graph))

    kinds = ("project", "road", "organization", "policy", "event", "department")
    for index, name in enumerate(NASTY):
        kind = kinds[index % len(kinds)]
        thing = mint(BASE, kind, "420103", name)
        add(thing, "rdf:type", term(f"tkg:{kind.title()}"))
        add(thing, "rdf:type", term("tkg:NamedThing"))
        add(thing, "rdfs:label", Literal(name, language="zh"))
        add(thing, "skos:prefLabel", Literal(name, language="zh"))
        add(task, "tkg:responsible" if kind == "department" else "tkg:mentions", thing)
        evidence = mint(BASE, "evidence", "nasty", index)
        quote = mint(BASE, "quote", "nasty", index)
        add(evidence, "rdf:type", term("tkg:Evidence"))
        add(evidence, "tkg:supports", thing)
        add(evidence, "tkg:task", task)
        add(evidence, "tkg:sentence", Literal(name, language="zh"))
        add(evidence, "oa:hasSelector", quote)
        add(quote, "oa:exact", Literal(name, language="zh"))
        add(report, "dcterms:title", Literal(name, language="zh"))
    add(district, "rdfs:label", Literal(" ".join(NASTY), language="zh"))
    with new_build(folder / "store") as draft:
        draft.extend([quad for quad in quads if isinstance(quad.graph_name, NamedNode)])
        draft.about |= about_build(folder / "plain")
    return folder / "store"


@pytest.fixture(scope="session")
def plain_bundle(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle of the dataset, with every option."""
    folder = tmp_path_factory.mktemp("published") / "bundle"
    publish(
        store,
        folder,
        publisher="江汉区人民政府",
        licence="CC-BY-4.0",
        base="https://data.example.org/jianghan/",
        contact="data@example.org",
        sparql="https://data.example.org/sparql",
        issued="2020-01-31",
    )
    return folder


@pytest.fixture(scope="session")
def nasty_bundle(nasty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle of the store with hostile names, with the fewest options."""
    folder = tmp_path_factory.mktemp("published") / "nasty"
    publish(nasty_store, folder, " ".join(NASTY), "odbl-1.0", "http://example.org/数据")
    return folder


@pytest.fixture(scope="session", params=["plain_bundle", "nasty_bundle"])
def bundle(request: pytest.FixtureRequest) -> Path:
    """Each of the bundles."""
    folder = request.getfixturevalue(request.param)
    assert isinstance(folder, Path)
    return folder


@pytest.fixture(scope="session")
def rapper() -> str:
    """The command of Raptor, an RDF library in C."""
    return program("rapper", "Debian: raptor2-utils")
