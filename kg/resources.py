"""Where the data and the ontology that ship with the package are found."""

from pathlib import Path


def resource(*parts: str) -> Path:
    """Return the path of a shipped file or folder, such as `resource("ontology")`.

    An installed wheel holds them inside the package, a checkout beside it.
    """
    package = Path(__file__).parent
    installed = package / "_resources"
    return (installed if installed.exists() else package.parent).joinpath(*parts)
