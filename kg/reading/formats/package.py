"""Normalise Office packages (ISO 29500) with unusual part names or namespaces, for libraries."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

CONTENT_TYPES = "[Content_Types].xml"
# The namespaces of "Strict" files in the standard, and those that libraries support.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_USUAL = rb"http://schemas.openxmlformats.org/\1/2006/"
_REFERENCE = re.compile(rb"(\b(?:PartName|Target)\s*=\s*)(\"[^\"]*\"|'[^']*')")
# Names that libraries expect with capital letters.
_CAPITALS = {"[content_types].xml": CONTENT_TYPES, "docprops/": "docProps/"}


def normalise_part_name(name: str) -> str:
    r"""Return the name of a part in a uniform spelling; part names are case-insensitive.

    >>> normalise_part_name(r"XL\Workbook.xml"), normalise_part_name("[content_types].XML")
    ('xl/workbook.xml', '[Content_Types].xml')
    """
    name = name.replace("\\", "/").lower()
    for small, usual in _CAPITALS.items():
        name = name.replace(small, usual)
    return name


def normalise_package(path: Path) -> BytesIO:
    r"""Return a copy of a package with uniform part names, references and namespaces.

    Some programs write part names with backslashes, or in another case than the references to
    them; Office can write "Strict" files. Check the package first (`kg.reading.formats.archive`).
    """
    copy = BytesIO()
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(copy, "w") as usual:
        for part in archive.infolist():
            name = normalise_part_name(part.filename).lstrip("/")
            if name.endswith("/"):
                continue
            data = archive.read(part)
            if name.endswith((".xml", ".rels", ".vml")):
                data = _STRICT.sub(_USUAL, data)
            if name.endswith(".rels") or name == CONTENT_TYPES:
                data = _REFERENCE.sub(_normalise_reference, data)
            usual.writestr(name, data)
    return copy


def _normalise_reference(found: re.Match[bytes]) -> bytes:
    return found[1] + normalise_part_name(found[2].decode(errors="replace")).encode()
