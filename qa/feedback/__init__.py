"""Surveys, comments, orders and telephone records come in.

One kind of file is one small module with an ``Importer``, named in ``IMPORTERS``. ``import_file`` takes
a file in: a row that cannot be used is given back with its reason, and one that is here changes nothing.
"""

from qa.feedback.cdr import CDR
from qa.feedback.comments import COMMENTS
from qa.feedback.contract import Choices, Dates, Field, House, Importer
from qa.feedback.importing import Outcome, Rejected, house_of, import_file, prepare, store, try_out
from qa.feedback.orders import ORDERS
from qa.feedback.queue_log import QUEUE_LOG
from qa.feedback.surveys import SURVEYS
from qa.feedback.tables import read_table

IMPORTERS: tuple[Importer, ...] = (SURVEYS, COMMENTS, ORDERS, QUEUE_LOG, CDR)

__all__ = [
    "IMPORTERS",
    "Choices",
    "Dates",
    "Field",
    "House",
    "Importer",
    "Outcome",
    "Rejected",
    "house_of",
    "import_file",
    "prepare",
    "read_table",
    "store",
    "try_out",
]
