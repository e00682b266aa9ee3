"""Split queries and updates into tokens, to find keywords.

Oxigraph's parser decides what a query means. This module only finds what the server must know
before: whether a query sends requests to another server, and where an update's dataset belongs.
If in doubt it must recognise more keywords than Oxigraph does, never fewer.
Source: *SPARQL 1.1 Query Language* (W3C, 2013), section 19.8.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# A local name may contain dots and colons, and escaped punctuation.
_LOCAL = r"(?:(?:[\w:]|%[0-9A-Fa-f]{2}|\\.)(?:[\w\-.:]|%[0-9A-Fa-f]{2}|\\.)*)?"
_NAME = r"[A-Za-z_0-9\-.\u0080-\U0010ffff]"
_TOKEN = re.compile(
    rf"""
    (?P<text>'''(?:[^'\\]|\\.|'(?!''))*'''|\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"
        |'(?:[^'\\\n\r]|\\.)*'|"(?:[^"\\\n\r]|\\.)*")
    |(?P<iri><(?:[^<>"{{}}|^`\\\x00-\x20]|\\[uU])*>)
    |(?P<comment>\#[^\n\r]*)
    |(?P<variable>[?$]\w+)
    |(?P<name>{_NAME}*:{_LOCAL})
    |(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    |(?P<word>{_NAME}+)
    |(?P<space>\s+)
    |(?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a query or update.

    Attributes:
        kind: Its kind: text, iri, variable, name, language, word or mark.
        text: Its text.
        start: Its position.
    """

    kind: str
    text: str
    start: int

    def is_keyword(self, *words: str) -> bool:
        """Return whether it is one of some keywords."""
        return self.kind == "word" and self.text.upper() in words


def split_tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a query or update, without white space and comments."""
    for match in _TOKEN.finditer(text):
        kind = str(match.lastgroup)
        if kind not in ("space", "comment"):
            yield Token(kind, match.group(), match.start())


def remote_keyword(text: str) -> str | None:
    """Return SERVICE or LOAD if a query or update may send requests to another server.

    >>> remote_keyword("SELECT * { SERVICE <http://example.org/sparql> { ?s ?p ?o } }")
    'SERVICE'
    >>> remote_keyword('SELECT ?service { ?service rdfs:label "SERVICE" } # SERVICE')
    """
    for token in split_tokens(text):
        if token.kind in ("word", "name"):
            # Oxigraph needs no space around a keyword: `trueSERVICEa:b` is three tokens for it.
            word = token.text.partition(":")[0].upper()
            for keyword in ("SERVICE", "LOAD"):
                if keyword in word:
                    return keyword
    return None
