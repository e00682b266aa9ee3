"""Files that tests write."""

from __future__ import annotations

from pathlib import Path


def text_file(path: Path, text: str) -> Path:
    """Write a text in UTF-8 and return the path."""
    path.write_text(text, encoding="utf-8")
    return path
