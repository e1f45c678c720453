"""Who works in the demo centre. Names in both languages; the centre speaks the one it is made in."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["fa", "en"]


@dataclass(frozen=True, slots=True)
class Person:
    """An agent. ``skill`` moves the chance of every verdict, in points of logit."""

    en: str
    fa: str
    team: int
    skill: float = 0.0

    def name(self, language: Language) -> str:
        """The name in the language of the centre."""
        return self.fa if language == "fa" else self.en


@dataclass(frozen=True, slots=True)
class Named:
    """A team or a queue. ``share`` of the calls come through the queue."""

    en: str
    fa: str
    share: float = 0.0
    service: str = ""

    def name(self, language: Language) -> str:
        """The name in the language of the centre."""
        return self.fa if language == "fa" else self.en


TEAMS = (Named("Orders", "سفارش‌ها"), Named("Travel", "سفر"), Named("Accounts", "حساب‌ها"))

QUEUES = (
    Named("Order tracking", "پیگیری سفارش", 0.36, "shop"),
    Named("Refunds", "بازپرداخت", 0.22, "shop"),
    Named("Bookings", "رزرو سفر", 0.24, "travel"),
    Named("Accounts and cards", "حساب و کارت", 0.18, "banking"),
)

AGENTS = (
    Person("Sara Ahmadi", "سارا احمدی", 0, 0.5),
    Person("Reza Karimi", "رضا کریمی", 0, 0.1),
    Person("Mina Rahimi", "مینا رحیمی", 0, -0.2),
    Person("Amir Hosseini", "امیر حسینی", 0, 0.0),
    Person("Leila Moradi", "لیلا مرادی", 1, 0.3),
    Person("Omid Jafari", "امید جعفری", 1, -0.1),
    Person("Nasrin Kazemi", "نسرین کاظمی", 1, 0.2),
    Person("Babak Rostami", "بابک رستمی", 1, -0.4),
    Person("Parisa Shams", "پریسا شمس", 2, 0.4),
    Person("Kaveh Nouri", "کاوه نوری", 2, 0.0),
    Person("Shirin Fathi", "شیرین فتحی", 2, 0.1),
    Person("Hamid Sadeghi", "حمید صادقی", 2, -0.3),
)

IMPROVING = 5  # Omid Jafari: a little better every week
COACHED = 9  # Kaveh Nouri: coached on the next step after week 11
PROBLEM_QUEUE = 1  # Refunds: long silences and no next step from week 9 on
PROBLEM_FROM = 9
COACHED_FROM = 11
