"""The words of the comments desk: channels, sentiments, states, steps of the ledger, kinds of templates."""

from dashboard.data.comments import CommentOrder, CommentStep, ReplyKind, Shown
from dashboard.i18n import N_, _, number

CHANNELS = {
    "app store": N_("App store"),
    "appstore": N_("App store"),
    "google play": N_("Google Play"),
    "bazaar": N_("Cafe Bazaar"),
    "myket": N_("Myket"),
    "instagram": N_("Instagram"),
    "telegram": N_("Telegram"),
    "twitter": N_("X (Twitter)"),
    "google": N_("Google review"),
    "google review": N_("Google review"),
    "web": N_("Web form"),
    "web form": N_("Web form"),
    "website": N_("Web form"),
    "chat": N_("Chat"),
    "e-mail": N_("E-mail"),
    "email": N_("E-mail"),
    "voicemail": N_("Voicemail"),
    "اینستاگرام": N_("Instagram"),
    "کافه‌بازار": N_("Cafe Bazaar"),
    "مایکت": N_("Myket"),
    "فرم سایت": N_("Web form"),
    "گفت‌وگوی آنلاین": N_("Chat"),
    "ایمیل": N_("E-mail"),
}
FEELINGS = {
    "negative": N_("negative"),
    "neutral": N_("neutral"),
    "positive": N_("positive"),
}
SERVICES = {"shop": N_("Shop"), "travel": N_("Travel"), "banking": N_("Banking"), "food": N_("Food")}
LANGUAGES = {"fa": N_("Persian"), "en": N_("English"), "finglish": N_("Persian in Latin letters")}
SHOWN = {
    Shown.WAITING: N_("Waiting"),
    Shown.REPLIED: N_("Replied, still open"),
    Shown.OFFERED: N_("Remedy offered, still open"),
    Shown.CLOSED: N_("Resolved or thanked"),
    Shown.UNRESOLVED: N_("Left unresolved"),
    Shown.HIDDEN: N_("Hidden"),
    Shown.ALL: N_("All comments"),
}
ORDERS = {
    CommentOrder.URGENT: N_("Negative first"),
    CommentOrder.OLDEST: N_("Oldest wait first"),
    CommentOrder.NEWEST: N_("Newest first"),
}
STEPS = {
    CommentStep.REPLIED: N_("Replied"),
    CommentStep.OFFERED: N_("Remedy offered"),
    CommentStep.RESOLVED: N_("Resolved"),
    CommentStep.THANKED: N_("Customer thanked us"),
    CommentStep.UNRESOLVED: N_("Left unresolved"),
    CommentStep.HIDDEN: N_("Hidden"),
    CommentStep.SHOWN: N_("Shown again"),
    CommentStep.HANDED: N_("Handed over"),
    CommentStep.NOTED: N_("Note"),
    CommentStep.CORRECTED: N_("Sentiment corrected"),
}
KINDS = {
    ReplyKind.APOLOGY: N_("Apology"),
    ReplyKind.REMEDY: N_("Remedy"),
    ReplyKind.CONTACT: N_("Contact"),
    ReplyKind.THANKS: N_("Thanks"),
}


def channel(name: str | None) -> str:
    """A channel as the desk names it; one it does not know stays as the file wrote it."""
    if not name:
        return _("Comment")
    return _(CHANNELS[name.casefold()]) if name.casefold() in CHANNELS else name


def service(name: str) -> str:
    """A service as the desk names it; a name of the site's own stays."""
    return _(SERVICES[name]) if name in SERVICES else name


def feeling(label: str | None, score: float | None, *, corrected: bool = False) -> str:
    """The sentiment in words with its number; a person's word stands alone."""
    if label is None:
        return _("sentiment not read yet")
    if corrected:
        return _("{sentiment}, said by a person", sentiment=_(FEELINGS[label]))
    if score is None:
        return _(FEELINGS[label])
    return f"{_(FEELINGS[label])} {number(score, 2, signed=True)}"
