"""The comments desk on the page: what is listed, one comment with its ledger, the reply and its templates."""
