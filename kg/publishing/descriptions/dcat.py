"""Describe a bundle for data portals: DCAT-AP 3.0.1, with VoID statistics of the graph.

Sources: *DCAT-AP 3.0.1* (SEMIC, 2025), *DCAT 3* (W3C, 2024), *Describing Linked Datasets with the
VoID Vocabulary* (W3C, 2011). Formats, languages, themes and access rights are from the authority
tables of the EU Publications Office, as DCAT-AP requires.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from pyoxigraph import Literal, NamedNode, Triple

from kg.graph.rdf.literals import en, typed_literal, zh
from kg.publishing.contents import KEYWORDS, Contents
from kg.publishing.descriptions.dcat_terms import (
    Statements,
    Value,
    dataset_statements,
    dcat_term,
    triples,
)
from kg.publishing.descriptions.void import graph_statements, partitions
from kg.publishing.files import GRAPH, File
from kg.publishing.options import Options

_AUTHORITY = "http://publications.europa.eu/resource/authority/"
_IANA = "https://www.iana.org/assignments/media-types/"
_ONTOLOGY = NamedNode("https://w3id.org/taskkg/ontology")
_CHINESE = NamedNode(f"{_AUTHORITY}language/ZHO")
_GOVERNMENT = NamedNode(f"{_AUTHORITY}data-theme/GOVE")
_PUBLIC = NamedNode(f"{_AUTHORITY}access-right/PUBLIC")
_GZIP = NamedNode(f"{_IANA}application/gzip")


def describe_bundle(
    contents: Contents, files: Sequence[File], options: Options, space: str
) -> Iterator[Triple]:
    """Yield the description of a bundle, grouped by subject.

    Args:
        contents: The subject of the bundle.
        files: The files with the data.
        options: The publisher, licence and address.
        space: The base of the graph's IRIs.
    """
    things: list[tuple[NamedNode, Statements]] = [
        (_part_iri(options, "catalogue"), _catalogue(contents, options)),
        (_part_iri(options, "dataset"), _dataset(contents, files, options, space)),
        *((_part_iri(options, file.part.path), _distribution(file, options)) for file in files),
        *((_checksum_iri(file, options), _checksum(file)) for file in files),
        (_part_iri(options, "publisher"), _publisher(options)),
        *_external_things(files, options),
        *_coverage(contents, options),
        *partitions(contents.statistics, partial(_part_iri, options)),
    ]
    if options.contact:
        things.append((_part_iri(options, "contact"), _contact(options.contact, options)))
    if options.sparql:
        things.append((_part_iri(options, "sparql"), _service(contents, options.sparql, options)))
    return triples(things)


def _catalogue(contents: Contents, options: Options) -> Statements:
    yield "rdf:type", dcat_term("dcat:Catalog")
    yield "dcterms:title", zh(f"{contents.title_zh}目录")
    yield "dcterms:title", en(f"Catalogue: {contents.title_en}")
    yield "dcterms:description", zh("本目录描述一个数据集及其各种格式。")
    yield "dcterms:description", en("A catalogue of one dataset in its formats.")
    yield "dcterms:publisher", _part_iri(options, "publisher")
    yield "dcterms:license", NamedNode(options.licence.iri)
    yield "dcterms:language", _CHINESE
    yield "foaf:homepage", _file_iri(options, "index.html")
    yield "dcat:dataset", _part_iri(options, "dataset")
    if options.sparql:
        yield "dcat:service", _part_iri(options, "sparql")
    if options.issued:
        yield "dcterms:issued", typed_literal(options.issued, "date")


def _dataset(contents: Contents, files: Sequence[File], options: Options, space: str) -> Statements:
    counts = contents.statistics
    yield from dataset_statements(contents)
    yield "dcterms:identifier", Literal(_part_iri(options, "dataset").value)
    for language, keywords in KEYWORDS.items():
        for keyword in keywords:
            yield "dcat:keyword", Literal(keyword, language=language)
    for place in contents.places:
        yield "dcat:keyword", zh(place.name)
        yield "dcterms:spatial", NamedNode(place.iri)
    if contents.start:
        yield "dcterms:temporal", _part_iri(options, "period")
    yield "dcat:theme", _GOVERNMENT
    yield "dcterms:language", _CHINESE
    yield "dcterms:accessRights", _PUBLIC
    yield "dcterms:license", NamedNode(options.licence.iri)
    yield "dcterms:publisher", _part_iri(options, "publisher")
    if options.contact:
        yield "dcat:contactPoint", _part_iri(options, "contact")
    if options.issued:
        yield "dcterms:issued", typed_literal(options.issued, "date")
    yield "dcterms:provenance", _part_iri(options, "provenance")
    for report in contents.reports:
        yield "prov:wasDerivedFrom", NamedNode(report)
    yield "dcterms:conformsTo", _ONTOLOGY
    yield "dcat:landingPage", _file_iri(options, "index.html")
    yield "foaf:page", _file_iri(options, "ontology/index.html")
    for file in files:
        yield "dcat:distribution", _part_iri(options, file.part.path)
    yield "void:uriSpace", Literal(f"{space}/")
    yield "void:vocabulary", _ONTOLOGY
    for part in GRAPH:
        yield "void:dataDump", _file_iri(options, part.path)
    if options.sparql:
        yield "void:sparqlEndpoint", NamedNode(options.sparql)
    yield from graph_statements(counts, partial(_part_iri, options))


def _distribution(file: File, options: Options) -> Statements:
    part = file.part
    yield "rdf:type", dcat_term("dcat:Distribution")
    yield "dcterms:title", zh(f"{part.zh}（{part.format.name}）")
    yield "dcterms:title", en(f"{part.en} ({part.format.name})")
    yield "dcterms:description", zh(f"{part.zh}，{part.format.name} 格式。")
    yield "dcterms:description", en(f"{part.en}, as {part.format.name}.")
    yield "dcat:accessURL", _file_iri(options, part.path)
    yield "dcat:downloadURL", _file_iri(options, part.path)
    yield "dcterms:format", _file_type(file)
    yield "dcat:mediaType", NamedNode(_IANA + part.format.media)
    if part.path.endswith(".gz"):
        yield "dcat:compressFormat", _GZIP
    yield "dcat:byteSize", typed_literal(str(file.size), "nonNegativeInteger")
    yield "spdx:checksum", _checksum_iri(file, options)
    yield "dcterms:license", NamedNode(options.licence.iri)
    yield "dcterms:language", _CHINESE
    if part in GRAPH:
        yield "dcterms:conformsTo", _ONTOLOGY
    if options.sparql and part in GRAPH:
        yield "dcat:accessService", _part_iri(options, "sparql")
    if options.issued:
        yield "dcterms:issued", typed_literal(options.issued, "date")


def _checksum(file: File) -> Statements:
    yield "rdf:type", dcat_term("spdx:Checksum")
    yield "spdx:algorithm", dcat_term("spdx:checksumAlgorithm_sha256")
    yield "spdx:checksumValue", typed_literal(file.sha256, "hexBinary")


def _publisher(options: Options) -> Statements:
    yield "rdf:type", dcat_term("foaf:Agent")
    yield "foaf:name", Literal(options.publisher)


def _contact(contact: str, options: Options) -> Statements:
    yield "rdf:type", dcat_term("vcard:Kind")
    yield "vcard:fn", Literal(options.publisher)
    property = "vcard:hasEmail" if contact.startswith("mailto:") else "vcard:hasURL"
    yield property, NamedNode(contact)


def _service(contents: Contents, endpoint: str, options: Options) -> Statements:
    yield "rdf:type", dcat_term("dcat:DataService")
    yield "dcterms:title", zh(f"{contents.title_zh} SPARQL 端点")
    yield "dcterms:title", en(f"SPARQL endpoint: {contents.title_en}")
    yield "dcat:endpointURL", NamedNode(endpoint)
    yield "dcat:servesDataset", _part_iri(options, "dataset")
    yield "dcterms:publisher", _part_iri(options, "publisher")
    yield "dcterms:license", NamedNode(options.licence.iri)
    yield "dcterms:conformsTo", _SPARQL


_SPARQL = NamedNode("https://www.w3.org/TR/sparql11-protocol/")


def _external_things(
    files: Sequence[File], options: Options
) -> Iterator[tuple[NamedNode, Statements]]:
    """Yield things that others define, with the class and the label that portals show."""
    for path, title in (("index.html", "首页"), ("ontology/index.html", "本体文档")):
        page: list[tuple[str, Value]] = [("rdf:type", dcat_term("foaf:Document"))]
        yield _file_iri(options, path), [*page, ("dcterms:title", zh(title))]
    yield from (
        (
            NamedNode(options.licence.iri),
            _label_statements("dcterms:LicenseDocument", options.licence.name),
        ),
        (_CHINESE, _label_statements("dcterms:LinguisticSystem", "Chinese", "中文")),
        (_PUBLIC, _label_statements("dcterms:RightsStatement", "public", "公开")),
        (
            _ONTOLOGY,
            _label_statements("dcterms:Standard", "Government task ontology", "政府任务本体"),
        ),
        (
            dcat_term("spdx:checksumAlgorithm_sha256"),
            _label_statements("spdx:ChecksumAlgorithm", "SHA-256"),
        ),
        (
            _GOVERNMENT,
            _label_statements("skos:Concept", "Government and public sector", "政府与公共部门"),
        ),
    )
    if options.sparql:
        yield _SPARQL, _label_statements("dcterms:Standard", "SPARQL 1.1 Protocol")
    media = {file.part.format.media for file in files} | {"application/gzip"}
    for name in sorted(media):
        yield NamedNode(_IANA + name), _label_statements("dcterms:MediaType", name)
    # Formats with the same type in the authority table get the name of that type.
    types = {_file_type(file): file.part.format for file in files}
    for node, found in types.items():
        name = found.authority if found.media == "application/xml" else found.name
        yield node, _label_statements("dcterms:MediaTypeOrExtent", name)


def _label_statements(kind: str, name: str, chinese: str = "") -> Statements:
    label = "skos:prefLabel" if kind == "skos:Concept" else "rdfs:label"
    yield "rdf:type", dcat_term(kind)
    yield label, en(name)
    if chinese:
        yield label, zh(chinese)


def _coverage(contents: Contents, options: Options) -> Iterator[tuple[NamedNode, Statements]]:
    """Yield the districts, the period and the provenance."""
    for place in contents.places:
        statements: list[tuple[str, Value]] = [
            ("rdf:type", dcat_term("dcterms:Location")),
            ("rdfs:label", zh(place.name)),
            ("skos:prefLabel", zh(place.name)),
        ]
        if place.code:
            statements.append(("dcterms:identifier", Literal(place.code)))
        yield NamedNode(place.iri), statements
    if contents.start:
        yield (
            _part_iri(options, "period"),
            [
                ("rdf:type", dcat_term("dcterms:PeriodOfTime")),
                ("dcat:startDate", typed_literal(contents.start, "date")),
                ("dcat:endDate", typed_literal(contents.end, "date")),
            ],
        )
    yield (
        _part_iri(options, "provenance"),
        [
            ("rdf:type", dcat_term("dcterms:ProvenanceStatement")),
            ("rdfs:label", zh(contents.provenance_zh)),
            ("rdfs:label", en(contents.provenance_en)),
        ],
    )
    for report, title in contents.reports.items():
        yield (
            NamedNode(report),
            [("rdf:type", dcat_term("prov:Entity")), ("dcterms:title", zh(title))],
        )


def _part_iri(options: Options, name: str) -> NamedNode:
    return NamedNode(options.description_iri(name))


def _file_iri(options: Options, path: str) -> NamedNode:
    return NamedNode(f"{options.base}/{path}")


def _checksum_iri(file: File, options: Options) -> NamedNode:
    return _part_iri(options, f"{file.part.path}/checksum")


def _file_type(file: File) -> NamedNode:
    return NamedNode(f"{_AUTHORITY}file-type/{file.part.format.authority}")
