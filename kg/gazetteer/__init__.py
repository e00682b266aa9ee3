"""Which administrative units there are: by code, by name, and as the documents of one name them."""

from __future__ import annotations

from kg.gazetteer.divisions import jurisdiction
from kg.gazetteer.naming import find_jurisdiction
from kg.gazetteer.romanised import romanised
from kg.gazetteer.units import Gazetteer, load_gazetteer

__all__ = ["Gazetteer", "find_jurisdiction", "jurisdiction", "load_gazetteer", "romanised"]
