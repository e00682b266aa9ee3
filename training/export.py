"""A trained network as the files that ship: ONNX with eight-bit weights, pieces, and metadata."""

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

from kg.tagger.encoding import encode_window
from kg.tagger.model import ABOUT, FORMAT, INPUTS, NETWORK, PIECES
from kg.tagger.vocabulary import Vocabulary, write_vocabulary
from training.network import Tagger, pad_batch


class EightBitEmbedding(nn.Module):
    """An embedding of eight-bit numbers with a scale for each row."""

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        scale = weight.abs().amax(dim=1, keepdim=True).clamp(min=1e-8) / 127
        self.scale: Tensor
        self.table: Tensor
        self.register_buffer("scale", scale)
        self.register_buffer("table", (weight / scale).round().to(torch.int8))

    def forward(self, numbers: Tensor) -> Tensor:
        """Return the rows with such numbers as floats."""
        return self.table[numbers].to(torch.float32) * self.scale[numbers]


class _MultiHeadAttention(torch.autograd.Function):
    """The operator of onnxruntime that does what `Attention` does where nothing is masked."""

    @staticmethod
    def forward(_: object, query: Tensor, *_inputs: object) -> Tensor:
        """Return a tensor of the result's shape: tracing needs no more."""
        return query.clone()

    @staticmethod
    def symbolic(graph: Any, *inputs: Any) -> Any:  # noqa: ANN401
        """Return the operator's node in a graph of ONNX."""
        *tensors, heads = inputs
        name = "com.microsoft::MultiHeadAttention"
        return graph.op(name, *tensors, num_heads_i=heads).setType(tensors[0].type())


class FusedAttention(nn.Module):
    """`Attention` as one operator. The product runs each window alone: no piece is masked."""

    def __init__(self, heads: int) -> None:
        super().__init__()
        self.heads = heads

    def forward(self, query: Tensor, key: Tensor, value: Tensor, _: Tensor) -> Tensor:
        """Return the operator's result."""
        attended: Tensor = _MultiHeadAttention.apply(  # type: ignore[no-untyped-call]
            query, key, value, self.heads
        )
        return attended


def export_model(
    network: Tagger, vocabulary: Vocabulary, about: Mapping[str, Any], folder: Path
) -> None:
    """Write a network's files into a folder.

    Args:
        network: The trained network.
        vocabulary: The encoder's pieces.
        about: What is told of the model besides format and checksums.
        folder: Where the files go; older ones are overwritten.
    """
    folder.mkdir(parents=True, exist_ok=True)
    network = copy.deepcopy(network).eval()
    network.pieces = EightBitEmbedding(network.pieces.weight.detach())  # type: ignore[assignment]
    for layer in network.layers:
        layer.attend = FusedAttention(network.attention_heads)
    arrays = pad_batch([encode_window("新建青川桥1座", "已开工。", vocabulary)])
    inputs = tuple(torch.from_numpy(arrays[name]) for name in INPUTS)
    sizes = {0: "batch", 1: "pieces"}
    widths = {0: "batch", 1: "characters"}
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        torch.onnx.export(
            network,
            inputs,
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
            folder / NETWORK,
            op_types_to_quantize=["MatMul"],
            weight_type=QuantType.QInt8,
            per_channel=True,
            extra_options={"MatMulConstBOnly": True},
        )
    write_vocabulary(vocabulary.scores.items(), folder / PIECES)
    describe_model(about, folder)


def describe_model(about: Mapping[str, Any], folder: Path) -> None:
    """Write what is told of a model beside its files, with their checksums."""
    files = {name: (folder / name).read_bytes() for name in (NETWORK, PIECES)}
    checksums = {name: hashlib.sha256(raw).hexdigest() for name, raw in files.items()}
    told = {"format": FORMAT, "sha256": checksums, **about}
    (folder / ABOUT).write_text(
        json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )
