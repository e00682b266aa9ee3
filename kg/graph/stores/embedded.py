"""The embedded store: Oxigraph on disk, replaced as a whole by each build.

A store is a folder with builds, each a folder of its own, and a file `CURRENT` that names the one
to read. A new build is written beside the others and becomes current by one rename that replaces
`CURRENT`, so that no reader ever sees an incomplete graph, even after a crash. The previous build
is kept for readers that still use it, and so is any build that a reader holds. Only one build is
made at a time, under the lock `.lock`.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Collection, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO, Any, overload

from filelock import FileLock, Timeout
from pyoxigraph import DefaultGraph, NamedNode, Quad, QuerySolutions, RdfFormat, Store

from kg.errors import InputError
from kg.graph.stores.protocol import Graph
from kg.output import flush_folder, flush_path, full_disk_message
from kg.tables import Answer

try:
    import fcntl
except ImportError:  # Windows has none.
    fcntl = None  # type: ignore[assignment]

_CURRENT = "CURRENT"
_GRAPH = "graph"
_ABOUT = "build.json"
_LOCK = ".lock"


# Bytes of statements that are loaded at once, and how many loads run at a time: Oxigraph uses one
# core for each.
_BATCH = 16 * 1024 * 1024
_MAX_LOADS = 2
# A store that has grown by this factor in one build is compacted.
_GROWTH = 1.5
# A store of this size in bytes is not compacted: RocksDB merges files in the background.
_LARGE = 1024**3


@dataclass(slots=True)
class Draft:
    """A build that is being made.

    Each statement is in the named graph of its source, and once more in the default graph, which
    is what questions query: Oxigraph's own union graph counts a statement once for each graph that
    holds it (oxigraph issue 1919).

    Attributes:
        graph: Its graph, open for writing.
        about: The metadata of the build, stored beside the graph.
    """

    graph: Store
    about: dict[str, Any]
    _waiting: list[bytes] = field(default_factory=list)
    _loading: list[Future[None]] = field(default_factory=list)
    _threads: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(_MAX_LOADS))

    def load(self, quads: bytes, triples: bytes) -> None:
        """Add statements as N-Quads, and the same without duplicates as N-Triples.

        They may be buffered until `flush`.
        """
        self._waiting += quads, triples
        if sum(map(len, self._waiting)) > _BATCH:
            self._start_loading()

    def flush(self) -> None:
        """Make all statements that were added readable."""
        if self._waiting:
            self._start_loading()
        while self._loading:
            self._loading.pop(0).result()

    def close(self) -> None:
        """Wait until all loads have ended."""
        self._threads.shutdown()

    def _start_loading(self) -> None:
        """Start to load the buffered statements."""
        if len(self._loading) == _MAX_LOADS:
            self._loading.pop(0).result()
        # Lenient, since `kg.graph.rdf.terms` makes valid IRIs only.
        load = partial(self.graph.bulk_load, format=RdfFormat.N_QUADS, lenient=True)
        self._loading.append(self._threads.submit(load, b"".join(self._waiting)))
        self._waiting.clear()

    def extend(self, quads: Collection[Quad]) -> None:
        """Add statements."""
        self.graph.bulk_extend(quads)
        self.graph.bulk_extend(Quad(*triple) for triple in {quad.triple for quad in quads})

    def remove(self, graph: NamedNode) -> None:
        """Remove a named graph, and from the default graph what no other named graph contains."""
        self.flush()
        triples = [quad.triple for quad in self.graph.quads_for_pattern(None, None, None, graph)]
        self.graph.remove_graph(graph)
        for triple in triples:
            left = self.graph.quads_for_pattern(
                triple.subject, triple.predicate, triple.object, None
            )
            if all(quad.graph_name == DefaultGraph() for quad in left):
                self.graph.remove(Quad(*triple))

    def count_statements(self) -> int:
        """Return the number of statements without duplicates."""
        found = self.graph.query("SELECT (COUNT(*) AS ?count) WHERE { ?s ?p ?o }")
        assert isinstance(found, QuerySolutions)
        return int(next(found)["count"].value)


@contextmanager
def new_build(path: Path, keep: bool = False) -> Iterator[Draft]:
    """Make a new build; it becomes the current one at the end, unless an error is raised.

    Args:
        path: The store's folder; it is created if it does not exist.
        keep: Whether to begin with a copy of the current build instead of an empty one.

    Raises:
        InputError: The folder cannot be written, holds something other than a store, has no build
            to keep, or another build is being made in it.
    """
    if keep:
        # Raise an error before the folder is changed, if it is not a store.
        current_build(path)
    with _lock_folder(path):
        before = current_build(path) if keep else None
        try:
            build = Path(tempfile.mkdtemp(prefix="build-", dir=path))
        except OSError as error:
            raise InputError(_unwritable_message(path, error)) from None
        try:
            if before:
                # Files are linked, not copied, so that the cost does not grow with the store.
                Store.read_only(str(before / _GRAPH)).backup(str(build / _GRAPH))
            draft = Draft(Store(build / _GRAPH), about_build(path) if before else {})
            kept = _size_on_disk(build / _GRAPH)
            with closing(draft):
                yield draft
                draft.flush()
            draft.graph.flush()
            # Compaction rewrites the whole store; RocksDB merges a few new files by itself.
            if _GROWTH * kept < _size_on_disk(build / _GRAPH) < _LARGE:
                draft.graph.optimize()
                draft.graph.flush()
            about = json.dumps(draft.about, ensure_ascii=False, indent=2) + "\n"
            del draft.graph
            (build / _ABOUT).write_text(about, encoding="utf-8")
            _activate_build(path, build)
        except BaseException:
            # A signal may arrive when the build is already the current one.
            if _current_name(path) != build.name:
                shutil.rmtree(build, ignore_errors=True)
            raise


def _size_on_disk(graph: Path) -> int:
    """Return the number of bytes that the statements of a graph take on disk."""
    size = 0
    for file in graph.glob("*.sst"):
        # RocksDB removes files in the background after merging them.
        with suppress(FileNotFoundError):
            size += file.stat().st_size
    return size


@contextmanager
def _lock_folder(path: Path) -> Iterator[None]:
    """Hold the lock of a store's folder, which is created if it does not exist."""
    if path.exists() and not path.is_dir():
        raise InputError(f"{path}: is a file; name a folder for the store")
    others = path.is_dir() and any(found.name != _LOCK for found in path.iterdir())
    if others and not (path / _CURRENT).exists() and not all(map(_is_ours, path.iterdir())):
        raise InputError(f"{path}: holds other files and is not a store; name another folder")
    try:
        path.mkdir(parents=True, exist_ok=True)
        with FileLock(path / _LOCK, timeout=0):
            yield
    except Timeout:
        raise InputError(
            f"{path}: another build is running there; wait until it ends and try again"
        ) from None
    except PermissionError as error:
        raise InputError(_unwritable_message(path, error)) from None
    except OSError as error:
        if not (reason := full_disk_message(error)):
            raise
        raise InputError(
            f"{path}: cannot be written ({reason}); free some space, or name another folder"
        ) from None


