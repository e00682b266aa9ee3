"""The options of a bundle, which are checked before anything is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from kg.errors import InputError
from kg.graph.rdf.terms import is_address, is_base
from kg.publishing.licences import Licence, find_licence

# Surrogates for bytes that are not UTF-8, and characters that not all Turtle parsers accept.
_NO_TEXT = re.compile(r"[\ud800-\udfff\ufffe\uffff]")
# The common form of addresses in RFC 5321, as allowed in an IRI.
_ATOM = r"[\w!$&'*+=~-]+"
_EMAIL = re.compile(rf"{_ATOM}(\.{_ATOM})*@[\w-]+(\.[\w-]+)+")


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a bundle.

    Attributes:
        publisher: The name of the publisher.
        licence: The licence.
        base: The IRI of the folder where the bundle will be published, without a final slash.
        contact: The IRI of a mailbox (`mailto:`) or page for questions.
        sparql: The IRI of a SPARQL endpoint for the same graph.
        issued: The date of publication in ISO 8601.
    """

    publisher: str
    licence: Licence
    base: str
    contact: str | None = None
    sparql: str | None = None
    issued: str | None = None

    def description_iri(self, name: str) -> str:
        """Return the IRI of something that is defined in `dcat.ttl`, such as `dataset`."""
        return f"{self.base}/dcat.ttl#{quote(name, safe='/:')}"

    @classmethod
    def of(
        cls,
        publisher: str,
        licence_identifier: str,
        base: str,
        contact: str | None = None,
        sparql: str | None = None,
        issued: str | None = None,
    ) -> Options:
        """Check options and return them.

        Raises:
            InputError: An option is not valid.
        """
        if not publisher.strip():
            raise InputError("publisher: is empty; give the name of the publisher")
        if _NO_TEXT.search(publisher):
            raise InputError(
                "publisher: has characters that are not valid UTF-8; write the name again"
            )
        _check_iri("base", base)
        if not is_base(base):
            raise InputError(f"base “{base}”: has “?” or “#”; name the folder of the bundle")
        if sparql is not None:
            _check_iri("sparql", sparql)
        if contact is not None:
            if _EMAIL.fullmatch(contact):
                contact = f"mailto:{contact}"
            else:
                _check_iri("contact", contact, "an e-mail address or a page, https://…")
        if issued is not None:
            try:
                day = date.fromisoformat(issued).isoformat()
            except ValueError:
                day = ""
            # Python also parses other forms of ISO 8601, which xsd:date does not allow.
            if day != issued:
                raise InputError(f"issued “{issued}”: is no date; write it as 2020-01-31")
        name = " ".join(publisher.split())
        return cls(
            name, find_licence(licence_identifier), base.rstrip("/"), contact, sparql, issued
        )


def _check_iri(
    what: str, iri: str, form: str = "an address such as https://example.org/data"
) -> None:
    if not is_address(iri):
        raise InputError(f"{what} “{iri}”: is no IRI; write {form}")
