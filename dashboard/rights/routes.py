"""The addresses under ``/qa/``. The way in is open; ``/qa/api/`` asks for a key and knows no roles."""

from dashboard.rights.contract import rows

ROUTES = rows("route", {
    "AATO": "/qa/audio/{call_key} /qa/clip/{moment} /qa/export/calls.{kind}",
    "AA--": "/qa/export/audit.csv",
    "OOOO": "/qa/logout /qa/logout-everywhere /qa/password /qa/second-factor /qa/language /qa/theme",
})  # fmt: skip

OPEN = (
    "/qa/login",
    "/qa/code",
    "/qa/first-run",
    "/qa/organisation",
    "/qa/organisation/return",
    "/qa/api/{what}",
    "/healthz",
    "/readyz",
    "/metrics",
)
"""Addresses in front of the gate. ``/metrics`` asks for a token."""
