"""A real two-channel call: the measures from voice activity against a recount from the channel energies."""

import pytest

from qa.audio import decode, speech_activity
from qa.measure import default_limits, measure
from qa.records import Call, Speaker, Transcript
from tests.audio.energy import active, talk
from tests.measure.test_real_timings import recount
from tests.shared import shared_data

EXACT = (
    "conversation_duration",
    "talk_share_agent",
    "talk_share_customer",
    "longest_silence",
    "longest_monologue_agent",
    "longest_monologue_customer",
)


def test_a_real_call_agrees_with_the_channel_energies() -> None:
    path = shared_data("A1_aws_auto_repair_calls", "Auto_Repairs_40_UTC_stereo_LagentRcaller.wav")
    _, audio = decode(path, maximum=600.0)
    agent, customer = speech_activity(audio)
    speech = {Speaker.AGENT: agent, Speaker.CUSTOMER: customer}
    call = Call(Transcript("en", "none", "none", ()), speech, audio.duration, channels_separate=True)
    found = {m.name: m.value for m in measure(call, default_limits())}
    one, other = (active(talk(channel), audio.duration) for channel in audio.samples)
    expected = recount(one, other)
    for name in EXACT:
        print(name, found[name], expected[name])
        assert found[name] == pytest.approx(expected[name], rel=0.02), name
    # a silence of 3.0 s on the edge counts in one and not in the other, so these in points of the call
    assert found["non_talk"] == pytest.approx(expected["non_talk"], abs=0.02)
    assert found["overlap"] == pytest.approx(expected["overlap"], abs=0.005)
