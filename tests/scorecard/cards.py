"""A small valid scorecard as text, to be broken in one place."""

CARD = """\
id: small
version: 1
language: en
title: {en: Small card, fa: فرم کوچک}
minimum: {seconds: 20, words: 10}
bands: {pass: 85, coach: 70}
sections:
  - key: opening
    title: {en: Opening, fa: شروع}
    weight: 10
    criteria:
      - key: greeting
        title: {en: Greeting, fa: خوشامد}
        weight: 2
        rule:
          phrase: {phrases: [hello, $greeting_words], window: {first: {seconds: 30}}}
      - key: balance
        title: {en: Balance, fa: تعادل}
        weight: 1
        critical: business
        applies_when:
          measure: {name: longest_silence, at_least: 10}
        rule:
          measure: {name: talk_share_agent, between: [0.35, 0.65]}
"""
