"""Load the model and compute its scores."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.errors import InputError
from kg.resources import resource
from kg.tagger.embeddings import read_embeddings
from kg.tagger.encoding import EncodedWindow, encode_window, split_windows
from kg.tagger.labels import HEADS
from kg.tagger.spans import Scores
from kg.tagger.vocabulary import Vocabulary, read_vocabulary

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

# Version of the files and of the order of heads; a model of another version is rejected.
FORMAT = 2
NETWORK, ROLE_NETWORK = "tagger.onnx", "roles.onnx"
PIECES, EMBEDDINGS, ABOUT = "pieces.tsv", "embeddings.q4", "tagger.json"
FILES = (NETWORK, ROLE_NETWORK, PIECES, EMBEDDINGS)
INPUTS = ("pieces", "parts", "characters", "piece_of", "places")


class ModelError(InputError):
    """The model's files are missing, damaged or of another version."""


class Characters(NamedTuple):
    """The network's output for the characters of a text.

    Attributes:
        scores: The scores of all heads, shape (characters, all heads).
        inside: Whether a character is inside a piece, not at its beginning.
    """

    scores: Scores
    inside: NDArray[np.bool_]


@dataclass(frozen=True)
class Model:
    """A loaded model.

    Attributes:
        session: The network.
        vocabulary: The encoder's pieces.
        embeddings: Their embeddings, one row each.
        about: The contents of `tagger.json`: version, origin, checksums, calibration and figures.
    """

    session: InferenceSession
    vocabulary: Vocabulary
    embeddings: NDArray[np.float32]
    about: Mapping[str, Any]

    @property
    def version(self) -> str:
        """A hash of `about`, which differs between models."""
        serialized = json.dumps(dict(self.about), sort_keys=True)
        return hashlib.sha256(serialized.encode()).hexdigest()

    def run(self, encoded: EncodedWindow) -> Scores:
        """Return the network's scores for a window, shape (characters, scores)."""
        inputs = {name: getattr(encoded, name)[None] for name in INPUTS}
        for name in ("pieces", "characters"):
            inputs[name] = self.embeddings[inputs[name]]
        scores: Scores = self.session.run(None, inputs)[0][0]
        return scores

    def score(self, first: str, second: str) -> tuple[Characters, Characters]:
        """Return the network's output for the characters of two texts.

        Each window is run alone, so that its scores do not depend on a batch.
        """
        width = sum(HEADS.values())
        out = tuple(
            Characters(np.zeros((size, width), np.float32), np.zeros(size, np.bool_))
            for size in (len(first), len(second))
        )
        for window in split_windows(first, second):
            (a, b), (c, d) = window.first, window.second
            if window.size == 0:
                continue
            encoded = encode_window(first[a:b], second[c:d], self.vocabulary)
            scores = self.run(encoded)
            inside = encoded.places > 1
            if c == 0:
                out[0].scores[a:b], out[0].inside[a:b] = scores[: b - a], inside[: b - a]
            out[1].scores[c:d], out[1].inside[c:d] = scores[b - a :], inside[b - a :]
        return out[0], out[1]


@cache
def load_model(network: str = NETWORK) -> Model:
    """Return a model of the package; it is loaded once in a process.

    Args:
        network: The file of its network.

    Raises:
        ModelError: A file is missing, damaged or of another version.
    """
    return read_model(Path(str(resource("data", "model"))), network)


def read_model(folder: Path, network: str = NETWORK) -> Model:
    """Return the model in a folder.

    Args:
        folder: The folder with the files.
        network: The file of its network.

    Raises:
        ModelError: A file is missing, damaged or of another version.
    """
    mend = "install taskkg again, or train the model with `make train`"
    used = (network, PIECES, EMBEDDINGS)
    missing = [name for name in (ABOUT, *used) if not (folder / name).is_file()]
    if missing:
        raise ModelError(f"the model lacks {', '.join(missing)} in {folder}; {mend}")
    try:
        about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        version, checksums = about["format"], dict(about["sha256"])
    except (ValueError, KeyError, TypeError):
        raise ModelError(f"{folder / ABOUT} is damaged; {mend}") from None
    if version != FORMAT:
        raise ModelError(f"the model in {folder} has format {version}, not {FORMAT}; {mend}")
    for name in used:
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != checksums.get(name):
            raise ModelError(f"{folder / name} is damaged (its checksum differs); {mend}")
    vocabulary, embeddings = _read_pieces(folder, checksums[PIECES], checksums[EMBEDDINGS])
    return Model(_open_session(folder / network), vocabulary, embeddings, about)


@cache
def _read_pieces(folder: Path, *_checksums: str) -> tuple[Vocabulary, NDArray[np.float32]]:
    """Return the pieces and their embeddings, which all networks of a folder share.

    The checksums are keys of the cache: they distinguish versions of a file.
    """
    vocabulary = read_vocabulary(folder / PIECES)
    return vocabulary, read_embeddings(folder / EMBEDDINGS, len(vocabulary.scores))


def _open_session(path: Path) -> InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # Texts are read in parallel (see `tag`), so each uses only one core.
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
