"""The passwords of ``qa.passwords``, with what is wrong with a new one in the reader's language."""

from dashboard.i18n import _, number
from qa import passwords
from qa.passwords import EASY_LETTERS, LONGEST, SHORTEST, Weakness, hashed, matches, one_time

__all__ = ["EASY_LETTERS", "LONGEST", "SHORTEST", "hashed", "matches", "one_time", "weakness"]


def weakness(password: str, name: str) -> str:
    """What is wrong with a new password, in one sentence; empty when nothing is."""
    match passwords.weakness(password, name):
        case Weakness.SHORT:
            return _("Use at least {count} characters; a short sentence works well.", count=number(SHORTEST))
        case Weakness.LONG:
            return _("Use at most {count} characters.", count=number(LONGEST))
        case Weakness.ALIKE:
            return _("Use more different characters.")
        case Weakness.COMMON:
            return _("Many people use this one. Choose words that nobody else puts together.")
        case Weakness.NAMED:
            return _("Leave the user name out of the password.")
        case None:
            return ""
