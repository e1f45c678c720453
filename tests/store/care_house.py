"""A small centre in which customers complain, are called back, are forgotten; drawn from a seed."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from qa.store.care.care_filter import CareFilter
from qa.store.care.follow_ups import Matter, close
from qa.store.care.left_alone import list_left_alone
from qa.store.database import Database, Transaction
from qa.store.erasing.people import take_comments
from qa.store.kinds import ContactOutcome, Feeling, ImportKind, LinkedBy, PromiseState, SurveyKind
from qa.store.promise.promises import Decision, decide
from qa.store.tables import call_complaints, calls, comments, contacts, promises, surveys
from qa.store.voice.sentiments import Reading, save_readings, text_key
from tests.store.rollup_house import ALL, TEXTS, House

FEW_TEXTS = TEXTS[:2]
CUSTOMERS = [None, *(f"{n:x}" * 64 for n in range(12))]


class CareHouse(House):
    """As the house whose sums are tested, with a customer for everything that happens."""

    def __init__(self, database: Database, seed: int, user: int) -> None:
        super().__init__(database, seed)
        self.user = user
        self.changes: tuple[Callable[[Transaction], object], ...] = (
            self.arrive, self.move, self.delete, self.fail, self.fail, self.rate, self.rate,
            self.answer, self.complain, self.complain, self.speak, self.speak, self.reply, self.read,
            self.correct, self.erase, self.bare, self.ring_back, self.hang_up, self.follow,
        )  # fmt: skip

    def fail(self, tx: Transaction) -> None:
        """A promise is broken, or was not."""
        if (one := self._some(tx, promises)) is not None:
            state = self.random.choice([PromiseState.BROKEN, PromiseState.BROKEN, PromiseState.KEPT])
            decide(tx, ALL, one, Decision(state, None))

    def rate(self, tx: Transaction) -> None:
        """A customer answers a survey, mostly badly."""
        self.made += 1
        values = {
            "source_id": self.sources[ImportKind.SURVEYS], "key": f"{self.made:032d}", "scale": 5,
            "kind": self.random.choice(list(SurveyKind)), "score": self.random.randint(1, 4),
            "answered_at": self._later(), "customer_hash": self._customer(), "call_id": self._some(tx, calls),
            "text_key": text_key(self.random.choice(FEW_TEXTS)),
        }  # fmt: skip
        tx.execute(
            insert(surveys).values(**values, linked_by=None if values["call_id"] is None else LinkedBy.CALL)
        )

    def complain(self, tx: Transaction) -> None:
        """A comment is posted, now and then in answer to another."""
        self.made += 1
        words = self.random.choice(FEW_TEXTS)
        values = {
            "source_id": self.sources[ImportKind.COMMENTS], "key": f"{self.made:032d}", "text": words,
            "text_key": text_key(words), "posted_at": self._later(), "external_id": f"x{self.made}",
            "reply_to": self._asked(tx), "customer_hash": self._customer(),
        }  # fmt: skip
        tx.execute(insert(comments).values(**values))

    def speak(self, tx: Transaction) -> None:
        """Customers complain in calls, in some twice."""
        for call in {self._some(tx, calls) for _ in range(2)} - {None}:
            for at in self.random.sample(range(40), 2):
                row = {"call_id": call, "utterance": at + self.made * 50, "at": 1.0, "quote": "not again"}
                tx.execute(insert(call_complaints).values(**row))
            self.made += 1

    def read(self, tx: Transaction) -> None:
        """Texts are read by a model, mostly as complaints."""
        label = self.random.choice([Feeling.NEGATIVE, Feeling.NEGATIVE, Feeling.POSITIVE])
        words = text_key(self.random.choice(FEW_TEXTS))
        save_readings(tx, f"m{self.random.random()}", [Reading(words, label, 0.25, 0.9, "en")])

    def bare(self, tx: Transaction) -> None:
        """Words and author of a comment go, and its number."""
        if (one := self._some(tx, comments)) is not None:
            take_comments(tx, [one])

    def ring_back(self, tx: Transaction) -> None:
        """The telephone system tells of a contact with a customer, mostly answered."""
        self.ring(tx)
        one, answered = self._some(tx, contacts), self.random.random() < 0.7
        values = {
            "customer_hash": self._customer(),
            "call_id": self.random.choice([None, self._some(tx, calls)]),
        }
        outcome = ContactOutcome.ANSWERED if answered else ContactOutcome.ABANDONED
        tx.execute(update(contacts).where(contacts.c.id == one).values(**values, outcome=outcome))

    def follow(self, tx: Transaction) -> None:
        """Somebody takes care of a matter."""
        found = list_left_alone(tx, ALL, CareFilter(), 50)
        if found:
            one = self.random.choice(found)
            close(tx, Matter(one.customer, one.reason, one.subject), self.user, "spoken with")

    def _facts(self) -> dict[str, Any]:
        return {**super()._facts(), "customer_hash": self._customer()}

    def _later(self) -> datetime:
        """Now and then after all calls."""
        return self._moment() + timedelta(days=self.random.choice([0, 7, 21]))

    def _asked(self, tx: Transaction) -> str | None:
        known = tx.scalars(select(comments.c.external_id).where(comments.c.external_id.is_not(None))).all()
        return self.random.choice(known) if known and self.random.random() < 0.4 else None

    def _customer(self) -> str | None:
        return self.random.choice(CUSTOMERS)
