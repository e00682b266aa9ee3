"""Write the dataset that a request specifies for an update into the text of the update.

Oxigraph takes the dataset of a query as an argument, but that of an update only in its text.
Source: *SPARQL 1.1 Protocol* (W3C, 2013), section 2.2.3; *SPARQL 1.1 Update*, section 4.2.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.server.workers.tokens import Token, split_tokens


class DatasetError(ValueError):
    """A request and its update both specify a dataset."""


def with_dataset(update: str, default: Sequence[str], named: Sequence[str]) -> str:
    """Add `USING` clauses to an update.

    Args:
        update: The update.
        default: IRIs of the graphs that are merged to the default graph.
        named: IRIs of the named graphs.

    Raises:
        DatasetError: The update itself has `WITH` or `USING`.

    >>> with_dataset("DELETE WHERE { ?s ?p 1 }", ["http://a.example/"], [])
    'DELETE { ?s ?p 1 } USING <http://a.example/> WHERE { ?s ?p 1 }'
    """
    using = "".join(
        [f"USING <{iri}> " for iri in default] + [f"USING NAMED <{iri}> " for iri in named]
    )
    parts, end = [], 0
    for place, text in _using_clauses(update, using):
        parts += [update[end:place], text]
        end = place
    return "".join([*parts, update[end:]])


def _using_clauses(update: str, using: str) -> Iterator[tuple[int, str]]:
    """Yield the texts to insert and their positions."""
    depth, before = 0, None
    shorthand: Token | None = None
    opened = 0
    for token in split_tokens(update):
        if token.text == "{" and token.kind == "mark":
            depth += 1
            opened = token.start if depth == 1 else opened
        elif token.text == "}" and token.kind == "mark":
            depth -= 1
            if depth == 0 and shorthand:
                pattern = update[opened : token.start + 1]
                yield shorthand.start, f"{pattern} {using}"
                shorthand = None
        elif depth == 0 and token.is_keyword("WITH", "USING"):
            raise DatasetError(
                "both the request and the update specify graphs; "
                "leave out using-graph-uri and using-named-graph-uri, or WITH and USING"
            )
        elif depth == 0 and token.is_keyword("WHERE"):
            if before and before.is_keyword("DELETE"):
                shorthand = token
            else:
                yield token.start, using
        before = token
