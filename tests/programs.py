"""Programs of others that tests need: `.ci/run` installs them, elsewhere they may be missing."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest


def program(name: str, package: str) -> str:
    """Return the path of a program; without it a test fails in CI and is left out elsewhere."""
    found = shutil.which(name) or shutil.which(str(Path(sys.executable).parent / name))
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{name} is missing ({package}); .ci/run installs it")
        pytest.skip(f"{name} is not installed ({package})")
    return found
