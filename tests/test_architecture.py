from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DRAW = ROOT / "scripts" / "draw_architecture.py"
CODE = re.compile(r"`([^`\n]+)`")
# What a path in the repository begins with; what does not is a command, a term or a module's name.
FOLDERS = ("benchmarks", "data", "docs", "kg", "ontology", "scripts", "tests", "training")


def test_the_picture_is_what_the_imports_give() -> None:
    picture = runpy.run_path(str(DRAW))["picture"]
    text = (ROOT / "docs" / "architecture.svg").read_text(encoding="utf-8")
    assert text == picture(), "run python scripts/draw_architecture.py"


def test_the_picture_has_each_package() -> None:
    packages = {path.parent.name for path in (ROOT / "kg").glob("*/__init__.py")}
    assert packages == set(runpy.run_path(str(DRAW))["PACKAGES"])


def test_an_arrow_that_follows_from_others_is_left_out() -> None:
    direct_uses = runpy.run_path(str(DRAW))["direct_uses"]
    used = {"a": set(), "b": {"a"}, "c": {"a", "b"}, "d": {"c", "a"}}
    assert direct_uses(used) == [("b", "a"), ("c", "b"), ("d", "c")]


def test_packages_that_import_each_other_are_refused() -> None:
    layers = runpy.run_path(str(DRAW))["layers"]
    assert layers({"a": set(), "b": {"a"}}) == {"a": 0, "b": 1}
    with pytest.raises(ValueError, match=r"\['a', 'b'\]"):
        layers({"a": {"b"}, "b": {"a"}, "c": set()})


@pytest.mark.parametrize("name", ["docs/architecture.md", "CONTRIBUTING.md"])
def test_the_paths_of_the_page_exist(name: str) -> None:
    codes = CODE.findall((ROOT / name).read_text(encoding="utf-8"))
    words = (word for code in codes for word in code.split())
    paths = {word for word in words if word.startswith(tuple(f"{folder}/" for folder in FOLDERS))}
    assert paths
    assert [path for path in sorted(paths) if not (ROOT / path).exists()] == []
