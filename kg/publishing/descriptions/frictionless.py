"""Describe a bundle as a Frictionless data package.

Source: *Data Package* and *Tabular Data Resource* (Frictionless Data, v1).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kg.publishing.columns import TABLES
from kg.publishing.contents import Contents
from kg.publishing.descriptions.table_metadata import table_schema
from kg.publishing.files import File
from kg.publishing.options import Options


def data_package(contents: Contents, files: Sequence[File], options: Options) -> dict[str, Any]:
    """Return the descriptor of a bundle for `datapackage.json`.

    Args:
        contents: The subject of the bundle.
        files: The files with the data.
        options: The publisher, licence and address.
    """
    found: dict[str, Any] = {
        "profile": "data-package",
        "name": "government-tasks",
        "id": options.description_iri("dataset"),
        "title": contents.title_zh,
        "description": f"{contents.description_zh} {contents.description_en}",
        "homepage": f"{options.base}/index.html",
        "licenses": [
            {
                "name": options.licence.identifier,
                "path": options.licence.iri,
                "title": options.licence.name,
            }
        ],
        "contributors": [{"title": options.publisher, "role": "publisher"}],
        "sources": [{"title": title} for title in contents.reports.values()],
        "image": "summary.svg",
        "resources": [_resource(file) for file in files],
    }
    if options.issued:
        found["created"] = f"{options.issued}T00:00:00Z"
    return found


def _resource(file: File) -> dict[str, Any]:
    path = file.part.path
    described: dict[str, Any] = {
        "name": path.removeprefix("tables/").removesuffix(".csv"),
        "path": path,
        "title": file.part.zh,
        "description": file.part.en,
        "format": path.rpartition(".")[2],
        "mediatype": file.part.format.media,
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
    }
    for table in TABLES:
        if path == f"tables/{table.name}.csv":
            described["profile"] = "tabular-data-resource"
            described["encoding"] = "utf-8"
            described["schema"] = table_schema(table)
    return described
