"""How much to do in a step, so that a step takes about half a second on any machine."""

ENOUGH = 0.5
"""Seconds that a step takes about: more at once where there are few rows."""
MOST = 64


def paced(size: int, spent: float) -> int:
    """How much to do in the next step, from what the last one took (seconds)."""
    return min(MOST, size * 2) if spent < ENOUGH / 2 else max(1, size // 2) if spent > ENOUGH else size
