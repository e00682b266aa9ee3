"""Find the regions that a report is about in its names: 柳江 in 柳江市第二中学.

In a report of one district, the region before a name makes no difference: 中央商务区 is
柳江中央商务区, 省文旅集团 is 东海省文旅集团.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

_REGION = re.compile(
    r"^[《“]?([一-鿿]{2,3}?)(?<![社园街城片校景学小上全新本各我])[省市区县](?!域|级|场|民|政|分)"
)
_LEVEL = re.compile(r"^全?[省市区县](?!级|场|域|内|外)")
# The name of a region before one of these is part of another name: 柳江路, 柳江大学.
_OTHER_NAME = re.compile(r"[路街巷桥站港湖河江山关渠堤]|大[道街桥学]|银行|学院")
_SHORTEST = 4


def own_regions(names: Iterable[str]) -> frozenset[str]:
    """Return the regions with which some names begin, without the word for their level.

    >>> sorted(own_regions(["柳江市第二中学", "东海省文旅集团", "老旧小区改造"]))
    ['东海', '柳江']
    """
    found = (match[1] for name in names if (match := _REGION.match(name)))
    return frozenset(found)


def strip_region(name: str, regions: Collection[str]) -> str:
    """Return a name without the region and the level before it.

    >>> strip_region("东海省文旅集团", {"东海"}), strip_region("省文旅集团", {"东海"})
    ('文旅集团', '文旅集团')
    >>> strip_region("柳江路1号艺术中心", {"柳江"})
    '柳江路1号艺术中心'
    """
    for size in (3, 2):
        if name[:size] in regions and not _OTHER_NAME.match(name, size):
            name = name[size:]
            break
    return _LEVEL.sub("", name)


def is_same_but_region(short: str, long: str, regions: Collection[str]) -> bool:
    """Return whether `long` is `short` with the name of the region before it.

    >>> is_same_but_region("省文旅集团", "东海省文旅集团", {"东海"})
    True
    >>> is_same_but_region("市文旅集团", "东海省文旅集团", {"东海"})
    False
    """
    front = long[: len(long) - len(short)]
    if not long.endswith(short):
        return False
    if front in regions:
        return len(short) >= _SHORTEST or _LEVEL.match(short) is not None
    return front[:-1] in regions and front[-1] in "省市区县" and len(short) >= _SHORTEST
