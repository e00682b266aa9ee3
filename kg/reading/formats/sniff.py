"""Detect the format of a file by its suffix, and check it against the content."""

from __future__ import annotations

import zipfile
from pathlib import Path

from kg.errors import InputError
from kg.reading.formats.package import normalise_part_name

SUFFIXES = {
    ".csv": "csv",
    ".docx": "docx",
    ".htm": "html",
    ".html": "html",
    ".markdown": "md",
    ".md": "md",
    ".ods": "ods",
    ".odt": "odt",
    ".pdf": "pdf",
    ".tsv": "tsv",
    ".txt": "txt",
    ".xls": "xls",
    ".xlsx": "xlsx",
}
_NAMES = {
    "docx": "a Word document",
    "excel_xml": "an Excel 2003 XML workbook",
    "html": "a web page",
    "ods": "an OpenDocument spreadsheet",
    "odt": "an OpenDocument text",
    "ole": "an old Office document",
    "pdf": "a PDF",
    "xls": "an old Excel workbook",
    "xlsx": "an Excel workbook",
    "zip": "a ZIP archive",
    "image": "a picture",
    "rtf": "rich text",
}
_BINARY = ("docx", "ods", "odt", "pdf", "xls", "xlsx")
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
# The namespace of Excel 2003 XML.
_EXCEL_XML = b"urn:schemas-microsoft-com:office:spreadsheet"
_ADVICE = {
    ".doc": "save it as .docx",
    ".et": "save it as .xlsx",
    ".fods": "save it as .ods",
    ".fodt": "save it as .odt",
    ".wps": "save it as .docx",
    ".xml": "save it as .xlsx or .docx",
}


def kind_of(path: Path) -> str:
    """Return the format of a file, one of the values of `SUFFIXES`.

    Raises:
        InputError: The file does not exist, or its format is unknown or not that of its content.
    """
    suffix = path.suffix.lower()
    kind = SUFFIXES.get(suffix)
    if kind is None and path.exists() and not path.is_dir():
        advice = _ADVICE.get(suffix, f"give a {' '.join(sorted(SUFFIXES))} file")
        raise InputError(f"{path}: unknown format “{path.suffix}”; {advice}")
    found = _detect_content(path)
    if kind in _BINARY and found == "ole" and _is_encrypted(path):
        raise InputError(f"{path}: is encrypted; open it with its password and save it without one")
    if kind == "xls" and found == "ole":
        raise InputError(f"{path}: is damaged or not a workbook; open it and save it as .xlsx")
    if kind in _BINARY and found != kind and (kind, found) != ("xls", "excel_xml"):
        what = _NAMES.get(found, "text") if found else "empty"
        raise InputError(f"{path}: is {what}, not {_NAMES[kind]}; {_advice_for(found)}")
    if kind not in _BINARY and found in _NAMES and found not in (kind, "html"):
        raise InputError(f"{path}: is {_NAMES[found]}, not text; {_advice_for(found)}")
    if kind in ("csv", "tsv", "txt") and found == "html":
        raise InputError(f"{path}: is a web page, not a table of text; {_advice_for(found)}")
    assert kind
    return kind


def _advice_for(found: str) -> str:
    if found in SUFFIXES.values():
        return f"rename it to .{found}"
    if found == "excel_xml":
        return "rename it to .xls, or save it as .xlsx"
    if found in ("ole", "rtf"):
        return "save it as .docx"
    if found == "text":
        return "rename it to .csv or .txt, or save it again if it is damaged"
    if found == "image":
        return "run OCR (text recognition) on it and give its text"
    return "save the document again"


def _detect_content(path: Path) -> str:
    """Return the format that the first bytes of a file indicate, by default `text`."""
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except FileNotFoundError:
        raise InputError(f"{path}: no such file; check the path") from None
    except IsADirectoryError:
        raise InputError(f"{path}: is a folder; give a file in it") from None
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read ({error.strerror}); check its permissions"
        ) from None
    if not head:
        return ""
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _detect_archive(path)
    if head.startswith(_OLE):
        return "xls" if _has_stream(path, "Workbook") or _has_stream(path, "Book") else "ole"
    if head.startswith(_IMAGES):
        return "image"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    # XML may be in UTF-16.
    text = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n")
    if text.startswith((b"<?xml", b"<Workbook", b"<ss:Workbook")) and _EXCEL_XML in text:
        return "excel_xml"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:512].lower()
    if start.startswith((b"<!doctype html", b"<html")) or (
        start.startswith(b"<?xml") and b"<html" in start
    ):
        return "html"
    return "text"


def _detect_archive(path: Path) -> str:
    """Return the format of an archive; if it cannot be opened, the format of its suffix."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = {normalise_part_name(name) for name in archive.namelist()}
            if "word/document.xml" in names:
                return "docx"
            if "xl/workbook.xml" in names:
                return "xlsx"
            if "mimetype" in names:
                with archive.open("mimetype") as file:
                    mime = file.read(100)
                return "ods" if b"spreadsheet" in mime else "odt" if b"text" in mime else "zip"
    except (zipfile.BadZipFile, KeyError, OSError, NotImplementedError, RuntimeError):
        return SUFFIXES.get(path.suffix.lower(), "zip")
    return "zip"


def is_old_office(path: Path) -> bool:
    """Return whether a file begins like the binary files of Office up to 2003."""
    with path.open("rb") as file:
        return file.read(len(_OLE)) == _OLE


def _has_stream(path: Path, name: str) -> bool:
    """Return whether an old Office file has a stream with this name."""
    return name.encode("utf-16-le") + b"\0\0" in path.read_bytes()


def _is_encrypted(path: Path) -> bool:
    return _has_stream(path, "EncryptedPackage")
