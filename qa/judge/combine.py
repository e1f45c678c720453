"""Judges ``all``, ``any`` and ``not``: rules about rules, by Kleene's logic of the unknown.

A rule that is not applicable to the call is left out; when none is left, neither is the rule about them. A
costly rule is asked only while the cheap ones beside it leave the question open.
"""

from qa.judge.case import Case
from qa.judge.contract import Decide, Finding, Judge
from qa.judge.wording import joined, opposite
from qa.records import Evidence, Verdict
from qa.scorecard import AllRule, AnyRule, NotRule, Rule

_OPPOSITE = {
    Verdict.MET: Verdict.NOT_MET,
    Verdict.NOT_MET: Verdict.MET,
}


def _all(rule: AllRule, case: Case, decide: Decide) -> Finding:
    """The lowest verdict; with ``partly_from`` that many rules met or partly met save it from "not met"."""
    enough = Verdict.NOT_MET if rule.partly_from is None else None
    findings = _applicable(_asked(rule.rules, case, decide, enough))
    verdict = _lowest(findings)
    if verdict is Verdict.NOT_MET and rule.partly_from is not None:
        found = sum(one.verdict in (Verdict.MET, Verdict.PARTLY) for one in findings)
        unknown = sum(one.verdict is Verdict.CANNOT_TELL for one in findings)
        if found >= rule.partly_from:
            verdict = Verdict.PARTLY
        elif found + unknown >= rule.partly_from:
            verdict = Verdict.CANNOT_TELL
    return _finding(verdict, findings, joined(findings_sought(findings), "all", case.language))


def _any(rule: AnyRule, case: Case, decide: Decide) -> Finding:
    """The highest verdict; unknown while an unknown rule could raise it."""
    findings = _applicable(_asked(rule.rules, case, decide, Verdict.MET))
    verdict = _highest(findings)
    return _finding(verdict, findings, joined(findings_sought(findings), "any", case.language))


def _not(rule: NotRule, case: Case, decide: Decide) -> Finding:
    """Met and not met change places; partly and "cannot tell" stay."""
    inner = decide(rule.rule, case)
    verdict = _OPPOSITE.get(inner.verdict, inner.verdict)
    return Finding(verdict, inner.confidence, inner.evidence, opposite(inner.looked_for, case.language))


def _applicable(findings: list[Finding]) -> list[Finding]:
    kept = [one for one in findings if one.verdict is not Verdict.NOT_APPLICABLE]
    return kept or findings


def _asked(rules: tuple[Rule, ...], case: Case, decide: Decide, enough: Verdict | None) -> list[Finding]:
    """The findings in the order of the file; costly rules are left out when a cheap one has ``enough``."""
    found = {place: decide(rule, case) for place, rule in enumerate(rules) if not case.ready.is_costly(rule)}
    if enough is None or all(one.verdict is not enough for one in found.values()):
        found |= {place: decide(rule, case) for place, rule in enumerate(rules) if place not in found}
    return [found[place] for place in sorted(found)]


def findings_sought(findings: list[Finding]) -> list[str]:
    """What each rule looked for."""
    return [one.looked_for for one in findings]


def _lowest(findings: list[Finding]) -> Verdict:
    verdicts = {one.verdict for one in findings}
    order = (Verdict.NOT_MET, Verdict.CANNOT_TELL, Verdict.PARTLY, Verdict.MET, Verdict.NOT_APPLICABLE)
    return next(verdict for verdict in order if verdict in verdicts)


def _highest(findings: list[Finding]) -> Verdict:
    verdicts = {one.verdict for one in findings}
    order = (Verdict.MET, Verdict.CANNOT_TELL, Verdict.PARTLY, Verdict.NOT_MET, Verdict.NOT_APPLICABLE)
    return next(verdict for verdict in order if verdict in verdicts)


def _finding(verdict: Verdict, findings: list[Finding], looked_for: str) -> Finding:
    """The evidence of the rules that decided, once each; as sure as the least sure of them."""
    if verdict is Verdict.CANNOT_TELL:
        open_ones = [one for one in findings if one.verdict is verdict]
        seen = dict.fromkeys(piece for one in open_ones for piece in one.evidence)
        return Finding(verdict, 0.0, tuple(seen), looked_for)
    deciding = [one for one in findings if one.verdict is verdict] or [
        one for one in findings if one.verdict is not Verdict.CANNOT_TELL
    ]
    evidence: dict[Evidence, None] = {}
    for one in findings if verdict is Verdict.PARTLY else deciding:
        evidence.update(dict.fromkeys(one.evidence))
    return Finding(verdict, min(one.confidence for one in deciding), tuple(evidence), looked_for)


ALL = Judge("all", 1, AllRule, _all)
ANY = Judge("any", 1, AnyRule, _any)
NOT = Judge("not", 1, NotRule, _not)
