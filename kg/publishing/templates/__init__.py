"""Jinja templates of the pages and pictures of a bundle."""

from __future__ import annotations

import re

from kg.publishing.formats.xml_writer import clean
from kg.templates import template_environment

# Characters with a meaning in Markdown and HTML.
_MARKS = re.compile(r"([\\`*_\[\]<>#|~&])")


def render(name: str, **values: object) -> str:
    """Render a template; values are escaped.

    Args:
        name: The file name of the template without its extension `.j2`.
        values: The values of its variables.
    """
    environment = template_environment(
        "kg.publishing", autoescape=not name.endswith(".md"), keep_trailing_newline=True
    )
    environment.filters["md"] = escape_markdown
    environment.filters["thousands"] = "{:,}".format
    return clean(environment.get_template(f"{name}.j2").render(**values))


def escape_markdown(text: str) -> str:
    r"""Return a text as one line with the special characters of Markdown escaped.

    >>> print(escape_markdown("a|b <i> *c*"))
    a\|b \<i\> \*c\*
    """
    return _MARKS.sub(r"\\\1", " ".join(text.split()))
