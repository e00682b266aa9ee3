"""Make a broken file from its number, and try to read it."""

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
from kg.curation.review import load_decisions
from kg.errors import InputError
from kg.extraction.facts import extract
from kg.graph.digest import Progress
from kg.reading import read
from kg.reading.budget import memory_error

# Seconds that reading and extraction may take for such a small file, and until it counts as hung.
SLOW, HUNG = 20, 60


@dataclass(frozen=True)
class Case:
    """A broken file.

    Attributes:
        family: Its format, or the kind of side file that is broken.
        seed: The random seed of the run.
        number: Its number in the family.
        seeds: The folder of intact files.
    """

    family: str
    seed: int
    number: int
    seeds: Path


def write_case(case: Case, folder: Path) -> Path:
    """Write a broken file into a folder, with its table if it is a side file; return the source."""
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
    """Read a broken file and extract its facts; return the outcome, and what is wrong if any."""
    with tempfile.TemporaryDirectory() as folder:
        path = write_case(case, Path(folder))
        start = time.process_time()
        try:
            report = read(path)
            load_decisions(path, None)
            lost = len(report.tasks) - sum(1 for _ in extract(report))
            outcome = ("lost", f"{lost} tasks are lost") if lost else ("read", "")
        except InputError as error:
            message = str(error)
            is_one_sentence = (
                message.startswith(folder) and "\n" not in message and len(message) < 1000
            )
            outcome = ("refused", "") if is_one_sentence else ("unclear", message[:300])
        except MemoryError:
            outcome = ("memory", str(memory_error(path)))
        except Exception:
            outcome = ("fault", traceback.format_exc().strip()[-600:])
        if (spent := time.process_time() - start) > SLOW:
            outcome = ("slow", f"{spent:.0f} s")
        return outcome


def make_cases(seeds: Path, families: Sequence[str], seed: int, seconds: float) -> Iterator[Case]:
    """Yield cases of all families in turn until the time limit."""
    end = time.monotonic() + seconds
    number = 0
    while time.monotonic() < end:
        for family in families:
            yield Case(family, seed, number, seeds)
        number += 1
