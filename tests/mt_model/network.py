"""The Transformer in PyTorch, laid out as CTranslate2 runs it: layer norms first, sinusoidal positions, one embedding.

Tensors are batches of sentences of pieces; padding is the piece 0 of the vocabulary, as its numbers are given here.
"""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

LAYERS, WIDTH, HEADS, INNER = 3, 128, 4, 384
_DROPOUT = 0.1
_LONGEST = 512


def positions(length: int) -> Tensor:
    """The sinusoidal encodings as CTranslate2 computes them: sines, then cosines, of positions from 1."""
    half = WIDTH // 2
    scales = torch.exp(torch.arange(half) * -(math.log(10000) / (half - 1)))
    angles = torch.arange(1, length + 1).unsqueeze(1) * scales
    return torch.cat([angles.sin(), angles.cos()], dim=1)


class Attention(nn.Module):
    """Attention to `memory`; the layers' queries, keys and values are kept apart from the output."""

    def __init__(self) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(WIDTH)
        self.query, self.key, self.value, self.output = (nn.Linear(WIDTH, WIDTH) for _ in range(4))

    def forward(self, hidden: Tensor, memory: Tensor | None, hide: Tensor) -> tuple[Tensor, Tensor]:
        """What is added to `hidden`, and the logarithms of the weights; attends to itself where `memory` is None."""
        normed = self.norm(hidden)
        memory = normed if memory is None else memory
        query, key, value = (
            self._heads(layer(text)) for layer, text in ((self.query, normed), (self.key, memory), (self.value, memory))
        )
        scores = query @ key.transpose(-1, -2) / math.sqrt(WIDTH // HEADS)
        weights = functional.log_softmax(scores.masked_fill(hide, -1e9), dim=-1)
        return self.output((weights.exp() @ value).transpose(1, 2).flatten(2)), weights

    @staticmethod
    def _heads(text: Tensor) -> Tensor:
        return text.unflatten(2, (HEADS, -1)).transpose(1, 2)


class Inner(nn.Module):
    """The two inner layers between which a sentence's pieces stand alone."""

    def __init__(self) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(WIDTH)
        self.first, self.second = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)

    def forward(self, hidden: Tensor) -> Tensor:
        return self.second(functional.relu(self.first(self.norm(hidden))))


class Layer(nn.Module):
    """A layer of the encoder, or with `crosses` of the decoder."""

    def __init__(self, crosses: bool) -> None:
        super().__init__()
        self.own = Attention()
        self.cross = Attention() if crosses else None
        self.inner = Inner()

    def forward(
        self, hidden: Tensor, hide: Tensor, memory: Tensor | None = None, hide_memory: Tensor | None = None
    ) -> tuple[Tensor, Tensor | None]:
        """The layer's output, and the logarithms of its weights on the memory."""
        weights = None
        hidden = hidden + self._dropped(self.own(hidden, None, hide)[0])
        if self.cross is not None:
            added, weights = self.cross(hidden, memory, hide_memory)
            hidden = hidden + self._dropped(added)
        return hidden + self._dropped(self.inner(hidden)), weights

    def _dropped(self, added: Tensor) -> Tensor:
        return functional.dropout(added, _DROPOUT, self.training)


class Network(nn.Module):
    """An encoder and a decoder that share their embeddings with each other and with the output."""

    def __init__(self, pieces: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(pieces, WIDTH)
        nn.init.normal_(self.embedding.weight, std=WIDTH**-0.5)
        self.encoder = nn.ModuleList(Layer(crosses=False) for _ in range(LAYERS))
        self.decoder = nn.ModuleList(Layer(crosses=True) for _ in range(LAYERS))
        self.encoder_norm, self.decoder_norm = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.register_buffer("positions", positions(_LONGEST), persistent=False)
        for name, weights in self.named_parameters():
            if weights.dim() == 2 and "embedding" not in name:
                nn.init.xavier_uniform_(weights)

    def encode(self, source: Tensor) -> tuple[Tensor, Tensor]:
        """The encoded source, and where it is padding."""
        hide = (source == 0)[:, None, None, :]
        hidden = self._embedded(source)
        for layer in self.encoder:
            hidden, _ = layer(hidden, hide)
        return self.encoder_norm(hidden), hide

    def decode(self, target: Tensor, memory: Tensor, hide_memory: Tensor) -> tuple[Tensor, Tensor]:
        """For each place the scores of the next piece, and the last layer's first head's log weights on the source.

        This head is the one that CTranslate2 returns as attention.
        """
        length = target.shape[1]
        hide = torch.ones(length, length, dtype=torch.bool).triu(1)
        hidden = self._embedded(target)
        weights: Tensor | None = None
        for layer in self.decoder:
            hidden, weights = layer(hidden, hide, memory, hide_memory)
        assert weights is not None
        return functional.linear(self.decoder_norm(hidden), self.embedding.weight), weights[:, 0]

    def forward(self, source: Tensor, target: Tensor) -> tuple[Tensor, Tensor]:
        return self.decode(target, *self.encode(source))

    def _embedded(self, pieces: Tensor) -> Tensor:
        hidden = self.embedding(pieces) * math.sqrt(WIDTH) + self.positions[: pieces.shape[1]]
        return functional.dropout(hidden, _DROPOUT, self.training)

    @torch.no_grad()
    def greedy(self, source: Tensor, begin: int, end: int, limit: int) -> list[list[int]]:
        """The likeliest piece at each place, up to the end of each sentence."""
        memory, hide = self.encode(source)
        target = torch.full((len(source), 1), begin)
        for _ in range(limit):
            scores, _ = self.decode(target, memory, hide)
            target = torch.cat([target, scores[:, -1].argmax(-1, keepdim=True)], dim=1)
            if (target == end).any(1).all():
                break
        rows = [row[1:] for row in target.tolist()]
        return [row[: row.index(end)] if end in row else row for row in rows]
