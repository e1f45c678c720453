"""Notes, settings, targets, scorecard versions, refused files."""

import pytest

from qa.errors import InvalidScorecard, InvalidSetting, NotFound
from qa.store.account.users import NewUser, add_user
from qa.store.call.calls import register
from qa.store.call.notes import NewNote, add_note, list_notes, remove_note
from qa.store.card.scorecards import get_version, list_versions, publish
from qa.store.database import Database, Transaction
from qa.store.kinds import Role
from qa.store.people import team_id
from qa.store.shelf.rejections import list_rejections, reject
from qa.store.site import get_setting, get_targets, last_target_changes, set_setting, set_target
from tests.store.samples import new_call, sha


def people_and_call(tx: Transaction) -> tuple[int, int, int]:
    mina, reza = (add_user(tx, NewUser(name, Role.MANAGER, "x")) for name in ("Mina", "Reza"))
    return mina, reza, register(tx, new_call(1)).call_id


def test_a_thread_hangs_on_a_moment(database: Database) -> None:
    with database.write() as tx:
        mina, reza, call = people_and_call(tx)
        late = add_note(tx, NewNote(call, mina, " well put ", at=40.0))
        early = add_note(tx, NewNote(call, reza, "no name said", at=3.5))
        answer = add_note(tx, NewNote(call, mina, "agreed", at=99.0, parent_id=early))
        deeper = add_note(tx, NewNote(call, reza, "thanks", parent_id=answer))
        whole = add_note(tx, NewNote(call, reza, "good call"))
        found = list_notes(tx, call)
    assert [note.id for note in found] == [whole, early, answer, deeper, late]
    assert [(note.at, note.parent_id) for note in found[1:4]] == [(3.5, None), (3.5, early), (3.5, early)]
    assert (found[4].author, found[4].text, found[4].removed) == ("Mina", "well put", False)


def test_a_removed_note_keeps_its_place(database: Database) -> None:
    with database.write() as tx:
        mina, reza, call = people_and_call(tx)
        note = add_note(tx, NewNote(call, mina, "wrong", at=1.0))
        add_note(tx, NewNote(call, reza, "why?", parent_id=note))
        with pytest.raises(NotFound, match="not yours"):
            remove_note(tx, note, reza)
        remove_note(tx, note, mina)
        assert [(n.text, n.removed) for n in list_notes(tx, call)] == [("", True), ("why?", False)]


def test_notes_that_are_refused(database: Database) -> None:
    with database.write() as tx:
        mina, _, call = people_and_call(tx)
        other = register(tx, new_call(2)).call_id
        note = add_note(tx, NewNote(call, mina, "here"))
        with pytest.raises(InvalidSetting, match="empty"):
            add_note(tx, NewNote(call, mina, "  "))
        with pytest.raises(NotFound, match="not on this call"):
            add_note(tx, NewNote(other, mina, "there", parent_id=note))


@pytest.mark.parametrize("value", ["fa", 0, 0.5, False, [1, None], {"نام": {"a": []}}])
def test_a_setting_comes_back(database: Database, value: object) -> None:
    with database.write() as tx:
        assert get_setting(tx, "k", "unset") == "unset"
        set_setting(tx, "k", "before")
        set_setting(tx, "k", value)
        assert get_setting(tx, "k") == value
        set_setting(tx, "k", None)
        assert get_setting(tx, "k", "unset") == "unset"


def test_a_target_is_set_changed_and_removed(database: Database) -> None:
    with database.write() as tx:
        team = team_id(tx, "Night")
        for value, where in ((85.0, None), (80.0, team), (90.0, None)):
            set_target(tx, "quality", value, team=where)
        assert get_targets(tx) == {("quality", None): 90.0, ("quality", team): 80.0}
        set_target(tx, "quality", None, team=team)
        set_target(tx, "never set", None)
        assert get_targets(tx) == {("quality", None): 90.0}


def test_changes_of_targets_say_who_and_stay_after_a_removal(database: Database) -> None:
    with database.write() as tx:
        mina, team = add_user(tx, NewUser("Mina", Role.MANAGER, "x")), team_id(tx, "Night")
        set_target(tx, "quality", 90.0, user_id=mina)
        before = last_target_changes(tx)
        set_target(tx, "quality", 90.0)  # nothing new, so it stays Mina's
        assert last_target_changes(tx) == before
        set_target(tx, "quality", 70.0, team=team)
        set_target(tx, "quality", None, user_id=mina)
        found = last_target_changes(tx)
    assert {where: (one.value, one.by) for where, one in found.items()} == {
        ("quality", None): (None, "Mina"),
        ("quality", team): (70.0, None),
    }


def test_a_published_version_never_changes(database: Database) -> None:
    with database.write() as tx:
        assert publish(tx, "fa", 1, "title: یک", language="fa")
        assert not publish(tx, "fa", 1, "title: یک", language="fa")
        with pytest.raises(InvalidScorecard, match="raise its version to 2"):
            publish(tx, "fa", 1, "title: دو", language="fa")
        publish(tx, "fa", 2, "title: دو", language="fa")
        publish(tx, "en", 1, "title: one", language=None)
        assert [(v.scorecard, v.version) for v in list_versions(tx)] == [("en", 1), ("fa", 2), ("fa", 1)]
        assert (get_version(tx, "fa").content, get_version(tx, "fa", 1).content) == ("title: دو", "title: یک")
        for wanted in (("fa", 3), ("xx", None)):
            with pytest.raises(NotFound, match="is not published"):
                get_version(tx, *wanted)


def test_a_refused_file_is_listed_once_for_each_reason(database: Database) -> None:
    with database.write() as tx:
        for reason in ("empty", "empty", "cut off"):
            reject(tx, "a.wav", reason, sha256=sha(1), path="a.wav")
        for _ in range(2):
            reject(tx, "b.wav", "not readable", sha256=None, path=None)
        found = list_rejections(tx)
    assert [(r.file_name, r.reason) for r in found] == [
        ("b.wav", "not readable"), ("b.wav", "not readable"), ("a.wav", "cut off"), ("a.wav", "empty"),
    ]  # fmt: skip
