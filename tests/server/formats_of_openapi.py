"""Values for the formats in the server's OpenAPI description, for Schemathesis."""

from __future__ import annotations

from typing import Any

import schemathesis
from hypothesis import strategies as st

from kg.questions.catalogue import questions

QUERIES = (
    "ASK { ?task a tkg:Task }",
    "SELECT ?name { ?it a tkg:Department ; rdfs:label ?name } LIMIT 3",
    "CONSTRUCT WHERE { ?it a tkg:Department }",
    "DESCRIBE tkg:Task",
)
NEEDING = {
    asked.name for asked in questions() if any(one.required for one in asked.parameters.values())
}
UPDATES = ("CLEAR ALL", "INSERT DATA { tkg:a rdfs:label 'a' }")

schemathesis.openapi.format("sparql-query", st.sampled_from(QUERIES))
schemathesis.openapi.format("sparql-update", st.sampled_from(UPDATES))
schemathesis.openapi.format("absolute-iri", st.sampled_from(("http://a.example/", "urn:a:b")))
# Valid names depend on the graph; an empty text is always valid.
for name in ("column", "name-of-thing", "plan", "path-of-target"):
    schemathesis.openapi.format(name, st.just(""))


@schemathesis.hook
def filter_case(_context: schemathesis.HookContext, case: schemathesis.Case[Any]) -> bool:
    """Filter out requests that are refused although each of their parts is valid."""
    # An update with the graphs of a query.
    is_form = isinstance(case.body, dict) and "update" in case.body
    if is_form or case.media_type == "application/sparql-update":
        return not case.query
    # Graphs without a query.
    if case.path == "/sparql" and case.method == "GET" and "query" not in case.query:
        return not case.query.keys() & {"default-graph-uri", "named-graph-uri"}
    # The file of a question without its required parameters.
    name = (case.path_parameters or {}).get("name")
    return not (case.path == "/questions/{name}.{ending}" and name in NEEDING)
