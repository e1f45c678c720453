"""Setting up alerts: rules, quiet hours, whom to tell; messages that did not arrive. For operators."""

from dataclasses import replace

import streamlit as st

from dashboard.alerts.words import HELPS, RULES, fault
from dashboard.data import alerts
from dashboard.data.alerts import RULE_NAMES, Choices, Message, MessageState, Post
from dashboard.data.site import settings
from dashboard.i18n import LANGUAGES, N_, _, ngettext, rtl
from dashboard.identity import Viewer
from dashboard.intake.told import said
from dashboard.parts import Markup, panel, row, show, stack
from dashboard.parts.marks import code
from dashboard.parts.rows import Row
from qa.errors import QAError

KINDS = {"alert": N_("Alert"), "test": N_("Test message"), "report": N_("Weekly report")}


def draw_rules(viewer: Viewer, chosen: Choices) -> None:
    """Which rules look."""
    with panel("alert_rules", _("Rules"), _("a rule that is off raises nothing new")):
        on = [name for name in RULE_NAMES if name not in chosen.off]
        for name in RULE_NAMES:
            st.checkbox(_(RULES[name]), name in on, key=f"alert_rule_{name}", help=_(HELPS[name]))
        if st.button(_("Save rules"), key="alert_rules_save", width="stretch"):
            off = tuple(name for name in RULE_NAMES if not st.session_state[f"alert_rule_{name}"])
            _save(viewer, replace(chosen, off=off), None)


def draw_telling(viewer: Viewer, chosen: Choices, post: Post) -> None:
    """Quiet hours, mail and webhook. The secret goes in and never comes out again."""
    with (
        panel("alert_telling", _("Who is told"), _("counts and links alone leave the house")),
        st.form("telling", border=False),
    ):
        zone = settings().time_zone
        first, last = st.columns(2)
        begin = first.text_input(_("Quiet from"), chosen.quiet_from, placeholder="22:00", key="alert_from")
        end = last.text_input(_("until"), chosen.quiet_until, placeholder="07:00", key="alert_until")
        st.caption(_("Time of day in {zone}; what is raised then is sent afterwards.", zone=zone))
        mail = st.text_area(
            _("Mail to, one address a line"), "\n".join(chosen.mail), key="alert_mail", height=90
        )
        if not post.mail_server:
            st.caption(_("No mail server is set up: the operator sets QA_SMTP_HOST (docs/alerts.md)."))
        hook = st.text_input(_("Webhook"), chosen.webhook, key="alert_webhook")
        hidden = _("set; empty leaves it") if post.secret else _("at least 16 letters")
        secret = st.text_input(
            _("Secret of the webhook"), "", type="password", placeholder=hidden, key="alert_secret"
        )
        tongue = st.selectbox(
            _("Language of the messages"),
            list(LANGUAGES),
            list(LANGUAGES).index(chosen.language),
            format_func=lambda each: LANGUAGES[each],
            key="alert_language",
        )
        if st.form_submit_button(_("Save"), type="primary", width="stretch"):
            lines = tuple(dict.fromkeys(part for line in mail.splitlines() if (part := line.strip())))
            new = replace(
                chosen, mail=lines, webhook=hook.strip(), language=tongue,
                quiet_from=begin.strip(), quiet_until=end.strip(),
            )  # fmt: skip
            _save(viewer, new, secret or None)


def draw_post(viewer: Viewer, chosen: Choices, post: Post) -> None:
    """How many messages wait and left, those that did not arrive, and a message to try the way."""
    with panel("alert_post", _("Messages"), stretch=False):
        sent, waiting = post.counts[MessageState.SENT], post.counts[MessageState.WAITING]
        told = (
            ngettext("{count} message sent.", "{count} messages sent.", sent),
            ngettext("{count} waits.", "{count} wait.", waiting),
        )
        show(Markup('<p class="sub">{}</p>').format(" ".join(told)))
        for message in post.dead:
            _dead(viewer, message)
        ready = bool(chosen.webhook or (chosen.mail and post.mail_server))
        if st.button(_("Send a test message"), key="alert_try", width="stretch", disabled=not ready):
            alerts.send_trial(viewer.role)
            st.toast(_("Test message on its way"))
            st.rerun()


def _dead(viewer: Viewer, message: Message) -> None:
    place, button = st.columns([3, 1.4], vertical_alignment="center", gap="small")
    # An address of a webhook may hold a secret, so only the way is named.
    to = code(message.recipient) if message.channel.value == "mail" else _("Webhook")
    title = stack((_(KINDS[message.kind]), " · ", to))
    with place:
        show(row(Row(title, _("not delivered: {why}", why=fault(message.error)), urgent=True)))
    if button.button(_("Send again"), key=f"alert_again_{message.id}", width="stretch"):
        alerts.send_again(viewer.role, message.id)
        st.rerun()


def _save(viewer: Viewer, chosen: Choices, secret: str | None) -> None:
    try:
        alerts.save(viewer.role, chosen, secret)
    except QAError as error:
        st.error((said(error.message) if rtl() else None) or error.message)
    else:
        st.toast(_("Saved"))
        st.rerun()
