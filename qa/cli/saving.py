"""``backup`` and ``restore``: the whole site into a folder while it runs, and back."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.cli import setup
from qa.cli.printing import print_json, print_line, warn
from qa.errors import InvalidSetting

if TYPE_CHECKING:
    from qa.backup.manifest import Manifest
    from qa.settings import Settings

To = Annotated[
    Path | None,
    typer.Argument(
        help="The folder of back-ups; a new one, or that of the last time. Without it QA_BACKUP_DIR."
    ),
]
Archive = Annotated[Path | None, typer.Option(help="One new file instead of a folder: everything in it.")]
From = Annotated[
    Path, typer.Argument(help="A folder of back-ups (its newest is taken), the list of one, or an archive.")
]
Into = Annotated[Path | None, typer.Option(help="The new data folder; without it QA_DATA_DIR.")]
WithKeys = Annotated[bool, typer.Option("--with-keys", help="Copy the site's keys too, in the clear.")]
Days = Annotated[int | None, typer.Option(help="Keep one back-up for each of so many days.", min=1)]
Weeks = Annotated[int, typer.Option(help="With --keep-days: and for each of so many weeks.", min=0)]
Check = Annotated[bool, typer.Option("--check", help="Read and compare everything; write nothing.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object.")]
MIB = 2**20
KEYS = {
    "none": "The site's keys are not in it: keep a copy of the folder keys/ elsewhere.",
    "sealed": "It is sealed. The key that opens it is not in it: keep a copy of that elsewhere.",
    "clear": "The site's keys are in it in the clear: keep it as you keep the keys.",
}
AFTER = {
    "none": "Put the site's keys into keys/ before you start: without them customers start anew.",
    "sealed": "Put vault.key into keys/ before you start, unless QA_VAULT_KEY or QA_VAULT_KEY_FILE is set.",
    "clear": "The site's keys are in keys/.",
}
"""What to know of the keys once a back-up was made, and once it was restored."""


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(backup)
    app.command()(restore)


def backup(  # noqa: PLR0913, PLR0917 (one parameter an option)
    to: To = None,
    archive: Archive = None,
    with_keys: WithKeys = False,
    keep_days: Days = None,
    keep_weeks: Weeks = 4,
    as_json: AsJson = False,
) -> None:
    """Back the site up while it runs; what the folder holds already is not copied again."""
    from qa.backup import Wanted, back_up, pack
    from qa.backup.folder import Keeping
    from qa.store.database import Database

    settings = setup.site()
    place, keeping = _place(settings, to, archive), None
    if keep_days is not None:
        keeping = Keeping(keep_days, keep_weeks)
    made = (back_up if archive is None else pack)(
        Database.open(settings.url), settings, Wanted(place, with_keys, keeping)
    )
    if made.manifest.missing:
        warn(f"{len(made.manifest.missing)} recordings are gone, and not in the back-up.")
    if as_json:
        print_json(
            {"list": str(made.list), "added": made.added, "freed": made.freed, **_shape(made.manifest)}
        )
        return
    print_line(
        f"{made.list}: {_told(made.manifest)};"
        f" {made.added / MIB:.1f} MiB new, {made.freed / MIB:.1f} MiB freed."
    )
    print_line(KEYS[made.manifest.keys])


def _place(settings: "Settings", to: Path | None, archive: Path | None) -> Path:
    if to is not None and archive is not None:
        raise InvalidSetting("A back-up goes into a folder or into one file; name one of the two.")
    place = archive or to or settings.backup_dir
    if place is None:
        raise InvalidSetting("Name the folder of back-ups, a file with --archive, or set QA_BACKUP_DIR.")
    return place


def restore(source: From, into: Into = None, check: Check = False, as_json: AsJson = False) -> None:
    """Put a back-up into a new data folder, after everything in it was compared with its list."""
    from qa.backup import check_backup
    from qa.backup import restore as put_back
    from qa.vault import keyring

    settings = setup.site()
    if check:
        path, manifest = check_backup(source, keyring(settings))
        if as_json:
            print_json({"list": str(path), **_shape(manifest)})
        else:
            print_line(f"{path}: {_told(manifest)}; every file is what its list says.")
        return
    done = put_back(source, into or settings.data_dir, settings.database_url, keyring(settings))
    if as_json:
        print_json(
            {
                "list": str(done.list),
                "into": str(done.into),
                "signed_out": done.sessions,
                **_shape(done.manifest),
            }
        )
        return
    print_line(
        f"{done.into}: {_told(done.manifest)}, made {done.manifest.made_at}; compared before and after."
    )
    for name, rows in done.manifest.counts.items():
        if rows:
            print_line(f"  {name:<28} {rows:>10}")
    print_line(AFTER[done.manifest.keys])
    print_line("Everybody signs in again. Erasures after that moment have to be done again.")


def _told(manifest: "Manifest") -> str:
    size = sum(entry.size for entry in manifest.files)
    rows = sum(manifest.counts.values())
    return f"{len(manifest.files)} files, {size / MIB:.1f} MiB, {rows} rows, schema {manifest.schema}"


def _shape(manifest: "Manifest") -> dict[str, Any]:
    return {
        "made_at": manifest.made_at,
        "product": manifest.product,
        "database": manifest.database,
        "schema": manifest.schema,
        "files": len(manifest.files),
        "bytes": sum(entry.size for entry in manifest.files),
        "missing": len(manifest.missing),
        "keys": manifest.keys,
        "sealed": manifest.sealed,
        "counts": dict(manifest.counts),
    }
