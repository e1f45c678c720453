"""The desk: ``streamlit run streamlit_app.py``."""

import streamlit as st

from dashboard.server import lifespan, middleware, routes

app = st.App("dashboard/main.py", routes=routes(), middleware=middleware(), lifespan=lifespan)
