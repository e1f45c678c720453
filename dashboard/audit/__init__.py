"""The page of the audit log, and who opened a call."""
