"""The detectors, most specific first: where two find the same digits, the earlier one names them.

A detector is a module with ``find(passage) -> tuple[Found, ...]``. To add one, write its file and list it.
Names of people and postal addresses are not detected.
"""

from collections.abc import Callable

from qa.redact.detectors import (
    card,
    email,
    iban,
    landline,
    long_digits,
    mobile,
    national_code,
    postal_code,
    secret,
    sheba,
)
from qa.redact.found import Found
from qa.redact.passage import Passage

Detector = Callable[[Passage], tuple[Found, ...]]

DETECTORS: tuple[Detector, ...] = (
    email.find,
    sheba.find,
    iban.find,
    card.find,
    postal_code.find,
    secret.find,
    mobile.find,
    landline.find,
    national_code.find,
    long_digits.find,
)
