"""The embedded store: Oxigraph on disk, replaced as a whole by each build.

A store is a folder that holds builds, each a folder of its own, and a file `CURRENT` that names the
one to read. A build is written beside the others and comes into force when `CURRENT` is replaced,
in one rename, so that no reader and no crash ever sees half a graph. The build before the current
one is kept for whoever still reads it, and any that a reader holds. One build is made at a time: it
holds the lock `.lock`.
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
from kg.graph.protocol import Graph
from kg.output import flush, flush_folder, full_disk
from kg.tables import Answer

try:
    import fcntl
except ImportError:  # Windows has none.
    fcntl = None  # type: ignore[assignment]

_CURRENT = "CURRENT"
_GRAPH = "graph"
_ABOUT = "build.json"
_LOCK = ".lock"


# Written text of statements, in bytes, that is loaded at once, and how many loads run at a time:
# Oxigraph reads, sorts and writes one on one core.
_BATCH = 16 * 1024 * 1024
_TOGETHER = 2
# A store that has grown by this factor in one build is put in order as a whole.
_MUCH = 1.5
# A store of so many bytes is left to RocksDB, which merges files as they come.
_LARGE = 1024**3


@dataclass(slots=True)
class Draft:
    """A build that is being made.

    Statements stand in the named graphs of what tells them, and once more in the default graph,
    which is what questions ask: Oxigraph's own union counts a statement once for each graph that
    holds it (oxigraph issue 1919).

    Attributes:
        graph: Its graph, open for writing.
        about: What is known of the build itself, kept beside the graph, not in it.
    """

    graph: Store
    about: dict[str, Any]
    _waiting: list[bytes] = field(default_factory=list)
    _loading: list[Future[None]] = field(default_factory=list)
    _threads: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(_TOGETHER))

    def load(self, quads: bytes, triples: bytes) -> None:
        """Put in statements as N-Quads, and the same as N-Triples, each once.

        They may wait for others until `flush`.
        """
        self._waiting += quads, triples
        if sum(map(len, self._waiting)) > _BATCH:
            self._begin()

    def flush(self) -> None:
        """See that all statements that were put in can be read."""
        if self._waiting:
            self._begin()
        while self._loading:
            self._loading.pop(0).result()

    def close(self) -> None:
        """Wait for what is still being loaded."""
        self._threads.shutdown()

    def _begin(self) -> None:
        """Begin to load what waits."""
        if len(self._loading) == _TOGETHER:
            self._loading.pop(0).result()
        # Lenient: what IRIs do not allow was encoded when they were made (`kg.graph.terms`).
        load = partial(self.graph.bulk_load, format=RdfFormat.N_QUADS, lenient=True)
        self._loading.append(self._threads.submit(load, b"".join(self._waiting)))
        self._waiting.clear()

    def extend(self, quads: Collection[Quad]) -> None:
        """Put in statements."""
        self.graph.bulk_extend(quads)
        self.graph.bulk_extend(Quad(*triple) for triple in {quad.triple for quad in quads})

    def remove(self, graph: NamedNode) -> None:
        """Take out a named graph; what no other one says is said no more."""
        self.flush()
        triples = [quad.triple for quad in self.graph.quads_for_pattern(None, None, None, graph)]
        self.graph.remove_graph(graph)
        for triple in triples:
            left = self.graph.quads_for_pattern(
                triple.subject, triple.predicate, triple.object, None
            )
            if all(quad.graph_name == DefaultGraph() for quad in left):
                self.graph.remove(Quad(*triple))

    def statements(self) -> int:
        """Return how many statements there are, each counted once."""
        found = self.graph.query("SELECT (COUNT(*) AS ?count) WHERE { ?s ?p ?o }")
        assert isinstance(found, QuerySolutions)
        return int(next(found)["count"].value)


@contextmanager
def new_build(path: Path, keep: bool = False) -> Iterator[Draft]:
    """Make a new build; it comes into force at the end, unless anything goes wrong.

    Args:
        path: The store's folder; it is made where it does not exist.
        keep: Whether the build begins as a copy of the one in force, not empty.

    Raises:
        InputError: The folder cannot be written, holds something that is no store, has no build to
            keep, or another build is being made in it.
    """
    if keep:
        # A folder that is no store is not made one.
        current_build(path)
    with _locked(path):
        before = current_build(path) if keep else None
        try:
            build = Path(tempfile.mkdtemp(prefix="build-", dir=path))
        except OSError as error:
            raise InputError(_unwritable(path, error)) from None
        try:
            if before:
                # Files are linked, not copied: the cost does not grow with the store.
                Store.read_only(str(before / _GRAPH)).backup(str(build / _GRAPH))
            draft = Draft(Store(build / _GRAPH), about_build(path) if before else {})
            kept = _size(build / _GRAPH)
            with closing(draft):
                yield draft
                draft.flush()
            draft.graph.flush()
            # Takes as long as the whole store is large; a few new files are merged by the way.
            if _MUCH * kept < _size(build / _GRAPH) < _LARGE:
                draft.graph.optimize()
                draft.graph.flush()
            about = json.dumps(draft.about, ensure_ascii=False, indent=2) + "\n"
            del draft.graph
            (build / _ABOUT).write_text(about, encoding="utf-8")
            _put_in_force(path, build)
        except BaseException:
            # A signal may come when the build is in force already.
            if _current(path) != build.name:
                shutil.rmtree(build, ignore_errors=True)
            raise


def _size(graph: Path) -> int:
    """Return how many bytes the statements of a graph take on the disk."""
    size = 0
    for file in graph.glob("*.sst"):
        # RocksDB merges files in the background, and removes those that it has merged.
        with suppress(FileNotFoundError):
            size += file.stat().st_size
    return size


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold the lock of a store's folder, which is made where it does not exist."""
    if path.exists() and not path.is_dir():
        raise InputError(f"{path}: is a file; name a folder for the store")
    others = path.is_dir() and any(found.name != _LOCK for found in path.iterdir())
    if others and not (path / _CURRENT).exists() and not all(map(_is_ours, path.iterdir())):
        raise InputError(f"{path}: holds files that are no store; name another folder")
    try:
        path.mkdir(parents=True, exist_ok=True)
        with FileLock(path / _LOCK, timeout=0):
            yield
    except Timeout:
        raise InputError(
            f"{path}: another build is being made there; wait for its end and try again"
        ) from None
    except PermissionError as error:
        raise InputError(_unwritable(path, error)) from None
    except OSError as error:
        if not (told := full_disk(error)):
            raise
        raise InputError(
            f"{path}: cannot be written ({told}); make room there, or name another folder"
        ) from None


