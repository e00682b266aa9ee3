"""The licences for bundles, by their SPDX identifiers."""

from __future__ import annotations

from dataclasses import dataclass

from kg.errors import InputError


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence: its SPDX identifier, IRI, and name."""

    identifier: str
    iri: str
    name: str


# Licences for data that conform to the Open Definition (opendefinition.org), and Creative Commons
# licences that do not. Identifiers and names are from the SPDX License List.
LICENCES = (
    Licence(
        "CC0-1.0",
        "https://creativecommons.org/publicdomain/zero/1.0/",
        "Creative Commons Zero v1.0 Universal",
    ),
    Licence(
        "CC-BY-4.0",
        "https://creativecommons.org/licenses/by/4.0/",
        "Creative Commons Attribution 4.0 International",
    ),
    Licence(
        "CC-BY-SA-4.0",
        "https://creativecommons.org/licenses/by-sa/4.0/",
        "Creative Commons Attribution Share Alike 4.0 International",
    ),
    Licence(
        "CC-BY-NC-4.0",
        "https://creativecommons.org/licenses/by-nc/4.0/",
        "Creative Commons Attribution Non Commercial 4.0 International",
    ),
    Licence(
        "CC-BY-NC-SA-4.0",
        "https://creativecommons.org/licenses/by-nc-sa/4.0/",
        "Creative Commons Attribution Non Commercial Share Alike 4.0 International",
    ),
    Licence(
        "CC-BY-ND-4.0",
        "https://creativecommons.org/licenses/by-nd/4.0/",
        "Creative Commons Attribution No Derivatives 4.0 International",
    ),
    Licence(
        "ODbL-1.0",
        "https://opendatacommons.org/licenses/odbl/1-0/",
        "Open Data Commons Open Database License v1.0",
    ),
    Licence(
        "ODC-By-1.0",
        "https://opendatacommons.org/licenses/by/1-0/",
        "Open Data Commons Attribution License v1.0",
    ),
    Licence(
        "PDDL-1.0",
        "https://opendatacommons.org/licenses/pddl/1-0/",
        "Open Data Commons Public Domain Dedication & License 1.0",
    ),
)


def find_licence(identifier: str) -> Licence:
    """Return a licence by its SPDX identifier, ignoring case.

    Raises:
        InputError: The licence is not known.
    """
    for found in LICENCES:
        if found.identifier.lower() == identifier.strip().lower():
            return found
    known = ", ".join(found.identifier for found in LICENCES)
    raise InputError(f"licence “{identifier}”: is not known; choose {known}")
