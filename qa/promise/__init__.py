"""Commitments that an agent makes in a call, each with its words and the time it is due (FIELD.md §6).

``find_promises`` reads the redacted words. Something is a promise when the agent says what the house will
do and either when, or that the customer will be called, told or paid; what is done while the customer waits
is none.
"""

from qa.promise.due import Office
from qa.promise.finding import find_promises
from qa.promise.forbidden import with_forbidden

__all__ = ["Office", "find_promises", "with_forbidden"]
