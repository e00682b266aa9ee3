"""What whoever publishes a bundle decides, checked before anything is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from kg.errors import InputError
from kg.graph.terms import is_address, is_base
from kg.publishing.licences import Licence, licence

# What stands for bytes that are not UTF-8, and what not every reader of Turtle has room for.
_NO_TEXT = re.compile(r"[\ud800-\udfff\ufffe\uffff]")
# RFC 5321 in its common form, as an IRI holds it; nobody writes the others on a portal.
_ATOM = r"[\w!$&'*+=~-]+"
_EMAIL = re.compile(rf"{_ATOM}(\.{_ATOM})*@[\w-]+(\.[\w-]+)+")


@dataclass(frozen=True, slots=True)
class Options:
    """Who publishes a bundle, under which licence, and where.

    Attributes:
        publisher: Name of the publisher.
        licence: The licence.
        base: IRI of the folder in which the bundle will be found, without a slash at its end.
        contact: Address of a mailbox (`mailto:`) or a page for questions.
        sparql: IRI of a SPARQL endpoint for the same graph.
        issued: Date of publication, as ISO 8601 writes it.
    """

    publisher: str
    licence: Licence
    base: str
    contact: str | None = None
    sparql: str | None = None
    issued: str | None = None

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
        """Return options that are checked.

        Raises:
            InputError: One of them is not what it should be.
        """
        if not publisher.strip():
            raise InputError("publisher: is empty; name who publishes the data")
        if _NO_TEXT.search(publisher):
            raise InputError("publisher: holds what is no character of UTF-8; write the name anew")
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
            # Python reads other forms of ISO 8601 too; xsd:date is this one.
            if day != issued:
                raise InputError(f"issued “{issued}”: is no date; write it as 2020-01-31")
        name = " ".join(publisher.split())
        return cls(name, licence(licence_identifier), base.rstrip("/"), contact, sparql, issued)


def _check_iri(
    what: str, iri: str, form: str = "an address such as https://example.org/data"
) -> None:
    if not is_address(iri):
        raise InputError(f"{what} “{iri}”: is no IRI; write {form}")
