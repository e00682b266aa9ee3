"""The network: the base model for pieces, a layer for characters, and heads for the labels."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.tagger.encoding import EncodedWindow, Integers
from kg.tagger.labels import HEADS
from training.base import BaseModel

_NEIGHBOURS = 2
_PLACES = 8
_SCORES = sum(HEADS.values())
# The base model's names for the parts of a layer.
_BASE_NAMES = {
    "attention": "q k v".split(),
    "output": ["ao"],
    "attention_norm": ["aln"],
    "inner": ["fi"],
    "outer": ["fo"],
    "norm": ["oln"],
}


class Attention(nn.Module):
    """Multi-head attention between pieces."""

    def __init__(self, heads: int) -> None:
        super().__init__()
        self.heads = heads

    def forward(self, query: Tensor, key: Tensor, value: Tensor, mask: Tensor) -> Tensor:
        """Return the weighted sum of the values; all have the shape (batch, pieces, hidden)."""
        batch, pieces, hidden = query.shape
        size = hidden // self.heads

        def split(x: Tensor) -> Tensor:
            return x.view(batch, pieces, self.heads, size).transpose(1, 2).flatten(0, 1)

        # On processors, products and softmax in bfloat16 are faster than the fused operator.
        with torch.autocast("cpu", enabled=False):
            scores = torch.bmm(split(query) * size**-0.5, split(key).transpose(1, 2))
            scores = scores.view(batch, self.heads, pieces, pieces) + mask.to(scores.dtype)
            weights = torch.softmax(scores, dim=-1).flatten(0, 1)
            attended = torch.bmm(weights, split(value)).view(batch, self.heads, pieces, size)
        return attended.transpose(1, 2).flatten(2)


class Layer(nn.Module):
    """A transformer layer as in BERT, with normalisation after each half."""

    def __init__(self, hidden: int, heads: int, inner: int) -> None:
        super().__init__()
        # Query, key and value in one product.
        self.attention = nn.Linear(hidden, 3 * hidden)
        self.attend: nn.Module = Attention(heads)
        self.output = nn.Linear(hidden, hidden)
        self.attention_norm = nn.LayerNorm(hidden, eps=1e-12)
        self.inner = nn.Linear(hidden, inner)
        self.outer = nn.Linear(inner, hidden)
        self.norm = nn.LayerNorm(hidden, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Return the layer's output of shape (batch, pieces, hidden).

        Args:
            x: Input of the same shape.
            mask: 0 for pieces that may be used, a large negative number for others; shape
                (batch, 1, 1, pieces).
        """
        attended = self.attend(*self.attention(x).chunk(3, dim=-1), mask)
        x = self.attention_norm(x + self.output(attended))
        out: Tensor = self.norm(x + self.outer(functional.gelu(self.inner(x))))
        return out


class Tagger(nn.Module):
    """A network that returns a vector of scores for each character."""

    def __init__(
        self, base: BaseModel, layers: int, dropout: float, parts: int = 2, scores: int = _SCORES
    ) -> None:
        super().__init__()
        hidden = base.hidden
        self.attention_heads = base.heads
        self.pieces = nn.Embedding(len(base.pieces), hidden)
        # The embeddings are not trained, only the layers.
        self.pieces.weight.requires_grad_(False)
        self.positions = nn.Embedding(base.positions, hidden)
        self.parts = nn.Embedding(parts, hidden)
        self.embedding_norm = nn.LayerNorm(hidden, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(hidden, base.heads, 4 * hidden) for _ in range(layers))
        self.places = nn.Embedding(_PLACES, hidden)
        self.neighbours = nn.Linear((2 * _NEIGHBOURS + 1) * hidden, hidden)
        self.character_norm = nn.LayerNorm(hidden)
        self.neighbours_norm = nn.LayerNorm(hidden)
        self.heads = nn.Linear(hidden, scores)
        self._load(base)

    def _load(self, base: BaseModel) -> None:
        with torch.no_grad():
            tensors = {name: torch.from_numpy(value) for name, value in base.tensors.items()}
            self.pieces.weight.copy_(torch.from_numpy(base.embeddings + base.common))
            self.positions.weight.copy_(tensors["emb.pos"].view(base.positions, -1))
            self.embedding_norm.weight.copy_(tensors["emb.ln.w"])
            self.embedding_norm.bias.copy_(tensors["emb.ln.b"])
            nn.init.normal_(self.parts.weight, std=0.02)
            nn.init.normal_(self.places.weight, std=0.02)
            for number, layer in enumerate(self.layers):
                for name, weight in layer.named_parameters():
                    module, _, kind = name.partition(".")
                    theirs = [tensors[f"l{number}.{it}.{kind[0]}"] for it in _BASE_NAMES[module]]
                    weight.copy_(torch.cat(theirs).view(weight.shape))

    def forward(
        self, pieces: Tensor, parts: Tensor, characters: Tensor, piece_of: Tensor, places: Tensor
    ) -> Tensor:
        """Return scores of shape (batch, characters, sum of the heads' sizes).

        Args:
            pieces: Numbers of the pieces, shape (batch, pieces); 1 is padding.
            parts: For each piece the number of its part: the first or the second text of a task,
                or the layout before it in a document.
            characters: Numbers of the characters as pieces, shape (batch, characters).
            piece_of: For each character the index of its piece.
            places: For each character its place in the piece; 0 if it is the only one.
        """
        size = pieces.shape[1]
        mask = (pieces == 1).to(torch.float32)[:, None, None, :] * -1e4
        x = self.pieces(pieces) + self.positions.weight[:size] + self.parts(parts)
        x = self.dropout(self.embedding_norm(x))
        for layer in self.layers:
            x = layer(x, mask)
        index = piece_of[:, :, None].expand(-1, -1, x.shape[2])
        own = self.embedding_norm(self.pieces(characters) + self.places(places))
        y = self.dropout(self.character_norm(torch.gather(x, 1, index) + own))
        padded = functional.pad(y, (0, 0, _NEIGHBOURS, _NEIGHBOURS))
        width = y.shape[1]
        around = torch.cat([padded[:, i : i + width] for i in range(2 * _NEIGHBOURS + 1)], dim=2)
        y = self.neighbours_norm(y + functional.gelu(self.neighbours(around)))
        scores: Tensor = self.heads(self.dropout(y))
        return scores


def pad_batch(windows: Sequence[EncodedWindow]) -> dict[str, Integers]:
    """Return the arrays of a batch by their names in the network, padded to the longest window."""
    longest = max(len(window.pieces) for window in windows)
    width = max(1, *(len(window.characters) for window in windows))

    def pad(rows: Sequence[Integers], size: int, value: int) -> Integers:
        out = np.full((len(rows), size), value, dtype=np.int64)
        for row, numbers in zip(out, rows, strict=True):
            row[: len(numbers)] = numbers
        return out

    return {
        "pieces": pad([w.pieces for w in windows], longest, 1),
        "parts": pad([w.parts for w in windows], longest, 0),
        "characters": pad([w.characters for w in windows], width, 1),
        "piece_of": pad([w.piece_of for w in windows], width, 0),
        "places": pad([w.places for w in windows], width, 0),
    }
