"""Promises found in calls, and the ledger of what became of them."""
