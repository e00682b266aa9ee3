"""List version, size in MB and licence of each package that the environment holds which runs this.

usage: python scripts/list_licences.py

Exits 1 if a package is under the GPL or the AGPL, or does not tell its licence. The LGPL and the
MPL are allowed, and so is the GPL where another licence may be chosen ("MIT OR GPL-2.0-only").
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import Distribution, distributions
from pathlib import Path

# Packages whose metadata name no licence: which it is, and where that stands.
KNOWN = {"pylode": "BSD-3-Clause (by its file LICENSE)"}

_LESSER = re.compile(r"(Lesser|Library) General Public Licen[sc]e", re.IGNORECASE)
_COPYLEFT = re.compile(r"\bA?GPL|General Public Licen[sc]e|GNU Public|Affero", re.IGNORECASE)
_NO_NAME = re.compile(r"unknown|see |licen[sc]e\b|osi approved$", re.IGNORECASE)
# A name is no longer; what is, is the text of a licence, which may speak of others.
_LONGEST = 200


def licence(package: Distribution) -> str:
    """Return what the metadata of a package tell of its licence, empty if nothing."""
    told = package.metadata
    if expressions := told.get_all("License-Expression"):
        return str(expressions[0])
    names = [str(name) for name in told.get_all("License") or []]
    names += [
        str(classifier).rpartition(" :: ")[2]
        for classifier in told.get_all("Classifier") or []
        if str(classifier).startswith("License ::")
    ]
    names = [" ".join(name.split()) for name in names]
    return "; ".join(
        name for name in names if name and len(name) <= _LONGEST and not _NO_NAME.match(name)
    )


def is_copyleft(text: str) -> bool:
    """Return whether a licence is the GPL or the AGPL, and no other may be chosen.

    Of names beside each other, which do not say whether one may choose, each counts.
    """
    text = text.strip()
    # In SPDX's expressions AND binds closer; in "GPL v3 or later", "or" leaves no choice.
    for word, rule in (("; ", any), (" OR ", all), (" AND ", any)):
        parts = _parts(text, word)
        if len(parts) > 1:
            return rule(is_copyleft(part) for part in parts)
    if text.startswith("(") and text.endswith(")"):
        return is_copyleft(text[1:-1])
    return bool(_COPYLEFT.search(_LESSER.sub("", text)))


def _parts(text: str, word: str) -> list[str]:
    """Split a text at a word, but not in brackets."""
    parts, depth = [""], 0
    for piece in re.split(rf"([()]|{word})", text):
        depth += {"(": 1, ")": -1}.get(piece, 0)
        if piece == word and depth == 0:
            parts.append("")
        else:
            parts[-1] += piece
    return parts


def verdict(name: str, text: str) -> str:
    """Return why a licence is not allowed, empty if it is."""
    if not text:
        return "" if name.lower() in KNOWN else "unknown: look it up, and add it to KNOWN"
    return "not allowed" if is_copyleft(text) else ""


def main() -> int:
    """Print the list; return the exit code."""
    faults, total = 0, 0.0
    for package in sorted(distributions(), key=lambda package: package.name.lower()):
        text = licence(package)
        files = (Path(str(package.locate_file(file))) for file in package.files or [])
        size = sum(file.stat().st_size for file in files if file.is_file()) / 1e6
        fault = verdict(package.name, text)
        faults += bool(fault)
        total += size
        shown = text or KNOWN.get(package.name.lower(), "")
        told = f"{shown} — {fault}" if fault else shown
        print(f"{package.name:28} {package.version:18} {size:7.1f}  {told}")
    print(f"{'total':28} {'':18} {total:7.1f}")
    return min(faults, 1)


if __name__ == "__main__":
    sys.exit(main())
