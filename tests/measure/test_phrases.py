"""The phrases that measures know: each is found in a sentence, and ordinary words are not."""

import pytest

from qa.measure import default_limits
from qa.measure.basis import says, says_only

HOLD, LISTENING = default_limits().hold_phrases, default_limits().back_channels


@pytest.mark.parametrize("phrase", HOLD)
def test_every_announcement_is_found_in_a_sentence(phrase: str) -> None:
    assert says(f"خب {phrase.rstrip('*')} please", HOLD)


@pytest.mark.parametrize("phrase", LISTENING)
def test_every_back_channel_alone_and_doubled_is_listening(phrase: str) -> None:
    assert says_only(f"{phrase}, {phrase}.", LISTENING)
    assert not says_only(f"{phrase}, but I paid in March", LISTENING)


ANNOUNCED = [
    ("Okay, bear with me while I pull that up.", True),
    ("I'm going to place you on a brief hold.", True),
    ("لطفا چند لحظه پشت خط باشید", True),
    # without half-spaces, with an Arabic yeh
    ("الان چک ميکنم خدمتتون", True),
    ("صبر کنید لطفاً", True),
    ("اجازه بدین بررسی کنم", True),
    # said of something else
    ("The hold is a moment of the past.", False),
    ("Your order was shipped on Monday.", False),
    ("سفارش شما دیروز ارسال شده", False),
    ("مبلغ به حساب شما برمی‌گرده", False),
]


@pytest.mark.parametrize(("text", "expected"), ANNOUNCED)
def test_announcements(text: str, expected: bool) -> None:
    assert says(text, HOLD) is expected
