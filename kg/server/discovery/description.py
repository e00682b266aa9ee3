"""Description of the dataset for data portals (`/dcat`) and linked-data crawlers (`/void`).

Both addresses return the same statements. Sources: *DCAT-AP 3.0.1* (SEMIC, 2025), *Describing
Linked Datasets with the VoID Vocabulary* (W3C, 2011).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Triple
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.graph.rdf.literals import en, typed_literal, zh
from kg.publishing.contents import Contents, contents
from kg.publishing.descriptions.dcat_terms import (
    DCAT_PREFIXES,
    Statements,
    dataset_statements,
    dcat_term,
    triples,
)
from kg.publishing.descriptions.void import graph_statements, partitions
from kg.publishing.statistics import query_statistics
from kg.server.data.build_cache import cached_result
from kg.server.data.snapshot import Snapshot, snapshot
from kg.server.http import responses
from kg.server.http.media_types import GRAPHS
from kg.server.http.negotiation import preferred_media_type
from kg.server.http.problems import Problem
from kg.server.settings import Settings

_ONTOLOGY = NamedNode("https://w3id.org/taskkg/ontology")
_CHINESE = NamedNode("http://publications.europa.eu/resource/authority/language/ZHO")
_PROTOCOL = NamedNode("https://www.w3.org/TR/sparql11-protocol/")


async def describe_dataset(request: Request) -> Response:
    """Answer a request to `/dcat` or `/void`.

    Raises:
        Problem: The client accepts none of the formats.
    """
    media = preferred_media_type(request.headers.get("accept"), tuple(GRAPHS))
    if media is None:
        zh = f"数据集说明只有以下格式：{'、'.join(GRAPHS)}。"
        raise Problem(406, f"This is available as {', '.join(GRAPHS)}.", zh=zh)
    if known := responses.not_modified(request, media):
        return known
    summary = await run_in_threadpool(cached_result, request, "description", _cached_contents)
    triples = _description_triples(summary, request.app.state.settings, snapshot(request))
    return responses.graph_response(request, triples, media, DCAT_PREFIXES)


def _cached_contents(build: Snapshot) -> Contents:
    return contents(build.graph, query_statistics(build.graph), build.about)


def _description_triples(
    summary: Contents, settings: Settings, build: Snapshot
) -> Iterator[Triple]:
    here = f"{settings.address}/dcat#"
    node = {
        name: NamedNode(here + name) for name in ("catalogue", "dataset", "service", "publisher")
    }
    things: list[tuple[NamedNode, Statements]] = [
        (node["catalogue"], _catalogue(summary, settings, node)),
        (node["dataset"], _dataset(summary, settings, build, node)),
        (node["service"], _service(summary, settings, node)),
    ]
    if settings.publisher:
        things.append((node["publisher"], _publisher(settings.publisher)))
    things += _external_terms(summary, settings)
    things += partitions(summary.statistics, partial(_fragment_node, here))
    return triples(things)


def _catalogue(summary: Contents, settings: Settings, node: dict[str, NamedNode]) -> Statements:
    yield "rdf:type", dcat_term("dcat:Catalog")
    yield "dcterms:title", zh(f"{summary.title_zh}目录")
    yield "dcterms:title", en(f"Catalogue: {summary.title_en}")
    yield "dcterms:description", zh("本目录描述一个数据集及其查询服务。")
    yield "dcterms:description", en("A catalogue of one dataset and the service to query it.")
    yield "foaf:homepage", NamedNode(f"{settings.address}/")
    yield "dcat:dataset", node["dataset"]
    yield "dcat:service", node["service"]
    yield from _rights(settings, node)


def _dataset(
    summary: Contents, settings: Settings, build: Snapshot, node: dict[str, NamedNode]
) -> Statements:
    yield from dataset_statements(summary)
    yield "dcterms:language", _CHINESE
    yield "dcterms:conformsTo", _ONTOLOGY
    yield "dcterms:modified", typed_literal(str(build.about["built"]), "dateTime")
    for place in summary.places:
        yield "dcterms:spatial", NamedNode(place.iri)
    for report in summary.reports:
        yield "prov:wasDerivedFrom", NamedNode(report)
    yield "dcat:landingPage", NamedNode(f"{settings.address}/")
    yield from _rights(settings, node)
    yield "void:sparqlEndpoint", NamedNode(f"{settings.address}/sparql")
    yield "void:uriSpace", Literal(f"{build.base}/")
    yield "void:vocabulary", _ONTOLOGY
    yield from graph_statements(
        summary.statistics, partial(_fragment_node, f"{settings.address}/dcat#")
    )


def _service(summary: Contents, settings: Settings, node: dict[str, NamedNode]) -> Statements:
    yield "rdf:type", dcat_term("dcat:DataService")
    yield "dcterms:title", zh(f"{summary.title_zh} SPARQL 查询服务")
    yield "dcterms:title", en(f"SPARQL endpoint: {summary.title_en}")
    yield "dcat:endpointURL", NamedNode(f"{settings.address}/sparql")
    yield "dcat:endpointDescription", NamedNode(f"{settings.address}/sparql")
    yield "dcat:servesDataset", node["dataset"]
    yield "dcterms:conformsTo", _PROTOCOL
    yield from _rights(settings, node)


def _rights(settings: Settings, node: dict[str, NamedNode]) -> Statements:
    if settings.publisher:
        yield "dcterms:publisher", node["publisher"]
    if settings.licence:
        yield "dcterms:license", NamedNode(settings.licence)


def _publisher(name: str) -> Statements:
    yield "rdf:type", dcat_term("foaf:Agent")
    yield "foaf:name", zh(name)


def _external_terms(
    summary: Contents, settings: Settings
) -> Iterator[tuple[NamedNode, Statements]]:
    """Yield resources defined elsewhere, with the class that DCAT-AP requires and a name."""
    home = NamedNode(f"{settings.address}/")
    yield home, _class_and_name("foaf:Document", zh("首页"), en("Front page"))
    yield _CHINESE, _class_and_name("dcterms:LinguisticSystem", zh("中文"), en("Chinese"))
    yield (
        _ONTOLOGY,
        _class_and_name("dcterms:Standard", zh("政府任务本体"), en("Government task ontology")),
    )
    yield _PROTOCOL, _class_and_name("dcterms:Standard", en("SPARQL 1.1 Protocol"))
    for place in summary.places:
        yield NamedNode(place.iri), _class_and_name("dcterms:Location", zh(place.name))
    if settings.licence:
        yield NamedNode(settings.licence), _class_and_name("dcterms:LicenseDocument")


def _class_and_name(kind: str, *names: Literal) -> Statements:
    yield "rdf:type", dcat_term(kind)
    for name in names:
        yield "rdfs:label", name


def _fragment_node(here: str, name: str) -> NamedNode:
    return NamedNode(here + quote(name, safe="/:"))


ROUTES = (Route("/dcat", describe_dataset), Route("/void", describe_dataset))