def _is_ours(found: Path) -> bool:
    """Return whether a file may be left over from an interrupted first build."""
    return found.name == _LOCK or found.name.startswith("build-")


def _unwritable_message(path: Path, error: OSError) -> str:
    return f"{path}: cannot be written ({error.strerror}); check its permissions"


def _activate_build(path: Path, build: Path) -> None:
    before = _current_name(path)
    pointer = build / _CURRENT
    pointer.write_text(build.name + "\n", encoding="utf-8")
    flush_folder(build)
    pointer.replace(path / _CURRENT)
    flush_path(path)
    for old in path.glob("build-*"):
        if old.name not in (build.name, before):
            _remove_build(old)


def _remove_build(build: Path) -> None:
    """Remove a build, unless a reader holds it."""
    with suppress(OSError), ExitStack() as held:
        if fcntl and (build / _ABOUT).exists():
            file = held.enter_context((build / _ABOUT).open())
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(build, ignore_errors=True)


def hold_build(build: Path) -> IO[str]:
    """Keep newer builds from removing a build, as long as the returned file is open.

    This is needed because Oxigraph opens some files of a store only on demand.

    Raises:
        OSError: The build no longer exists.
    """
    file = (build / _ABOUT).open(encoding="utf-8")
    # Windows does not remove open files.
    if fcntl:
        fcntl.flock(file, fcntl.LOCK_SH)
    return file


def current_build(store: str | Path) -> Path:
    """Return the folder of the current build.

    Raises:
        InputError: There is no store.
    """
    current = _current_name(Path(store))
    if current is None:
        raise InputError(f"{store}: no store here; make one with `kg build SOURCE --store {store}`")
    build = Path(store) / current
    if not (build / _GRAPH).is_dir():
        raise InputError(
            f"{store}: is damaged (its build {current[:40]} is missing); build it again"
        )
    return build


def is_remote(store: str | Path) -> bool:
    """Return whether a store is the address of a server, not a folder.

    >>> is_remote("https://example.org/sparql"), is_remote("store")
    (True, False)
    """
    return str(store).lower().startswith(("http://", "https://"))


@overload
def open_graph(store: Path = ..., build: Path | None = None) -> Store: ...


@overload
def open_graph(store: str | Path = ..., build: Path | None = None) -> Graph: ...


def open_graph(store: str | Path = "store", build: Path | None = None) -> Graph:
    """Open a store for reading.

    Args:
        store: The store's folder, or the address of a SPARQL server.
        build: The folder of one of its builds; by default that of the current build.

    Raises:
        InputError: There is no store.
    """
    if is_remote(store):
        # Imported here, since the HTTP client takes long to load.
        from kg.graph.stores.remote import RemoteGraph

        return RemoteGraph(str(store))
    return Store.read_only(str((build or current_build(store)) / _GRAPH))


def all_statements(store: Graph) -> Iterator[Quad]:
    """Yield the statements of a store without duplicates, from the default graph."""
    return store.quads_for_pattern(None, None, None, DefaultGraph())


def about_build(store: str | Path, build: Path | None = None) -> dict[str, Any]:
    """Return the metadata of a build: its date, version, sources and reports.

    Args:
        store: The store's folder, or the address of a SPARQL server.
        build: The folder of one of its builds; by default that of the current build.

    Raises:
        InputError: There is no store.
    """
    if is_remote(store):
        from kg.graph.stores.remote import RemoteGraph

        return RemoteGraph(str(store)).about_build
    folder = build or current_build(store)
    about = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
    assert isinstance(about, dict)
    return about


def reports(store: str | Path) -> Answer:
    """Return the reports that a store holds, as a table.

    Raises:
        InputError: There is no store.
    """
    fields = ("identifier", "title", "as_of", "tasks", "source", "sha256")
    rows = (tuple(entry[name] for name in fields) for entry in about_build(store)["reports"])
    return Answer(("report", *fields[1:]), tuple(rows))


def _current_name(path: Path) -> str | None:
    try:
        # The file may be empty after a power failure.
        return (path / _CURRENT).read_text(encoding="utf-8", errors="replace").strip() or None
    except (FileNotFoundError, NotADirectoryError):
        return None
