"""``voices``: enrolled voices of agents, which help to find the agent on one channel."""

from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli import setup
from qa.cli.calls import checked_key
from qa.cli.printing import print_json, print_line, print_table
from qa.errors import InvalidSetting, ModelMissing, NotFound, QAError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qa.records import Spans
    from qa.settings import Settings
    from qa.store.database import Database

Channel = tuple["NDArray[np.float32]", "Spans"]
Agent = Annotated[str, typer.Argument(help="The agent's name, as `calls` prints it.")]
Keys = Annotated[
    list[str] | None,
    typer.Argument(help="Two-channel calls of the agent; without any, the newest five.", metavar="[CALL]..."),
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
NEWEST = 5
OFF = (
    "Voice profiles are off, because a voice is biometric data; once the agents agreed,"
    " set QA_VOICE_PROFILES=true."
)


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    group = typer.Typer(help="Enrolled voices of agents.", no_args_is_help=True, rich_markup_mode=None)
    for name, command in (("enrol", enrol), ("list", list_all), ("forget", forget)):
        group.command(name)(command)
    app.add_typer(group, name="voices")


def enrol(agent: Agent, calls: Keys = None) -> None:
    """Learn an agent's voice from calls in which the agent has a channel of their own."""
    from qa.diarise.encoder import open_encoder, weights_path
    from qa.diarise.profiles import to_bytes, voice_of
    from qa.store.call.voices import save_voice, two_channel_calls

    settings = setup.site()
    if not settings.voice_profiles:
        raise InvalidSetting(OFF)
    if weights_path() is None:
        raise ModelMissing("The weights that tell voices apart are not installed; see docs/speakers.md.")
    database = setup.opened(settings)
    number = _agent(database, agent)
    with database.read() as tx:
        keys = [checked_key(key) for key in calls or two_channel_calls(tx, number, NEWEST)]
    heard = [_agent_channel(database, settings, key, number) for key in keys]
    voice = voice_of(heard, open_encoder())
    if voice is None:
        raise QAError(f"{agent} is heard for less than 20 s in {len(keys)} two-channel calls; name more.")
    with database.write() as tx:
        save_voice(tx, number, to_bytes(voice), len(keys))
        setup.audited(tx, "voice profile changed", f"agent:{number}", step="enrolled", calls=len(keys))
    print_line(f"The voice of {agent} is enrolled from {len(keys)} calls.")


def list_all(as_json: AsJson = False) -> None:
    """Whose voice is enrolled."""
    from qa.store.call.voices import list_voices

    with setup.opened(setup.site()).read() as tx:
        found = list_voices(tx)
    if as_json:
        for one in found:
            print_json({"agent": one.agent, "calls": one.calls, "updated_at": one.updated_at.isoformat()})
        return
    rows = [(one.agent, str(one.calls), f"{one.updated_at:%Y-%m-%d}") for one in found]
    print_table("Enrolled voices", ("agent", "calls", "since"), rows)


def forget(agent: Agent) -> None:
    """Delete an agent's voice."""
    from qa.store.call.voices import forget_voice

    database = setup.opened(setup.site())
    number = _agent(database, agent)
    with database.write() as tx:
        gone = forget_voice(tx, number)
        setup.audited(tx, "voice profile changed", f"agent:{number}", step="forgotten" if gone else "none")
    print_line(f"The voice of {agent} is deleted." if gone else f"{agent} had no enrolled voice.")


def _agent(database: "Database", name: str) -> int:
    from qa.store.people import list_agents
    from qa.text import fold

    with database.read() as tx:
        found = {fold(agent.name): agent.id for agent in list_agents(tx)}
    if fold(name) not in found:
        raise NotFound(f"There is no agent {name!r}; see the names in `python -m qa calls`.")
    return found[fold(name)]


def _agent_channel(database: "Database", settings: "Settings", key: str, agent: int) -> "Channel":
    """The agent's channel of a call and its speech."""
    from qa.audio import decode, speech_activity
    from qa.records import Audio
    from qa.store.call.calls import call_id_of, get_facts
    from qa.store.scope import Scope
    from qa.store.shelf.recordings import open_recordings

    with database.read() as tx:
        facts = get_facts(tx, call_id_of(tx, key, Scope.all()))
    if facts.media is None or facts.agent_id != agent:
        raise QAError(f"Call {key} is not a recording of this agent; name one of the agent's own calls.")
    kept = open_recordings(settings).file(facts.media)
    _, audio = decode(kept, maximum=settings.maximum_hours * 3600)
    if audio.channels != 2:
        raise QAError(f"Call {key} has one channel; a voice is learned where the agent has a channel alone.")
    side = 0 if settings.agent_channel == "left" else 1
    own = Audio(audio.samples[side : side + 1], audio.sample_rate)
    return own.samples[0], speech_activity(own)[0]
