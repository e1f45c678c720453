"""Scorecards: published versions, drafts, which calls each judges, tries on past calls."""
