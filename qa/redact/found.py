"""What a detector finds, and the placeholders that replace it."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

CARD_NUMBER = "CARD_NUMBER"
NATIONAL_CODE = "NATIONAL_CODE"
SHEBA = "SHEBA"
IBAN = "IBAN"
MOBILE = "MOBILE"
LANDLINE = "LANDLINE"
EMAIL = "EMAIL"
POSTAL_CODE = "POSTAL_CODE"
DIGITS = "DIGITS"
KINDS = (CARD_NUMBER, NATIONAL_CODE, SHEBA, IBAN, MOBILE, LANDLINE, EMAIL, POSTAL_CODE, DIGITS)

PLACEHOLDER = re.compile(f"<(?:{'|'.join(KINDS)})>")


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """Personal data at ``start`` to ``end`` (characters of the passage, half open)."""

    start: int
    end: int
    kind: str

    def overlaps(self, start: int, end: int) -> bool:
        """True when a character is shared."""
        return self.start < end and start < self.end


def meeting(found: Sequence[Found], start: int, end: int) -> list[Found]:
    """Of findings, sorted and apart from one another: those that hold the first or the last of the place."""
    after = bisect_left(found, start, key=attrgetter("start"))
    return [hit for hit in found[max(0, after - 1) : after + 1] if hit.overlaps(start, end)]


def placeholder(kind: str) -> str:
    """What stands in the text instead of data of this kind."""
    return f"<{kind}>"
