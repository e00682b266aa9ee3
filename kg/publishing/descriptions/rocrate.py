"""Describe a bundle as an RO-Crate, for research repositories.

Source: *RO-Crate Metadata Specification 1.2* (researchobject.org, 2025).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kg.graph.rdf.terms import BASE
from kg.publishing.contents import KEYWORDS, Contents
from kg.publishing.files import CHECKSUMS, File, Part
from kg.publishing.licences import Licence, find_licence
from kg.publishing.options import Options

DESCRIPTOR = "ro-crate-metadata.json"
_SPECIFICATION = "https://w3id.org/ro/crate/1.2"
_ONTOLOGY = "ontology/taskkg.ttl"
# The licence that the ontology itself declares.
_ONTOLOGY_LICENCE = "CC-BY-4.0"

Entity = dict[str, Any]


def research_crate(
    contents: Contents, data: Sequence[File], companions: Sequence[File], options: Options
) -> Entity:
    """Return the metadata document of a bundle, as `ro-crate-metadata.json` holds it.

    Without a date of publication the document has no `datePublished`, which RO-Crate requires.

    Args:
        contents: What the bundle is about.
        data: The files that hold the data.
        companions: The files that describe them.
        options: Who publishes it, under which licence, and where.
    """
    files = (*data, *companions)
    entities = [
        {
            "@id": DESCRIPTOR,
            "@type": "CreativeWork",
            "about": _reference("./"),
            "conformsTo": _reference(_SPECIFICATION),
        },
        _dataset(contents, files, options),
        *(_file(file, options) for file in files),
        # Its size and checksum are not known: it is written last.
        _part(CHECKSUMS),
        _publisher(options),
        *_licences(options),
        *_coverage(contents),
        *_provenance(contents, data),
    ]
    if options.contact:
        entities.append(_contact(options.contact, options))
    return {"@context": f"{_SPECIFICATION}/context", "@graph": entities}


def _dataset(contents: Contents, files: Sequence[File], options: Options) -> Entity:
    found: Entity = {
        "@id": "./",
        "@type": "Dataset",
        "name": contents.title_zh,
        "alternateName": contents.title_en,
        "description": f"{contents.description_zh} {contents.description_en}",
        "url": f"{options.base}/index.html",
        "license": _reference(options.licence.iri),
        "publisher": _reference(options.description_iri("publisher")),
        "inLanguage": "zh",
        "keywords": [*KEYWORDS["zh"], *KEYWORDS["en"], *(it.name for it in contents.places)],
        "hasPart": [_reference(part.path) for part in (*(file.part for file in files), CHECKSUMS)],
        "mentions": _reference(_EXTRACTION),
    }
    if options.issued:
        found["datePublished"] = options.issued
    if contents.start:
        found["temporalCoverage"] = f"{contents.start}/{contents.end}"
    if contents.places:
        found["spatialCoverage"] = _references(place.iri for place in contents.places)
    if contents.reports:
        found["isBasedOn"] = _references(contents.reports)
    return found


def _file(file: File, options: Options) -> Entity:
    found = _part(file.part) | {"contentSize": str(file.size), "sha256": file.sha256}
    licence = find_licence(_ONTOLOGY_LICENCE)
    if file.part.path == _ONTOLOGY and options.licence != licence:
        found["license"] = _reference(licence.iri)
    return found


def _part(part: Part) -> Entity:
    is_compressed = part.path.endswith(".gz")
    return {
        "@id": part.path,
        "@type": "File",
        "name": f"{part.zh}（{part.format.name}）",
        "description": f"{part.en} ({part.format.name})",
        "encodingFormat": "application/gzip" if is_compressed else part.format.media,
    }


def _publisher(options: Options) -> Entity:
    found: Entity = {
        "@id": options.description_iri("publisher"),
        "@type": "Organization",
        "name": options.publisher,
    }
    if options.contact:
        found["contactPoint"] = _reference(options.contact)
    return found


def _contact(contact: str, options: Options) -> Entity:
    is_mailbox = contact.startswith("mailto:")
    return {
        "@id": contact,
        "@type": "ContactPoint",
        "name": options.publisher,
        "email" if is_mailbox else "url": contact.removeprefix("mailto:"),
    }


def _licences(options: Options) -> Iterator[Entity]:
    for found in dict.fromkeys((options.licence, find_licence(_ONTOLOGY_LICENCE))):
        yield _licence(found)


def _licence(found: Licence) -> Entity:
    return {
        "@id": found.iri,
        "@type": "CreativeWork",
        "name": found.name,
        "description": f"{found.identifier} in the SPDX License List",
        "identifier": found.identifier,
    }


def _coverage(contents: Contents) -> Iterator[Entity]:
    for place in contents.places:
        found = {"@id": place.iri, "@type": "AdministrativeArea", "name": place.name}
        if place.code:
            found["identifier"] = place.code
        yield found


_EXTRACTION = "#extraction"


def _provenance(contents: Contents, data: Sequence[File]) -> Iterator[Entity]:
    """Yield the reports, the software, and the action that made the data from the reports."""
    for report, title in contents.reports.items():
        yield {"@id": report, "@type": "CreativeWork", "name": title}
    yield {
        "@id": BASE,
        "@type": "SoftwareApplication",
        "name": "taskkg",
        "version": contents.version,
        "url": BASE,
    }
    action: Entity = {
        "@id": _EXTRACTION,
        "@type": "CreateAction",
        "name": contents.provenance_zh,
        "description": contents.provenance_en,
        "instrument": _reference(BASE),
        "result": [_reference(file.part.path) for file in data],
    }
    if contents.reports:
        action["object"] = _references(contents.reports)
    yield action


def _reference(iri: str) -> Entity:
    return {"@id": iri}


def _references(iris: Iterable[str]) -> Entity | list[Entity]:
    """Return references; a single one stands by itself."""
    found = [_reference(iri) for iri in iris]
    return found if len(found) > 1 else found[0]
