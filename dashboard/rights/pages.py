"""The pages, by their file. Public comments, orders and what is made of them belong to no team: who leads
sees all.
"""

from dashboard.rights.contract import rows

PAGES = rows("page", {
    "AATO": "overview calls promises call disputes library coaching plan",
    "AAT-": "weekly alerts review calibration round agreement agents agent room surveys customers customer",
    "AAA-": "comments themes experience scorecards",
    "AA--": "ingest imports targets audit",
    "A---": "people",
    "---O": "mine",
    "AAAA": "privacy",
    "OOOO": "account",
})  # fmt: skip
