"""Word times from the decoder's cross-attention, for a whole batch of windows in one pass.

The method is that of ``whisper.timing.find_alignment``: some heads of the decoder look at the moment that
is being spoken; their attention, normalised and median-filtered, is a cost matrix through which dynamic
time warping finds the cheapest monotone path. Two things differ: the encoder's work is taken over from
decoding, so a window costs one pass of the decoder; and the path is found along anti-diagonals in NumPy,
which needs no compiler.
"""

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import torch
from numpy.typing import NDArray
from whisper.model import Whisper
from whisper.tokenizer import Tokenizer

from qa.transcribe.hearing import Spoken
from qa.transcribe.timed import TimedWord

_FRAMES_PER_SECOND = 50
_BATCH = 4
_MEDIAN_SWAPS = (
    (0, 5), (0, 3), (1, 6), (2, 4), (0, 1), (3, 5), (2, 6), (2, 3), (3, 6), (4, 5), (1, 4), (1, 3), (3, 4),
)  # fmt: skip
"""Swaps that bring the median of seven to the middle (Devillard, "Fast median search", 1998)."""


def align(
    model: Whisper, tokenizer: Tokenizer, spoken: Sequence[Spoken], features: torch.Tensor
) -> list[list[TimedWord]]:
    """Words with times for every window; an empty list for a window without tokens.

    Args:
        model: whose decoder is asked.
        tokenizer: of the language.
        spoken: what was decoded in each window.
        features: the encoder's view of them, shape (windows, frames, width).
    """
    out: list[list[TimedWord]] = [[] for _ in spoken]
    order = sorted((i for i, one in enumerate(spoken) if one.tokens), key=lambda i: len(spoken[i].tokens))
    for first in range(0, len(order), _BATCH):
        batch = order[first : first + _BATCH]
        found = _align_batch(model, tokenizer, [spoken[i] for i in batch], features[batch])
        for i, words in zip(batch, found, strict=True):
            out[i] = words
    return out


def _align_batch(
    model: Whisper, tokenizer: Tokenizer, spoken: list[Spoken], features: torch.Tensor
) -> list[list[TimedWord]]:
    before = (*tokenizer.sot_sequence, tokenizer.no_timestamps)
    rows = [torch.tensor([*before, *one.tokens, tokenizer.eot]) for one in spoken]
    tokens = torch.nn.utils.rnn.pad_sequence(rows, batch_first=True, padding_value=tokenizer.eot)
    attention, logits = _attend(model, tokens.to(model.device), features)
    words = []
    for row, one in enumerate(spoken):
        count, skip = len(one.tokens), len(before) - 1
        probabilities = _probabilities(logits[row, skip : skip + count, : tokenizer.eot], one.tokens)
        frames = min(attention.shape[-1], max(1, round(one.length * _FRAMES_PER_SECOND)))
        costs = _costs(attention[row, :, : len(before) + count + 1, :frames])[skip:-1]
        words.append(_words(tokenizer, list(one.tokens), _token_times(costs), probabilities))
    return words