def _is_ours(found: Path) -> bool:
    """Return whether a file is what an interrupted first build leaves."""
    return found.name == _LOCK or found.name.startswith("build-")


def _unwritable(path: Path, error: OSError) -> str:
    return f"{path}: cannot be written ({error.strerror}); check its rights"


def _put_in_force(path: Path, build: Path) -> None:
    before = _current(path)
    pointer = build / _CURRENT
    pointer.write_text(build.name + "\n", encoding="utf-8")
    flush_folder(build)
    pointer.replace(path / _CURRENT)
    flush(path)
    for old in path.glob("build-*"):
        if old.name not in (build.name, before):
            _remove(old)


def _remove(build: Path) -> None:
    """Remove a build, unless a reader holds it."""
    with suppress(OSError), ExitStack() as held:
        if fcntl and (build / _ABOUT).exists():
            file = held.enter_context((build / _ABOUT).open())
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(build, ignore_errors=True)


def hold_build(build: Path) -> IO[str]:
    """Keep a build from being removed by newer ones, as long as the file that is returned is open.

    Oxigraph opens some files of a store only when it needs them.

    Raises:
        OSError: The build is there no more.
    """
    file = (build / _ABOUT).open(encoding="utf-8")
    # Windows removes no file that is open.
    if fcntl:
        fcntl.flock(file, fcntl.LOCK_SH)
    return file


def current_build(store: str | Path) -> Path:
    """Return the folder of the build in force.

    Raises:
        InputError: There is no store.
    """
    current = _current(Path(store))
    if current is None:
        raise InputError(f"{store}: no store here; make one with `kg build SOURCE --store {store}`")
    build = Path(store) / current
    if not (build / _GRAPH).is_dir():
        raise InputError(
            f"{store}: is damaged (its build {current[:40]} is missing); build it anew"
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
        build: The folder of one of its builds; that of the one in force where it is left out.

    Raises:
        InputError: There is no store.
    """
    if is_remote(store):
        # What speaks HTTP takes long to load.
        from kg.graph.remote import RemoteGraph

        return RemoteGraph(str(store))
    return Store.read_only(str((build or current_build(store)) / _GRAPH))


def statements(store: Graph) -> Iterator[Quad]:
    """Yield all that a store holds, each statement once, without the graphs that tell it."""
    return store.quads_for_pattern(None, None, None, DefaultGraph())


def about_build(store: str | Path, build: Path | None = None) -> dict[str, Any]:
    """Return what is known of a build: when, by which version, from which sources.

    Args:
        store: The store's folder, or the address of a SPARQL server.
        build: The folder of one of its builds; that of the one in force where it is left out.

    Raises:
        InputError: There is no store.
    """
    if is_remote(store):
        from kg.graph.remote import RemoteGraph

        return RemoteGraph(str(store)).build
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


def _current(path: Path) -> str | None:
    try:
        # A disk that lost its power may leave it empty.
        return (path / _CURRENT).read_text(encoding="utf-8", errors="replace").strip() or None
    except (FileNotFoundError, NotADirectoryError):
        return None
