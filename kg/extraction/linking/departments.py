"""Link the names of a department: abbreviations, and names with and without its level."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from kg.extraction.linking.abbreviations import expand_abbreviations

# The level of the district (区发改局, 江汉区发改局), but not a part of it (开发区管委会).
_LEVEL = re.compile(
    r"^[^区县旗]{0,3}(?<!开发)(?<!商务)(?<!园)(?<!景)(?<!社)[区县旗](?!政府|委|纪委|人大|政协)(?=.{2,})"
)
_BODY_ENDING = re.compile(r"(?:委员会|办公室|分局|局|委|办)$")
_BODY_FILLER = re.compile(r"执法|工作|监督|和|与|及|、")


def link_departments(names: Iterable[str], bodies: Sequence[str] = ()) -> dict[str, str]:
    """Return the most used form of a department's name for each other form of it.

    Bodies of the city, the province and the state keep their level (市城管委), so they are never
    mistaken for the district's own.

    Args:
        names: The departments of all rows, with repetitions.
        bodies: The bodies named in other cells.

    >>> link_departments(["发展和改革局", "发展和改革局", "发改局"], ["区发展改革局", "市发改委"])
    {'区发展改革局': '发展和改革局', '发改局': '发展和改革局'}
    >>> link_departments(["城管执法局"], ["城管委", "区城管局"])
    {'区城管局': '城管执法局', '城管委': '城管执法局'}
    >>> link_departments([], ["指挥部", "区指挥部"])
    {'指挥部': '区指挥部'}
    """
    counts = Counter(names)
    preferred: dict[str, str] = {}
    for name, _ in sorted(counts.items(), key=lambda item: (-item[1], -len(item[0]), item[0])):
        preferred.setdefault(department_key(name), name)
    # Bodies that are not departments are linked with each other: 区指挥部, 指挥部.
    for name in sorted(bodies, key=lambda body: (-len(body), body)):
        preferred.setdefault(department_key(name), name)
    links = {}
    for name in sorted({*counts, *bodies}):
        known = preferred.get(department_key(name))
        if known is not None and known != name:
            links[name] = known
    return links


def department_key(name: str) -> str:
    """Return the common key of all forms of a department's name.

    >>> [department_key(name) for name in ("区发改局", "发展改革局", "市发改委")]
    ['发展改革', '发展改革', '市发展改革']
    """
    bare = _LEVEL.sub("", name)
    stem = _BODY_FILLER.sub("", _BODY_ENDING.sub("", expand_abbreviations(bare, "department")))
    return stem if len(stem) > 1 else name


def standard_department(name: str) -> str:
    """Return a department's name without its level, with abbreviations expanded.

    >>> standard_department("区发改局"), standard_department("建设局")
    ('发展和改革局', '建设局')
    """
    return expand_abbreviations(_LEVEL.sub("", name), "department")
