"""The pages of the desk. This one tuple drives navigation, guards, addresses and smoke tests."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.i18n import N_, _, number
from dashboard.roles import ADMINISTRATORS, AGENTS, EVERYBODY, LEADS, OPERATORS, Role

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

PAGES_DIR = Path(__file__).resolve().parent.parent / "pages"
TODAY, PEOPLE, CUSTOMERS, HOUSE = N_("Today"), N_("People"), N_("Customers"), N_("House")
SECTIONS = (TODAY, PEOPLE, CUSTOMERS, HOUSE)


@dataclass(frozen=True, slots=True)
class Page:
    """One page: ``file`` is its name in ``pages/`` and its address, ``title`` and ``section`` are
    translation keys, ``icon`` is a name from the bundled icon set. A hidden page opens by links only.
    """

    file: str
    title: str
    icon: str
    section: str
    roles: frozenset[Role] = EVERYBODY
    hidden: bool = False

    @property
    def path(self) -> Path:
        """The page's script."""
        return PAGES_DIR / f"{self.file}.py"

    @property
    def address(self) -> str:
        """The path part of its address; the first page is the root."""
        return "" if self is PAGES[0] else self.file

    def allows(self, role: Role) -> bool:
        """True when this role may open the page."""
        return role in self.roles


PAGES: tuple[Page, ...] = (
    Page("overview", N_("Overview"), "space_dashboard", TODAY),
    Page("weekly", N_("Weekly figures"), "calendar_view_week", TODAY, LEADS),
    Page("calls", N_("Calls"), "call", TODAY),
    Page("promises", N_("Promises"), "handshake", TODAY),
    Page("alerts", N_("Alerts"), "notifications", TODAY, LEADS),
    Page("call", N_("Call"), "graphic_eq", TODAY, hidden=True),
    Page("review", N_("Review"), "rule", TODAY, LEADS),
    Page("calibration", N_("Calibration"), "balance", TODAY, LEADS),
    Page("round", N_("Calibration round"), "balance", TODAY, LEADS, hidden=True),
    Page("agreement", N_("Agreement"), "join_inner", TODAY, LEADS),
    Page("disputes", N_("Disputes"), "gavel", TODAY),
    Page("mine", N_("My quality"), "insights", PEOPLE, AGENTS),
    Page("agents", N_("Agents"), "groups", PEOPLE, LEADS),
    Page("agent", N_("Agent"), "person", PEOPLE, LEADS, hidden=True),
    Page("library", N_("Exemplary moments"), "local_library", PEOPLE),
    Page("coaching", N_("Coaching"), "school", PEOPLE),
    Page("plan", N_("Plan and check"), "checklist", PEOPLE),
    Page("room", N_("Coaching room"), "meeting_room", PEOPLE, LEADS, hidden=True),
    Page("surveys", N_("Surveys"), "ballot", CUSTOMERS, LEADS),
    Page("comments", N_("Public comments"), "forum", CUSTOMERS, LEADS),
    Page("customers", N_("Customers"), "diversity_3", CUSTOMERS, LEADS),
    Page("customer", N_("Customer"), "person", CUSTOMERS, LEADS, hidden=True),
    Page("themes", N_("Themes and suggestions"), "bar_chart", CUSTOMERS, LEADS),
    Page("experience", N_("Experience"), "monitor_heart", CUSTOMERS, LEADS),
    Page("ingest", N_("Recordings in"), "upload", HOUSE, OPERATORS),
    Page("imports", N_("Imports"), "table_view", HOUSE, OPERATORS),
    Page("scorecards", N_("Scorecards"), "fact_check", HOUSE, LEADS),
    Page("targets", N_("Targets"), "flag", HOUSE, OPERATORS),
    Page("audit", N_("Audit log"), "receipt_long", HOUSE, OPERATORS),
    Page("privacy", N_("Privacy"), "shield_person", HOUSE),
    Page("people", N_("Users"), "manage_accounts", HOUSE, ADMINISTRATORS),
    Page("account", N_("My account"), "account_circle", HOUSE),
)


def present() -> tuple[Page, ...]:
    """The pages whose script is there."""
    return tuple(page for page in PAGES if page.path.is_file())


def page(file: str) -> Page:
    """The entry of one page.

    Raises:
        KeyError: no page has this name.
    """
    for entry in PAGES:
        if entry.file == file:
            return entry
    raise KeyError(file)


def streamlit_page(file: str, *, hidden: bool = False, waiting: int = 0) -> "StreamlitPage":
    """The page as Streamlit knows it, for navigation, links and switches; ``waiting`` stands by its name."""
    entry = page(file)
    title = _(entry.title)
    return st.Page(
        entry.path,
        title=_("{title} ({count})", title=title, count=number(waiting)) if waiting else title,
        icon=f":material/{entry.icon}:",
        url_path=entry.address or None,
        default=entry is PAGES[0],
        visibility="hidden" if hidden or entry.hidden else "visible",
    )
