"""Read a file of any format as a document; libraries are imported only when needed."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from kg.errors import InputError
from kg.reading.structure.document import Document

# The extra of this package and the libraries that each format needs.
_EXTRAS = {
    "pdf": ("pdf", {"pdfplumber"}),
    "docx": ("office", {"docx", "lxml"}),
    "xlsx": ("office", {"openpyxl"}),
    "xls": ("office", {"lxml", "xlrd"}),
    "ods": ("office", {"odfdo", "lxml"}),
    "odt": ("office", {"odfdo", "lxml"}),
    "html": ("html", {"lxml"}),
}
_MODULES = {
    "pdf": "pdf.pages",
    "docx": "word.docx",
    "odt": "word.odt",
    "xlsx": "sheets.xlsx",
    "xls": "sheets.xls",
    "ods": "sheets.ods",
    "html": "html",
    "md": "markdown",
    "csv": "csv",
    "tsv": "csv",
}


def load(path: Path, kind: str) -> Document:
    """Return the content of a file.

    Args:
        path: The file.
        kind: Its format, as returned by `kg.reading.formats.sniff.kind_of`; not `txt`.

    Raises:
        InputError: The file cannot be read, or a library that its format needs is not installed.
    """
    extra, libraries = _EXTRAS.get(kind, ("", set[str]()))
    try:
        module = import_module(f"kg.reading.formats.{_MODULES[kind]}")
        document: Document = module.read(path)
    except ModuleNotFoundError as error:
        library = (error.name or "").partition(".")[0]
        if library not in libraries:
            raise
        raise InputError(
            f"{path}: reading .{kind} files needs {library}; install it: "
            f"pip install 'taskkg[{extra}]'"
        ) from None
    return document
