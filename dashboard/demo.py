"""The demo centre on the pages: the offer on an empty desk, and the line that says "this is made up"."""

import streamlit as st
from markupsafe import Markup

from dashboard import states, still
from dashboard.data import demo
from dashboard.data.demo import DemoState
from dashboard.i18n import _, language, percent
from dashboard.identity import Viewer
from dashboard.parts import chip, show
from dashboard.registry import streamlit_page
from qa.errors import DemoRefused

POLL = 1.0  # seconds between two looks at one that is being made


def offer(viewer: Viewer) -> None:
    """No calls yet: those who bring data in may open the demo centre."""
    if demo.state() is DemoState.MAKING:
        return  # the line over the page says so, with its progress
    title = _("No calls yet")
    text = _("The first figures stand here when the first call has been heard.")
    if viewer.role not in demo.MAKERS or not demo.without_calls():
        states.empty("overview", title, text)
        return
    more = _(
        "To look around first, open the demo centre: sixteen weeks of generated calls and twelve to "
        "listen to. It can be removed at any time."
    )
    if demo.failed():
        more = _(
            "The demo centre could not be made. Free space on the disk, or look at the log, and try again."
        )
    if states.empty("overview", title, f"{text} {more}", _("Open the demo centre")):
        demo.start(viewer.role, "fa" if language() == "fa" else "en")
        st.rerun()


def banner(viewer: Viewer) -> None:
    """The line over every page while generated data are there."""
    now = demo.state()
    if now is DemoState.MAKING:
        _progress()
    elif now is not DemoState.ABSENT:
        _line(viewer, now)


def _line(viewer: Viewer, now: DemoState) -> None:
    text = _("Some of these figures and calls are made up, to look around in.")
    if now is DemoState.UNFINISHED:
        text = _("It was not finished. Remove it, then open it again.")
    with st.container(key="demo_bar", horizontal=True, vertical_alignment="center"):
        show(_said(text))
        if now is DemoState.READY:
            st.page_link(
                streamlit_page("calls"),
                label=_("Calls to listen to"),
                query_params={"sound": "yes"},
                icon=":material/headphones:",
            )
        if viewer.role in demo.REMOVERS and st.button(_("Remove the demo"), key="demo_remove"):
            _confirm(viewer)


def _said(text: str) -> Markup:
    return Markup('<p class="sub demo-line" role="note">{} {}</p>').format(
        chip(_("Demo centre: generated data"), "accent"), text
    )


def _confirm(viewer: Viewer) -> None:
    @still.dialog(_("Remove the demo"))
    def ask() -> None:
        show(
            _(
                "Generated calls, their recordings, people and queues are deleted. "
                "Your own calls and users stay."
            )
        )
        if st.button(
            _("Remove it now"),
            key="demo_remove_now",
            type="primary",
            on_click=still.callback(_remove),
            args=(viewer,),
        ):
            st.rerun()

    ask()


def _remove(viewer: Viewer) -> None:
    try:
        demo.remove(viewer.role)
    except DemoRefused:
        st.toast(_("The demo centre is being made or removed right now. Wait until that is done."))


@still.fragment(run_every=POLL)
def _progress() -> None:
    if demo.state() is not DemoState.MAKING:
        demo.refresh()
        st.rerun(scope="app")
    share = demo.share()
    with st.container(key="demo_bar"):
        show(_said(_("The demo centre is being made.")))
        if share is not None:
            st.progress(share, text=_("{share} done", share=percent(share)))
