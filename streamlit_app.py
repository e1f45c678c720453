"""The desk: ``streamlit run streamlit_app.py``."""

import streamlit as st

from dashboard import memory

memory.give_back()  # before the next line loads Polars

from dashboard.server import lifespan, middleware, routes  # noqa: E402

app = st.App("dashboard/main.py", routes=routes(), middleware=middleware(), lifespan=lifespan)
