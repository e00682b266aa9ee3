"""Expand folders and patterns to the files in them."""

from __future__ import annotations

import glob
from collections.abc import Sequence
from pathlib import Path, PurePath

from kg.errors import InputError
from kg.reading.formats.sniff import SUFFIXES

# Files in a folder of tables that are not tables: decisions, mappings, descriptions.
_BESIDE = frozenset(("curation", "mapping", "readme", "licence", "license", "changelog"))


def expand_sources(sources: Sequence[str | Path]) -> tuple[list[Path], bool]:
    """Return the files of some sources, and whether any source is a folder or a pattern.

    Args:
        sources: Files, folders, and patterns such as `2021/*.pdf`.

    Raises:
        InputError: A folder or a pattern contains no file that may be a table.
    """
    found: list[Path] = []
    many = False
    for source in sources:
        inside = _expand_source(source)
        many = many or inside is not None
        found += [path for path in inside if path not in found] if inside else [Path(source)]
    return found, many


def _expand_source(source: str | Path) -> list[Path] | None:
    """Return the tables in a folder or of a pattern, or None if it is a file."""
    path = Path(source)
    if path.is_dir():
        candidates = sorted(path.rglob("*"))
    elif glob.has_magic(str(source)) and not path.exists():
        candidates = sorted(map(Path, glob.glob(str(source), recursive=True)))  # noqa: PTH207
    else:
        return None
    found = [path for path in candidates if is_table_name(path.name) and path.is_file()]
    if not found:
        raise no_table_error(source)
    return found


def no_table_error(source: str | Path) -> InputError:
    """Return the error for a folder or a pattern without tables."""
    return InputError(
        f"{source}: contains no file that may be a table; give one of {' '.join(sorted(SUFFIXES))}"
    )


def is_table_name(name: str) -> bool:
    """Return whether a file may be a table by its name; names in `.` and `~$` are hidden files.

    >>> is_table_name("10.xlsx"), is_table_name("README.md"), is_table_name("~$10.xlsx")
    (True, False, False)
    """
    return (
        PurePath(name).suffix.lower() in SUFFIXES
        and name.partition(".")[0].lower() not in _BESIDE
        and not name.startswith((".", "~$"))
    )
