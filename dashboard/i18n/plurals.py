"""The form of a text for a count."""

from dashboard.i18n.catalogue import SOURCE, catalogue, language
from dashboard.i18n.numbers import number


def ngettext(one: str, many: str, count: int, /, **values: object) -> str:
    """The form for a count; ``{count}`` is the count in the viewer's digits."""
    code = language()
    text = one if count == 1 else many
    if code != SOURCE:
        entry = catalogue(code)
        forms = entry.messages.get(one)
        if isinstance(forms, tuple):
            text = forms[entry.plural(count)]
    return text.format(count=number(count), **values)
