"""Convert briefings to files: Word, PowerPoint, PDF, and the message as a picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import PurePath

from kg.briefing.content import Briefing
from kg.briefing.pdf import to_pdf
from kg.briefing.slides import to_slides
from kg.briefing.word import to_word
from kg.charts.files import can_write_png, to_png, to_svg
from kg.errors import InputError

_OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA: Mapping[str, str] = {
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "pptx": f"{_OFFICE}.presentationml.presentation",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
}
_WRITERS: Mapping[str, Callable[[Briefing], bytes]] = {
    "docx": to_word,
    "pptx": to_slides,
    "pdf": to_pdf,
    "png": lambda briefing: to_png(briefing.picture),
    "svg": lambda briefing: to_svg(briefing.picture),
}


def available_forms() -> tuple[str, ...]:
    """Return the available file formats: all except svg need `taskkg[briefing]`."""
    if not can_write_png():
        return ("svg",)
    office = tuple(form for form in ("docx", "pptx") if find_spec(form))
    return (*office, "pdf", "png", "svg")


def to_file(briefing: Briefing, form: str) -> bytes:
    """Return a briefing as a file.

    Args:
        briefing: The briefing.
        form: One of `MEDIA`: docx, pptx, pdf; png and svg are only the message as a picture.

    Raises:
        InputError: There is no such format, or a library or font is missing.
    """
    if form not in _WRITERS:
        raise InputError(f"“{form}”: not a format of briefings; use one of {', '.join(_WRITERS)}")
    return _WRITERS[form](briefing)


def parse_form(path: str) -> str:
    """Return the format of a briefing from the extension of its file.

    Raises:
        InputError: The extension is not known.

    >>> parse_form("简报.docx")
    'docx'
    """
    form = PurePath(path).suffix.lower().removeprefix(".")
    if form not in _WRITERS:
        raise InputError(f"{path}: use one of the extensions .{', .'.join(_WRITERS)}")
    return form
