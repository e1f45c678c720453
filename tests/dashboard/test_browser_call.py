"""The call page in a real browser: a deep link, hearing, seeking, keys, findings and comments."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, expect

from dashboard.data import accounts, calls, site
from dashboard.data.kinds import Role
from dashboard.theme.tokens import TOKENS, Theme
from qa.store import people
from tests.dashboard import browser as desk_browser
from tests.dashboard import call_samples
from tests.dashboard.browser import Server, Visit, visit
from tests.dashboard.desk import Site, session_of, site_at
from tests.store.fresh import fresh

pytestmark = pytest.mark.browser
THEMES: tuple[Theme, ...] = ("light", "dark", "light")
Desk = tuple[Server, dict[str, str]]
# The player's own sound is the truth: what it plays, where, how fast.
SOUND = "name => document.querySelector('.call-view').callView.sound.media[name]"


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with a call in each language, one of them without its file, and two users."""
    desk_browser.chromium()
    folder = tmp_path_factory.mktemp("desk")
    with site_at(folder):
        fresh(site.settings().url)
        made = {language: call_samples.store(folder, language) for language in ("en", "fa")}
        made["gone"] = call_samples.store(folder, "en", team="South")
        with site.database().write() as tx:
            sara = people.agent_id(tx, "Sara Ahmadi")
        users = Site(folder)
        users.add("boss", Role.MANAGER, display_name="Nazanin Moradi")
        users.add("sara", Role.AGENT, agent_id=sara)
        with desk_browser.cold_server(folder) as server:
            yield server, made


@contextmanager
def at_call(opened: Browser, desk: Desk, which: str, **more: str) -> Iterator[Visit]:
    server, made = desk
    language = more.pop("language", "en")
    tab = visit(opened, server.url).enter(session_of(more.pop("user", "boss")), language)
    query = "".join(f"&{name}={value}" for name, value in more.items())
    tab.open(f"/call?call={made[which]}&lang={language}{query}").settled()
    tab.page.wait_for_selector(".cv-lines .ln, .cv-lines p")
    yield tab
    tab.page.context.close()


def until(tab: Visit, condition: str) -> None:
    """Wait until a condition on the player's sound ``s`` holds."""
    sound = "const s = document.querySelector('.call-view').callView.sound.media;"
    tab.page.wait_for_function(f"() => {{ {sound} return {condition}; }}", timeout=15_000)


@pytest.mark.parametrize("language", ["en", "fa"])
def test_deep_link_hearing_and_light(opened: Browser, keys: Desk, language: str) -> None:
    with at_call(opened, keys, language, language=language, t="14") as tab:
        until(tab, "s.readyState > 0 && Math.abs(s.currentTime - 14) < 0.1 && s.paused")
        lit = tab.page.locator(".ln.on")
        expect(lit).to_have_count(1)
        expect(lit.locator(".t")).to_have_text("۰:۱۳" if language == "fa" else "0:13")
        until(tab, "s.duration > 63 && s.duration < 65")
        direction = tab.page.evaluate("getComputedStyle(document.querySelector('.cv-words')).direction")
        assert direction == ("rtl" if language == "fa" else "ltr")
        pins = tab.page.locator(".cv-pins .ev").evaluate_all(
            "all => all.map(e => e.getBoundingClientRect().x)"
        )
        assert pins == sorted(pins)  # time runs from left to right in both languages
        top = tab.page.locator('[data-testid="stMain"]').evaluate("m => m.scrollTop")
        tab.page.locator(".ln", has=tab.page.locator(".redact")).locator(".w").click()
        until(tab, "!s.paused && s.currentTime > 46.3 && s.currentTime < 49")
        expect(tab.page.locator(".ln.on .redact")).to_have_count(1)
        until(tab, "s.currentTime > 49.2")  # the next line begins by itself
        expect(tab.page.locator(".ln.on")).to_contain_text("امشب" if language == "fa" else "tonight")
        assert tab.page.locator('[data-testid="stMain"]').evaluate("m => m.scrollTop") == top
        assert tab.faults == []


def test_words_of_people_are_text(opened: Browser, keys: Desk) -> None:
    with at_call(opened, keys, "en") as tab:
        expect(tab.page.locator(".cv-lines")).to_contain_text("<b>My card</b> is card number")
        assert tab.page.locator(".cv-words b").count() == 0


def test_keys_and_tools(opened: Browser, keys: Desk) -> None:
    with at_call(opened, keys, "en", t="14") as tab:
        until(tab, "s.readyState > 0")
        press = tab.page.keyboard.press
        press("ArrowRight")
        until(tab, "Math.abs(s.currentTime - 19) < 0.1")
        press("ArrowLeft")
        press("ArrowLeft")
        until(tab, "Math.abs(s.currentTime - 9) < 0.1")
        press("Space")
        until(tab, "!s.paused")
        expect(tab.page.locator(".cv-play")).to_have_attribute("aria-label", "Pause")
        press("Space")
        until(tab, "s.paused")
        for key, rate in ((">", 1.25), ("<", 1.0), ("<", 0.75), ("<", 0.75)):
            press(key)
            assert tab.page.evaluate(SOUND, "playbackRate") == rate
        press("n")  # from 9 s the next finding is the critical one
        until(tab, "Math.abs(s.currentTime - 49) < 1 && !s.paused")
        expect(tab.page.locator(".ln.on mark.now").first).to_be_visible()
        tab.page.locator(".cv-skip").click()
        tab.page.evaluate("document.querySelector('.call-view').callView.sound.hear(33.8)")
        until(tab, "s.currentTime > 45.5 && s.currentTime < 48")
        assert tab.faults == []


