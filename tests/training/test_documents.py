from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resources import resource
from kg.tagger.flow import make_flow
from kg.tagger.roles import ROLE_LABELS, ROLES
from training.documents.render import RenderedDocument, render_document
from training.documents.wording import wording
from training.markup import MarkedTask, read_marked_tasks
from training.roles import render_documents, role_labels

SEEDS = st.integers(0, 10**6)


@pytest.fixture(scope="module")
def tasks() -> list[MarkedTask]:
    return list(read_marked_tasks(resource("data", "training")))[:600]


def plain(text: str) -> str:
    return "".join(text.replace("|", " ").split())


def texts(document: RenderedDocument, *roles: str) -> list[str]:
    return [plain(document.text[s.start : s.end]) for s in document.spans if s.role in roles]


@given(seed=SEEDS)
def test_spans_stand_in_order_and_begin_and_end_with_words(
    tasks: list[MarkedTask], seed: int
) -> None:
    chance = random.Random(seed)
    start = chance.randrange(len(tasks) - 6)
    document = render_document(tasks[start : start + 1], chance)
    last = 0
    for span in document.spans:
        assert span.start >= last
        shown = document.text[span.start : span.end]
        assert shown == shown.strip() != ""
        last = span.end


@given(seed=SEEDS)
def test_all_that_a_row_tells_stands_in_the_document(tasks: list[MarkedTask], seed: int) -> None:
    chance = random.Random(seed)
    government = chance.choice(tasks).government
    document = render_document([t for t in tasks if t.government == government][:5], chance)
    found = "".join(texts(document, "task", "target"))
    progress = "".join(texts(document, "progress"))
    for row in document.rows:
        assert plain(row.task) in found
        assert plain(row.progress) in progress
        if row.leader:
            assert any(plain(row.leader) in name for name in texts(document, "leader"))


def test_each_task_stands_in_one_document_an_epoch(tasks: list[MarkedTask]) -> None:
    documents = list(render_documents(tasks, random.Random(1)))
    assert sum(len(d.rows) > 0 for d in documents) > 0.9 * len(documents)
    shown = "\n".join(plain(document.text) for document in documents)
    whole = [task for task in tasks if len(task.progress.text) > 20]
    found = sum(plain(task.progress.text[-20:]) in shown for task in whole)
    # Numbered sentences and separate plans change some texts.
    assert found > 0.6 * len(whole)


def test_labels_are_those_of_the_spans(tasks: list[MarkedTask]) -> None:
    document = render_document(tasks[:3], random.Random(3))
    flow = make_flow(document.text)
    labels = [ROLE_LABELS[number] for number in role_labels(document, flow.offsets)]
    begun = [label.removeprefix("B-") for label in labels if label.startswith("B-")]
    assert begun == [span.role for span in document.spans]
    assert np.isin([label.partition("-")[2] or "task" for label in labels], ROLES).all()


def test_documents_differ_in_their_layout(tasks: list[MarkedTask]) -> None:
    documents = [render_document(tasks[:4], random.Random(seed)) for seed in range(120)]
    assert sum(" | " in d.text for d in documents) > 5
    assert sum("\t" in d.text for d in documents) > 1
    assert sum(not d.rows for d in documents) < 15
    assert len({d.text[:200] for d in documents}) > 50


def test_the_wording_names_each_role_of_a_column() -> None:
    assert {"task", "progress", "unit", "leader", "plan"} <= set(wording()["headings"])
