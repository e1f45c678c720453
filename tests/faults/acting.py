"""What people do, in a process that is to be killed: ``python -m tests.faults.acting KIND DATA_DIR [TABLE]``.

``review`` saves the draft of a review over and over by the code that the call page saves with, and says
after each save which text is stored. ``import`` takes a table of surveys in by the code of the command, and
says when it is done.
"""

import itertools
import os
import sys
from pathlib import Path

from qa.records import Verdict
from qa.settings import Settings
from qa.store.account.users import NewUser, add_user
from qa.store.database import Database
from qa.store.kinds import Role
from qa.store.scope import Scope

NUMBER = "review.number"


def prepare(settings: Settings) -> None:
    """A finished call with a review that is open, and who does it."""
    from dashboard.data import review
    from dashboard.data.review import Person
    from qa.store.people import agent_id, team_id
    from tests.store.desk import add_call
    from tests.store.samples import sha

    with Database.open(settings.url).write() as tx:
        team = team_id(tx, "Orders")
        sara = agent_id(tx, "Sara", team=team)
        add_call(tx, 1, {"empathy": Verdict.NOT_MET}, agent_id=sara, team_id=team, media=None)
        lead = add_user(tx, NewUser("lead", Role.MANAGER))
    number = review.take(sha(1)[:12], Person(lead, Scope.all()))
    (settings.data_dir / NUMBER).write_text(f"{number} {lead}")


def save_reviews(settings: Settings) -> None:
    """Save until the end comes from outside."""
    from dashboard.data import review
    from dashboard.data.review import Mark, Person
    from tests.store.desk import card

    number, lead = map(int, (settings.data_dir / NUMBER).read_text().split())
    person = Person(lead, Scope.all())
    found = review.open_review(number, person)
    begin = max((int(one.reason or 0) for one in found.verdicts), default=0) + 1 if found else 1
    keys = [criterion.key for criterion in card().criteria]
    say("ready")
    for n in itertools.count(begin):
        review.keep(
            number, person, [Mark(key, Verdict.PARTLY, str(n), "", None) for key in keys], float(n % 900)
        )
        for key in keys:
            say(f"{key} {n}")


def take_table(table: Path) -> None:
    """Import once."""
    from qa.cli import main

    say("ready")
    if main(["import", "surveys", str(table), "--source", "kills", "--json"]) == 0:
        say("done")


def say(line: str) -> None:
    """Told only after it is stored."""
    print(line, flush=True)


def main() -> None:
    """One kind of work on one site."""
    kind, folder, *rest = sys.argv[1:]
    os.environ["QA_DATA_DIR"] = folder
    settings = Settings()
    if kind == "prepare":
        prepare(settings)
    elif kind == "review":
        save_reviews(settings)
    else:
        take_table(Path(rest[0]))


if __name__ == "__main__":
    main()