def test_hits_of_a_search_are_marked_and_walked_through(opened: Browser, keys: Desk) -> None:
    server, made = keys
    tab = visit(opened, server.url).enter(session_of("boss"), "en")
    tab.open("/calls?q=thank&team=1&lang=en").settled()
    tab.page.locator(f".st-key-go_call_{made['en']} a").click()
    tab.page.wait_for_selector(".cv-lines .ln")
    until(tab, "s.readyState > 0 && Math.abs(s.currentTime - 30) < 0.1 && s.paused")
    hits, here, told = (tab.page.locator(each) for each in (".cv-hit", ".cv-hit.here", ".cv-hit-at"))
    expect(hits).to_have_text(["Thank", "Thank"])
    expect(told).to_have_text("Hit 1 of 2")
    tab.page.get_by_role("button", name="Next hit").click()
    expect(told).to_have_text("Hit 2 of 2")
    until(tab, "Math.abs(s.currentTime - 57) < 0.1 && s.paused")
    expect(tab.page.locator(".ln.on .cv-hit.here")).to_have_text("Thank")
    tab.page.keyboard.press("f")  # from the last one on to the first
    expect(told).to_have_text("Hit 1 of 2")
    tab.page.keyboard.press("Shift+F")
    expect(told).to_have_text("Hit 2 of 2")
    expect(here).to_have_count(1)
    assert tab.faults == []
    tab.page.context.close()


def test_a_criterion_leads_to_its_second(opened: Browser, keys: Desk) -> None:
    with at_call(opened, keys, "en") as tab:
        until(tab, "s.readyState > 0")
        runs = "document.querySelector('[data-testid=stApp]').dataset.testScriptState"
        tab.page.locator('[data-criterion="no_unrealistic_promise"] .ev').click()
        until(tab, "!s.paused && s.currentTime >= 49 && s.currentTime < 52")
        assert tab.page.evaluate(runs) == "notRunning"
        expect(tab.page.locator(".ln.on")).to_contain_text("tonight")


def test_a_comment_belongs_to_its_second(opened: Browser, keys: Desk) -> None:
    with at_call(opened, keys, "fa", language="fa", t="14") as tab:
        until(tab, "s.readyState > 0")
        tab.page.keyboard.press("Space")
        until(tab, "s.currentTime > 14.3")
        tab.page.fill(".cv-form textarea", "<i>خوب</i> گفتید n")
        expect(tab.page.locator(".cv-label")).to_contain_text("۰:۱")
        tab.page.click(".cv-store")
        expect(tab.page.locator(".cv-note p")).to_have_text("<i>خوب</i> گفتید n")
        until(tab, "!s.paused")  # the script ran again and the sound went on
        tab.settled()
        key = keys[1]["fa"]
        user = accounts.by_name("boss")
        assert user is not None
        detail = calls.load_call(key, user.scope)
        assert detail is not None
        assert [note.text for note in detail.notes] == ["<i>خوب</i> گفتید n"]
        assert detail.notes[0].at is not None
        assert 14 <= detail.notes[0].at < 40
        tab.page.keyboard.press("Escape")
        tab.page.locator(".cv-moment").click()
        until(tab, f"s.currentTime >= {detail.notes[0].at} && s.currentTime < {detail.notes[0].at + 2}")
        tab.page.locator(".cv-note .cv-link").last.click()
        expect(tab.page.locator(".cv-note p")).to_contain_text("حذف شده")
        assert tab.faults == []


def test_an_agent_reads_and_does_not_write(opened: Browser, keys: Desk) -> None:
    with at_call(opened, keys, "en", user="sara") as tab:
        expect(tab.page.locator(".cv-form")).to_be_hidden()
        expect(tab.page.locator(".cv-lines .ln")).to_have_count(7)


def test_a_recording_that_is_gone_says_so(opened: Browser, keys: Desk) -> None:
    server, made = keys
    (file,) = (server.folder / "recordings").rglob(f"{made['gone']}*.wav")
    file.unlink()
    with at_call(opened, keys, "gone") as tab:
        expect(tab.page.locator(".cv-sound")).to_contain_text("cannot be heard")
        expect(tab.page.locator(".cv-play")).to_be_disabled()
        expect(tab.page.locator(".cv-lines .ln")).to_have_count(7)


def test_keyboard_order(opened: Browser, keys: Desk) -> None:
    with at_call(opened, keys, "en") as tab:
        tab.page.locator(".cv-play").focus()
        seen = []
        for _step in range(14):
            seen.append(tab.page.evaluate("document.activeElement.className.split(' ')[0]"))
            tab.page.keyboard.press("Tab")
        order = [name for name in dict.fromkeys(seen) if name.startswith("cv-") or name in ("t", "ev")]
        assert order[:4] == ["cv-play", "ev", "cv-skip", "cv-next"]
        assert order[4] == "t"
        tab.page.locator(".cv-seek").first.focus()
        tab.page.keyboard.press("ArrowDown")
        assert tab.page.evaluate("document.activeElement.textContent") == "0:06"
        tab.page.keyboard.press("Enter")
        until(tab, "!s.paused && s.currentTime >= 6 && s.currentTime < 9")


LANE = """([lane, rgb]) => {
    const wave = document.querySelector('.call-view').callView.sound.wave;
    return wave.options.splitChannels[lane].progressColor === rgb;
}"""


def test_the_waveform_follows_the_theme(opened: Browser, keys: Desk) -> None:
    with at_call(opened, keys, "en") as tab:
        for theme in THEMES:
            tab.page.emulate_media(color_scheme=theme)
            for lane, ink in enumerate((TOKENS[theme].agent, TOKENS[theme].customer)):
                rgb = ", ".join(str(int(ink[place : place + 2], 16)) for place in (1, 3, 5))
                tab.page.wait_for_function(LANE, arg=[lane, f"rgb({rgb})"])
