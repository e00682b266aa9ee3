"""Use a bundle with third-party tools, as the staff of a data portal would."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from rdflib.compare import isomorphic

FORMATS = {
    ".ttl": ("turtle", ox.RdfFormat.TURTLE, "turtle"),
    ".nt": ("nt", ox.RdfFormat.N_TRIPLES, "ntriples"),
    ".jsonld": ("json-ld", ox.RdfFormat.JSON_LD, None),
}


def rdf_files(bundle: Path, folder: Path) -> list[Path]:
    """All RDF files of a bundle, the compressed one unpacked into a folder."""
    unpacked = folder / "graph.nt"
    unpacked.write_bytes(gzip.decompress((bundle / "graph.nt.gz").read_bytes()))
    found = [path for path in bundle.rglob("*") if path.suffix in FORMATS]
    # A context by itself holds no statement.
    return sorted({*found, unpacked} - {bundle / "ontology" / "context.jsonld"})


def oxigraph(path: Path) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(path=str(path), format=FORMATS[path.suffix][1])}


@pytest.mark.slow
def test_each_rdf_file_is_the_same_graph_to_three_libraries(
    bundle: Path, rapper: str, tmp_path: Path
) -> None:
    files = rdf_files(bundle, tmp_path)
    assert len(files) == 9
    for path in files:
        count = len(oxigraph(path))
        assert count > 50
        read = rdflib.Graph().parse(path, format=FORMATS[path.suffix][0])
        assert len(read) == count, path
        if name := FORMATS[path.suffix][2]:
            told = subprocess.run(
                [rapper, "-i", name, "-c", str(path)], capture_output=True, text=True, check=True
            )
            assert f"returned {count} triples" in told.stderr, told.stderr
            assert "warning" not in told.stderr.lower(), told.stderr


@pytest.mark.slow
def test_the_graph_is_the_same_in_each_of_its_formats(
    bundle: Path, rapper: str, tmp_path: Path
) -> None:
    graphs = [path for path in rdf_files(bundle, tmp_path) if path.stem == "graph"]
    assert len(graphs) == 3
    first = oxigraph(graphs[0])
    assert all(oxigraph(path) == first for path in graphs)
    # From Turtle through Raptor to N-Triples.
    turtle = str(bundle / "graph.ttl")
    through = subprocess.run(
        [rapper, "-q", "-i", "turtle", "-o", "ntriples", turtle], capture_output=True, check=True
    )
    assert {quad.triple for quad in ox.parse(through.stdout, ox.RdfFormat.N_TRIPLES)} == first


def test_the_smaller_files_are_isomorphic_after_a_round_trip(bundle: Path) -> None:
    for path in (bundle / "dcat.ttl", *sorted((bundle / "ontology").glob("*.ttl"))):
        read = rdflib.Graph().parse(path)
        again = rdflib.Graph().parse(data=read.serialize(format="json-ld"), format="json-ld")
        assert isomorphic(read, again), path
    read = rdflib.Graph().parse(bundle / "dcat.ttl")
    assert isomorphic(read, rdflib.Graph().parse(bundle / "dcat.jsonld"))


@pytest.mark.slow
def test_json_ld_expands_to_the_same_triples_in_pyld(bundle: Path) -> None:
    from pyld import jsonld

    for name in ("graph", "dcat"):
        document = json.loads((bundle / f"{name}.jsonld").read_text(encoding="utf-8"))
        quads = jsonld.to_rdf(document, {"format": "application/n-quads"})
        # PyLD does not escape control characters other than line breaks.
        lines = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", _escape, quads)
        found = {quad.triple for quad in ox.parse(lines, ox.RdfFormat.N_QUADS)}
        assert found == oxigraph(bundle / f"{name}.ttl")


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04X}"


def test_the_description_conforms_to_dcat_ap(bundle: Path, shared: Path) -> None:
    shapes = rdflib.Graph().parse(shared / "dcat-ap" / "dcat-ap-3.0.1-shacl.ttl")
    # Two shapes of data services are named there but not given, on which pySHACL stops.
    for shape, named in list(shapes.subject_objects(rdflib.SH.property)):
        if (named, rdflib.SH.path, None) not in shapes:
            assert "DataServiceShape" in str(shape)
            shapes.remove((shape, rdflib.SH.property, named))
    graph = rdflib.Graph().parse(bundle / "dcat.ttl")
    conforms, _, report = pyshacl.validate(graph, shacl_graph=shapes, inference="none")
    assert conforms, report
    # The shapes do look: without a title the dataset does not conform.
    (dataset,) = graph.subjects(rdflib.RDF.type, rdflib.DCAT.Dataset)
    graph.remove((dataset, rdflib.DCTERMS.title, None))
    assert not pyshacl.validate(graph, shacl_graph=shapes, inference="none")[0]


def test_ckan_reads_the_description_into_a_dataset(plain_bundle: Path) -> None:
    from ckanext.dcat.processors import RDFParser

    parser = RDFParser(profiles=["euro_dcat_ap_3"])
    parser.parse((plain_bundle / "dcat.ttl").read_text(encoding="utf-8"), _format="turtle")
    (dataset,) = parser.datasets()
    extras = {extra["key"]: extra["value"] for extra in dataset["extras"]}
    assert "2019" in dataset["title"]
    assert "106" in dataset["notes"]
    assert extras["publisher_name"] == "江汉区人民政府"
    assert extras["contact_email"] == "data@example.org"
    assert (extras["temporal_start"], extras["temporal_end"]) == ("2019-01-01", "2019-12-31")
    assert extras["spatial_uri"].endswith("/jurisdiction/420103")
    assert extras["issued"] == "2020-01-31"
    resources = {
        resource["url"].rpartition("/jianghan/")[2]: resource for resource in dataset["resources"]
    }
    assert len(resources) == 14
    formats = {name: resource["format"] for name, resource in resources.items()}
    assert formats["graph.ttl"].endswith("/file-type/RDF_TURTLE")
    assert resources["graph.ttl"]["mimetype"].endswith("text/turtle")
    assert formats["tables/tasks.csv"] == "CSV"
    for name, resource in resources.items():
        content = (plain_bundle / name).read_bytes()
        assert resource["size"] == len(content)
        assert resource["hash"] == hashlib.sha256(content).hexdigest()
        assert resource["license"] == "Creative Commons Attribution 4.0 International"


def command(name: str) -> str:
    return str(Path(sys.executable).parent / name)


def test_the_tables_pass_frictionless_and_csvw(bundle: Path, tmp_path: Path) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(arguments, cwd=folder, capture_output=True, text=True, check=False)

    folder = tmp_path / "bundle"
    shutil.copytree(bundle, folder)
    frictionless = (command("frictionless"), "validate", "datapackage.json")
    csvw = (command("csvwvalidate"), "tables/csv-metadata.json")
    for check in (frictionless, csvw):
        told = run(*check)
        assert told.returncode == 0, told.stdout + told.stderr
    # Both do look: a number that is none, and a task that is not there.
    links = folder / "tables" / "links.csv"
    text = links.read_text(encoding="utf-8-sig")
    links.write_text(re.sub(r",(\d+|),column", ",一,column", text, count=1), encoding="utf-8")
    assert links.read_text(encoding="utf-8") != text
    assert run(*frictionless).returncode != 0
    assert run(*csvw).returncode != 0


def test_the_networks_open_in_networkx(bundle: Path) -> None:
    graphml = nx.read_graphml(bundle / "network.graphml")
    gexf = nx.read_gexf(bundle / "network.gexf")
    assert set(graphml) == set(gexf)
    assert set(graphml.edges) == set(gexf.edges)
    assert graphml.number_of_edges() > 10
    for network in (graphml, gexf):
        for _, attributes in network.nodes(data=True):
            assert attributes["kind"]
        relations = {relation for _, _, relation in network.edges(data="relation")}
        assert relations == {"responsible", "mentions"}
        assert all(weight >= 1 for _, _, weight in network.edges(data="weight"))


def test_the_checksums_are_those_of_all_files(bundle: Path) -> None:
    told = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"],
        cwd=bundle,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout
    files = {path for path in bundle.rglob("*") if path.is_file()}
    assert len(told.stdout.splitlines()) == len(files) - 1


def test_the_pictures_are_svg(bundle: Path) -> None:
    for name in ("summary.svg", "ontology/diagram.svg"):
        assert ET.parse(bundle / name).getroot().tag == "{http://www.w3.org/2000/svg}svg"


@pytest.mark.slow
def test_the_graph_conforms_to_the_shapes_beside_it(plain_bundle: Path) -> None:
    told = subprocess.run(
        [command("pyshacl"), "--shapes", "ontology/shapes.ttl", "graph.ttl"],
        cwd=plain_bundle,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout[-2000:]
