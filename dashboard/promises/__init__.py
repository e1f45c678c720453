"""The promise ledger on the page: what to list, how a line looks, and what a person decides."""
