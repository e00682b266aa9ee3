"""Content negotiation: which of the offered formats a client prefers.

Source: RFC 9110, *HTTP Semantics*, sections 12.4 and 12.5.1.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_WEIGHT = re.compile(r"0(\.\d{0,3})?|1(\.0{0,3})?")


def preferred_media_type(accept: str | None, offered: Sequence[str]) -> str | None:
    """Return the media type that a client prefers, or None if it accepts none of them.

    Of media types with equal weights, the first one is returned.

    Args:
        accept: The `Accept` header; if it is missing or empty, everything is accepted.
        offered: Media types without parameters, the server's preferred one first.

    >>> preferred_media_type("text/html;q=0.5, text/*", ("text/html", "text/turtle"))
    'text/turtle'
    >>> preferred_media_type("*/*;q=0.1, text/turtle;q=0", ("text/turtle", "text/html"))
    'text/html'
    >>> preferred_media_type("image/png", ("text/html",)) is None
    True
    """
    if not (accept or "").strip():
        return offered[0]
    ranges = [
        found for part in (accept or "").lower().split(",") if (found := _parse_media_range(part))
    ]
    weights = {media: _media_weight(media, ranges) for media in offered}
    preferred = max(offered, key=lambda media: weights[media])
    return preferred if weights[preferred] else None


def _parse_media_range(part: str) -> tuple[str, float] | None:
    """Return a media range and its weight, or None if it is malformed."""
    media, *parameters = (item.strip() for item in part.split(";"))
    if media.count("/") != 1:
        return None
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            value = value.strip()
            return media, float(value) if _WEIGHT.fullmatch(value) else 0
    return media, 1


def _media_weight(media: str, ranges: Sequence[tuple[str, float]]) -> float:
    """Return the weight of a media type by the most specific range; the highest of several."""
    kind = f"{media.partition('/')[0]}/*"
    for precise in (media, kind, "*/*"):
        weights = [weight for found, weight in ranges if found == precise]
        if weights:
            return max(weights)
    return 0
