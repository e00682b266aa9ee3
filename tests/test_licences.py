from __future__ import annotations

from importlib.metadata import Distribution
from pathlib import Path

import pytest

from scripts.list_licences import find_licence, is_copyleft, verdict


@pytest.mark.parametrize(
    "text",
    [
        "MIT",
        "BSD-3-Clause AND 0BSD AND MIT AND Zlib AND CC0-1.0",
        "MIT OR GPL-2.0",
        "(MIT OR GPL-2.0-only) AND BSD-3-Clause",
        "LGPL-3.0-or-newer; GNU Lesser General Public License v3 (LGPLv3)",
        "GNU Library or Lesser General Public License (LGPL)",
        "Mozilla Public License 2.0 (MPL 2.0)",
        "MPL-2.0 AND MIT",
    ],
)
def test_licences_that_are_allowed(text: str) -> None:
    assert not is_copyleft(text)
    assert verdict("example", text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "GPL",
        "GPLv3+",
        "GPL v3 or later",
        "GPL-2.0-or-later",
        "GPL-2.0-only OR AGPL-3.0-only",
        "(MIT OR Apache-2.0) AND GPL-3.0-only",
        "MIT AND GPL-3.0-only",
        "GNU General Public License v2 (GPLv2)",
        "AGPL; GNU Affero General Public License v3 or later (AGPLv3+)",
        "LGPL-2.1 AND GPL-3.0",
        "MIT License; GNU General Public License (GPL)",
    ],
)
def test_licences_that_are_not_allowed(text: str) -> None:
    assert is_copyleft(text)
    assert verdict("example", text)


def test_a_licence_that_is_not_told_must_be_listed() -> None:
    assert verdict("example", "").startswith("unknown")
    assert verdict("pyLODE", "") == ""


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("License-Expression: MIT", "MIT"),
        ("License: UNKNOWN\nClassifier: License :: OSI Approved :: ISC License", "ISC License"),
        ("License: BSD\nClassifier: License :: OSI Approved", "BSD"),
        ("License: see LICENSE.txt", ""),
        (f"License: {'Copyright ' * 50}", ""),
        ("Classifier: Typing :: Typed", ""),
    ],
)
def test_metadata(tmp_path: Path, told: str, expected: str) -> None:
    (tmp_path / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: example\n{told}\n\n", encoding="utf-8"
    )
    assert find_licence(Distribution.at(tmp_path)) == expected
