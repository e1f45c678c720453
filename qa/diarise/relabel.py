"""Roles that a person set: the same words and speech under other names."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from qa.records import Flag, Spans, Speaker, Transcript, merged

Speech = dict[Speaker, Spans] | None


class RoleChange(StrEnum):
    """What a person says of the voices of a call."""

    SWAP = "agent and customer are swapped"
    FIRST_IS_AGENT = "speaker 1 is the agent"
    SECOND_IS_AGENT = "speaker 2 is the agent"
    ONE_SPEAKER = "only one person speaks"


_NAMES: Mapping[RoleChange, Mapping[Speaker, Speaker]] = {
    RoleChange.SWAP: {Speaker.AGENT: Speaker.CUSTOMER, Speaker.CUSTOMER: Speaker.AGENT},
    RoleChange.FIRST_IS_AGENT: {Speaker.SPEAKER_1: Speaker.AGENT, Speaker.SPEAKER_2: Speaker.CUSTOMER},
    RoleChange.SECOND_IS_AGENT: {Speaker.SPEAKER_1: Speaker.CUSTOMER, Speaker.SPEAKER_2: Speaker.AGENT},
    RoleChange.ONE_SPEAKER: {Speaker.SPEAKER_2: Speaker.SPEAKER_1},
}


def possible_changes(transcript: Transcript, speech: Speech) -> tuple[RoleChange, ...]:
    """What can be said of a call: to swap known roles, else to give the voices theirs."""
    voices = {utterance.speaker for utterance in transcript.utterances} | set(speech or {})
    if voices & {Speaker.AGENT, Speaker.CUSTOMER}:
        return (RoleChange.SWAP,)
    if not voices & {Speaker.SPEAKER_1, Speaker.SPEAKER_2}:
        return ()
    roles = (RoleChange.FIRST_IS_AGENT, RoleChange.SECOND_IS_AGENT)
    return (*roles, RoleChange.ONE_SPEAKER) if Speaker.SPEAKER_2 in voices else roles


def relabelled(transcript: Transcript, speech: Speech, change: RoleChange) -> tuple[Transcript, Speech]:
    """The same words and speech after a change. One speaker's words are no longer told apart by voice."""
    names = _NAMES[change]
    utterances = tuple(replace(u, speaker=names.get(u.speaker, u.speaker)) for u in transcript.utterances)
    flags = transcript.flags
    if change is RoleChange.ONE_SPEAKER:
        flags = tuple(flag for flag in flags if flag != Flag.BY_VOICE)
    found: Speech = None
    if speech is not None:
        found = {}
        for who, spans in speech.items():
            name = names.get(who, who)
            found[name] = merged([*found.get(name, ()), *spans])
    return replace(transcript, utterances=utterances, flags=flags), found
