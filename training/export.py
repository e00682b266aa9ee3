"""Export a trained network to the files of the model: ONNX with eight-bit weights, and metadata."""

from __future__ import annotations

import copy
import hashlib
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from kg.tagger.embeddings import write_embeddings
from kg.tagger.encoding import encode_window
from kg.tagger.model import ABOUT, EMBEDDINGS, FILES, FORMAT, INPUTS, PIECES
from kg.tagger.vocabulary import Vocabulary, write_vocabulary
from training.base import BaseModel
from training.network import Tagger, pad_batch


class GivenRows(nn.Module):
    """A replacement for the embedding layer in a network whose input is the rows of pieces.

    It adds the base model's common vector to each row.
    """

    def __init__(self, added: Tensor) -> None:
        super().__init__()
        self.added: Tensor
        self.register_buffer("added", added)

    def forward(self, rows: Tensor) -> Tensor:
        """Return the embeddings of pieces, given their rows."""
        return rows + self.added


class _MultiHeadAttention(torch.autograd.Function):
    """The operator of onnxruntime that is equal to `Attention` if nothing is masked."""

    @staticmethod
    def forward(_: object, query: Tensor, *_inputs: object) -> Tensor:
        """Return a tensor with the shape of the result, which is enough for tracing."""
        return query.clone()

    @staticmethod
    def symbolic(graph: Any, *inputs: Any) -> Any:  # noqa: ANN401
        """Return the operator's node in an ONNX graph."""
        *tensors, heads = inputs
        name = "com.microsoft::MultiHeadAttention"
        return graph.op(name, *tensors, num_heads_i=heads).setType(tensors[0].type())


class FusedAttention(nn.Module):
    """`Attention` as one operator; taskkg runs each window alone, so that no piece is masked."""

    def __init__(self, heads: int) -> None:
        super().__init__()
        self.heads = heads

    def forward(self, query: Tensor, key: Tensor, value: Tensor, _: Tensor) -> Tensor:
        """Return the operator's result."""
        attended: Tensor = _MultiHeadAttention.apply(  # type: ignore[no-untyped-call]
            query, key, value, self.heads
        )
        return attended


def export_network(network: Tagger, base: BaseModel, path: Path) -> None:
    """Write a network as an ONNX file with eight-bit matrices.

    Its input is rows of the embeddings, which are in a separate file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    network = copy.deepcopy(network).eval()
    network.pieces = GivenRows(torch.from_numpy(base.common))  # type: ignore[assignment]
    for layer in network.layers:
        layer.attend = FusedAttention(network.attention_heads)
    arrays = pad_batch([encode_window("新建青川桥1座", "已开工。", Vocabulary(dict(base.pieces)))])
    tensors = {name: torch.from_numpy(arrays[name]) for name in INPUTS}
    for name in ("pieces", "characters"):
        tensors[name] = torch.from_numpy(base.embeddings[arrays[name]])
    sizes = {0: "batch", 1: "pieces"}
    widths = {0: "batch", 1: "characters"}
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        torch.onnx.export(
            network,
            tuple(tensors.values()),
            whole,
            input_names=list(INPUTS),
            output_names=["scores"],
            dynamic_axes={n: sizes if n in ("pieces", "parts") else widths for n in INPUTS}
            | {"scores": widths},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(
            whole,
            path,
            op_types_to_quantize=["MatMul"],
            weight_type=QuantType.QInt8,
            per_channel=True,
            extra_options={"MatMulConstBOnly": True},
        )


def export_base(base: BaseModel, folder: Path) -> None:
    """Write the pieces and their embeddings, which all networks share, to a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    write_vocabulary(base.pieces, folder / PIECES)
    write_embeddings(base.embeddings, folder / EMBEDDINGS)


def describe_model(about: Mapping[str, Any], folder: Path) -> None:
    """Write the metadata of a model beside its files, with their checksums."""
    files = {name: (folder / name).read_bytes() for name in FILES if (folder / name).is_file()}
    checksums = {name: hashlib.sha256(raw).hexdigest() for name, raw in files.items()}
    metadata = {"format": FORMAT, "sha256": checksums, **about}
    (folder / ABOUT).write_text(
        json.dumps(metadata, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )
