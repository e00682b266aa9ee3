"""Templates of pages and texts."""

from __future__ import annotations

from collections.abc import Callable

from jinja2 import Environment, PackageLoader, StrictUndefined


def template_environment(
    package: str,
    folder: str = "templates",
    *,
    autoescape: bool = True,
    finalize: Callable[[object], object] | None = None,
    keep_trailing_newline: bool = False,
) -> Environment:
    """Return the environment of the templates in a folder of a package.

    Lines of blocks leave no white space, and variables must be defined.

    Args:
        package: The package.
        folder: The folder.
        autoescape: Whether values are escaped as in HTML.
        finalize: Converts values before they are written.
        keep_trailing_newline: Whether the line break at the end of a template is kept.
    """
    return Environment(
        loader=PackageLoader(package, folder),
        autoescape=autoescape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=finalize,
        keep_trailing_newline=keep_trailing_newline,
    )
