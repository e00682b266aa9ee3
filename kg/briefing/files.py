"""Briefings as files: Word, PowerPoint, PDF, and the message as a picture."""

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
    """Return the forms that can be made here: all but svg need `taskkg[briefing]`."""
    if not can_write_png():
        return ("svg",)
    office = tuple(form for form in ("docx", "pptx") if find_spec(form))
    return (*office, "pdf", "png", "svg")


def to_file(briefing: Briefing, form: str) -> bytes:
    """Return a briefing as a file.

    Args:
        briefing: The briefing.
        form: One of `MEDIA`: docx, pptx, pdf; or png or svg for its message alone.

    Raises:
        InputError: There is no such form, or a library or font is missing.
    """
    if form not in _WRITERS:
        raise InputError(f"“{form}”: no form of a briefing; there are {', '.join(_WRITERS)}")
    return _WRITERS[form](briefing)


def form_of(path: str) -> str:
    """Return the form of a briefing that a file's name asks for.

    Raises:
        InputError: Its ending tells none.

    >>> form_of("简报.docx")
    'docx'
    """
    form = PurePath(path).suffix.lower().removeprefix(".")
    if form not in _WRITERS:
        raise InputError(f"{path}: name it with one of the endings .{', .'.join(_WRITERS)}")
    return form
