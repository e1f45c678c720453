"""The small syntax of phrases: ``(thanks|thank you) for calling {name}``, ``complain*``.

``(a|b)`` is one of several, ``(a|)`` may be left out, also inside a word: ``حساب(تون|تان)``; ``{word}``
stands for one word, ``{words}`` for one to four, ``{name}`` for one to three words that can be a name; ``*``
at the end of a word stands for any ending.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

SLOTS = ("name", "word", "words")
LARGEST = 64

_GROUP = re.compile(r"\(([^()]*)\)")
_GLUED = re.compile(r"(?<=[^\s(])\(([^()]*)\)|\(([^()]*)\)(?=[^\s)])")
_SLOT = re.compile(r"\{([^{}]*)\}")
_PART = re.compile(r"\(([^()]*)\)|\{(\w+)\}|((?:[^\s(){}*]+\s*)+\*?)")


@dataclass(frozen=True, slots=True)
class Part:
    """One step of a phrase: a slot by its name, or one of ``options``; an empty option may be left out."""

    options: tuple[str, ...] = ()
    slot: str = ""


def parse_phrase(phrase: str) -> tuple[tuple[Part, ...], ...]:
    """The phrase as sequences of parts, one sequence for each form of its broken-up words.

    Raises:
        ValueError: brackets do not pair, a slot is unknown, nothing is left to look for; part of a sentence.
    """
    _check(phrase)
    return tuple(tuple(_parts(form)) for form in _whole_words(phrase))


@lru_cache(maxsize=4096)
def spoken_example(phrase: str) -> str:
    """One way to say a phrase, for people: the first of each group, a slot or an open ending as dots.

    Raises:
        ValueError: it is no phrase.
    """
    words = [(part.options[0] if part.options else "…") for part in parse_phrase(phrase)[0]]
    return " ".join(word.replace("*", "…").strip() for word in words if word.strip())


def _whole_words(phrase: str) -> list[str]:
    """The phrase with every group that touches a letter written out."""
    forms = [phrase]
    while any(_GLUED.search(form) for form in forms):
        forms = [one for form in forms for one in _written_out(form)]
        if len(forms) > LARGEST:
            raise ValueError(f"has words in more than {LARGEST} forms; split it into several phrases")
    return list(dict.fromkeys(forms))


def _written_out(form: str) -> list[str]:
    group = _GLUED.search(form)
    if group is None:
        return [form]
    choices = (group[1] if group[1] is not None else group[2]).split("|")
    return [form[: group.start()] + choice + form[group.end() :] for choice in choices]


def _parts(form: str) -> list[Part]:
    out = []
    for found in _PART.finditer(form):
        if found[2]:
            out.append(Part(slot=found[2]))
        else:
            group = found[1] if found[1] is not None else found[3]
            out.append(Part(tuple(dict.fromkeys(" ".join(option.split()) for option in group.split("|")))))
    return out


def _check(phrase: str) -> None:
    if phrase.startswith("$"):
        raise ValueError("names a word list inside a word list; write its phrases out")
    if any(mark in _GROUP.sub("", phrase) for mark in "()|"):
        raise ValueError("has round brackets that do not pair or lie inside each other; write (one|two)")
    for slot in _SLOT.findall(phrase):
        if slot not in SLOTS:
            raise ValueError(f"has the unknown slot {{{slot}}}; use {{name}}, {{word}} or {{words}}")
    if any(mark in _SLOT.sub("", phrase) for mark in "{}"):
        raise ValueError("has a curly bracket without its partner; write {name}, {word} or {words}")
    groups = [group.split("|") for group in _GROUP.findall(phrase)]
    if any("{" in option for group in groups for option in group):
        raise ValueError("has a slot inside round brackets; write two phrases")
    if re.search(r"\*(?=[^\s|)])|(?<![^\s(|])\*|\*[^|)]+(?=[^()]*\))", phrase):
        raise ValueError("has a * that does not end a word or an option; write complain*")
    least = _GROUP.sub(lambda group: min(group[1].split("|"), key=len), phrase)
    if not any(letter.isalnum() for letter in _SLOT.sub("", least)):
        raise ValueError("can be empty or a slot alone; add a word that is always there")
