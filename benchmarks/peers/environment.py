"""Python environments for peers whose dependencies conflict with ours."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

# It wants an older Oxigraph than ours.
MORPH = "morph-kgc==2.10.0"


class MissingError(Exception):
    """A peer cannot be run; the message is one sentence."""


def environment(results: Path, package: str) -> Path:
    """Return the Python of an environment with a package; it is created if it does not exist.

    Args:
        results: The folder of the environments.
        package: The package and its version.

    Raises:
        MissingError: It cannot be installed.
    """
    folder = results.resolve() / f"environment-{package}"
    python, ready = folder / "bin" / "python", folder / "ready"
    if not ready.exists():
        steps: tuple[list[str | Path], ...] = (
            [sys.executable, "-m", "venv", "--clear", folder],
            [python, "-m", "pip", "install", "--quiet", package],
        )
        try:
            for step in steps:
                subprocess.run(step, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            name = package.partition("==")[0]
            raise MissingError(f"{name} is left out: it cannot be installed in {folder}") from None
        ready.touch()
    return python
