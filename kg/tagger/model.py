"""The shipped model: its file, what is known of it, and the scores that it gives."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from multiprocessing import parent_process
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.errors import InputError
from kg.resources import resource
from kg.tagger.encoding import encode_window, split_windows
from kg.tagger.labels import HEADS
from kg.tagger.spans import Scores
from kg.tagger.vocabulary import Vocabulary, read_vocabulary

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

# The form of the files and the order of the heads; a model of another form is refused.
FORMAT = 1
NETWORK, PIECES, ABOUT = "tagger.onnx", "pieces.tsv", "tagger.json"
INPUTS = ("pieces", "parts", "characters", "piece_of", "places")


class ModelError(InputError):
    """The model's files are missing, damaged or of another version."""


@dataclass(frozen=True)
class Model:
    """A model that is loaded.

    Attributes:
        session: The network.
        vocabulary: The encoder's pieces.
        about: What `tagger.json` holds: version, origin, checksums, calibration and figures.
    """

    session: InferenceSession
    vocabulary: Vocabulary
    about: Mapping[str, Any]

    @property
    def version(self) -> str:
        """What tells this model, with all that is known of it, from any other."""
        told = json.dumps(dict(self.about), sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()

    def scores(self, first: str, second: str) -> tuple[Scores, Scores]:
        """Return the scores of each character of two texts, shape (characters, all heads).

        A window is run alone, so that its scores depend on nothing else.
        """
        width = sum(HEADS.values())
        out = np.zeros((len(first), width), np.float32), np.zeros((len(second), width), np.float32)
        for window in split_windows(first, second):
            (a, b), (c, d) = window.first, window.second
            if window.size == 0:
                continue
            encoded = encode_window(first[a:b], second[c:d], self.vocabulary)
            inputs = {name: getattr(encoded, name)[None] for name in INPUTS}
            scores = self.session.run(None, inputs)[0][0]
            if c == 0:
                out[0][a:b] = scores[: b - a]
            out[1][c:d] = scores[b - a :]
        return out


@cache
def load_model() -> Model:
    """Return the model that ships with the package, loaded once a process.

    Raises:
        ModelError: A file of it is missing, damaged or of another version.
    """
    return read_model(Path(str(resource("data", "model"))))


def read_model(folder: Path) -> Model:
    """Return the model that a folder holds.

    Raises:
        ModelError: A file of it is missing, damaged or of another version.
    """
    mend = "install taskkg again, or make the model anew with `make train`"
    missing = [name for name in (ABOUT, NETWORK, PIECES) if not (folder / name).is_file()]
    if missing:
        raise ModelError(f"the model lacks {', '.join(missing)} in {folder}; {mend}")
    try:
        about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        version, checksums = about["format"], dict(about["sha256"])
    except (ValueError, KeyError, TypeError):
        raise ModelError(f"{folder / ABOUT} is damaged; {mend}") from None
    if version != FORMAT:
        raise ModelError(f"the model in {folder} has format {version}, not {FORMAT}; {mend}")
    for name in (NETWORK, PIECES):
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != checksums.get(name):
            raise ModelError(f"{folder / name} is damaged (its checksum is another); {mend}")
    return Model(_session(folder / NETWORK), read_vocabulary(folder / PIECES), about)


def _session(path: Path) -> InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # A worker of a corpus has one core; a command has all.
    options.intra_op_num_threads = 1 if parent_process() else 0
    options.log_severity_level = 3
    # Buffers as large as the longest window are not kept.
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
