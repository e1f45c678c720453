"""What pydantic found wrong, as one sentence with file, line, field and remedy."""

from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError

from qa.scorecard import form_parts, forms
from qa.scorecard.form_parts import ExampleSetForm, SentencesForm
from qa.scorecard.yaml_lines import Located, Path

_KINDS = {
    "string_type": "must be text; put it in quotes",
    "float_type": "must be a number",
    "int_type": "must be a whole number",
    "bool_type": "must be true or false",
    "list_type": "must be a list; begin each item with a dash",
    "dict_type": "must be a mapping of names to values",
    "model_type": "must be a mapping of names to values",
    "model_attributes_type": "must be a mapping of names to values",
    "string_too_short": "is empty; write a text",
    "string_too_long": "is longer than 1000 characters; shorten it",
    "finite_number": "must be a finite number",
    "too_long": "has too many items",
    "too_short": "has too few items",
}
_BOUNDS = {
    "greater_than_equal": "at least",
    "greater_than": "more than",
    "less_than_equal": "at most",
    "less_than": "less than",
}
_PARTS: dict[str, type[BaseModel]] = {
    "title": forms.TitleForm,
    "bands": forms.BandsForm,
    "minimum": forms.MinimumForm,
    "phrase": forms.PhraseForm,
    "measure": forms.MeasureForm,
    "example": forms.ExampleForm,
    "window": forms.WindowForm,
    "first": forms.EdgeForm,
    "last": forms.EdgeForm,
    "within": forms.NearForm,
    "sequence": forms.SequenceForm,
    "register": forms.RegisterForm,
    "abuse": form_parts.AbuseForm,
    "sentiment": form_parts.SentimentForm,
    "llm": form_parts.LlmForm,
    "sections": forms.SectionForm,
    "criteria": forms.CriterionForm,
}


def sentence(error: ValidationError, document: Located, name: str) -> str:
    """The first problem in the file; an unknown name goes before the gap that it leaves."""
    found = min(
        error.errors(), key=lambda one: (one["type"] != "extra_forbidden", document.line(tuple(one["loc"])))
    )
    path = tuple(found["loc"])
    return f"{name}, line {document.line(path)}: {_said(dict(found), path)}."


def field_name(path: Path) -> str:
    """A path as people read it: ``sections[1].criteria[2].weight``, counted from 1."""
    out = ""
    for part in path:
        out += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
    return out.removeprefix(".") or "the file"


def nearest(name: str, known: tuple[str, ...]) -> str:
    """Advice for a name that is not known."""
    close = get_close_matches(name, known, n=1, cutoff=0.6)
    return f"did you mean {close[0]}" if close else f"use one of {', '.join(known)}"


def _said(found: dict[str, Any], path: Path) -> str:
    kind, context, name = str(found["type"]), found.get("ctx", {}), field_name(path)
    given, expected = str(found["input"])[:40], str(context.get("expected")).replace("'", "")
    if kind == "extra_forbidden":
        return f"the field {name} is not known; {nearest(str(path[-1]), _known(path[:-1]))}"
    if kind in _BOUNDS:
        return f"{name} must be {_BOUNDS[kind]} {next(iter(context.values()))}, it is {given}"
    said = {
        "missing": f"the field {name} is missing; add it",
        "value_error": f"{name} {context.get('error')}",
        "literal_error": f"{name} must be {expected}, it is {given!r}",
        "string_pattern_mismatch": f"{name} may hold only small Latin letters, digits and _, it is {given!r}",
    }
    return said.get(kind) or f"{name} {_KINDS.get(kind, 'is not valid: ' + str(found['msg']))}"


def _known(path: Path) -> tuple[str, ...]:
    """The fields that may stand in the mapping at a path."""
    names = [part for part in path if isinstance(part, str)]
    form: type[BaseModel] = forms.ScorecardForm
    if names:
        form = _PARTS.get(names[-1], forms.RuleForm)
    if names[:1] == ["examples"]:
        form = ExampleSetForm if len(names) == 2 else SentencesForm
    return tuple(info.alias or field for field, info in form.model_fields.items())
