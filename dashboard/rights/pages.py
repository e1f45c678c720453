"""The pages, by their file. Customer experience compares with figures of the whole site, for all who lead."""

from dashboard.rights.contract import rows

PAGES = rows("page", {
    "AATO": "overview calls promises call disputes library coaching plan",
    "AAT-": """weekly alerts review calibration round agreement agents agent room surveys customers customer
        comments themes""",
    "AAA-": "experience scorecards",
    "AA--": "ingest imports targets audit",
    "A---": "people",
    "---O": "mine",
    "AAAA": "privacy",
    "OOOO": "account",
})  # fmt: skip
