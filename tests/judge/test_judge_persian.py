"""What agents say, in Persian as it is spoken, criterion by criterion."""

import pytest

from qa.judge import judge
from qa.scorecard import default_scorecards
from tests.judge.calls import A, C, call

CARD = next(card for card in default_scorecards() if card.language == "fa")
TROUBLE = "مشکل دارم، کار نمی‌کنه"  # empathy is asked only where the customer has a trouble

# criterion, verdict, the agent's words
LINES = [
    ("own_name", "met", "سلام علیکم، محمدی هستم کارشناس پشتیبانی"),
    ("own_name", "met", "با سلام، علی کریمی از پشتیبانی شرکت نگین در خدمتتون هستم"),
    ("own_name", "met", "وقتتون بخیر احمدی هستم بفرمایید"),
    ("own_name", "met", "اسم من مینا رستمیه"),
    ("own_name", "not met", "سلام در خدمت شما هستم"),
    ("own_name", "not met", "پشتیبانی بانک ملت هستم"),
    ("own_name", "not met", "سلام بفرمایید گوشم با شماست"),
    ("own_name", "not met", "من کارشناس فروش هستم"),
    ("own_name", "not met", "بله متوجه عرض شما هستم"),
    ("greeting", "met", "سلام وقت بخیر شرکت نگین بفرمایید"),
    ("greeting", "met", "با درود، به مرکز تماس اسنپ خوش آمدید"),
    ("greeting", "partly", "سلام بفرمایید"),
    ("greeting", "not met", "بله؟"),
    ("greeting", "met", "درود بر شما، آژانس پرواز آسمان، سارا هستم"),
    ("further_help", "met", "سوال دیگه‌ای ندارید؟"),
    ("further_help", "met", "امر دیگری باشد در خدمتم"),
    ("further_help", "met", "کمک دیگه ای از دستم بر میاد؟"),
    ("further_help", "met", "مورد دیگه‌ای هست که بتونم راهنماییتون کنم؟"),
    ("further_help", "met", "فرمایش دیگه‌ای ندارید؟"),
    ("further_help", "not met", "همین بود دیگه"),
    ("goodbye", "met", "خدانگهدارتون"),
    ("goodbye", "met", "روزتون خوش"),
    ("goodbye", "met", "شبتون بخیر"),
    ("goodbye", "met", "ممنون از تماستون موفق باشید"),
    ("goodbye", "met", "خدافظ شما"),
    ("goodbye", "partly", "خواهش می‌کنم"),
    ("goodbye", "met", "وقت خوش"),
    ("goodbye", "met", "روز بخیر خدافظ"),
    ("survey_announced", "met", "در پایان تماس لطفا در نظر سنجی شرکت بفرمایید"),
    ("survey_announced", "met", "لطفا از یک تا پنج به پاسخگویی من امتیاز بدید"),
    ("ownership", "met", "بله حتما پیگیری می‌کنم براتون"),
    ("ownership", "met", "الان چک می‌کنم خدمتتون عرض می‌کنم"),
    ("ownership", "met", "من خودم پیگیرش می‌شم"),
    ("ownership", "not met", "باید خودتون پیگیری کنید، به ما ربطی نداره"),
    ("ownership", "not met", "باید برید شعبه"),
    ("ownership", "met", "اجازه بدین استعلام بگیرم"),
    ("empathy", "met", "واقعا عذرخواهی می‌کنم بابت این اتفاق"),
    ("empathy", "met", "متاسفم از این موضوع"),
    ("empathy", "met", "حق دارید ناراحت باشید"),
    ("empathy", "met", "کاملا شرایطتون رو درک می‌کنم"),
    ("empathy", "met", "شرمنده‌ام که معطل شدید"),
    ("empathy", "partly", "نگران نباشید درست میشه"),
    ("empathy", "not met", "خب حالا چیکار کنم"),
    ("empathy", "met", "عذر میخوام بابت تاخیر پیش اومده"),
    ("no_rude_words", "met", "لطفا بی‌ادبی نکنید جناب"),
    ("no_rude_words", "not met", "خفه شو بابا"),
    ("no_rude_words", "met", "هوا خیلی خنکه"),
    ("no_rude_words", "met", "خانم مردکی بفرمایید"),
    ("no_unrealistic_promise", "met", "حتما پیگیری می‌کنم"),
    ("no_unrealistic_promise", "partly", "قول میدم"),
    ("no_unrealistic_promise", "not met", "صد در صد تایید میشه"),
    ("no_unrealistic_promise", "partly", "قطعا واریز میشه"),
    ("no_unrealistic_promise", "met", "نمی‌تونم قول بدم"),
    ("no_unrealistic_promise", "met", "ضمانت‌نامه می‌کنیم صادر"),
    ("recap_next_step", "met", "پس درخواستتون ثبت شد و تا فردا باهاتون تماس می‌گیریم"),
    ("recap_next_step", "partly", "همکارانم با شما تماس می‌گیرن"),
    ("recap_next_step", "partly", "ظرف سه روز کاری انجام میشه"),
    ("recap_next_step", "not met", "باشه"),
    ("probing", "met", "چه خطایی میده؟ از کی این مشکل رو دارید؟"),
    ("probing", "partly", "لطفا بفرمایید شماره سفارش چنده"),
    ("register", "not met", "ببین عزیزم می‌خوای برات بفرستم"),
    ("register", "met", "این مورد تو سایت هست، تو اپلیکیشن هم هست"),
    ("register", "met", "می‌خواید براتون بفرستم؟ شما بفرمایید"),
    ("hold_etiquette", "partly", "یک لحظه گوشی رو نگه دارید"),
    ("hold_etiquette", "met", "چند لحظه منتظر بمونید. ممنون از صبرتون"),
    ("recording_notice", "met", "به اطلاع می‌رسانم مکالمه شما جهت ارتقای کیفیت خدمات ضبط می‌شود"),
    ("recording_notice", "not applicable", "سلام"),
    ("identity_check", "not met", "مانده حساب شما دو میلیون تومان هست"),
    ("identity_check", "met", "لطفا کدملیتون رو بفرمایید. مانده حساب شما دو میلیون تومان هست"),
    ("identity_check", "not applicable", "برای دیدن موجودی وارد اپلیکیشن بشید"),
]


@pytest.mark.parametrize(("key", "verdict", "text"), LINES)
def test_line(key: str, verdict: str, text: str) -> None:
    heard = call((A, text), (C, TROUBLE if key == "empathy" else "باشه"), language="fa")
    assert judge(CARD, heard, ())[key].verdict == verdict
