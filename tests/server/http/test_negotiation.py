from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.server.http.negotiation import preferred_media_type

OFFERED = ("text/html", "text/turtle", "application/ld+json")


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (None, "text/html"),
        ("", "text/html"),
        ("*/*", "text/html"),
        ("text/turtle", "text/turtle"),
        ("TEXT/Turtle; Q=0.5", "text/turtle"),
        ("text/*;q=0.5, application/ld+json;q=0.6", "application/ld+json"),
        ("text/html;q=0, */*", "text/turtle"),
        ("text/html;q=0.001, text/turtle;q=0.002", "text/turtle"),
        ("text/html;level=1;q=0.3, text/turtle;q=0.2", "text/html"),
        ("image/png, */*;q=0.1", "text/html"),
        ("image/png", None),
        ("text/html;q=2, text/turtle;q=0.1", "text/turtle"),
        ("nonsense, text/turtle", "text/turtle"),
    ],
)
def test_what_a_client_likes_best(accept: str | None, media: str | None) -> None:
    assert preferred_media_type(accept, OFFERED) == media


@given(st.text(alphabet="text/hmlur*,;q=01. ", max_size=60))
def test_whatever_a_client_says(accept: str) -> None:
    assert preferred_media_type(accept, OFFERED) in (*OFFERED, None)


@given(st.sampled_from(OFFERED), st.integers(1, 1000))
def test_the_only_one_that_is_named_is_taken(media: str, thousandths: int) -> None:
    assert preferred_media_type(f"{media};q={thousandths / 1000:.3f}", OFFERED) == media
