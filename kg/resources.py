"""The paths of the data and ontology files of the package."""

from pathlib import Path


def resource(*parts: str) -> Path:
    """Return the path of a file or folder of the package, such as `resource("ontology")`.

    In an installed wheel they are inside the package, in a checkout beside it.
    """
    package = Path(__file__).parent
    installed = package / "_resources"
    return (installed if installed.exists() else package.parent).joinpath(*parts)
