"""Whisper's encoder for windows shorter than 30 s."""

import torch
from torch.nn.functional import gelu
from whisper.model import AudioEncoder


class CroppedEncoder(AudioEncoder):  # type: ignore[misc]
    """The same numbers as ``AudioEncoder`` for 30 s, from the same weights; shorter sound is not padded."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """The encoder's view, shape (rows, frames / 2, width), of a spectrogram (rows, mels, frames)."""
        state = gelu(self.conv2(gelu(self.conv1(x)))).permute(0, 2, 1)
        state = (state + self.positional_embedding[: state.shape[1]]).to(state.dtype)
        for block in self.blocks:
            state = block(state)
        encoded: torch.Tensor = self.ln_post(state)
        return encoded
