"""Read a text file, whatever its encoding."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path

from kg.errors import InputError

_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
# XML and some Turtle parsers do not allow these.
_NONE = re.compile(r"[\ufffe\uffff]")
_ENCODINGS = ("utf-8-sig", "gb18030")


def read_text(path: Path) -> str:
    """Return the text of a file in UTF-8 (with or without byte-order mark), GB18030 or UTF-16.

    UTF-16, in which Excel saves "Unicode text", is recognised by its byte-order mark.

    Raises:
        InputError: The file is missing, unreadable, empty, or not text.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{path}: no such file; check the path") from None
    except IsADirectoryError:
        raise InputError(f"{path}: is a folder; give a file in it") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check permissions") from None
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        data = _convert_to_utf8(path, data)
    if not data.removeprefix(BOM_UTF8).strip():
        raise InputError(f"{path}: is empty; export the table again")
    control = _CONTROL.search(data)
    if control:
        raise InputError(
            f"{path}: is not a text file (byte {control.start() + 1} is a control character); "
            "save the table as .txt or .csv, in UTF-8"
        )
    for encoding in _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            position = error.start
            continue
        if none := _NONE.search(text):
            line = text.count("\n", 0, none.start()) + 1
            raise InputError(
                f"{path}: line {line} contains U+{ord(none[0]):04X}, which is not a character; "
                "delete it"
            )
        return text
    line = data.count(b"\n", 0, position) + 1
    raise InputError(
        f"{path}: line {line} is neither UTF-8 nor GB18030; save the file as UTF-8"
    ) from None


def _convert_to_utf8(path: Path, data: bytes) -> bytes:
    """Convert UTF-16 to UTF-8."""
    try:
        return data.decode("utf-16").encode()
    except UnicodeDecodeError:
        raise InputError(
            f"{path}: begins as UTF-16 but is not valid UTF-16; save the file as UTF-8"
        ) from None
