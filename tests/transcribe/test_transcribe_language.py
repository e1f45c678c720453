"""The choice of a language from what Whisper makes of several windows."""

import pytest

from qa.records import Flag
from qa.transcribe.language import choose_language, fixed_language

NOT_SURE, NOT_SUPPORTED = (Flag.LANGUAGE_NOT_SURE,), (Flag.LANGUAGE_NOT_SUPPORTED,)


@pytest.mark.parametrize(
    ("heard", "language", "flags"),
    [
        pytest.param([({"en": 0.98, "cy": 0.01}, 25.0)], "en", (), id="clear English"),
        pytest.param([({"fa": 0.95, "ps": 0.03}, 20.0)], "fa", (), id="clear Persian"),
        pytest.param([({"fa": 0.21, "hy": 0.16, "en": 0.06}, 9.0)], "fa", NOT_SURE, id="Persian, mumbled"),
        pytest.param(
            [({"ar": 0.26, "fa": 0.25, "en": 0.05}, 9.0)], "fa", NOT_SURE, id="Arabic wins narrowly"
        ),
        pytest.param([({"pl": 0.87, "en": 0.02}, 2.0)], "en", NOT_SURE, id="a Persian word taken for Polish"),
        pytest.param([({"ar": 0.9, "fa": 0.01, "en": 0.03}, 40.0)], "ar", NOT_SUPPORTED, id="an Arabic call"),
        pytest.param([({"de": 0.93, "en": 0.05}, 16.0)], "de", NOT_SUPPORTED, id="a German call"),
        pytest.param([({"ar": 0.75, "fa": 0.2}, 40.0)], "fa", NOT_SURE, id="Arabic, not by far"),
        pytest.param(
            [({"hy": 0.17, "tr": 0.12, "en": 0.08, "fa": 0.036}, 20.8)],
            "hy",
            (*NOT_SUPPORTED, *NOT_SURE),
            id="neither, whatever it is, as measured on Turkish",
        ),
        pytest.param(
            [({"fa": 0.35, "hy": 0.28, "en": 0.002}, 13.1)],
            "fa",
            NOT_SURE,
            id="the least sure Persian over 12 s, as measured",
        ),
        pytest.param(
            [({"ar": 0.39, "fa": 0.08, "en": 0.04}, 6.8)],
            "fa",
            NOT_SURE,
            id="a Persian sentence alone is never taken for neither",
        ),
        pytest.param(
            [({"en": 0.9, "fa": 0.0}, 3.0), ({"fa": 0.97, "en": 0.0}, 27.0)],
            "fa",
            (),
            id="a long window weighs more",
        ),
        pytest.param([({"en": 0.5, "fa": 0.5}, 30.0)], None, NOT_SURE, id="half and half"),
        pytest.param([], "fa", NOT_SURE, id="no speech at all"),
        pytest.param([({"zh": 1.0}, 3.0)], None, NOT_SURE, id="neither, but too little speech"),
    ],
)
def test_choice(heard: list, language: str | None, flags: tuple[str, ...]) -> None:
    choice = choose_language(heard)
    assert choice.flags == flags
    assert choice.language in ("fa", "en") if language is None else choice.language == language
    assert 0 <= choice.confidence <= 1


@pytest.mark.parametrize(("language", "flags"), [("fa", ()), ("en", ()), ("ar", NOT_SUPPORTED)])
def test_a_fixed_language_is_taken(language: str, flags: tuple[str, ...]) -> None:
    choice = fixed_language(language)
    assert (choice.language, choice.confidence, choice.flags) == (language, 1.0, flags)
