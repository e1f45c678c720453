"""``vault``: whether recordings are sealed, with which key, and a new key for all of them."""

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli import setup
from qa.cli.printing import print_json, print_line
from qa.errors import KeyMissing, QAError, WriteFailed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qa.settings import Settings
    from qa.store.shelf.recordings import Recordings

Name = Annotated[str, typer.Argument(help="Its name in the folder quarantine.")]
To = Annotated[Path, typer.Argument(help="The new file.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object.")]
STEP = 500
"""Files between two lines of progress."""


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    group = typer.Typer(
        help="Keys that recordings and back-ups are sealed with.",
        no_args_is_help=True,
        rich_markup_mode=None,
        callback=lambda: None,
    )
    group.command("status")(status)
    group.command("key")(key)
    group.command("enable")(enable)
    group.command("rotate")(rotate)
    group.command("open")(open_refused)
    app.add_typer(group, name="vault")


def status(as_json: AsJson = False) -> None:
    """Where the keys are, and how many files are sealed with which."""
    from collections import Counter

    from qa.store.shelf.resealing import PLAIN, key_names
    from qa.vault import key_place, keyring

    settings = setup.site()
    ring, found = keyring(settings), sum((key_names(one) for one in _kept(settings)), Counter[str]())
    known = {one.name for one in ring.keys}
    missing = sorted(name for name in found if name not in known and name != PLAIN)
    current = None if ring.current is None else ring.current.name
    if as_json:
        print_json(
            {"place": key_place(settings), "current": current, "files": dict(found), "missing": missing}
        )
        return
    print_line(
        f"Keys: {key_place(settings)}" if ring.keys else "Keys: none; `python -m qa vault enable` makes one"
    )
    for name, count in sorted(found.items()):
        what = "not sealed" if name == PLAIN else "current" if name == current else "older"
        print_line(f"{count:>8} files  {name:<16}  {'KEY MISSING' if name in missing else what}")
    if missing:
        raise KeyMissing(
            f"The key {missing[0]} is not here; put it into {key_place(settings)} from where it is kept."
        )


def key() -> None:
    """Print a fresh key, which is kept nowhere: for QA_VAULT_KEY or a file of your own."""
    from qa.vault import fresh_key

    print_line(fresh_key().text)


def enable() -> None:
    """Make a key if there is none, and seal every recording and refused file that is not sealed."""
    from qa.vault import ensure_key, keyring

    settings = setup.site()
    had = keyring(settings).current is not None
    with _alone(settings):
        ring = ensure_key(settings)
    changed = _reseal(settings)
    with setup.opened(settings).write() as tx:
        setup.audited(tx, "keys rotated", "vault", step="enabled", files=changed)
    if not had:
        print_line(_where(settings))
    name = ring.current.name if ring.current else ""
    print_line(f"Every recording is sealed with the key {name}; {changed} were sealed now.")


def rotate() -> None:
    """Make a new key, seal everything with it, drop the older ones. Killed, it goes on where it was."""
    from qa.vault import drop_older, fresh_key, keyring, put_in_front

    settings = setup.site()
    ring = keyring(settings)
    if ring.current is None:
        raise KeyMissing("There is no key yet; make one with `python -m qa vault enable`.")
    if not ring.older:
        with _alone(settings):
            ring = put_in_front(settings, fresh_key())
    changed = _reseal(settings)
    if settings.vault_key is None:
        drop_older(settings)
    with setup.opened(settings).write() as tx:
        setup.audited(tx, "keys rotated", "vault", step="rotated", files=changed)
    name = ring.current.name if ring.current else ""
    print_line(f"Every recording is sealed with the key {name}; {changed} were sealed anew.")
    print_line(
        "Keep the older key with the back-ups that were made under it."
        if settings.vault_key is None
        else "Now take the older key out of QA_VAULT_KEY; keep it with the back-ups that were made under it."
    )


def open_refused(name: Name, to: To) -> None:
    """Write a refused file of the quarantine, opened, into a new file, to look what is wrong with it."""
    import shutil

    settings = setup.site()
    with _kept(settings)[1].file(name).open() as sealed, setup.opened(settings).write() as tx:
        setup.audited(tx, "exported", "export:quarantine", name=name[:12])
        try:
            with to.open("xb") as out:
                shutil.copyfileobj(sealed, out, 1 << 20)
        except OSError as error:
            raise WriteFailed(f"{to} cannot be written ({error.strerror}); name a new file.") from error
    print_line(f"{to} is written, not sealed; delete it when you have looked.")


def _reseal(settings: "Settings") -> int:
    from qa.store.shelf.resealing import reseal_all

    changed = 0
    for kept in _kept(settings):
        before = changed
        for state in reseal_all(kept):
            changed = before + state.changed
            if state.done % STEP == 0 or state.done == state.count:
                print_line(f"{state.done} of {state.count} files")
    return changed


def _kept(settings: "Settings") -> "tuple[Recordings, ...]":
    """Everything that is sealed: recordings, and refused files."""
    from qa.store.shelf.quarantine import refused_files
    from qa.store.shelf.recordings import open_recordings

    recordings = open_recordings(settings)
    return recordings, refused_files(recordings, settings.quarantine_dir)


@contextmanager
def _alone(settings: "Settings") -> "Iterator[None]":
    """While nothing is being written under the key of before."""
    import time

    from qa.store.locks import sole_lock
    from qa.store.shelf.recordings import vault_lock

    for _attempt in range(600):
        with sole_lock(vault_lock(settings)) as alone:
            if alone:
                yield
                return
        time.sleep(0.1)
    raise QAError("A recording is being written for more than a minute; try again when it is done.")


def _where(settings: "Settings") -> str:
    from qa.vault import key_place

    return (
        f"The key is in {key_place(settings)}. Copy it to another disk now: without it no recording and no "
        "back-up can be opened."
    )
