"""Personal data found by its check digits, its shape and the words around it, and replaced.

Not detected: names, postal addresses, passport numbers, dates of birth.
"""

from qa.redact.detectors import DETECTORS
from qa.redact.found import KINDS, PLACEHOLDER
from qa.redact.redacting import redact, redact_text

__all__ = ["DETECTORS", "KINDS", "PLACEHOLDER", "redact", "redact_text"]
