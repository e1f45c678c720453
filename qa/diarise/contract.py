"""What the pipeline asks of whoever tells voices on one channel apart."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from qa.records import Audio, Diarisation, Hearing, Spans

Voice = NDArray[np.float32]
"""A voice as 256 numbers of length 1; biometric data."""


class Diariser(Protocol):
    """Gives every word on one channel a speaker."""

    def tell_apart(
        self, audio: Audio, speech: Spans, hearing: Hearing, agent_voice: Voice | None = None
    ) -> Diarisation:
        """Who spoke, with how sure the roles are.

        Args:
            audio: one channel.
            speech: its speech.
            hearing: what was heard on it.
            agent_voice: the enrolled voice of the agent of this call, where there is one.
        """
