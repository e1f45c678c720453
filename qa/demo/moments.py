"""Exemplary moments of the demo centre: stretches of its recorded calls, some heard by all, one asked."""

from dataclasses import dataclass
from datetime import timedelta

from qa.audio import content_hash
from qa.demo.dialogues import Dialogue, read_dialogues
from qa.demo.history import History
from qa.demo.people import Language
from qa.demo.reviewers import Desk
from qa.errors import NotFound
from qa.records import Span
from qa.review.moments import stretch
from qa.store.call.calls import key_of
from qa.store.call.detail import CallDetail, load_call
from qa.store.coaching.moments import NewMoment, answer, propose
from qa.store.database import Database, Transaction
from qa.store.made.planted import MomentTimes, date_moments
from qa.store.scope import Scope


@dataclass(frozen=True, slots=True)
class Shown:
    """A moment to plant. ``consents`` ``None``: the agent has not answered yet. Texts are title and why."""

    dialogue: str
    criterion: str
    days_ago: int
    consents: bool | None
    named: bool
    en: tuple[str, str]
    fa: tuple[str, str]

    def said(self, language: Language) -> tuple[str, str]:
        """Title and why in the language of the centre."""
        return self.fa if language == "fa" else self.en


MOMENTS = (
    Shown(
        "fa-booking-angry-customer", "empathy", 9, consents=True, named=True,
        en=("Takes the anger seriously, then acts", "Names the feeling first and offers help in one breath."),
        fa=("خشم مشتری را جدی می‌گیرد و کمک می‌کند", "اول احساس را می‌گوید و در همان نفس دست به کار می‌شود."),
    ),
    Shown(
        "fa-order-late-parcel", "recap_next_step", 8, consents=True, named=False,
        en=("Sums up with a day and an hour", "The customer knows what happens when and need not call."),
        fa=("جمع‌بندی با روز و ساعت", "مشتری می‌داند چه چیزی کی می‌شود و لازم نیست دوباره تماس بگیرد."),
    ),
    Shown(
        "fa-account-card-number", "recap_next_step", 6, consents=True, named=True,
        en=("Two things done, said in two sentences", "Blocked now, new card by a day: short and complete."),
        fa=("دو کار انجام‌شده در دو جمله", "کارت همین حالا مسدود شد، کارت تازه تا روز معلوم: کوتاه و کامل."),
    ),
    Shown(
        "fa-account-hold-and-interruptions", "hold_etiquette", 5, consents=True, named=False,
        en=("Asks before the wait, thanks after it", "Silence that was announced is not felt as silence."),
        fa=("پیش از انتظار اجازه، پس از آن تشکر", "سکوتی که اعلام شده باشد، سکوت به حساب نمی‌آید."),
    ),
    Shown(
        "fa-order-late-parcel", "ownership", 2, consents=None, named=False,
        en=("“I will follow it up myself”", "One person takes it on, and says so."),
        fa=("«خودم پیگیری می‌کنم»", "یک نفر کار را به عهده می‌گیرد و همین را می‌گوید."),
    ),
    Shown(
        "fa-booking-angry-customer", "further_help", 3, consents=False, named=False,
        en=("Room for one more question", "Asked after the answer, not instead of it."),
        fa=("جا برای یک پرسش دیگر", "پس از پاسخ پرسیده شد، نه به جای آن."),
    ),
)  # fmt: skip


def plant_moments(database: Database, history: History, desk: Desk) -> None:
    """Propose the moments and let their agents answer; a call that is not there has none."""
    calls = {one.name: one for one in read_dialogues()}
    with database.write() as tx:
        times = []
        for one in MOMENTS:
            made = _planted(tx, one, calls[one.dialogue], (history, desk))
            if made is not None:
                asked = history.now - timedelta(days=one.days_ago)
                times.append(MomentTimes(made, asked, asked + timedelta(hours=20)))
        date_moments(tx, times)


def _planted(tx: Transaction, one: Shown, dialogue: Dialogue, by: tuple[History, Desk]) -> int | None:
    history, desk = by
    try:
        detail = load_call(tx, key_of(content_hash(dialogue.audio)), Scope.all())
    except NotFound:
        return None
    span = _stretch(detail, one.criterion)
    if span is None or not detail.head.generated:
        return None  # the same recording is a call of the site's own
    title, why = one.said(history.language)
    new = NewMoment(detail.head.key, one.criterion, span, title, why)
    made = propose(tx, new, desk.reviewers[0], Scope.all())
    if one.consents is not None:
        answer(tx, made, detail.head.agent_id, consents=one.consents, named=one.named)
    return made


def _stretch(detail: CallDetail, criterion: str) -> Span | None:
    results = detail.automatic.scoring.criteria if detail.automatic else ()
    result = next((each for each in results if each.key == criterion), None)
    return stretch(result, detail.transcript) if result and detail.transcript else None
