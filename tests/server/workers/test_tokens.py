from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import QuerySolutions, Store

from kg.server.workers.dataset import with_dataset
from kg.server.workers.tokens import remote_keyword, split_tokens
from tests.server.conftest import Elsewhere

HARMLESS = (
    "SELECT ?service WHERE { ?service a <http://example.org/Service> }",
    "SELECT * { ?a <http://example.org/service> 'SERVICE <http://example.org/> {}' }",
    'SELECT * { ?a ?b """a "SERVICE" \\""" }""" }',
    "SELECT * { ?a schema:serviceType ?b ; schema:service ?c } # SERVICE <http://example.org/> {}",
    "SELECT * { ?a ?b ?c FILTER(?a < ?b && ?c > 1) } ORDER BY ?c",
    "SELECT * { ?a ?b 'x'@en-SERVICE }",
)


@pytest.mark.parametrize("query", HARMLESS)
def test_words_that_only_look_like_it(query: str) -> None:
    assert remote_keyword(query) is None


# Texts before a keyword, and spellings of it, with which it could be overlooked.
BEFORE = st.sampled_from(
    [
        *("", "?s ?p true ", "?s ?p true", "?s ?p 1", "?s ?p 1.5e3", "?s ?p 'a'", "?s ?p 'a'@en "),
        *(
            "?s ?p x:a.",
            "?s ?p x:.",
            "?s ?p x:a\\#",
            "?s ?p x:a\\#b ",
            "?s ?p x:a\\' ",
            "?s ?p _:a ",
        ),
        *("?s ?p <http://a/#> ", "?s ?p <http://a/\\u0041#> ", "?s ?p 'a\\'' ", "?s ?p '''a'b'''"),
        *(
            "FILTER(?a<?b)",
            "FILTER(?a<?b && ?c>?d)",
            "FILTER(1<2) ",
            "?s ?p '#' . ",
            "#a\n",
            "#'\r",
        ),
        *("?s ?p '\n# ' . ", '?s ?p "\\"#" . ', "{} UNION {} ", "?s ?p ?o.", "?s ?p ?o . "),
        *(
            "?s ?p 'a'@en--ltr",
            "BIND(1 AS ?x)",
            "?s ?p x: ",
            "?s ?p x:%41 ",
            "?s ?p x:a\\~",
            "<a>~",
        ),
    ]
)
WORD = st.sampled_from(["SERVICE", "service", "Service", "SERVICE SILENT", "SERVICE#\n", "ſERVICE"])
BETWEEN = st.sampled_from(["", " ", "\n", "#c\n", "\t"])
TARGET = st.sampled_from(["<{}>", "here:", "?here"])


@given(before=BEFORE, word=WORD, between=BETWEEN, target=TARGET, wrapped=st.booleans())
@example(before="?s ?p true", word="SERVICE", between="", target="here:", wrapped=False)
@example(before="?s ?p x:.", word="SERVICE", between=" ", target="<{}>", wrapped=False)
def test_what_is_let_through_reaches_nobody(
    elsewhere: Elsewhere, before: str, word: str, between: str, target: str, wrapped: bool
) -> None:
    address = elsewhere.address
    pattern = f"{before}{word}{between}{target.format(address)}{{}}"
    if wrapped:
        pattern = f"OPTIONAL {{ {pattern} }}"
    query = (
        f"PREFIX x: <http://x/> PREFIX here: <{address}> "
        f"SELECT * {{ VALUES ?here {{ <{address}> }} {pattern} }}"
    )
    if remote_keyword(query) is None:
        before_asked = elsewhere.asked
        with suppress(SyntaxError, OSError):
            evaluate(query)
        assert elsewhere.asked == before_asked, query


def evaluate(query: str) -> None:
    found = Store().query(query)
    assert isinstance(found, QuerySolutions)
    list(found)


def test_the_other_server_would_be_reached(elsewhere: Elsewhere) -> None:
    before = elsewhere.asked
    with pytest.raises(OSError, match="404"):
        evaluate(f"SELECT * {{ SERVICE <{elsewhere.address}> {{}} }}")
    assert elsewhere.asked > before


@given(st.text(alphabet="'\"\\<>{}#?$:@.\nabSERVICE 1ü", max_size=60))
def test_tokens_are_what_is_written(text: str) -> None:
    at = 0
    for token in split_tokens(text):
        assert token.start >= at
        assert text[token.start : token.start + len(token.text)] == token.text
        at = token.start + len(token.text)


def test_a_dataset_is_put_into_each_operation() -> None:
    update = (
        "PREFIX x: <http://x/> INSERT DATA { x:a x:b 'WHERE {' } ; "
        "DELETE { ?a ?b ?c } INSERT { ?a ?b 1 } WHERE { { ?a ?b ?c } } ; DELETE WHERE { ?a x:c ?c }"
    )
    assert with_dataset(update, ["http://g/"], ["http://n/"]) == (
        "PREFIX x: <http://x/> INSERT DATA { x:a x:b 'WHERE {' } ; "
        "DELETE { ?a ?b ?c } INSERT { ?a ?b 1 } USING <http://g/> USING NAMED <http://n/> "
        "WHERE { { ?a ?b ?c } } ; "
        "DELETE { ?a x:c ?c } USING <http://g/> USING NAMED <http://n/> WHERE { ?a x:c ?c }"
    )
