"""Sums that pages read in place of rows: kept by parts of weeks, exact at every moment."""
