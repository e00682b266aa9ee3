"""Names of people in documents of all layouts: none is in the report."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.reading import read
from kg.reading.people import has_people_label, strip_post
from kg.reading.review import summary, to_json
from kg.resources import resource
from training.documents.render import RenderedDocument, render_document
from training.markup import MarkedTask, read_marked_tasks

_SEEDS = range(400)


@pytest.fixture(scope="module")
def tasks() -> list[MarkedTask]:
    return list(read_marked_tasks(resource("data", "training")))


def documents(tasks: list[MarkedTask]) -> list[tuple[int, RenderedDocument]]:
    """Return invented documents that name people, with their seeds."""
    found = []
    for seed in _SEEDS:
        chance = random.Random(seed)
        start = chance.randrange(len(tasks))
        government = tasks[start].government
        of_one = [task for task in tasks[start : start + 6] if task.government == government]
        document = render_document(of_one, chance)
        # Without a label or a heading, a name is not recognised as a person.
        if any(span.role == "leader" for span in document.spans) and has_people_label(
            document.text
        ):
            found.append((seed, document))
    return found


def test_no_name_of_a_person_is_kept_in_any_layout(tasks: list[MarkedTask], tmp_path: Path) -> None:
    leaks = []
    checked = 0
    for seed, document in documents(tasks):
        path = tmp_path / f"{seed}.txt"
        path.write_text(document.text, encoding="utf-8")
        names = {
            strip_post(document.text[span.start : span.end])
            for span in document.spans
            if span.role == "leader"
        }
        try:
            report = read(path)
        except InputError as error:
            shown = str(error)
        else:
            shown = summary(report) + to_json(report)
        checked += 1
        leaks += [(seed, name) for name in names if name in shown]
    assert checked > 40
    assert leaks == [], leaks
