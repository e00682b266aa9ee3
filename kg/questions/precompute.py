"""Precompute answers of the catalogue, so that the first answers on a large graph are fast."""

from __future__ import annotations

from pathlib import Path

from kg.graph.stores.embedded import is_remote
from kg.questions.catalogue import query, questions

# From this number of statements a question without parameters may take seconds.
LEAST = 200_000


def precompute_answers(store: str | Path, statements: int) -> None:
    """Store the answers of all questions without required parameters if a graph is large.

    This takes about a sixth of the time of the build. Nothing is stored for a remote store.

    Args:
        store: The folder or address of the store.
        statements: The number of statements in it.
    """
    if statements < LEAST or is_remote(store):
        return
    for question in questions():
        if not any(parameter.required for parameter in question.parameters.values()):
            query(store, question.name)
