"""Measure how well the role network reads invented documents with tasks that it has not seen."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

from kg.reading.decoding.free_text import read_roles
from kg.reading.decoding.record import Record
from kg.reading.decoding.records import find_records
from kg.reading.decoding.segments import Segment
from kg.reading.structure.flat_document import flatten_lines
from kg.tagger.model import Model
from kg.tagger.roles import UNITS, Role
from training.documents.render import RenderedDocument
from training.markup import MarkedTask
from training.measure import Figures
from training.roles import render_documents

_CELLS: tuple[tuple[Role, ...], ...] = (("task", "target"), ("progress",), UNITS)
_SEED = 1


def measure_roles(model: Model, tasks: Sequence[MarkedTask], figures: Figures) -> None:
    """Count the tasks of invented documents whose cells are all read right.

    Args:
        model: The role network.
        tasks: Marked tasks that it was not trained with.
        figures: The figures to which counts and calibration cases are added.
    """
    for document in render_documents(tasks, random.Random(_SEED)):
        flat = flatten_lines(document.text.split("\n"))
        reading = read_roles(flat, model)
        wanted = Counter(_cell_texts(document.text, record) for record in _records(document))
        found = [(record, _cell_texts(flat.text, record)) for record in reading.records]
        figures.count("tasks of documents").add(wanted, Counter(cells for _, cells in found))
        cases = figures.cases.setdefault("tasks", [])
        cases += [(record.probability, cells in wanted) for record, cells in found]


def _records(document: RenderedDocument) -> list[Record]:
    spans = (Segment(span.role, span.start, span.end, 1.0) for span in document.spans)
    return find_records(list(spans))


def _cell_texts(text: str, record: Record) -> tuple[str, ...]:
    """Return the texts of a record's cells without white space and vertical bars."""
    return tuple(
        "".join(
            text[s.start : s.end].replace("|", " ") for s in record.segments_of(*roles)
        ).translate({ord(mark): None for mark in " \n\t\u3000"})
        for roles in _CELLS
    )
