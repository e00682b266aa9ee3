"""The kinds of named things that a task can mention, from which other modules derive their lists.

`NameKind` in `kg/model.py` has the same keys, in the order of the model's labels.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.model import NameKind


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of named thing.

    Attributes:
        key: Its key in extractions; except for bodies, also the first part of its things' IRIs.
        rdf_class: Its class in the vocabulary.
        zh: Its Chinese label.
        en: Its English label.
        class_zh: The Chinese label of the class; by default `zh`.
        is_place: Whether it is where tasks happen.
        is_unit: Whether it is an administrative unit, which has a code.
        is_shared: Whether departments are tied by things of this kind that their tasks mention.
    """

    key: NameKind
    rdf_class: str
    zh: str
    en: str
    class_zh: str = ""
    is_place: bool = False
    is_unit: bool = False
    is_shared: bool = True

    @property
    def term(self) -> str:
        """The class as a prefixed name."""
        return f"tkg:{self.rdf_class}"

    @property
    def records(self) -> str:
        """The name of a list of such things in extractions and addresses."""
        return plural(self.key)

    @property
    def title(self) -> tuple[str, str]:
        """The title of a list of such things in Chinese and English."""
        return self.class_zh or self.zh, plural(self.en).capitalize()


def plural(noun: str) -> str:
    """Return the plural of a regular English noun.

    >>> plural("road"), plural("policy")
    ('roads', 'policies')
    """
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"


def class_list(kinds: Iterable[Kind], separator: str = ", ") -> str:
    """Return the classes of some kinds as a list in SPARQL."""
    return separator.join(kind.term for kind in kinds)


# In the order of lists in the portal and in bundles.
KINDS = (
    Kind("project", "Project", "项目", "project"),
    Kind("place", "Place", "地点", "place", is_place=True),
    Kind("road", "Road", "道路", "road", is_place=True),
    Kind("subdistrict", "Subdistrict", "街道", "subdistrict", is_place=True, is_unit=True),
    Kind(
        "community", "Community", "社区", "community", is_place=True, is_unit=True, is_shared=False
    ),
    Kind("organization", "Organization", "机构", "organisation", "组织机构"),
    Kind("body", "PublicBody", "公共机构", "public body", is_shared=False),
    Kind("policy", "Policy", "政策", "policy", "政策文件"),
    Kind("event", "Event", "活动", "event"),
)
# Bodies are treated as departments, with whom they share their IRIs.
THINGS = tuple(kind for kind in KINDS if kind.key != "body")
PLACES = tuple(kind for kind in KINDS if kind.is_place)
# The order of legends and choices: administrative units are last.
LEGEND = tuple(sorted(THINGS, key=lambda kind: kind.is_unit))
SHARED = tuple(kind for kind in LEGEND if kind.is_shared)
