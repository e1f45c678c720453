"""The page of recordings: for whom, what it says when empty, drop, check, take in, follow, try again."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.data import intake
from dashboard.data.kinds import Role
from dashboard.data.site import Scope, database
from dashboard.i18n import _, speaking
from dashboard.intake.reasons import as_told, kind_of
from dashboard.intake.uploader import words
from dashboard.registry import page
from qa.store.shelf.rejections import reject
from qa.store.work import jobs
from qa.store.work.claims import beat
from tests.dashboard.centre import html, open_page
from tests.dashboard.desk import Site
from tests.dashboard.intake_files import NAMED, SHOWN, job, left_on_disk, queued, sound, upload
from tests.store.job_rows import claimed

Open = Callable[..., AppTest]


@pytest.fixture
def ingest_page(desk_site: Site, sign_in_as: Callable[[str], None]) -> Open:
    def opened(language: str = "en", role: Role = Role.ADMINISTRATOR) -> AppTest:
        desk_site.add("boss", role, display_name="Nazanin Moradi")
        sign_in_as("boss")
        with speaking(language):
            return open_page("ingest", language)

    return opened


def registered(seed: int = 1) -> str:
    """A recording with a queued job; gives the key of its call."""
    outcome = intake.take_in(Scope.all(), [upload(NAMED, sound(seed))], None, lambda _done: None)[0]
    return str(outcome.call)


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("role", list(Role))
def test_for_those_who_bring_data(ingest_page: Open, role: Role, language: str) -> None:
    at = ingest_page(language, role)
    assert not at.exception
    with speaking(language):
        allowed = _("Worker and folder") in html(at)
        refused = _("You cannot open this page") in html(at)
        empty = _("Nothing is being done. Add recordings above, and their progress stands here.") in html(at)
    assert allowed is page("ingest").allows(role)
    assert refused is not allowed
    assert empty is allowed


def test_drop_check_take_in(ingest_page: Open, desk_site: Site) -> None:
    at = ingest_page()
    table = b"file,agent_name,queue\ncall-7.wav,Sara Ahmadi,Support\n"
    at.file_uploader[0].set_value(
        [
            (NAMED, sound(1), "audio/wav"),
            ("call-7.wav", sound(2), "audio/wav"),
            ("words.mp3", b"only words\n" * 20, "audio/mpeg"),
            ("metadata.csv", table, "text/csv"),
        ]
    ).run()
    assert not at.exception
    body = html(at)
    assert SHOWN in body
    assert NAMED not in body  # a number in a name is masked
    assert "Sara Ahmadi" in body
    assert "holds text, not sound" in body
    assert queued() == []
    assert at.button(key="intake_take").label == "Take in 2 recordings"
    at.button(key="intake_take").click().run()
    assert not at.exception
    assert queued() == ["call-7.wav", SHOWN]
    assert "2 recordings were taken in." in html(at)
    assert at.file_uploader[0].value == []
    assert left_on_disk(desk_site.folder) == []


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([("a.csv", b"file\nx.wav\n"), ("b.csv", b"file\ny.wav\n")], "There are several tables here"),
        ([("a.csv", b"file\nx.wav\n")], "The table is here"),
        ([("a.csv", b"name\nx\n"), ("x.wav", sound(1))], "has no column"),
        ([("x.wav", b"")], "None of these files can be taken in."),
    ],
    ids=["two tables", "a table alone", "a bad table", "nothing good"],
)
def test_what_cannot_be_taken_in(ingest_page: Open, files: list[tuple[str, bytes]], said: str) -> None:
    at = ingest_page()
    at.file_uploader[0].set_value([(name, data, "text/plain") for name, data in files]).run()
    assert said in html(at)
    assert "intake_take" not in [button.key for button in at.button]
    at.button(key="intake_clear").click().run()
    assert said not in html(at)


@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_work_is_followed(ingest_page: Open, language: str) -> None:
    keys = [registered(seed) for seed in range(3)]
    with job(keys[0]) as (tx, call_id):
        beat(tx, claimed(tx, call_id), "transcribe", 0.4)
    with job(keys[1]) as (tx, call_id):
        claimed(tx, call_id)
        jobs.finish(tx, call_id)
    at = ingest_page(language)
    body = html(at)
    step = {"en": "Step 3 of 8: writing down", "fa": "گام ۳ از ۸: نوشتن متن"}[language]
    assert step in body
    assert {"en": "40 %", "fa": "۴۰٪"}[language] in body
    assert 'aria-valuenow="40"' in body
    assert {"en": "The worker runs", "fa": "پردازشگر فعال است"}[language] in body
    links = [link for link in at.get("page_link") if keys[1] in str(link.proto)]
    assert len(links) == 1, "the call that is done can be opened"


def test_no_worker_says_what_to_do(ingest_page: Open) -> None:
    registered()
    body = html(ingest_page())
    assert "The worker does not run" in body
    assert "python -m qa work" in body
    assert "QA_WATCH_FOLDER" in body


@pytest.mark.parametrize("language", ["en", "fa"])
def test_failed_and_refused_say_why_and_can_be_tried_again(ingest_page: Open, language: str) -> None:
    key, reason = registered(), "The weights of the model 'base' are not here; install them."
    with job(key) as (tx, call_id):
        claimed(tx, call_id)
        jobs.fail(tx, call_id, reason)
    with database().write() as tx:
        reject(tx, "empty.wav", "empty.wav is empty (0 bytes); copy it again.", sha256=None, path=None)
    at = ingest_page(language)
    body = html(at)
    kinds = {
        "en": ("The recogniser is not ready", "Empty file"),
        "fa": ("مدل بازشناسی گفتار آماده نیست", "فایل خالی"),
    }
    for text in kinds[language]:
        assert text in body
    assert (f'<span class="told" dir="ltr" lang="en">{reason[:12]}' in body) is (language == "fa")
    at.button(key=f"retry_{key}").click().run()
    assert not at.exception
    with database().read() as tx:
        assert jobs.counts(tx)[jobs.JobState.QUEUED] == 1
    assert f"retry_{key}" not in [button.key for button in at.button]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("a.wav is empty (0 bytes); copy it again from the recorder.", "Empty file"),
        (
            "Line 3 of metadata.csv (a.wav) has the time 'x', which is no date.",
            "The row of the table does not fit",
        ),
        ("Given up after 3 tries: The weights are damaged.", "Given up after several tries"),
        ("a.wav is cut short: 1 s of 9 s could be read; copy it again.", "Cut short or damaged"),
        ("a.wav is 5 h long and the limit is 4 h; split it or raise QA_MAXIMUM_HOURS.", "Too long"),
        ("a.wav has 6 channels; export it with one channel.", "Too many channels"),
        ("Something that nobody foresaw.", "It could not be heard"),
    ],
)
def test_kinds_of_faults(sentence: str, kind: str) -> None:
    assert kind_of(sentence) == kind


def test_a_sentence_is_shown_as_text() -> None:
    with speaking("fa"):
        assert as_told("<b>x</b>") == '<span class="told" dir="ltr" lang="en">&lt;b&gt;x&lt;/b&gt;</span>'


@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_words_of_the_uploader_are_a_style_sheet(language: str) -> None:
    with speaking(language):
        sheet = words()
    inside = sheet.removeprefix("<style>").removesuffix("</style>")
    assert "<" not in inside, "the browser would drop the whole sheet"
    assert inside.count('"') == 8
    assert ("انتخاب فایل" in inside) is (language == "fa")
