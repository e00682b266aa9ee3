"""Write OpenDocument files as plain XML, with parts that office programs rarely write."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
_NAMES = " ".join(
    f'xmlns:{name}="{NAMESPACE.format(of)}"'
    for name, of in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("draw", "drawing"),
        ("style", "style"),
    )
)
_MIME = "application/vnd.oasis.opendocument."


def cell(text: str, attribute: str = "", value: int | str = 1) -> str:
    """Return a cell with one attribute."""
    told = f' table:{attribute}="{value}"' if attribute else ""
    shown = f"<text:p>{escape(text)}</text:p>" if text else ""
    return f"<table:table-cell{told}>{shown}</table:table-cell>"


def row(cells: str, attribute: str = "", value: int | str = 1) -> str:
    told = f' table:{attribute}="{value}"' if attribute else ""
    return f"<table:table-row{told}>{cells}</table:table-row>"


def rows_of(rows: Iterable[Sequence[str]]) -> list[str]:
    return [row("".join(map(cell, texts))) for texts in rows]


def table(rows: Iterable[str], before: str = "", attributes: str = 'table:name="表1"') -> str:
    return f"<table:table {attributes}>{before}{''.join(rows)}</table:table>"


def write_ods(path: Path, rows: Iterable[str], further: str = "", styles: str = "") -> Path:
    """Write a spreadsheet of one sheet with these rows, and further sheets."""
    return _write(path, "spreadsheet", table(rows) + further, styles)


def write_odt(path: Path, body: str) -> Path:
    """Write a text."""
    return _write(path, "text", body)


def _write(path: Path, kind: str, body: str, styles: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", _MIME + kind, zipfile.ZIP_STORED)
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMES}>'
            f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
            f"<office:{kind}>{body}</office:{kind}></office:body></office:document-content>",
        )
        meta = f"<office:document-meta {_NAMES}><office:meta/></office:document-meta>"
        archive.writestr("meta.xml", meta)
    return path
