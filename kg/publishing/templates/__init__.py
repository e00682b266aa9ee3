"""The templates of a bundle's pages and pictures, filled in with Jinja."""

from __future__ import annotations

import re

from jinja2 import Environment, PackageLoader, StrictUndefined

from kg.publishing.markup import clean

# What Markdown and HTML in it would take for more than a character.
_MARKS = re.compile(r"([\\`*_\[\]<>#|~&])")


def render(name: str, **values: object) -> str:
    """Return a template filled in; in pages and pictures, names cannot become markup.

    Args:
        name: File name of the template without its ending `.j2`.
        values: What it names.
    """
    environment = Environment(
        loader=PackageLoader("kg.publishing"),
        autoescape=not name.endswith(".md"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["md"] = markdown
    environment.filters["thousands"] = "{:,}".format
    return clean(environment.get_template(f"{name}.j2").render(**values))


def markdown(text: str) -> str:
    r"""Return a text that Markdown shows as it is, on one line.

    >>> print(markdown("a|b <i> *c*"))
    a\|b \<i\> \*c\*
    """
    return _MARKS.sub(r"\\\1", " ".join(text.split()))
