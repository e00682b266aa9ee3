from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from kg.errors import InputError
from kg.graph.build import build
from kg.graph.stores.embedded import open_graph
from kg.publishing.bundle import publish
from kg.questions.sparql import select
from tests.publishing.conftest import GIVEN, NASTY, contents


@pytest.mark.slow
def test_the_same_graph_and_options_give_the_same_bytes(
    dataset: Path, store: Path, tmp_path: Path
) -> None:
    build([dataset], tmp_path / "again")
    for seed, graph in (("1", store), ("2", tmp_path / "again")):
        command = [sys.executable, "-m", "kg.cli", "publish", "--store", str(graph)]
        options = [item for name, value in GIVEN.items() for item in (f"--{name}", value)]
        subprocess.run(
            [*command, "-o", str(tmp_path / seed), *options],
            check=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
        )
    first, second = contents(tmp_path / "1"), contents(tmp_path / "2")
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_a_bundle_holds_what_the_issue_of_a_portal_needs(plain_bundle: Path) -> None:
    files = set(contents(plain_bundle))
    tables = ("tasks", "departments", "projects", "places", "organizations", "policies", "events")
    assert files == {
        "README.md",
        "SHA256SUMS",
        "datapackage.json",
        "dcat.jsonld",
        "dcat.ttl",
        "gbt21063.xml",
        "graph.jsonld",
        "graph.nt.gz",
        "graph.ttl",
        "index.html",
        "network.gexf",
        "network.graphml",
        "ro-crate-metadata.json",
        "summary.svg",
        *(f"tables/{name}.csv" for name in (*tables, "targets", "links")),
        "tables/csv-metadata.json",
        *(f"ontology/{name}.ttl" for name in ("taskkg", "alignments", "concepts", "shapes")),
        "ontology/context.jsonld",
        "ontology/diagram.svg",
        "ontology/index.html",
    }


def test_no_option_that_is_not_given_is_told(nasty_bundle: Path) -> None:
    told = (nasty_bundle / "dcat.ttl").read_text(encoding="utf-8")
    assert 'dcterms:issued "' not in told
    assert "DataService" not in told
    assert "contactPoint" not in told
    assert not re.search(r"20[2-9]\d-\d\d-\d\d", (nasty_bundle / "index.html").read_text())


