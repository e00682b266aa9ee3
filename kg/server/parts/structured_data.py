"""Structured data for search engines: schema.org in JSON-LD."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from kg.server.parts.reader import Link, Reader

# Types of schema.org by class of the vocabulary; all others are a Thing.
_TYPES = {
    "Department": "GovernmentOrganization",
    "PublicBody": "GovernmentOrganization",
    "Authority": "GovernmentOrganization",
    "Organization": "Organization",
    "Project": "Project",
    "Place": "Place",
    "Road": "Place",
    "Subdistrict": "AdministrativeArea",
    "Community": "AdministrativeArea",
    "Jurisdiction": "AdministrativeArea",
    "Policy": "CreativeWork",
    "Event": "Event",
    "Report": "Dataset",
    "Task": "Action",
    "Indicator": "DefinedTerm",
    "Category": "DefinedTerm",
}
_ACTION = {
    "completed": "CompletedActionStatus",
    "cancelled": "FailedActionStatus",
    "not_started": "PotentialActionStatus",
}


def structured_data(
    reader: Reader, iri: str, of_class: str, address: str, crumbs: list[tuple[str, str]]
) -> Markup:
    """Return the content of a page's JSON-LD script.

    Args:
        reader: Reads the graph.
        iri: The thing.
        of_class: Its class in the vocabulary.
        address: Public address of the server.
        crumbs: Names and paths of the pages above it and of its own page.
    """
    path = reader.link(iri).path
    about: dict[str, Any] = {
        "@type": _TYPES.get(of_class, "Thing"),
        "@id": iri,
        "name": reader.name(iri),
        "url": f"{address}{path}",
    }
    if others := reader.values(iri, "skos:altLabel"):
        about["alternateName"] = others
    if parents := reader.links(iri, "^org:hasUnit"):
        about["parentOrganization"] = _government_data(parents)
    if of_class == "Task":
        about |= _task_data(reader, iri)
    if of_class == "Report":
        about |= _report_data(reader, iri, f"{address}{path}")
    if within := reader.links(iri, "geo:sfWithin"):
        about["containedInPlace"] = {"@id": within[0].iri, "name": within[0].name}
    trail = {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": at, "name": name, "item": f"{address}{path}"}
            for at, (name, path) in enumerate(crumbs, 1)
        ],
    }
    return json_script({"@context": "https://schema.org", "@graph": [about, trail]})


def json_script(content: dict[str, Any]) -> Markup:
    r"""Return JSON for a script element, in which nothing can end the element.

    >>> print(json_script({"name": "</script>"}))
    {"name": "\u003c/script>"}
    """
    return Markup(json.dumps(content, ensure_ascii=False).replace("<", "\\u003c"))


def _task_data(reader: Reader, iri: str) -> dict[str, Any]:
    status = reader.code(iri, "tkg:status")
    return {
        "description": reader.value(iri, "tkg:promise"),
        "actionStatus": f"https://schema.org/{_ACTION.get(status, 'ActiveActionStatus')}",
        "agent": _government_data(reader.links(iri, "tkg:responsible")),
    }


def _government_data(links: list[Link]) -> list[dict[str, str]]:
    return [
        {"@type": "GovernmentOrganization", "@id": link.iri, "name": link.name} for link in links
    ]


def _report_data(reader: Reader, iri: str, address: str) -> dict[str, Any]:
    formats = (("ttl", "text/turtle"), ("jsonld", "application/ld+json"))
    places = reader.links(iri, "tkg:jurisdiction")
    return {
        "identifier": reader.value(iri, "dcterms:identifier"),
        "temporalCoverage": reader.value(iri, "tkg:year"),
        "spatialCoverage": [
            {"@type": "AdministrativeArea", "@id": one.iri, "name": one.name} for one in places
        ],
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": media,
                "contentUrl": f"{address}.{ending}",
            }
            for ending, media in formats
        ],
    }
