"""A call that is stored and reviewed without a recogniser: its words come from a transcript."""

from pathlib import Path

from qa.audio import decode
from qa.measure import default_limits
from qa.pipeline import Options, Sound, Tools, review_transcript
from qa.records import Span, Speaker, Transcript, Utterance
from qa.settings import Settings
from qa.store.call.calls import call_id_of
from qa.store.call.reviews import save_review
from qa.store.database import Database
from qa.store.scope import Scope
from qa.store.work.jobs import finish
from qa.worker.reviewing import default_scorecard
from tests.cli.conftest import Run
from tests.worker.site import make_wav

AGENT_LINE = "Thank you for calling Acme Bank, my name is Sara."
LINES = (
    (Speaker.AGENT, 0.5, 3.1, AGENT_LINE),
    (Speaker.CUSTOMER, 3.5, 6.0, "=Hello, my card number is 4111 1111 1111 1111."),
    (Speaker.AGENT, 6.5, 8.0, "Is there anything else? Goodbye."),
)


def store_reviewed_call(qa: Run, data_dir: Path, folder: Path) -> str:
    """Ingest a recording and save a review of it; gives the call's key."""
    path = make_wav(folder / "stored.wav", 7, seconds=9)
    key = str(qa("ingest", path, "--json").rows[0]["call"])
    lines = [
        Utterance(n, who, Span(start, end), text, 0.9) for n, (who, start, end, text) in enumerate(LINES)
    ]
    transcript = Transcript("en", "imported", "json", tuple(lines))
    tools = Tools(None, default_scorecard)
    sound = Sound(*decode(path, maximum=60))
    found = review_transcript(transcript, sound, tools, Options(default_limits()), lambda *_: None)
    database = Database.open(Settings(data_dir=data_dir).url)
    with database.write() as tx:
        call_id = call_id_of(tx, key, Scope.all())
        save_review(tx, call_id, found)
        finish(tx, call_id)
    database.close()
    return key
