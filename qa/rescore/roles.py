"""Roles that a person sets: a stored call measured and judged again under them, without listening again."""

from contextlib import suppress
from dataclasses import replace

from qa.abuse import abusive
from qa.complaint import find_complaints
from qa.diarise.relabel import RoleChange, possible_changes, relabelled
from qa.errors import InvalidSetting, NotFound
from qa.measure import measure
from qa.pipeline import Options, left_out, promises_in, rescore
from qa.promise import with_forbidden
from qa.records import Speaker
from qa.rescore.scorer import open_scorer
from qa.store.call.calls import call_id_of, get_facts
from qa.store.call.complaints import save_complaints
from qa.store.call.findings import load_evaluations
from qa.store.call.reviews import save_measures, save_scoring, set_left_out
from qa.store.call.roles import NewRoles, save_roles
from qa.store.database import Transaction
from qa.store.kinds import EvaluationSource
from qa.store.promise.promises import save_promises
from qa.store.scope import Scope
from qa.store.work.runs import Wanted
from qa.store.work.scorable import Scorable, load_scorables


def set_roles(
    tx: Transaction, call: tuple[str, Scope], change: RoleChange, user_id: int | None, options: Options
) -> None:
    """Give the voices of a call other names; measures and the automatic score follow.

    The score is under the same scorecard version as before. Evaluations by people stay, and so do promises
    that a person has touched.

    Raises:
        NotFound: there is no such call for this scope, or nothing was heard of it.
        InvalidSetting: the change does not fit the voices that were found.
    """
    key, scope = call
    found = load_scorables(tx, (call_id_of(tx, key, scope),))
    if not found:
        raise NotFound(f"Call {key} has no transcript, so it has no roles to set; wait until it is done.")
    one = found[0]
    if change not in possible_changes(one.call.transcript, one.call.speech):
        raise InvalidSetting(f"Call {key} has no such voices ({change.value}); look at its page first.")
    again = _renamed(one, change, options)
    known = again.call.roles_known
    spoken = (again.call.transcript, again.call.speech)
    hurt = bool(abusive(again.call.transcript.utterances))
    save_roles(tx, one.call_id, NewRoles(*spoken, 1.0 if known else 0.0, change.value, user_id, hurt))
    save_measures(tx, one.call_id, again.measures)
    save_complaints(tx, {one.call_id: find_complaints(again.call.transcript)})
    _judge(tx, again, options)


def _renamed(one: Scorable, change: RoleChange, options: Options) -> Scorable:
    transcript, speech = relabelled(one.call.transcript, one.call.speech, change)
    people = set(speech or {}) - {Speaker.SYSTEM}
    separate = one.call.channels_separate and (change is not RoleChange.ONE_SPEAKER or len(people) > 1)
    call = replace(one.call, transcript=transcript, speech=speech, channels_separate=separate)
    return replace(one, call=call, measures=measure(call, options.limits))


def _judge(tx: Transaction, one: Scorable, options: Options) -> None:
    """Under the scorecard version that pages show now; where that is gone, by the one that is assigned."""
    auto = EvaluationSource.AUTO
    shown = next((e for e in load_evaluations(tx, one.call_id) if e.current and e.source is auto), None)
    card = None
    if shown is not None:
        with suppress(NotFound):
            wanted = Wanted(shown.scoring.scorecard, shown.scoring.version)
            card = open_scorer(tx, wanted, options).card_for(one)
    card = card or open_scorer(tx, Wanted(), options).card_for(one)
    if card is not None:
        scoring = rescore(one.call, one.measures, card)
        save_scoring(tx, one.call_id, scoring)
        dated = replace(options, made=get_facts(tx, one.call_id).started_at)
        promised = promises_in(one.call.transcript, dated)
        save_promises(tx, one.call_id, with_forbidden(promised, scoring, one.call.transcript))
        set_left_out(tx, one.call_id, left_out(one.call, scoring, card, options))