def _attend(
    model: Whisper, tokens: torch.Tensor, features: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """Attention of the alignment heads before its softmax (row, head, token, frame), and the logits.

    Only these heads are worked out; asking the decoder for all of them would cost three times as much.
    """
    heads: dict[int, list[int]] = {}
    for layer, head in model.alignment_heads.indices().T.tolist():
        heads.setdefault(layer, []).append(head)
    kept: dict[torch.nn.Module, torch.Tensor] = {}

    def keep(module: torch.nn.Module, _inputs: object, output: torch.Tensor) -> None:
        kept[module] = output

    crosses = {layer: model.decoder.blocks[layer].cross_attn for layer in heads}
    hooks = [part.register_forward_hook(keep) for one in crosses.values() for part in (one.query, one.key)]
    try:
        logits = model.decoder(tokens, features)
    finally:
        for hook in hooks:
            hook.remove()
    products = [
        _product(kept[one.query], kept[one.key], one.n_head, heads[at]) for at, one in crosses.items()
    ]
    return torch.cat(products, dim=1), logits


def _product(query: torch.Tensor, key: torch.Tensor, count: int, heads: Sequence[int]) -> torch.Tensor:
    """Scaled products of some heads' queries and keys, shape (row, head, token, frame)."""
    width = query.shape[-1] // count
    queries = query.view(*query.shape[:2], count, width)[:, :, heads].transpose(1, 2)
    keys = key.view(*key.shape[:2], count, width)[:, :, heads].permute(0, 2, 3, 1).contiguous()
    scaled: torch.Tensor = torch.matmul(queries, keys) / math.sqrt(width)
    return scaled


def _probabilities(logits: torch.Tensor, tokens: Sequence[int]) -> NDArray[np.float64]:
    chosen = logits.gather(1, torch.tensor(tokens, device=logits.device)[:, None])[:, 0]
    return (chosen - logits.logsumexp(dim=-1)).exp().double().cpu().numpy()


def _costs(attention: torch.Tensor) -> NDArray[np.float32]:
    """Cost of (token, frame) from the attention of several heads."""
    weights = attention.softmax(dim=-1)
    deviation, mean = torch.std_mean(weights, dim=-2, keepdim=True, unbiased=False)
    filtered = median_of_seven((weights - mean) / deviation.clamp_min(1e-9))
    return np.asarray(-filtered.mean(dim=0).float().cpu().numpy(), np.float32)


def median_of_seven(values: torch.Tensor) -> torch.Tensor:
    """Running median over seven neighbours of the last axis, mirrored at the ends.

    Five times as fast as sorting every neighbourhood, with the same result.
    """
    count = values.shape[-1]
    if count < 4:
        return values
    padded = torch.nn.functional.pad(values, (3, 3), mode="reflect")
    line = [padded[..., at : at + count] for at in range(7)]
    for low, high in _MEDIAN_SWAPS:
        line[low], line[high] = torch.minimum(line[low], line[high]), torch.maximum(line[low], line[high])
    return line[3]


def warp(costs: NDArray[np.float32]) -> NDArray[np.intp]:
    """The frame at which every row starts on the cheapest monotone path, shape ``(rows,)``.

    Dynamic time warping with steps right, down and diagonal, computed along anti-diagonals: a cell needs
    only the two diagonals before its own.
    """
    rows, frames = costs.shape
    steps = np.zeros((rows + frames - 1, rows), np.int8)
    far = np.full(rows + 1, np.inf)
    older, newer = far.copy(), far.copy()
    for diagonal in range(rows + frames - 1):
        low, high = max(0, diagonal - frames + 1), min(rows, diagonal + 1)
        row = np.arange(low, high)
        ways = np.stack((older[low:high], newer[low:high], newer[low + 1 : high + 1]))
        if diagonal == 0:
            ways[0, 0] = 0.0
        choice = ways.argmin(axis=0)
        steps[diagonal, low:high] = choice
        fresh = far.copy()
        fresh[low + 1 : high + 1] = costs[row, diagonal - row] + ways[choice, row - low]
        older, newer = newer, fresh
    return _walk(steps, rows, frames)


def _walk(steps: NDArray[np.int8], rows: int, frames: int) -> NDArray[np.intp]:
    starts = np.zeros(rows, np.intp)
    row, frame = rows - 1, frames - 1
    while row > 0 or frame > 0:
        step = steps[row + frame, row]
        if step != 2:
            starts[row] = frame
        row, frame = row - int(step != 2), frame - int(step != 1)
    return starts


def _token_times(costs: NDArray[np.float32]) -> NDArray[np.float64]:
    """The start of every token and, last, the end of the speech, in seconds of the window."""
    return warp(costs) / _FRAMES_PER_SECOND


def _words(
    tokenizer: Tokenizer, tokens: list[int], times: NDArray[np.float64], probabilities: NDArray[np.float64]
) -> list[TimedWord]:
    texts, groups = tokenizer.split_to_word_tokens([*tokens, tokenizer.eot])
    bounds = np.cumsum([0, *(len(group) for group in groups[:-1])])
    return [
        TimedWord(text, float(times[i]), float(times[j]), float(probabilities[i:j].mean()))
        for text, (i, j) in zip(texts[:-1], pairwise(bounds), strict=True)
    ]
