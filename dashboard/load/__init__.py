"""People at work, for measuring: real sign-ins, real websocket sessions, Streamlit's own messages.

``python -m qa bench load`` starts ``python -m dashboard.load``.
"""
