from datetime import UTC, datetime

import streamlit as st

from dashboard import chrome, identity
from dashboard.data import accounts, second_factor
from dashboard.data.site import settings
from dashboard.i18n import LANGUAGES, _, language, moment, ngettext
from dashboard.parts import Column, Markup, chip, code, head, panel, show, stack, table
from dashboard.roles import Role, role_label

THEMES = (("auto", _("As the browser")), ("light", _("Light")), ("dark", _("Dark")))


def choice(what: str, options: tuple[tuple[str, str], ...], chosen: str) -> Markup:
    link = Markup('<a href="{}" aria-current="{}">{}</a>')
    links = (
        link.format(chrome.change_link(what, value, "account"), str(value == chosen).lower(), text)
        for value, text in options
    )
    return Markup('<nav class="choice">{}</nav>').format(stack(links))


def lines(rows: list[tuple[str, Markup | str]]) -> Markup:
    return Markup('<dl class="pair">{}</dl>').format(
        stack(Markup("<dt>{}</dt><dd>{}</dd>").format(*row) for row in rows)
    )


def second_factor_line() -> Markup:
    since = second_factor.standing(viewer.user_id).since
    said = chip(_("on"), "accent") if since else chip(_("off"))
    label = _("Change") if since else _("Turn it on")
    return Markup('{} <a class="button" href="/qa/second-factor">{}</a>').format(said, label)


def way_out(action: str, text: str) -> Markup:
    form = '<form method="post" action="{}"><button class="button">{}</button></form>'
    return Markup(form).format(action, text)


viewer = identity.viewer()
by_organisation = accounts.by_id(viewer.user_id).subject is not None
head(_("My account"), _("{name}, {role}", name=viewer.display_name, role=role_label(viewer.role)))
left, right = st.columns([1, 1.2], gap="small")

with left, panel("me", _("My settings")):
    rows: list[tuple[str, Markup | str]] = [(_("User name"), code(viewer.name))]
    if viewer.role is Role.SUPERVISOR:
        names = [team.name for team in accounts.teams_and_agents()[0] if team.id in viewer.teams]
        rows.append((_("Teams"), _(", ").join(names) or _("no team yet")))
    change = Markup('<a class="button" href="/qa/password">{}</a>').format(_("Change password"))
    rows.append((_("Password"), change))
    if not by_organisation:
        rows.append((_("Second factor"), second_factor_line()))
    rows += [
        (_("Language"), choice("language", tuple(LANGUAGES.items()), language())),
        (_("Theme"), choice("theme", THEMES, viewer.theme)),
    ]
    show(lines(rows))

sessions, here = accounts.live_sessions(viewer.user_id), accounts.session_mark(identity.session_id())
count = ngettext("{count} session", "{count} sessions", len(sessions))
with right, panel("sessions", _("Where I am signed in"), count):
    now, zone = datetime.now(UTC), settings().zone
    columns = [
        Column(_("Address")),
        Column(_("Signed in"), numeric=True),
        Column(_("Last used"), numeric=True),
    ]
    body = [
        [
            stack((code(s.address or "–"), " ", chip(_("this one"), "accent") if s.sid_hash == here else "")),
            moment(s.created_at, zone, now),
            moment(s.last_seen, zone, now),
        ]
        for s in sessions
    ]
    show(table(columns, body, _("Where I am signed in")))
    ways = (("/qa/logout", _("Sign out")), ("/qa/logout-everywhere", _("Sign out everywhere")))
    show(Markup('<div class="ways">{}</div>').format(stack(way_out(*way) for way in ways)))
