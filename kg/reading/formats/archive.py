"""Check office documents for zip bombs and XML entities before they are opened."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import InputError
from kg.reading.budget import PARTS, RATIO_FROM, UNPACKED_BYTES, UNPACKED_RATIO

_CHUNK = 1 << 20
# Entities are declared in a document type declaration, which no Office program writes.
_DOCTYPE = re.compile(rb"<\0?!\0?D\0?O\0?C\0?T\0?Y\0?P\0?E|<\0?!\0?E\0?N\0?T\0?I\0?T\0?Y")


@contextmanager
def readable_as(path: Path, kind_name: str) -> Iterator[None]:
    """Read a file in a `with` block; for a damaged one, libraries raise many types of exceptions.

    Raises:
        InputError: Reading the file failed.
    """
    try:
        yield
    except (InputError, ModuleNotFoundError):
        raise
    except Exception as error:
        raise InputError(
            f"{path}: cannot be read as {kind_name} ({type(error).__name__}); "
            "open it in an office program and save it again"
        ) from None


def check_archive(path: Path) -> None:
    """Check that a file is a valid archive, not too large to unpack, and without XML entities.

    Raises:
        InputError: The archive is damaged, too large, or declares XML entities.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _check_sizes(path, archive.infolist())
            for part in archive.infolist():
                if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                    _check_part(path, archive, part)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
        raise InputError(
            f"{path}: is damaged; open it in an office program and save it again"
        ) from None


def _check_sizes(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    size = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    if len(parts) > PARTS or size > UNPACKED_BYTES:
        raise InputError(
            f"{path}: would unpack to {size:,} bytes in {len(parts):,} parts, more than any table "
            "of tasks needs; it was not opened: save only the table and try again"
        )
    if size > RATIO_FROM and size / packed > UNPACKED_RATIO:
        raise InputError(
            f"{path}: would unpack to {size / packed:,.0f} times its size, as zip bombs do; "
            "it was not opened: save the table again"
        )


def _check_part(path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    rest = b""
    with archive.open(part) as file:
        while chunk := file.read(_CHUNK):
            if _DOCTYPE.search(rest + chunk):
                raise InputError(
                    f"{path}: declares XML entities in {part.filename}, which no Office program "
                    "does; they are never resolved: open it in an office program and save it again"
                )
            rest = chunk[-64:]
