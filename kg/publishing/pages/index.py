"""The index page and the README of a bundle."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from kg.publishing.columns import SEPARATOR
from kg.publishing.contents import Contents
from kg.publishing.files import File
from kg.publishing.formats.xml_writer import clean
from kg.publishing.options import Options
from kg.publishing.templates import render


def write_pages(contents: Contents, files: Sequence[File], options: Options, folder: Path) -> None:
    """Write `index.html` and `README.md`.

    Args:
        contents: The subject of the bundle.
        files: The files with the data.
        options: The publisher, licence and address.
        folder: The folder of the bundle.
    """
    values = {"contents": contents, "files": files, "options": options}
    page = render("index.html", search=_search_metadata(contents, files, options), **values)
    (folder / "index.html").write_text(page, encoding="utf-8", newline="\n")
    text = render("README.md", separator=SEPARATOR, **values)
    (folder / "README.md").write_text(text, encoding="utf-8", newline="\n")


def _search_metadata(contents: Contents, files: Sequence[File], options: Options) -> str:
    """Return metadata for search engines: schema.org in JSON-LD, for a script element."""
    found: dict[str, object] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": options.description_iri("dataset"),
        "name": [contents.title_zh, contents.title_en],
        "description": f"{contents.description_zh} {contents.description_en}",
        "url": f"{options.base}/index.html",
        "license": options.licence.iri,
        "isAccessibleForFree": True,
        "inLanguage": "zh",
        "creator": {"@type": "Organization", "name": options.publisher},
        "spatialCoverage": [{"@type": "Place", "name": place.name} for place in contents.places],
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": f"{options.base}/{file.part.path}",
                "encodingFormat": file.part.format.media,
                "contentSize": f"{file.size} B",
            }
            for file in files
        ],
    }
    if contents.start:
        found["temporalCoverage"] = f"{contents.start}/{contents.end}"
    if options.issued:
        found["datePublished"] = options.issued
    text = json.dumps(found, ensure_ascii=False, indent=1)
    # A name must not end the script element (HTML Standard, “Restrictions for contents of script
    # elements”).
    return clean(text).replace("<", "\\u003c")
