"""What the server offers, for data portals (`/dcat`) and for crawlers of linked data (`/void`).

Sources: *DCAT-AP 3.0.1* (SEMIC, 2025), *Describing Linked Datasets with the VoID Vocabulary* (W3C,
2011). Both addresses tell the same, so that neither reader misses a half.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Triple
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from kg.graph.literals import en, typed_literal, zh
from kg.publishing.contents import Contents, contents
from kg.publishing.dcat_terms import DCAT_PREFIXES, Statements, dcat_term, triples
from kg.publishing.statistics import statistics_of
from kg.publishing.void import counted, partitions
from kg.server import responses
from kg.server.formats import GRAPHS
from kg.server.kept import kept
from kg.server.negotiation import best
from kg.server.problems import Problem
from kg.server.settings import Settings
from kg.server.snapshot import Snapshot, snapshot

_ONTOLOGY = NamedNode("https://w3id.org/taskkg/ontology")
_CHINESE = NamedNode("http://publications.europa.eu/resource/authority/language/ZHO")
_PROTOCOL = NamedNode("https://www.w3.org/TR/sparql11-protocol/")


async def answer(request: Request) -> Response:
    """Answer a request to `/dcat` or `/void`.

    Raises:
        Problem: The client wants none of the formats that there are.
    """
    media = best(request.headers.get("accept"), tuple(GRAPHS))
    if media is None:
        zh = f"数据集说明只有以下格式：{'、'.join(GRAPHS)}。"
        raise Problem(406, f"This can be had as {', '.join(GRAPHS)}.", zh=zh)
    if known := responses.unchanged(request, media):
        return known
    told = await run_in_threadpool(kept, request, "description", _contents)
    triples = _triples(told, request.app.state.settings, snapshot(request))
    return responses.graph(request, triples, media, DCAT_PREFIXES)


def _contents(found: Snapshot) -> Contents:
    return contents(found.graph, statistics_of(found.graph), found.about)


def _triples(told: Contents, settings: Settings, found: Snapshot) -> Iterator[Triple]:
    here = f"{settings.address}/dcat#"
    node = {
        name: NamedNode(here + name) for name in ("catalogue", "dataset", "service", "publisher")
    }
    things: list[tuple[NamedNode, Statements]] = [
        (node["catalogue"], _catalogue(told, settings, node)),
        (node["dataset"], _dataset(told, settings, found, node)),
        (node["service"], _service(told, settings, node)),
    ]
    if settings.publisher:
        things.append((node["publisher"], _publisher(settings.publisher)))
    things += _of_others(told, settings)
    things += partitions(told.statistics, partial(_part, here))
    return triples(things)


def _catalogue(told: Contents, settings: Settings, node: dict[str, NamedNode]) -> Statements:
    yield "rdf:type", dcat_term("dcat:Catalog")
    yield "dcterms:title", zh(f"{told.title_zh}目录")
    yield "dcterms:title", en(f"Catalogue: {told.title_en}")
    yield "dcterms:description", zh("本目录描述一个数据集及其查询服务。")
    yield "dcterms:description", en("A catalogue of one dataset and the service to query it.")
    yield "foaf:homepage", NamedNode(f"{settings.address}/")
    yield "dcat:dataset", node["dataset"]
    yield "dcat:service", node["service"]
    yield from _rights(settings, node)


def _dataset(
    told: Contents, settings: Settings, found: Snapshot, node: dict[str, NamedNode]
) -> Statements:
    yield "rdf:type", dcat_term("dcat:Dataset")
    yield "rdf:type", dcat_term("void:Dataset")
    yield "dcterms:title", zh(told.title_zh)
    yield "dcterms:title", en(told.title_en)
    yield "dcterms:description", zh(told.description_zh)
    yield "dcterms:description", en(told.description_en)
    yield "dcterms:language", _CHINESE
    yield "dcterms:conformsTo", _ONTOLOGY
    yield "dcterms:modified", typed_literal(str(found.about["built"]), "dateTime")
    for place in told.places:
        yield "dcterms:spatial", NamedNode(place.iri)
    for report in told.reports:
        yield "prov:wasDerivedFrom", NamedNode(report)
    yield "dcat:landingPage", NamedNode(f"{settings.address}/")
    yield from _rights(settings, node)
    yield "void:sparqlEndpoint", NamedNode(f"{settings.address}/sparql")
    yield "void:uriSpace", Literal(f"{found.base}/")
    yield "void:vocabulary", _ONTOLOGY
    yield from counted(told.statistics, partial(_part, f"{settings.address}/dcat#"))


def _service(told: Contents, settings: Settings, node: dict[str, NamedNode]) -> Statements:
    yield "rdf:type", dcat_term("dcat:DataService")
    yield "dcterms:title", zh(f"{told.title_zh} SPARQL 查询服务")
    yield "dcterms:title", en(f"SPARQL endpoint: {told.title_en}")
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


def _of_others(told: Contents, settings: Settings) -> Iterator[tuple[NamedNode, Statements]]:
    """Yield what others define, with the class that DCAT-AP asks for and a name."""
    home = NamedNode(f"{settings.address}/")
    yield home, _named("foaf:Document", zh("首页"), en("Front page"))
    yield _CHINESE, _named("dcterms:LinguisticSystem", zh("中文"), en("Chinese"))
    yield _ONTOLOGY, _named("dcterms:Standard", zh("政府任务本体"), en("Government task ontology"))
    yield _PROTOCOL, _named("dcterms:Standard", en("SPARQL 1.1 Protocol"))
    for place in told.places:
        yield NamedNode(place.iri), _named("dcterms:Location", zh(place.name))
    if settings.licence:
        yield NamedNode(settings.licence), _named("dcterms:LicenseDocument")


def _named(kind: str, *names: Literal) -> Statements:
    yield "rdf:type", dcat_term(kind)
    for name in names:
        yield "rdfs:label", name


def _part(here: str, name: str) -> NamedNode:
    return NamedNode(here + quote(name, safe="/:"))
