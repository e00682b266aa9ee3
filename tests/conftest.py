from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

from kg.graph.build import build
from kg.resources import resource
from tests.programs import program

settings.register_profile("steady", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("steady")


# What the model found is kept for this run only; the processes of a run share it.
if "PYTEST_XDIST_WORKER" not in os.environ:
    os.environ["TASKKG_CACHE"] = tempfile.mkdtemp(prefix="taskkg-")

# Folders whose tests start servers or a cluster.
_LONG = ("spark", "stores")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no process waits for another at the end."""
    items.sort(key=lambda item: item.path.parent.name not in _LONG)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the real document, beside the checkout."""
    folder = Path(__file__).parents[2] / "shared"
    if not (folder / "sources").is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail("the folder shared/ with the real document is missing")
        pytest.skip("the real document is not here (../shared)")
    return folder


@pytest.fixture(scope="session")
def soffice() -> str:
    """LibreOffice, which writes the formats that only it writes."""
    return program("soffice", "Debian: libreoffice-calc, libreoffice-writer")


@pytest.fixture(scope="session")
def dataset() -> Path:
    return resource("data", "jianghan-2019", "report.csv")


@pytest.fixture(scope="session")
def store(dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store built from the dataset that ships."""
    path = tmp_path_factory.mktemp("graph") / "store"
    build([dataset], path)
    return path
