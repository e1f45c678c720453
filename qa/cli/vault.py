"""``vault``: whether recordings are sealed, with which key, and a new key for all of them."""

from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli import setup
from qa.cli.printing import print_json, print_line
from qa.errors import KeyMissing, QAError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qa.settings import Settings

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
    app.add_typer(group, name="vault")


def status(as_json: AsJson = False) -> None:
    """Where the keys are, and how many files are sealed with which."""
    from qa.store.recordings import open_recordings
    from qa.store.resealing import PLAIN, key_names
    from qa.vault import key_place, keyring

    settings = setup.site()
    ring, found = keyring(settings), key_names(open_recordings(settings))
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
    """Make a key if there is none, and seal every recording that is not sealed."""
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


def _reseal(settings: "Settings") -> int:
    from qa.store.recordings import open_recordings
    from qa.store.resealing import reseal_all

    changed = 0
    for state in reseal_all(open_recordings(settings)):
        changed = state.changed
        if state.done % STEP == 0 or state.done == state.count:
            print_line(f"{state.done} of {state.count} files")
    return changed


@contextmanager
def _alone(settings: "Settings") -> "Iterator[None]":
    """While nothing is being written under the key of before."""
    import time

    from qa.store.locks import sole_lock
    from qa.store.recordings import vault_lock

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
