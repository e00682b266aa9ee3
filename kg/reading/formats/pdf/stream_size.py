"""Limit the size to which the streams of a PDF may be unpacked."""

from __future__ import annotations

import zlib
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from pdfminer.ascii85 import ascii85decode, asciihexdecode
from pdfminer.lzw import LZWDecoder
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import (
    LITERALS_ASCII85_DECODE,
    LITERALS_ASCIIHEX_DECODE,
    LITERALS_FLATE_DECODE,
    LITERALS_LZW_DECODE,
    LITERALS_RUNLENGTH_DECODE,
    PDFStream,
)
from pdfminer.psparser import LIT, PSStackEntry
from pdfminer.runlength import rldecode

from kg.errors import InputError
from kg.reading.budget import STREAM_BYTES

# How many times its size run-length encoded data may unpack to: 128 bytes from two.
_LONGEST_RUN = 64
_CHUNK = 1 << 16
_PICTURE, _FORM = LIT("Image"), LIT("Form")


class BoundedDocument(PDFDocument):
    """A PDF that computes the sizes of its streams before they are unpacked.

    Pictures are left empty; a form that is drawn several times counts each time.
    """

    def __init__(self, path: Path, file: BinaryIO) -> None:
        """Read the object tables of a PDF.

        Args:
            path: The file, named in messages.
            file: The same file, open for reading.

        Raises:
            InputError: A stream would unpack to too many bytes.
        """
        self._path = path
        self._sizes: dict[int, int] = {}
        self._spent = 0
        super().__init__(_BoundedParser(path, file))

    def getobj(self, objid: int) -> object:
        """Return an object.

        Raises:
            InputError: The streams read so far would unpack to too many bytes.
        """
        found = super().getobj(objid)
        if not isinstance(found, PDFStream):
            return found
        if found.get("Subtype") is _PICTURE:
            found.data, found.rawdata = b"", None
        if objid not in self._sizes:
            self._sizes[objid] = unpacked_size(self._path, found)
            self._spent += self._sizes[objid]
        elif found.get("Subtype") is _FORM:
            self._spent += self._sizes[objid]
        if self._spent > STREAM_BYTES:
            raise _too_large_error(self._path)
        return found


class _BoundedParser(PDFParser):
    """A parser that checks the size of each stream before an object table in it is unpacked."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self._path = path
        super().__init__(file)

    def push(self, *objs: PSStackEntry[Any]) -> None:
        for _, found in objs:
            if isinstance(found, PDFStream) and found.get("Subtype") is not _PICTURE:
                unpacked_size(self._path, found)
        super().push(*objs)


def unpacked_size(path: Path, stream: PDFStream) -> int:
    """Return the number of bytes that a stream unpacks to.

    Raises:
        InputError: The number is too large.
    """
    data = stream.rawdata
    if data is None:
        return len(stream.data or b"")
    if stream.decipher and stream.objid is not None and stream.genno is not None:
        data = stream.decipher(stream.objid, stream.genno, data, stream.attrs)
    for name, _ in stream.get_filters():
        if name in LITERALS_FLATE_DECODE:
            data = _inflate(data)
        elif name in LITERALS_LZW_DECODE:
            data = _expand_lzw(data)
        elif name in LITERALS_RUNLENGTH_DECODE:
            data = rldecode(data) if len(data) * _LONGEST_RUN <= STREAM_BYTES else None
        elif name in LITERALS_ASCII85_DECODE:
            data = ascii85decode(data)
        elif name in LITERALS_ASCIIHEX_DECODE:
            data = asciihexdecode(data)
        if data is None:
            raise _too_large_error(path)
    return len(data)


def _inflate(data: bytes) -> bytes | None:
    """Return unpacked data up to where they are damaged, or None if they are too large."""
    found = bytearray()
    unpacker = zlib.decompressobj()
    for start in range(0, len(data), _CHUNK):
        try:
            found += unpacker.decompress(
                data[start : start + _CHUNK], STREAM_BYTES + 1 - len(found)
            )
        except zlib.error:
            break
        if len(found) > STREAM_BYTES:
            return None
    return bytes(found)


def _expand_lzw(data: bytes) -> bytes | None:
    """Return unpacked data, or None if they are too large."""
    found = bytearray()
    for piece in LZWDecoder(BytesIO(data)).run():
        found += piece
        if len(found) > STREAM_BYTES:
            return None
    return bytes(found)


def _too_large_error(path: Path) -> InputError:
    return InputError(
        f"{path}: would unpack to over {STREAM_BYTES:,} bytes, more than any table of tasks needs; "
        "it was not unpacked: print only the pages of the table to a new PDF"
    )
