"""Read a PDF's objects only as long as its streams do not unpack to more than any table needs."""

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

# A run of up to 128 bytes takes two.
_LONGEST_RUN = 64
_CHUNK = 1 << 16
_PICTURE, _FORM = LIT("Image"), LIT("Form")


class BoundedDocument(PDFDocument):
    """A PDF that counts what its streams unpack to before they are unpacked.

    Pictures are left empty; what is drawn many times counts each time.
    """

    def __init__(self, path: Path, file: BinaryIO) -> None:
        """Read where the objects of a PDF are.

        Args:
            path: The file, named in messages.
            file: The same, open for reading.

        Raises:
            InputError: It would unpack to too much.
        """
        self._path = path
        self._sizes: dict[int, int] = {}
        self._spent = 0
        super().__init__(_BoundedParser(path, file))

    def getobj(self, objid: int) -> object:
        """Return an object.

        Raises:
            InputError: With it, what is unpacked would be too much.
        """
        found = super().getobj(objid)
        if not isinstance(found, PDFStream):
            return found
        if found.get("Subtype") is _PICTURE:
            found.data, found.rawdata = b"", None
        if objid not in self._sizes:
            self._sizes[objid] = size_of(self._path, found)
            self._spent += self._sizes[objid]
        elif found.get("Subtype") is _FORM:
            self._spent += self._sizes[objid]
        if self._spent > STREAM_BYTES:
            raise _too_large(self._path)
        return found


class _BoundedParser(PDFParser):
    """A parser that looks at each stream before the tables of objects in it are unpacked."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self._path = path
        super().__init__(file)

    def push(self, *objs: PSStackEntry[Any]) -> None:
        for _, found in objs:
            if isinstance(found, PDFStream) and found.get("Subtype") is not _PICTURE:
                size_of(self._path, found)
        super().push(*objs)


def size_of(path: Path, stream: PDFStream) -> int:
    """Return how many bytes a stream unpacks to.

    Raises:
        InputError: It would be too many.
    """
    data = stream.rawdata
    if data is None:
        return len(stream.data or b"")
    if stream.decipher and stream.objid is not None and stream.genno is not None:
        data = stream.decipher(stream.objid, stream.genno, data, stream.attrs)
    for name, _ in stream.get_filters():
        if name in LITERALS_FLATE_DECODE:
            data = _inflated(data)
        elif name in LITERALS_LZW_DECODE:
            data = _expanded(data)
        elif name in LITERALS_RUNLENGTH_DECODE:
            data = rldecode(data) if len(data) * _LONGEST_RUN <= STREAM_BYTES else None
        elif name in LITERALS_ASCII85_DECODE:
            data = ascii85decode(data)
        elif name in LITERALS_ASCIIHEX_DECODE:
            data = asciihexdecode(data)
        if data is None:
            raise _too_large(path)
    return len(data)


def _inflated(data: bytes) -> bytes | None:
    """Return what data unpack to, up to where they are damaged."""
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


def _expanded(data: bytes) -> bytes | None:
    found = bytearray()
    for piece in LZWDecoder(BytesIO(data)).run():
        found += piece
        if len(found) > STREAM_BYTES:
            return None
    return bytes(found)


def _too_large(path: Path) -> InputError:
    return InputError(
        f"{path}: would unpack to over {STREAM_BYTES:,} bytes, more than any table of tasks needs; "
        "it was not unpacked: print only the pages of the table to a new PDF"
    )
