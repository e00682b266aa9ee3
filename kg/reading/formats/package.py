"""Open Office packages (ISO 29500) that are told in unusual ways, as if they were told as usual."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

CONTENT_TYPES = "[Content_Types].xml"
# The namespaces of the standard's "Strict" files, and those that libraries know.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_USUAL = rb"http://schemas.openxmlformats.org/\1/2006/"
_REFERENCE = re.compile(rb"(\b(?:PartName|Target)\s*=\s*)(\"[^\"]*\"|'[^']*')")
# Names in which libraries look for capital letters.
_CAPITALS = {"[content_types].xml": CONTENT_TYPES, "docprops/": "docProps/"}


def usual_name(name: str) -> str:
    r"""Return the name of a part in one spelling; in packages, letters of either case are the same.

    >>> usual_name(r"XL\Workbook.xml"), usual_name("[content_types].XML")
    ('xl/workbook.xml', '[Content_Types].xml')
    """
    name = name.replace("\\", "/").lower()
    for small, usual in _CAPITALS.items():
        name = name.replace(small, usual)
    return name


def usual_package(path: Path) -> BytesIO:
    r"""Return a package with its parts named as they refer to each other, in usual namespaces.

    Some programs write backslashes in the names of parts, or other letters than elsewhere; Office
    writes "Strict" files. The package must be checked before (`kg.reading.formats.archive`).
    """
    copy = BytesIO()
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(copy, "w") as usual:
        for part in archive.infolist():
            name = usual_name(part.filename).lstrip("/")
            if name.endswith("/"):
                continue
            data = archive.read(part)
            if name.endswith((".xml", ".rels", ".vml")):
                data = _STRICT.sub(_USUAL, data)
            if name.endswith(".rels") or name == CONTENT_TYPES:
                data = _REFERENCE.sub(_usual_reference, data)
            usual.writestr(name, data)
    return copy


def _usual_reference(found: re.Match[bytes]) -> bytes:
    return found[1] + usual_name(found[2].decode(errors="replace")).encode()
