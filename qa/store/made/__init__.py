"""Generated rows: load tests, and what the demo centre brings in and takes out again."""
