"""``doctor``: whether everything that the desk needs is here and in order."""

import importlib.metadata
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli import health_site, setup
from qa.cli.health_rest import at_rest
from qa.cli.printing import print_json, print_line
from qa.errors import QAError

if TYPE_CHECKING:
    from qa.settings import Settings

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
GIB = 2**30
LOOKED_AT = 5  # parts of weeks whose sums are compared with their rows
FREE_ENOUGH = 2 * GIB  # about a day of 10,000 short calls at 8 kHz


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. ``ok`` False means that something will not work."""

    name: str
    ok: bool
    says: str


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(doctor)


def doctor(as_json: AsJson = False) -> None:
    """Look at everything the desk needs; exit code 2 when something will not work."""
    settings = setup.site()
    findings = [_looked(name, check, settings) for name, check in CHECKS]
    for finding in findings:
        if as_json:
            print_json({"name": finding.name, "ok": finding.ok, "says": finding.says})
        else:
            print_line(f"{'ok ' if finding.ok else 'BAD'}  {finding.name:<12} {finding.says}")
    bad = [finding.name for finding in findings if not finding.ok]
    if bad:
        raise QAError(f"{', '.join(bad)}: not in order; each line above says what to do.")


def _looked(name: str, check: Callable[["Settings"], str], settings: "Settings") -> Finding:
    try:
        return Finding(name, ok=True, says=check(settings))
    except QAError as error:
        return Finding(name, ok=False, says=error.message)


def _python(_settings: "Settings") -> str:
    packages = ("torch", "openai-whisper", "streamlit", "polars", "SQLAlchemy")
    try:
        found = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in packages)
    except importlib.metadata.PackageNotFoundError as error:
        raise QAError(f"The package {error.name} is not installed; run `make run` again.") from error
    return f"Python {sys.version.split()[0]}, {found}"


def _folder(settings: "Settings") -> str:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    if not os.access(settings.data_dir, os.W_OK):
        raise QAError(f"{settings.data_dir} cannot be written; give it to the user who runs Shenava.")
    free = shutil.disk_usage(settings.data_dir).free
    if free < FREE_ENOUGH:
        raise QAError(f"Only {free / GIB:.1f} GiB are free in {settings.data_dir}; make room for recordings.")
    return f"{settings.data_dir}, {free / GIB:.0f} GiB free"


def _database(settings: "Settings") -> str:
    from qa.store.people import list_agents

    database = setup.whatever_zone(settings)
    with database.read() as tx:
        agents = len(list_agents(tx))
    return f"{database.label}, {agents} agents"


def _model(settings: "Settings") -> str:
    from qa.transcribe import open_engine

    engine = open_engine(settings)
    note = "; too small for Persian, whose transcripts are drafts" if engine.drafts("fa") else ""
    return f"engine {engine.name}, model {engine.model}{note}"


def _engine(settings: "Settings") -> str:
    if settings.engine != "auto":
        return f"{settings.engine}, {_device(settings.engine)}; QA_ENGINE=auto would measure both"
    from qa.transcribe import ENGINES, choose_engine

    found = choose_engine(settings, ENGINES)
    return f"auto takes {found}, {_device(found.engine)}"


def _device(engine: str) -> str:
    if engine == "fast":
        from qa.transcribe.ctranslate import device
    else:
        from qa.transcribe.openai import device
    return "on a graphics card" if device() == "cuda" else "on the processor"


def _weights(settings: "Settings") -> str:
    from qa.transcribe.local import model_facts
    from qa.transcribe.weights import find_weights

    path = settings.model_path or find_weights(settings)
    facts = model_facts(path)
    size = f"the size of Whisper {facts.size}" if facts.size else f"of a size of its own, width {facts.width}"
    tongues = f"{facts.languages} languages" if facts.languages > 1 else "English alone"
    persian = "reads Persian" if facts.reads_persian else "Persian only as a draft"
    if facts.languages == 1:
        persian = "no Persian"
    return f"{path} ({facts.kind}), {size}, {tongues}, {persian}"


def _voices(_settings: "Settings") -> str:
    from qa.diarise.encoder import open_encoder

    open_encoder()
    return "voices on one channel are told apart"


def _recordings(settings: "Settings") -> str:
    from qa.store.call.calls import all_media
    from qa.store.shelf.recordings import open_recordings

    with setup.whatever_zone(settings).read() as tx:
        known = all_media(tx)
    missing = open_recordings(settings).missing(known)
    if missing:
        raise QAError(
            f"{len(missing)} of {len(known)} recordings are missing in {settings.recordings_dir} "
            f"(the first is {missing[0]}); restore the folder from a copy."
        )
    return f"{len(known)} recordings, none missing"


def _keys(settings: "Settings") -> str:
    from itertools import islice

    from qa.store.shelf.recordings import Kept, open_recordings
    from qa.vault import key_place, keyring

    recordings = open_recordings(settings)
    for place in islice(recordings.whole(), 3):
        Kept(recordings, place).open().close()  # the key of a file that is there must be there
    ring, place = keyring(settings), key_place(settings)
    if ring.current is None:
        return "none; recordings are kept as they are, `python -m qa vault enable` seals them"
    if settings.data_dir.as_posix() in place:
        return f"{place}; copy it elsewhere, and better keep it on another disk (QA_VAULT_KEY_FILE)"
    return f"{place}, {len(ring.keys)} in all" if ring.older else place


def _jobs(settings: "Settings") -> str:
    from qa.store.kinds import JobState
    from qa.store.work.jobs import counts

    with setup.whatever_zone(settings).read() as tx:
        numbers = counts(tx)
    text = ", ".join(f"{count} {state.value}" for state, count in numbers.items())
    if numbers[JobState.DEAD]:
        raise QAError(f"{text}; look at the dead ones with `python -m qa status`.")
    return text


def _audit(settings: "Settings") -> str:
    from qa.cli.auditing import told
    from qa.store.audit.aside import waiting
    from qa.store.audit.checking import check

    found = check(setup.whatever_zone(settings), settings.keys_dir, settings.data_dir, settings.audit_heads)
    if found.broken is not None:
        raise QAError(told(found))
    late = waiting(settings.data_dir)
    return told(found) + (f" {late} views wait to be written into it." if late else "")


def _sums(settings: "Settings") -> str:
    from qa.store.rollups import keeping, verify

    database = setup.whatever_zone(settings)
    found = keeping.status(database, settings.zone)
    parts = verify.kept_parts(database)
    for part in verify.sample(parts, LOOKED_AT, len(parts)):
        for difference in verify.check(database, settings.zone, part):
            raise QAError(f"{difference}; run `python -m qa rollups rebuild`.")
    waiting = sum(one.stale + one.missing for one in found)
    note = f", {waiting} days or parts wait for a worker and are summed by pages meanwhile" if waiting else ""
    return f"{len(parts)} parts of weeks{note}"


def _assets(_settings: "Settings") -> str:
    from qa.settings import ROOT

    vendor = ROOT / "dashboard" / "static" / "vendor"
    files = [path for path in vendor.rglob("*") if path.is_file()] if vendor.is_dir() else []
    if not files:
        raise QAError("The front-end files are not here; run `python -m dashboard.assets`.")
    return f"{len(files)} front-end files"


CHECKS: tuple[tuple[str, Callable[["Settings"], str]], ...] = (
    ("python", _python),
    ("folder", _folder),
    ("database", _database),
    ("days", health_site.days),
    ("recordings", _recordings),
    ("keys", _keys),
    ("weights", _weights),
    ("engine", _engine),
    ("model", _model),
    ("voices", _voices),
    ("jobs", _jobs),
    ("audit", _audit),
    ("sums", _sums),
    ("assets", _assets),
    ("rights", health_site.rights),
    ("secrets", health_site.secrets),
    ("clock", health_site.clock),
    ("back-ups", health_site.backups),
    ("workers", health_site.workers),
    ("at rest", at_rest),
    ("tls", health_site.tls),
)
