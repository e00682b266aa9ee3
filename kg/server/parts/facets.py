"""Filters of a page's rows, each choice with the number of rows that it would leave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

from starlette.requests import Request

from kg.server.http.language import language

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: how the address and how people call it, and how many rows have it."""

    value: str
    name: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter of a page.

    Attributes:
        name: Its name in addresses.
        label: What people call it.
        choices: Its values, those that most rows have in front.
    """

    name: str
    label: str
    choices: tuple[Choice, ...]


def same_in_both_languages(value: str, english: bool) -> str:  # noqa: ARG001
    """Return a value as it is, in both languages."""
    return value


@dataclass(frozen=True, slots=True)
class Dimension(Generic[T]):
    """What rows can be narrowed by.

    Attributes:
        name: Its name in addresses.
        zh: What it is called in Chinese.
        en: What it is called in English.
        values: Returns the values of a row.
        named: Returns what a value is called, in English or else in Chinese.
    """

    name: str
    zh: str
    en: str
    values: Callable[[T], Iterable[str]]
    named: Callable[[str, bool], str] = same_in_both_languages


def filter_rows(
    request: Request, rows: Sequence[T], dimensions: Sequence[Dimension[T]]
) -> tuple[list[T], list[Facet]]:
    """Return the rows that pass the filters of an address, and the filters with their counts.

    Args:
        request: What is answered.
        rows: All rows.
        dimensions: What they can be narrowed by.
    """
    given = {
        one.name: value
        for one in dimensions
        if (value := request.query_params.get(one.name, "").strip())
    }
    english = language(request) == "en"
    values = [{one.name: frozenset(one.values(row)) for one in dimensions} for row in rows]

    def passing(but: str = "") -> list[int]:
        return [
            at
            for at, row in enumerate(values)
            if all(value in row[name] for name, value in given.items() if name != but)
        ]

    facets = []
    for one in dimensions:
        counted = Counter(value for at in passing(one.name) for value in values[at][one.name])
        if len(counted) > 1 or one.name in given:
            order = sorted(counted, key=lambda value: (-counted[value], value))
            choices = tuple(
                Choice(
                    value, one.named(value, english), counted[value], given.get(one.name) == value
                )
                for value in order
            )
            facets.append(Facet(one.name, one.en if english else one.zh, choices))
    return [rows[at] for at in passing()], facets


def page_address(request: Request, path: str) -> Callable[..., str]:
    """Return what makes addresses of a page: with an ending, and with some parameters changed."""
    given: Mapping[str, str] = {
        name: value for name, value in request.query_params.items() if value and name != "lang"
    }

    def address(ending: str = "", **changed: str | None) -> str:
        query = {name: value for name, value in {**given, **changed}.items() if value is not None}
        return f"{path}{ending}" + (f"?{urlencode(query)}" if query else "")

    return address
