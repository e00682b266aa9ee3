"""Load the statements of reports as a build does, in a separate process.

usage: python -m benchmarks.peers.loader TEXT STORE

TEXT is a folder with two files for each report, its N-Quads and its N-Triples.
"""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

from pyoxigraph import Store

from kg.graph.stores.embedded import Draft


def main() -> None:
    """Load all files of the folder into a new store."""
    text, store = map(Path, sys.argv[1:])
    draft = Draft(Store(store), {})
    with closing(draft):
        for quads in sorted(text.glob("*.nq")):
            draft.load(quads.read_bytes(), quads.with_suffix(".nt").read_bytes())
        draft.flush()
    draft.graph.flush()


if __name__ == "__main__":
    main()
