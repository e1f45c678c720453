"""Small parts of a form as the records of the model."""

from typing import Literal

from qa.scorecard import forms, model


def title_of(form: forms.TitleForm) -> model.Title:
    """A title in both languages."""
    return model.Title(form.en, form.fa)


def window_of(form: forms.WindowForm | None) -> model.Window | None:
    """A stretch at one end of the call."""
    if form is None:
        return None
    if form.first is not None:
        return model.Window("first", form.first.seconds, form.first.turns)
    return model.Window("last", form.last.seconds, form.last.turns) if form.last else None


def in_abuse_of(form: forms.CriterionForm) -> Literal["asked", "excused"]:
    """Empathy and response latency are not asked of an insulted agent, unless the card says so."""
    slow = form.rule.measure is not None and form.rule.measure.name.startswith("response_latency")
    return "excused" if slow or form.key == "empathy" else "asked"


def happens(rule: model.Rule) -> bool:
    """True for rules that find moments of a call, which a sequence can put in order."""
    if isinstance(rule, model.AnyRule):
        return all(happens(inner) for inner in rule.rules)
    return isinstance(rule, model.PhraseRule | model.MeasureRule)


def narrower(outer: float | None, inner: float | None) -> bool:
    """True when a lower limit for partly lies above the one for met (arguments turned for upper limits)."""
    return outer is not None and inner is not None and outer > inner
