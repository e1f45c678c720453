"""Scorecards: what is asked of a call, with weights, read strictly from YAML (docs/scorecards.md)."""

from qa.scorecard.assignment import Assignment, Traits, assigned
from qa.scorecard.choose import default_scorecard, pick_scorecard, without
from qa.scorecard.difference import Change, Difference, difference
from qa.scorecard.examples import held_out_sets, shared_sets
from qa.scorecard.lexicons import shared_lexicons
from qa.scorecard.model import (
    AllRule,
    AnyRule,
    Bands,
    Criterion,
    ExampleRule,
    LanguageWords,
    MeasureRule,
    Minimum,
    NotRule,
    PhraseRule,
    Rule,
    Scorecard,
    Section,
    SequenceRule,
    Title,
    Window,
)
from qa.scorecard.outline import CriterionLine, Outline, SectionLine, outline
from qa.scorecard.phrases import Part, parse_phrase, spoken_example
from qa.scorecard.problems import nearest
from qa.scorecard.read import (
    default_scorecards,
    load_scorecard,
    parse_scorecard,
    read_text,
    shipped_texts,
    with_lexicons,
)
from qa.scorecard.sentence import ExampleSet, Sentence
from qa.scorecard.talk import LEVELS, AbuseRule, Level, LlmRule, RegisterRule, SentimentRule

__all__ = [
    "LEVELS",
    "AbuseRule",
    "AllRule",
    "AnyRule",
    "Assignment",
    "Bands",
    "Change",
    "Criterion",
    "CriterionLine",
    "Difference",
    "ExampleRule",
    "ExampleSet",
    "LanguageWords",
    "Level",
    "LlmRule",
    "MeasureRule",
    "Minimum",
    "NotRule",
    "Outline",
    "Part",
    "PhraseRule",
    "RegisterRule",
    "Rule",
    "Scorecard",
    "Section",
    "SectionLine",
    "Sentence",
    "SentimentRule",
    "SequenceRule",
    "Title",
    "Traits",
    "Window",
    "assigned",
    "default_scorecard",
    "default_scorecards",
    "difference",
    "held_out_sets",
    "load_scorecard",
    "nearest",
    "outline",
    "parse_phrase",
    "parse_scorecard",
    "pick_scorecard",
    "read_text",
    "shared_lexicons",
    "shared_sets",
    "shipped_texts",
    "spoken_example",
    "with_lexicons",
    "without",
]
