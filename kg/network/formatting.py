"""Format an analysis as text or Markdown in Chinese or English, or as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Literal

from jinja2 import Environment
from markupsafe import Markup

from kg.network.analysis import Analysis
from kg.network.measures import SAMPLE
from kg.network.pairs import STRONG
from kg.network.slips import Slip
from kg.network.ties import Sentence
from kg.templates import template_environment

Form = Literal["text", "md", "json"]
Language = Literal["zh", "en"]

_LONGEST_NAME = 40
_LONGEST_SENTENCE = 80
_SEPARATOR = {"zh": "、", "en": ", "}
_MORE = {"zh": "等 {} 个", "en": " and {} more"}

_CONTROLS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~&])")


def format_report(result: Analysis | Slip, form: Form = "text", language: Language = "zh") -> str:
    """Format the result of `analyse` or `slips`; the text ends with a line break.

    Args:
        result: The result of `analyse` or `slips`.
        form: Plain text, Markdown, or JSON with all content and evidence.
        language: The language; names and sentences remain as in the reports.
    """
    if form == "json":
        return json.dumps(asdict(result), ensure_ascii=False, indent=2) + "\n"
    name = "analysis" if isinstance(result, Analysis) else "slips"
    template = _environment(form, language).get_template(f"{name}.{language}.j2")
    text = template.render(found=result, strong=STRONG, sample=SAMPLE)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def excerpt(said: Sentence) -> str:
    """Return a sentence; a long one is shortened to the text around its quote.

    >>> long = "一" * 60 + "西北湖" + "二" * 60
    >>> len(excerpt(Sentence("r", 1, "progress", "西北湖", long, None)))
    71
    """
    if len(said.sentence) <= _LONGEST_SENTENCE:
        return said.sentence
    at = max(said.sentence.find(said.quote), 0)
    room = max(_LONGEST_SENTENCE - 10 - len(said.quote), 20) // 2
    first, last = max(at - room, 0), at + min(len(said.quote), 60) + room
    before = "…" if first else ""
    after = "…" if last < len(said.sentence) else ""
    return f"{before}{said.sentence[first:last]}{after}"


def _environment(form: Form, language: Language) -> Environment:
    """Return the environment of the templates, which escapes all values."""
    environment = template_environment(
        "kg.network",
        autoescape=False,
        finalize=_escape if form == "md" else _to_single_line,
    )
    environment.filters |= {
        "title": _heading_filter("# {}" if form == "md" else "{}"),
        "heading": _heading_filter("## {}" if form == "md" else "【{}】"),
        "short": _shorten,
        "names": lambda names, most=15: _join_names(names, most, language),
        "excerpt": excerpt,
        "percent": lambda share: f"{share:.0%}",
        "number": lambda value: f"{value:.3g}",
    }
    return environment


def _heading_filter(pattern: str) -> Callable[[str], Markup]:
    escape = _escape if pattern.startswith("#") else _to_single_line
    return lambda text: Markup(pattern.format(escape(text)))


def _shorten(name: str) -> str:
    """Return a name, shortened to `_LONGEST_NAME` characters."""
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"


def _join_names(names: Sequence[str], most: int, language: Language) -> str:
    shown = _SEPARATOR[language].join(map(_shorten, names[:most]))
    if len(names) <= most:
        return shown
    count = len(names) if language == "zh" else len(names) - most
    return shown + _MORE[language].format(count)


def _to_single_line(value: object) -> object:
    """Return a value as one line without control characters."""
    return value if isinstance(value, Markup) else _CONTROLS.sub(" ", str(value))


def _escape(value: object) -> object:
    """Return a value as one line with the special characters of Markdown escaped."""
    return value if isinstance(value, Markup) else _MARKS.sub(r"\\\1", str(_to_single_line(value)))
