"""The templates of a bundle's pages and pictures, filled in with Jinja."""

from __future__ import annotations

import re

from jinja2 import Environment, PackageLoader, StrictUndefined

# What neither XML 1.0 nor HTML has room for, not even as a character reference.
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
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


def clean(text: str) -> str:
    """Return a text without the characters that XML forbids; U+FFFD stands in their place."""
    return _FORBIDDEN.sub("\ufffd", text)


def markdown(text: str) -> str:
    r"""Return a text that Markdown shows as it is, on one line.

    >>> print(markdown("a|b <i> *c*"))
    a\|b \<i\> \*c\*
    """
    return _MARKS.sub(r"\\\1", " ".join(text.split()))
