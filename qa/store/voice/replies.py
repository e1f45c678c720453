"""Reply templates: those that are shipped, and what a site made of them. A changed template is a new row."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import yaml
from sqlalchemy import func, insert, select

from qa.errors import InvalidSetting
from qa.settings import ROOT
from qa.store.database import Transaction
from qa.store.kinds import ReplyKind
from qa.store.tables import pick, reply_templates
from qa.store.types import utc_now

PATH = ROOT / "data" / "replies" / "replies.yaml"
LANGUAGES = ("en", "fa")
PLACES = ("name", "service", "channel", "days")
"""What a template may leave open, in braces."""

OPEN = "…"
LONGEST = 1000  # letters; the strictest app store takes 350, most take more
_BRACES = re.compile(r"\{([^{}]*)\}")
_SLUG = re.compile(r"[a-z0-9-]{1,40}")


@dataclass(frozen=True, slots=True)
class Template:
    """A template in one language. ``own``: the site wrote or changed it."""

    key: str
    language: str
    kind: ReplyKind
    name: str
    text: str
    own: bool = False

    def filled(self, values: Mapping[str, str]) -> str:
        """The draft; what nobody knows stays open as an ellipsis."""
        return _BRACES.sub(lambda hit: values.get(hit[1]) or OPEN, self.text)


def templates(tx: Transaction, language: str) -> tuple[Template, ...]:
    """Every template of a language, the site's own version where it has one; removed ones are left out."""
    r = reply_templates.c
    newest = select(func.max(r.id)).where(r.language == language).group_by(r.key)
    query = select(*pick(reply_templates, "key", "kind", "name", "text")).where(r.id.in_(newest))
    own = {
        row.key: Template(row.key, language, row.kind, row.name, row.text, own=True)
        for row in tx.execute(query.order_by(r.id))
    }
    shipped = {one.key: one for one in shipped_templates() if one.language == language}
    found = {key: own.get(key, shipped[key]) for key in shipped} | own
    return tuple(one for one in found.values() if one.text)


def save_template(tx: Transaction, template: Template, user_id: int | None) -> None:
    """Write a template anew; an empty text takes it out of the list. Earlier ones stay in the database.

    Raises:
        InvalidSetting: the key, the name or the text cannot be used.
    """
    if not _SLUG.fullmatch(template.key) or template.language not in LANGUAGES:
        raise InvalidSetting(f"The template {template.key!r} has no usable key; use a-z, 0-9 and '-'.")
    text, name = template.text.strip(), " ".join(template.name.split())
    if text and not name:
        raise InvalidSetting("The template has no name; give it one.")
    if len(text) > LONGEST:
        raise InvalidSetting(f"The template has {len(text)} letters; use at most {LONGEST}.")
    for place in _BRACES.findall(text):
        if place not in PLACES:
            raise InvalidSetting(
                f"The template has the place {{{place}}}, which nothing fills; use"
                f" {', '.join(f'{{{one}}}' for one in PLACES)}."
            )
    values: dict[str, object] = {"key": template.key, "language": template.language, "kind": template.kind}
    values |= {"name": name or template.key, "text": text, "user_id": user_id, "created_at": utc_now()}
    tx.execute(insert(reply_templates).values(**values))


@lru_cache(maxsize=1)
def shipped_templates() -> tuple[Template, ...]:
    """The templates of the product.

    Raises:
        InvalidSetting: their file is missing or damaged.
    """
    try:
        read = yaml.safe_load(PATH.read_text(encoding="utf-8"))
        return tuple(
            Template(one["key"], code, ReplyKind(one["kind"]), one[code]["name"], one[code]["text"])
            for one in read
            for code in LANGUAGES
        )
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise InvalidSetting(
            f"The reply templates {PATH.name} cannot be read; put the shipped file back."
        ) from error
