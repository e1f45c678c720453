"""Shenava without a browser: recordings in, evidenced scores out. Never imports streamlit."""

__version__ = "0.1.0"
