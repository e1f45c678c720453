"""What certificates and pages call the things that are removed, and why some stay; in both languages."""

THINGS: dict[str, dict[str, str]] = {
    "calls": {"en": "calls without their customer", "fa": "تماس‌هایی که دیگر مشتری ندارند"},
    "audio": {"en": "recordings with their copies", "fa": "صداهای ضبط‌شده با نسخه‌هایشان"},
    "transcript files": {"en": "imported transcript files", "fa": "فایل‌های متن گفت‌وگو"},
    "transcripts": {"en": "transcripts, in the search too", "fa": "متن‌های گفت‌وگو، در جست‌وجو نیز"},
    "redactions": {"en": "places of hidden personal data", "fa": "جای اطلاعات شخصی پوشانده‌شده"},
    "evidence": {"en": "quotes of verdicts", "fa": "نقل‌قول‌های نتیجه‌ها"},
    "promises": {"en": "quotes of promises", "fa": "نقل‌قول‌های وعده‌ها"},
    "complaints": {"en": "quotes of complaints", "fa": "نقل‌قول‌های شکایت‌ها"},
    "moments": {"en": "exemplary moments", "fa": "لحظه‌های نمونه"},
    "coaching": {"en": "quotes in coaching sessions", "fa": "نقل‌قول‌های جلسه‌های مربی‌گری"},
    "notes": {"en": "notes of people on the calls", "fa": "یادداشت‌های افراد دربارهٔ تماس‌ها"},
    "examples": {"en": "example sentences of scorecards", "fa": "جمله‌های نمونه در فرم‌های ارزیابی"},
    "surveys": {"en": "words and senders of survey answers", "fa": "متن و فرستندهٔ پاسخ‌های نظرسنجی"},
    "comments": {"en": "words and authors of comments", "fa": "متن و نویسندهٔ نظرهای عمومی"},
    "orders": {"en": "orders without their customer", "fa": "سفارش‌هایی که دیگر مشتری ندارند"},
    "telephone": {
        "en": "telephone records without their customer",
        "fa": "رکوردهای تلفن که دیگر مشتری ندارند",
    },
    "follow-ups": {"en": "follow-ups", "fa": "پیگیری‌ها"},
    "copies": {
        "en": "copies of the database from upgrades",
        "fa": "نسخه‌های پایگاه داده از به‌روزرسانی‌های پیشین",
    },
}

STAYS: dict[str, dict[str, str]] = {
    "counts": {
        "en": "Day, team, agent, queue, measures, verdicts and scores of the calls, stars and answers:"
        " figures that name nobody.",
        "fa": "روز، تیم، کارشناس، صف، اندازه‌ها، نتیجه‌ها و امتیازهای تماس‌ها و خود پاسخ‌ها: ارقامی که کسی را"
        " نام نمی‌برند.",
    },
    "keys": {
        "en": "Hashes of the imported rows and recordings, so that the same file does not bring them back.",
        "fa": "درهم‌سازی ردیف‌ها و صداهای واردشده، تا همان فایل آن‌ها را بازنگرداند.",
    },
    "audit": {
        "en": "The audit log: who opened these calls and when. It can only be added to.",
        "fa": "دفتر رویدادها: چه کسی و کی این تماس‌ها را دیده است. از این دفتر چیزی کم نمی‌شود.",
    },
    "backups": {
        "en": "Back-ups made before, until they expire. After one is restored, run"
        " `python -m qa forget --again --yes`.",
        "fa": "پشتیبان‌های پیشین، تا مدتشان بگذرد. پس از بازگرداندن هر یک،"
        " «python -m qa forget --again --yes» را اجرا کنید.",
    },
    "originals": {
        "en": "Files outside the desk: originals that were imported, exports, reports that people made.",
        "fa": "فایل‌های بیرون از سامانه: فایل‌های اصلی واردشده، خروجی‌ها و گزارش‌هایی که افراد ساخته‌اند.",
    },
    "typed": {
        "en": "What people typed about themselves and each other: coaching notes, annotations, action items.",
        "fa": "آنچه افراد دربارهٔ خود و یکدیگر نوشته‌اند: یادداشت‌های مربی‌گری، رویدادهای نمودار، اقدام‌ها.",
    },
    "quarantined": {
        "en": "Refused files in quarantine, of which nobody knows the customer: {count}. Look through them.",
        "fa": "فایل‌های ردشده در قرنطینه که مشتری آن‌ها شناخته نیست: {count}. آن‌ها را ببینید.",
    },
    "held": {
        "en": "Calls under a legal hold, with all that hangs on them: {names}.",
        "fa": "تماس‌های زیر نگه‌داشت قانونی، با هرچه به آن‌ها پیوسته است: {names}.",
    },
    "scorecards": {
        "en": "Sentences in scorecards that would be invalid without them; write these anew: {names}.",
        "fa": "جمله‌های فرم‌هایی که بی آن‌ها نادرست می‌شوند؛ این فرم‌ها را از نو بنویسید: {names}.",
    },
    "log": {
        "en": "The database server's write-ahead log and its archive, until they expire.",
        "fa": "دفتر تراکنش‌های سرور پایگاه داده و بایگانی آن، تا مدتشان بگذرد.",
    },
    "unclean": {
        "en": "Remains in the database's files: somebody was using them. The worker tries again.",
        "fa": "بازمانده‌ها در فایل‌های پایگاه داده: کسی با آن‌ها کار می‌کرد. پردازشگر دوباره می‌کوشد.",
    },
}

FRAME: dict[str, dict[str, str]] = {
    "title": {"en": "Certificate of erasure", "fa": "گواهی پاک کردن"},
    "number": {"en": "Number", "fa": "شماره"},
    "request": {"en": "Request", "fa": "درخواست"},
    "done": {"en": "Done", "fa": "زمان"},
    "by": {"en": "By", "fa": "به دست"},
    "command": {"en": "the command line", "fa": "خط فرمان"},
    "audit": {"en": "Entry in the audit log", "fa": "ردیف دفتر رویدادها"},
    "removed": {"en": "What was removed", "fa": "چه پاک شد"},
    "stays": {"en": "What stays, and why", "fa": "چه می‌ماند و چرا"},
    "note": {
        "en": "The request is a keyed hash: it holds no number and no name, and proves with the site's key"
        " and the customer's number that this certificate is theirs.",
        "fa": "درخواست یک درهم‌سازی کلیددار است: نه شماره‌ای در آن است نه نامی، و تنها با کلید سایت و شمارهٔ"
        " مشتری نشان می‌دهد که این گواهی از آنِ اوست.",
    },
}
