"""A broken file made again from its number, and what becomes of it."""

from __future__ import annotations

import random
import shutil
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.fuzz.mutate import BREAKERS
from kg.curation.review import decisions
from kg.errors import InputError
from kg.extraction.facts import extract
from kg.graph.digest import Progress
from kg.reading import read
from kg.reading.budget import memory_error

# Seconds that reading and extracting such a small file may take, and those until it counts as hung.
SLOW, HUNG = 20, 60


@dataclass(frozen=True)
class Case:
    """A broken file.

    Attributes:
        family: Its format, or what beside a table is broken.
        seed: What all of a run come from.
        number: Which of its family it is.
        seeds: The folder of whole files.
    """

    family: str
    seed: int
    number: int
    seeds: Path


def write_case(case: Case, folder: Path) -> Path:
    """Write a broken file into a folder, with what stands beside it; return what is to be read."""
    chance = random.Random(f"{case.seed} {case.family} {case.number}")
    beside = {"metadata": "table.csv-metadata.json"}
    single = case.family in ("metadata", "curation", "mapping")
    name = beside.get(case.family, f"{case.family}.yaml") if single else ""
    among = sorted(case.seeds.glob(name or f"*.{case.family}"))
    whole = chance.choice(among)
    breaker = chance.choice(BREAKERS[case.family])
    broken = folder / whole.name
    broken.write_bytes(breaker(chance, whole.read_bytes()))
    if not single:
        return broken
    return Path(shutil.copy(case.seeds / "table.csv", folder))


def try_case(case: Case, _: Progress | None = None) -> tuple[str, str]:
    """Read a broken file, extract its facts, and return what happened and what is wrong with it."""
    with tempfile.TemporaryDirectory() as folder:
        path = write_case(case, Path(folder))
        start = time.process_time()
        try:
            report = read(path)
            decisions(path, None)
            lost = len(report.tasks) - sum(1 for _ in extract(report))
            outcome = ("lost", f"{lost} tasks are lost") if lost else ("read", "")
        except InputError as error:
            told = str(error)
            is_one_sentence = told.startswith(folder) and "\n" not in told and len(told) < 1000
            outcome = ("refused", "") if is_one_sentence else ("unclear", told[:300])
        except MemoryError:
            outcome = ("memory", str(memory_error(path)))
        except Exception:
            outcome = ("fault", traceback.format_exc().strip()[-600:])
        if (spent := time.process_time() - start) > SLOW:
            outcome = ("slow", f"{spent:.0f} s")
        return outcome


def make_cases(seeds: Path, families: Sequence[str], seed: int, seconds: float) -> Iterator[Case]:
    """Yield cases of all families in turn until the time is up."""
    end = time.monotonic() + seconds
    number = 0
    while time.monotonic() < end:
        for family in families:
            yield Case(family, seed, number, seeds)
        number += 1
