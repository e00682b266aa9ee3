"""The administrative divisions of the country by code and name, and names in their documents."""

from __future__ import annotations

from kg.gazetteer.divisions import jurisdiction
from kg.gazetteer.romanisation import romanised_name
from kg.gazetteer.subdivisions import Gazetteer, load_gazetteer
from kg.gazetteer.title_places import find_jurisdiction

__all__ = ["Gazetteer", "find_jurisdiction", "jurisdiction", "load_gazetteer", "romanised_name"]
