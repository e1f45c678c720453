"""Complaints that a customer speaks in a call: about the service, not merely in a bad mood.

``find_complaints`` reads the redacted words of the customer. A complaint is one by its words (asks for it to
be recorded or for somebody in charge, calls again about the same thing, says that nobody answered or kept
word, finds fault with the service outright); sentiment alone never makes one.
"""

from qa.complaint.finding import find_complaints
from qa.complaint.lexicon import lexicon_version

__all__ = ["find_complaints", "lexicon_version"]
