"""From a checked form to the frozen scorecard: word lists resolved, lines kept for later messages."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from qa.errors import InvalidScorecard
from qa.records import CriticalKind
from qa.scorecard import form_parts, forms, model
from qa.scorecard.examples import ExampleSets
from qa.scorecard.lexicons import LANGUAGE_WORDS, Lexicons
from qa.scorecard.parts import happens, in_abuse_of, narrower, title_of, window_of
from qa.scorecard.phrases import parse_phrase
from qa.scorecard.problems import field_name, nearest
from qa.scorecard.talk import AbuseRule, LlmRule, RegisterRule, SentimentRule
from qa.scorecard.yaml_lines import Located, Path


@dataclass(frozen=True, slots=True)
class Builder:
    """One file being read."""

    document: Located
    name: str
    lexicons: Lexicons
    examples: ExampleSets

    def scorecard(self, form: forms.ScorecardForm) -> model.Scorecard:
        """The whole scorecard.

        Raises:
            InvalidScorecard: a key twice, weights that sum to 0, an unknown word list, a broken phrase.
        """
        for key, phrases in form.lexicons.items():
            for place, phrase in enumerate(phrases):
                self._check(phrase, ("lexicons", key, place))
        self._unique(form)
        self._weights(form)
        return model.Scorecard(
            id=form.id,
            version=form.version,
            language=form.language,
            title=title_of(form.title),
            sections=tuple(
                self._section(one, ("sections", place))
                for place, one in enumerate(form.sections)
                if any(criterion.enabled for criterion in one.criteria)
            ),
            bands=model.Bands(form.bands.pass_, form.bands.coach),
            minimum=model.Minimum(form.minimum.seconds, form.minimum.words) if form.minimum else None,
            words=model.LanguageWords(**{key: self.lexicons.get(key, ()) for key in LANGUAGE_WORDS}),
            source=self.name,
        )

    def _section(self, form: forms.SectionForm, path: Path) -> model.Section:
        criteria = tuple(
            self._criterion(one, (*path, "criteria", place))
            for place, one in enumerate(form.criteria)
            if one.enabled
        )
        return model.Section(form.key, title_of(form.title), form.weight, criteria)

    def _criterion(self, form: forms.CriterionForm, path: Path) -> model.Criterion:
        return model.Criterion(
            key=form.key,
            title=title_of(form.title),
            weight=form.weight,
            rule=self._rule(form.rule, (*path, "rule")),
            critical=CriticalKind(form.critical) if form.critical else None,
            applies_when=self._rule(form.applies_when, (*path, "applies_when"))
            if form.applies_when
            else None,
            in_abuse=form.in_abuse or in_abuse_of(form),
            line=self.document.line(path),
        )

    def _rule(self, form: forms.RuleForm, path: Path) -> model.Rule:
        for name, build in self._kinds().items():
            given = getattr(form, name)
            if given is not None:
                return build(given, (*path, name.removesuffix("_")))
        return self._combined(form, path)

    def _kinds(self) -> dict[str, Callable[[Any, Path], model.Rule]]:
        """What builds each rule that is not made of others, by its field in the form."""
        return {
            "phrase": self._phrase,
            "measure": self._measure,
            "example": self._example,
            "sequence": self._sequence,
            "register_": self._register,
            "abuse": self._abuse,
            "sentiment": self._sentiment,
            "llm": self._llm,
        }

    def _combined(self, form: forms.RuleForm, path: Path) -> model.Rule:
        if form.not_ is not None:
            return model.NotRule(self._rule(form.not_, (*path, "not")))
        if form.any_ is not None:
            return model.AnyRule(self._rules(form.any_, (*path, "any")))
        rules = self._rules(form.all_ or [], (*path, "all"))
        if form.partly_from is not None and form.partly_from >= len(rules):
            raise self._wrong((*path, "partly_from"), f"must be less than the {len(rules)} rules of all")
        return model.AllRule(rules, form.partly_from)

    def _rules(self, rules: list[forms.RuleForm], path: Path) -> tuple[model.Rule, ...]:
        return tuple(self._rule(one, (*path, place)) for place, one in enumerate(rules))

    def _sequence(self, form: forms.SequenceForm, path: Path) -> model.SequenceRule:
        first = self._event(form.first, (*path, "first"))
        then = self._event(form.then, (*path, "then"))
        within = form.within or forms.NearForm.model_construct()
        return model.SequenceRule(
            first,
            then,
            form.needs,
            within.seconds,
            within.turns,
            form.partly_from,
            line=self.document.line(path),
        )

    def _event(self, form: forms.RuleForm, path: Path) -> model.Rule:
        rule = self._rule(form, path)
        if not happens(rule):
            raise self._wrong(path, "has no moment in the call; use phrase, measure, or any of them")
        return rule

    def _register(self, form: forms.RegisterForm, path: Path) -> RegisterRule:
        return RegisterRule(form.level, tuple(sorted(form.by_service.items())), self.document.line(path))

    def _sentiment(self, form: form_parts.SentimentForm, path: Path) -> SentimentRule:
        limits = (form.end_at_least, form.partly_end_at_least, form.rises_by)
        return SentimentRule(*limits, self.document.line(path))

    def _llm(self, form: form_parts.LlmForm, path: Path) -> LlmRule:
        return LlmRule(form.question, self.document.line(path))

    def _abuse(self, form: form_parts.AbuseForm, path: Path) -> AbuseRule:
        return AbuseRule(form.speaker, self.document.line(path))

    def _phrase(self, form: forms.PhraseForm, path: Path) -> model.PhraseRule:
        return model.PhraseRule(
            speaker=form.speaker,
            phrases=self._phrases(form.phrases, (*path, "phrases")),
            partly=self._phrases(form.partly_any, (*path, "partly_any")),
            unless=self._phrases(form.unless, (*path, "unless")),
            unless_nearby=self._phrases(form.unless_nearby, (*path, "unless_nearby")),
            placeholders=tuple(form.placeholders),
            window=window_of(form.window),
            count=form.count,
            negation=form.negation,
            fuzzy=form.fuzzy,
            line=self.document.line(path),
        )

    def _phrases(self, phrases: list[str], path: Path) -> tuple[str, ...]:
        """Phrases with ``$name`` replaced by that word list, each one once."""
        out: list[str] = []
        for place, phrase in enumerate(phrases):
            if phrase.startswith("$"):
                out.extend(self._lexicon(phrase[1:], (*path, place)))
                continue
            self._check(phrase, (*path, place))
            out.append(phrase)
        return tuple(dict.fromkeys(out))

    def _check(self, phrase: str, path: Path) -> None:
        try:
            parse_phrase(phrase)
        except ValueError as error:
            raise self._wrong(path, f"{phrase!r} {error}") from error

    def _lexicon(self, key: str, path: Path) -> tuple[str, ...]:
        if key not in self.lexicons:
            raise self._wrong(
                path, f"names the unknown word list ${key}; {nearest(key, tuple(self.lexicons))}"
            )
        return self.lexicons[key]

    def _measure(self, form: forms.MeasureForm, path: Path) -> model.MeasureRule:
        low, high = form.between or (form.at_least, form.at_most)
        partly_low, partly_high = form.partly_between or (form.partly_at_least, form.partly_at_most)
        if narrower(partly_low, low) or narrower(high, partly_high):
            raise self._wrong(path, "has limits for partly that are narrower than those for met; widen them")
        return model.MeasureRule(form.name, low, high, partly_low, partly_high, line=self.document.line(path))

    def _example(self, form: forms.ExampleForm, path: Path) -> model.ExampleRule:
        known = tuple(self.examples)
        if form.set_ not in known:
            raise self._wrong(
                (*path, "set"), f"names the unknown examples {form.set_}; {nearest(form.set_, known)}"
            )
        return model.ExampleRule(
            examples=self.examples[form.set_],
            speaker=form.speaker,
            window=window_of(form.window),
            count=form.count,
            at_least=form.at_least,
            unsure_from=form.unsure_from,
            line=self.document.line(path),
        )

    def _unique(self, form: forms.ScorecardForm) -> None:
        seen: set[str] = set()
        for place, section in enumerate(form.sections):
            if section.key in {other.key for other in form.sections[:place]}:
                raise self._wrong(
                    ("sections", place, "key"), f"is {section.key} a second time; choose another key"
                )
            for index, criterion in enumerate(section.criteria):
                if criterion.key in seen:
                    path = ("sections", place, "criteria", index, "key")
                    raise self._wrong(path, f"is {criterion.key} a second time; choose another key")
                seen.add(criterion.key)

    def _weights(self, form: forms.ScorecardForm) -> None:
        used = [one for one in form.sections if any(criterion.enabled for criterion in one.criteria)]
        if sum(section.weight for section in used) <= 0:
            raise self._wrong(("sections",), "have weights that sum to 0; give a section a weight above 0")
        for place, section in enumerate(form.sections):
            weights = [criterion.weight for criterion in section.criteria if criterion.enabled]
            if section.weight > 0 and weights and sum(weights) <= 0:
                path = ("sections", place, "criteria")
                raise self._wrong(path, "have weights that sum to 0; give a criterion a weight above 0")

    def _wrong(self, path: Path, problem: str) -> InvalidScorecard:
        return InvalidScorecard(
            f"{self.name}, line {self.document.line(path)}: {field_name(path)} {problem}."
        )
