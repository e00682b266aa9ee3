"""Filters for the rows of a page, with the number of rows for each choice."""

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
    """A value of a filter.

    Attributes:
        value: The value in addresses.
        name: Its name on the page.
        count: How many rows it would leave, with the other filters unchanged.
        chosen: Whether the rows are filtered by it.
    """

    value: str
    name: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter of a page.

    Attributes:
        name: Its name in addresses.
        label: Its name on the page.
        choices: Its values, the most frequent first.
    """

    name: str
    label: str
    choices: tuple[Choice, ...]


def same_in_both_languages(value: str, english: bool) -> str:  # noqa: ARG001
    """Return a value as it is, in both languages."""
    return value


def labels_of(labels: Mapping[str, Sequence[str]]) -> Callable[[str, bool], str]:
    """Return a function that gives the label of a code, in Chinese or English."""
    return lambda value, english: labels[value][english] if value in labels else value


@dataclass(frozen=True, slots=True)
class Dimension(Generic[T]):
    """A dimension by which rows can be filtered.

    Attributes:
        name: Its name in addresses.
        zh: Its name in Chinese.
        en: Its name in English.
        values: Returns the values of a row.
        value_label: Returns the label of a value, in English if the second argument is true.
    """

    name: str
    zh: str
    en: str
    values: Callable[[T], Iterable[str]]
    value_label: Callable[[str, bool], str] = same_in_both_languages


def filter_rows(
    request: Request, rows: Sequence[T], dimensions: Sequence[Dimension[T]]
) -> tuple[list[T], list[Facet]]:
    """Return the rows that pass the filters of an address, and the filters with their counts.

    Args:
        request: The request.
        rows: All rows.
        dimensions: The dimensions by which they can be filtered.
    """
    wanted = {
        dimension.name: value
        for dimension in dimensions
        if (value := request.query_params.get(dimension.name, "").strip())
    }
    english = language(request) == "en"
    values = [
        {dimension.name: frozenset(dimension.values(row)) for dimension in dimensions}
        for row in rows
    ]

    def passing_rows(ignored_filter: str = "") -> list[int]:
        return [
            at
            for at, row in enumerate(values)
            if all(value in row[name] for name, value in wanted.items() if name != ignored_filter)
        ]

    facets = []
    for dimension in dimensions:
        name = dimension.name
        counts = Counter(value for at in passing_rows(name) for value in values[at][name])
        if len(counts) > 1 or name in wanted:
            order = sorted(counts, key=lambda value: (-counts[value], value))
            choices = tuple(
                Choice(
                    value,
                    dimension.value_label(value, english),
                    counts[value],
                    wanted.get(name) == value,
                )
                for value in order
            )
            facets.append(Facet(name, dimension.en if english else dimension.zh, choices))
    return [rows[at] for at in passing_rows()], facets


def page_address(request: Request, path: str) -> Callable[..., str]:
    """Return a function that makes addresses of a page, with an ending and changed parameters."""
    given: Mapping[str, str] = {
        name: value for name, value in request.query_params.items() if value and name != "lang"
    }

    def address(ending: str = "", **changed: str | None) -> str:
        query = {name: value for name, value in {**given, **changed}.items() if value is not None}
        return f"{path}{ending}" + (f"?{urlencode(query)}" if query else "")

    return address
