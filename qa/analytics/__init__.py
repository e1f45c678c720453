"""Answers from tables: pure Polars and NumPy, LazyFrame in, sorted LazyFrame or a small record out."""