def table(bundle: Path, name: str) -> list[dict[str, str]]:
    with (bundle / "tables" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_tasks_and_links_tell_what_the_graph_tells(plain_bundle: Path, store: Path) -> None:
    tasks = table(plain_bundle, "tasks")
    assert [int(task["number"]) for task in tasks] == list(range(1, 107))
    assert tasks[24 - 1]["iri"].endswith("/task/jianghan-2019/24")
    # The place that most tasks name.
    graph = open_graph(store)
    most = """SELECT ?place (COUNT(DISTINCT ?task) AS ?count) {
    ?place a tkg:Place . ?task a tkg:Task ; tkg:mentions ?place }
    GROUP BY ?place ORDER BY DESC(?count) ?place LIMIT 1"""
    ((iri, count),) = select(graph, most).rows
    naming = f"""SELECT DISTINCT ?number ?department {{
    ?task a tkg:Task ; tkg:mentions <{iri}> ; tkg:number ?number ; tkg:responsible ?by .
    ?by skos:prefLabel ?department FILTER(LANG(?department) = "zh") }}"""
    named = select(graph, naming).rows
    numbers = {str(number) for number, _ in named}
    assert len(numbers) == int(str(count)) > 1
    (place,) = [place for place in table(plain_bundle, "places") if place["iri"] == str(iri)]
    assert place["tasks"] == str(count)
    assert set(place["departments"].split("；")) == {str(department) for _, department in named}
    links = [link for link in table(plain_bundle, "links") if link["name"] == place["name"]]
    assert {link["number"] for link in links} == numbers
    for link in links:
        assert link["quote"] in link["sentence"]
        assert link["kind"] == "Place"


def test_targets_have_their_observation_and_words(plain_bundle: Path) -> None:
    (found,) = [
        target
        for target in table(plain_bundle, "targets")
        if target["indicator"] == "全年固定资产投资总额"
    ]
    assert (found["value"], found["unit"], found["observed"]) == ("430", "亿元", "275.12")
    assert (found["standard_value"], found["ucum"]) == ("43000000000", "[CNY]") or found["ucum"]
    assert "430亿元" in found["quote"]


def test_names_cannot_become_formulas(nasty_bundle: Path) -> None:
    cells = [
        value
        for path in (nasty_bundle / "tables").glob("*.csv")
        for row in table(nasty_bundle, path.stem)
        for value in row.values()
    ]
    assert any("HYPERLINK" in cell for cell in cells)
    inner = [cell.lstrip() for cell in cells]
    assert [cell for cell in inner if len(cell) > 1 and cell[0] in "=+-@＝＋－＠"] == []
    names = {row["quote"].removeprefix("'") for row in table(nasty_bundle, "links")}
    assert {name.replace("\r\n", "\n") for name in NASTY} <= {
        name.replace("\r\n", "\n") for name in names
    }


class Page(HTMLParser):
    """Collects the tags, and what is in scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.scripts: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1] == "script" and data.strip():
            self.scripts.append(data)


def test_names_cannot_become_markup(plain_bundle: Path, nasty_bundle: Path) -> None:
    pages = [Page(), Page()]
    for page, bundle in zip(pages, (plain_bundle, nasty_bundle), strict=True):
        page.feed((bundle / "index.html").read_text(encoding="utf-8"))
    assert set(pages[1].tags) <= set(pages[0].tags)
    assert pages[1].tags.count("script") == pages[1].tags.count("bdi") == 1
    found = json.loads(pages[1].scripts[0])
    assert "<script>alert(1)</script>" in found["creator"]["name"]
    readme = (nasty_bundle / "README.md").read_text(encoding="utf-8")
    assert "<script>" not in readme
    assert "[链](x)" not in readme
    for name in ("index.html", "README.md", "summary.svg", "network.gexf", "network.graphml"):
        text = (nasty_bundle / name).read_text(encoding="utf-8")
        assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", text)


def test_the_index_page_needs_no_other_address(plain_bundle: Path) -> None:
    page = Page()
    page.feed((plain_bundle / "index.html").read_text(encoding="utf-8"))
    files = contents(plain_bundle)
    elsewhere = [it for it in page.addresses if "://" in it or it.startswith("mailto:")]
    assert set(elsewhere) == {
        "https://creativecommons.org/licenses/by/4.0/",
        "mailto:data@example.org",
        "https://data.example.org/sparql",
    }
    assert set(page.addresses) - set(elsewhere) <= set(files)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"base": "数据"}, "base “数据”: is no IRI"),
        ({"base": "https://"}, "is no IRI"),
        ({"base": "https://a b/c"}, "is no IRI"),
        ({"base": "ftp://example.org/"}, "is no IRI"),
        ({"base": "https://example.org/?a=b"}, "name the folder"),
        ({"base": "https://example.org/?"}, "name the folder"),
        ({"base": "https://example.org/a#"}, "name the folder"),
        ({"base": "https://example.org:99999/"}, "is no IRI"),
        ({"base": "https://example.org/\u202ea"}, "is no IRI"),
        ({"licence": "GPL"}, "choose CC0-1.0, CC-BY-4.0"),
        ({"publisher": "  "}, "the name of the publisher"),
        ({"publisher": "江\udcff"}, "not valid UTF-8"),
        ({"publisher": "江\ufffe"}, "not valid UTF-8"),
        ({"contact": "nobody"}, "contact “nobody”"),
        ({"contact": "a{b}@example.org"}, "contact “a{b}@example.org”"),
        ({"contact": "a%zz@example.org"}, "contact “a%zz@example.org”"),
        ({"sparql": "/sparql"}, "sparql “/sparql”"),
        ({"issued": "31.1.2020"}, "write it as 2020-01-31"),
        ({"issued": "20200131"}, "write it as 2020-01-31"),
    ],
)
def test_options_that_are_not_what_they_should_be_are_refused(
    changed: dict[str, str], message: str, store: Path, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=re.escape(message)):
        publish(store, tmp_path / "bundle", **(GIVEN | changed))
    assert list(tmp_path.iterdir()) == []


def test_the_description_counts_what_the_graph_holds(plain_bundle: Path, store: Path) -> None:
    triples = {quad.triple for quad in open_graph(store)}
    described = list(parse(path=str(plain_bundle / "dcat.ttl"), format=RdfFormat.TURTLE))
    void = "http://rdfs.org/ns/void#"
    (count,) = [
        quad.object.value
        for quad in described
        if quad.predicate.value == f"{void}triples" and str(quad.subject).endswith("#dataset>")
    ]
    assert int(count) == len(triples)
    partitions = {
        quad.subject: quad.object for quad in described if quad.predicate.value == f"{void}class"
    }
    entities = {
        partitions[quad.subject].value.rpartition("#")[2]: int(quad.object.value)
        for quad in described
        if quad.predicate.value == f"{void}entities"
    }
    assert (entities["Task"], entities["Department"]) == (106, 36)
