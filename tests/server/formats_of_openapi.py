"""Values of the formats that the server's description names, for Schemathesis."""

from __future__ import annotations

from typing import Any

import schemathesis
from hypothesis import strategies as st

QUERIES = (
    "ASK { ?task a tkg:Task }",
    "SELECT ?name { ?it a tkg:Department ; rdfs:label ?name } LIMIT 3",
    "CONSTRUCT WHERE { ?it a tkg:Department }",
    "DESCRIBE tkg:Task",
)
UPDATES = ("CLEAR ALL", "INSERT DATA { tkg:a rdfs:label 'a' }")

schemathesis.openapi.format("sparql-query", st.sampled_from(QUERIES))
schemathesis.openapi.format("sparql-update", st.sampled_from(UPDATES))
schemathesis.openapi.format("absolute-iri", st.sampled_from(("http://a.example/", "urn:a:b")))


@schemathesis.hook
def filter_case(_: schemathesis.HookContext, case: schemathesis.Case[Any]) -> bool:
    """Leave out what is refused though each part is right: a query's graphs with an update."""
    is_form = isinstance(case.body, dict) and "update" in case.body
    return not (case.query and (is_form or case.media_type == "application/sparql-update"))
