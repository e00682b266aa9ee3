from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "dependencies.md"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ROW = re.compile(r"^\| (\S+) \| `(\S+)` \| [^|]+ \| [^|]+ \| ([^|]+) \|$", re.MULTILINE)
EXTRA = re.compile(r"^\| `(\w+)` \| [^|]+ \|([^|]*)\|$", re.MULTILINE)


def test_the_table_names_the_dependencies_of_the_project() -> None:
    extras = {"—": PROJECT["dependencies"], **PROJECT["optional-dependencies"]}
    expected = sorted(
        (found.name, sorted(map(str, found.specifier)), extra)
        for extra, texts in extras.items()
        for found in map(Requirement, texts)
        if found.name != PROJECT["name"]
    )
    text = DOCUMENT.read_text(encoding="utf-8")
    told = sorted(
        (name, sorted(versions.split(",")), extra)
        for name, versions, names in ROW.findall(text)
        for extra in names.split(", ")
    )
    assert told == expected


def test_the_table_names_the_extras_of_the_project() -> None:
    expected = {
        extra: sorted(
            held
            for found in map(Requirement, texts)
            if found.name == PROJECT["name"]
            for held in found.extras
        )
        for extra, texts in PROJECT["optional-dependencies"].items()
    }
    told = {
        extra: sorted(names.replace(",", " ").split())
        for extra, names in EXTRA.findall(DOCUMENT.read_text(encoding="utf-8"))
    }
    assert told == expected
