"""List version, size in MB and licence of each package in this Python environment.

usage: python scripts/list_licences.py

The exit code is 1 if a package is under the GPL or the AGPL, or does not name its licence. The LGPL
and the MPL are allowed, and so is the GPL if there is a choice ("MIT OR GPL-2.0-only").
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import Distribution, distributions
from pathlib import Path

# The licences of packages whose metadata name none, with the source.
KNOWN = {"pylode": "BSD-3-Clause (by its file LICENSE)"}

_LESSER = re.compile(r"(Lesser|Library) General Public Licen[sc]e", re.IGNORECASE)
_COPYLEFT = re.compile(r"\bA?GPL|General Public Licen[sc]e|GNU Public|Affero", re.IGNORECASE)
_NO_NAME = re.compile(r"unknown|see |licen[sc]e\b|osi approved$", re.IGNORECASE)
# Longer values are texts of licences, not names, and may mention other licences.
_LONGEST = 200


def find_licence(package: Distribution) -> str:
    """Return the licence in the metadata of a package, or an empty string."""
    metadata = package.metadata
    if expressions := metadata.get_all("License-Expression"):
        return str(expressions[0])
    names = [str(name) for name in metadata.get_all("License") or []]
    names += [
        str(classifier).rpartition(" :: ")[2]
        for classifier in metadata.get_all("Classifier") or []
        if str(classifier).startswith("License ::")
    ]
    names = [" ".join(name.split()) for name in names]
    return "; ".join(
        name for name in names if name and len(name) <= _LONGEST and not _NO_NAME.match(name)
    )


def is_copyleft(text: str) -> bool:
    """Return whether a licence is the GPL or the AGPL, without a choice of another.

    If several licences are listed without saying whether there is a choice, all of them count.
    """
    text = text.strip()
    # In SPDX expressions AND has precedence; the "or" in "GPL v3 or later" is not a choice.
    for word, rule in (("; ", any), (" OR ", all), (" AND ", any)):
        parts = _split_outside_brackets(text, word)
        if len(parts) > 1:
            return rule(is_copyleft(part) for part in parts)
    if text.startswith("(") and text.endswith(")"):
        return is_copyleft(text[1:-1])
    return bool(_COPYLEFT.search(_LESSER.sub("", text)))


def _split_outside_brackets(text: str, word: str) -> list[str]:
    """Split a text at a word, except in brackets."""
    parts, depth = [""], 0
    for piece in re.split(rf"([()]|{word})", text):
        depth += {"(": 1, ")": -1}.get(piece, 0)
        if piece == word and depth == 0:
            parts.append("")
        else:
            parts[-1] += piece
    return parts


def verdict(name: str, text: str) -> str:
    """Return why a licence is not allowed, or an empty string if it is."""
    if not text:
        return "" if name.lower() in KNOWN else "unknown: look it up, and add it to KNOWN"
    return "not allowed" if is_copyleft(text) else ""


def main() -> int:
    """Print the list; return the exit code."""
    faults, total = 0, 0.0
    for package in sorted(distributions(), key=lambda package: package.name.lower()):
        text = find_licence(package)
        files = (Path(str(package.locate_file(file))) for file in package.files or [])
        size = sum(file.stat().st_size for file in files if file.is_file()) / 1e6
        fault = verdict(package.name, text)
        faults += bool(fault)
        total += size
        shown = text or KNOWN.get(package.name.lower(), "")
        remark = f"{shown} — {fault}" if fault else shown
        print(f"{package.name:28} {package.version:18} {size:7.1f}  {remark}")
    print(f"{'total':28} {'':18} {total:7.1f}")
    return min(faults, 1)


if __name__ == "__main__":
    sys.exit(main())
