from collections.abc import Callable

import streamlit as st

from dashboard import identity, still, users
from dashboard.data import accounts, second_factor
from dashboard.data.accounts import User
from dashboard.i18n import _, ngettext, number
from dashboard.parts import Markup, code, head, panel, show
from dashboard.settings import desk
from dashboard.user_forms import links, rights_fields, user_table
from qa.errors import InvalidSetting

SHOWN = 30
viewer, known, everybody = identity.viewer(), links(), accounts.everybody()
with_factor = second_factor.having()


def note(text: str) -> None:
    show(Markup('<p class="sub">{}</p>').format(text))


def say_once(name: str, password: str) -> None:
    st.session_state["one_time"] = (name, password)
    st.rerun()


def attempt(action: Callable[[], None]) -> None:
    try:
        action()
    except InvalidSetting:
        st.error(_("The desk needs one administrator who can sign in. Make another one first."))
    else:
        st.rerun()


@still.dialog(_("Add a user"))
def add_user() -> None:
    name = st.text_input(_("User name"), max_chars=60, key="new_name")
    display = st.text_input(_("Name shown"), max_chars=80, key="new_display")
    rights = rights_fields("new", known)
    if not st.button(_("Add user"), type="primary", key="new_add", width="stretch"):
        return
    try:
        password = users.add(viewer.role, name, display, rights)
    except InvalidSetting:
        st.error(_("This user name is empty or taken. Choose another."))
    else:
        say_once(display or name, password)


def one_time_password() -> None:
    name, password = st.session_state["one_time"]
    with panel("one_time", _("One-time password"), _("shown once; the desk keeps no copy")):
        note(_("Give it to {name}. It must be changed at the first sign-in.", name=name))
        show(Markup('<p class="secret">{}</p>').format(code(password)))
        if st.button(_("I have passed it on"), key="one_time_done"):
            del st.session_state["one_time"]
            st.rerun()


def link_account(user: User) -> None:
    subject = st.text_input(
        _("Account of the organisation"),
        user.subject or "",
        key=f"subject_{user.id}",
        help=_("The sub claim of the provider. A linked user signs in this way only."),
    )
    if st.button(_("Link account"), key=f"link_{user.id}", width="stretch"):
        try:
            users.link(viewer.role, user.id, subject)
        except InvalidSetting:
            st.error(_("This account is linked to another user."))
        else:
            st.rerun()


def change_user(user: User) -> None:
    display = st.text_input(_("Name shown"), user.display_name, max_chars=80, key=f"display_{user.id}")
    rights = rights_fields(f"rights_{user.id}", known, user)
    if st.button(_("Save changes"), key=f"save_{user.id}", width="stretch"):
        attempt(lambda: users.change(viewer.role, user.id, display, rights))
    if user.id == viewer.user_id:
        return
    if desk().single_sign_on:
        link_account(user)
    if st.button(_("Make a one-time password"), key=f"reset_{user.id}", width="stretch"):
        say_once(user.display_name, users.reset_password(viewer.role, user.id))
    if user.id in with_factor and st.button(
        _("Remove the second factor"), key=f"factor_{user.id}", width="stretch"
    ):
        users.reset_second_factor(viewer.role, user.id)
        st.toast(_("The second factor is removed; every session has ended."))
        st.rerun()
    label = _("Let in again") if user.disabled else _("Disable")
    if st.button(label, key=f"disable_{user.id}", width="stretch"):
        attempt(lambda: users.disable(viewer.role, user.id, disabled=not user.disabled))


active = sum(not user.disabled for user in everybody)
sub = ngettext("{count} user can sign in.", "{count} users can sign in.", active)
find, add = head(_("Users"), sub, (2.2, 1.2))
typed = find.text_input(_("Find"), key="find", placeholder=_("Find a name"), label_visibility="collapsed")
if add.button(_("Add user"), type="primary", icon=":material/person_add:", width="stretch", key="add"):
    add_user()
if "one_time" in st.session_state:
    one_time_password()

wanted = typed.strip().casefold()
found = [user for user in everybody if wanted in f"{user.display_name} {user.name}".casefold()]
left, right = st.columns([1.95, 1], gap="small")
with left, panel("users", _("Who may come in")):
    show(user_table(found[:SHOWN], known))
    if len(found) > SHOWN:
        note(_("{count} more. Type a name to find one.", count=number(len(found) - SHOWN)))
    if not found:
        note(_("Nobody has this name."))
with right, panel("change", _("Change a user")):
    by_id = {user.id: user for user in everybody}
    picked = st.selectbox(
        _("User"),
        list(by_id),
        format_func=lambda user: by_id[user].display_name,
        key="picked",
        label_visibility="collapsed",
    )
    if picked:
        change_user(by_id[picked])
