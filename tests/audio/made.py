"""Sounds that are not speech, made with numpy: mono, 16 kHz, float32 in -1 to 1."""

from collections.abc import Callable

import numpy as np

RATE = 16_000
MAJOR = (0, 2, 4, 5, 7, 9, 11)
SHUR = (0, 1.5, 3, 5, 7, 8, 10)
TIMBRES = {
    "flute": (1.0,),
    "organ": (1, 0.5, 0.3, 0.2, 0.15, 0.1),
    "strings": tuple(1 / k for k in range(1, 13)),
    "brass": (0.5, 0.8, 1, 0.8, 0.6, 0.4, 0.3, 0.2),
}
KEYS = tuple((low, high) for low in (697, 770, 852, 941) for high in (1209, 1336, 1477))


def line(seconds: float) -> np.ndarray:
    """Times of the samples."""
    return np.arange(round(seconds * RATE)) / RATE


def full(samples: np.ndarray, peak: float = 0.5) -> np.ndarray:
    return (samples / np.abs(samples).max() * peak).astype(np.float32)


def silence(seconds: float) -> np.ndarray:
    return np.zeros(round(seconds * RATE), np.float32)


def tone(seconds: float, *hertz: float, peak: float = 0.3) -> np.ndarray:
    time = line(seconds)
    return (peak / len(hertz) * sum(np.sin(2 * np.pi * f * time) for f in hertz)).astype(np.float32)


def cadence(seconds: float, on: float, off: float, *hertz: float) -> np.ndarray:
    """A signalling tone: ring-back is 1 s in 5 s at 425 Hz, busy 0.5 s in 1 s."""
    return tone(seconds, *hertz) * (line(seconds) % (on + off) < on).astype(np.float32)


def dialled(seconds: float) -> np.ndarray:
    """DTMF digits, 0.1 s each, ten in three seconds."""
    keys = [np.concatenate([tone(0.1, *pair), silence(0.2)]) for pair in KEYS]
    return np.resize(np.concatenate(keys), round(seconds * RATE))


def noise(seconds: float, colour: float = 0.0, peak: float = 0.2, seed: int = 0) -> np.ndarray:
    """``colour`` 0 is white, 1 pink, 2 brown."""
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(round(seconds * RATE)))
    spectrum /= np.maximum(np.arange(len(spectrum)), 20) ** (colour / 2)
    return full(np.fft.irfft(spectrum, round(seconds * RATE)), peak)


def hum(seconds: float) -> np.ndarray:
    """Mains hum with its odd harmonics."""
    return full(sum(tone(seconds, 50.0 * k) / k for k in (1, 3, 5, 7, 9)), 0.1)


def typing(seconds: float, seed: int = 0) -> np.ndarray:
    """Keystrokes, seven a second."""
    random, sound = np.random.default_rng(seed), silence(seconds)
    for start in random.integers(0, len(sound) - 800, round(7 * seconds)):
        sound[start : start + 800] += random.standard_normal(800) * np.exp(-np.arange(800) / 120) * 0.2
    return np.clip(sound, -1, 1).astype(np.float32)


def note(hertz: float, seconds: float, timbre: tuple[float, ...], fade: float) -> np.ndarray:
    time = line(seconds)
    shape = np.minimum(1, time / 0.02) * np.exp(-time / fade)
    return shape * sum(part * np.sin(2 * np.pi * hertz * (k + 1) * time) for k, part in enumerate(timbre))


def melody(
    seconds: float, timbre: str, scale: tuple[float, ...] = MAJOR, root: float = 220.0, seed: int = 0
) -> np.ndarray:
    """A tune that wanders over a scale, with chords under it and a drum."""
    random, sound = np.random.default_rng(seed), np.zeros(round((seconds + 4) * RATE))
    at, step, beat = 0.0, 6, 0.45
    while at < seconds:
        step = int(np.clip(step + random.integers(-2, 3), 0, 13))
        pitch = root * 2 ** ((scale[step % len(scale)] + 12 * (step // len(scale))) / 12)
        _add(sound, at, note(pitch, beat * 1.4, TIMBRES[timbre], 0.6))
        at += beat * float(random.choice([0.5, 1, 2]))
    for bar, at in enumerate(np.arange(0, seconds, 4 * beat)):
        for degree in (0, 4, 7):
            chord = root / 2 * 2 ** ((degree + (0, 9, 5, 7)[bar % 4]) / 12)
            _add(sound, at, 0.35 * note(chord, 4 * beat, TIMBRES["organ"], 3.0))
        _add(sound, at, 0.5 * note(60.0, 0.2, (1.0,), 0.08))
    return full(sound[: round(seconds * RATE)])


def plucked(seconds: float, seed: int = 0) -> np.ndarray:
    """A guitar-like string (Karplus and Strong, 1983)."""
    random, sound = np.random.default_rng(seed), np.zeros(round((seconds + 3) * RATE))
    for at in np.arange(0, seconds, 0.4):
        period = int(RATE / (110 * 2 ** (random.choice([0, 2, 4, 7, 9, 12, 16, 19]) / 12)))
        wave, turns = random.uniform(-1, 1, period), []
        for _ in range(2 * RATE // period):
            turns.append(wave)
            wave = 0.498 * (wave + np.roll(wave, 1))
        _add(sound, at, np.concatenate(turns))
    return full(sound[: round(seconds * RATE)])


def bells(seconds: float, seed: int = 0) -> np.ndarray:
    """An electric piano by frequency modulation (Chowning, 1973): of all these the nearest to a voice."""
    random, sound, time = np.random.default_rng(seed), np.zeros(round((seconds + 4) * RATE)), line(2.0)
    for at in np.arange(0, seconds, 0.5):
        pitch = 220 * 2 ** (random.choice([0, 2, 4, 7, 9, 12, 14, 16]) / 12)
        bend = 3 * np.exp(-time / 0.4) * np.sin(2 * np.pi * pitch * 1.4 * time)
        _add(sound, at, np.exp(-time / 0.7) * np.sin(2 * np.pi * pitch * time + bend))
    return full(sound[: round(seconds * RATE)])


def mu_law(samples: np.ndarray) -> np.ndarray:
    """What a telephone trunk leaves: 300 to 3400 Hz in 8 bits (ITU-T G.711, mu 255)."""
    spectrum, hertz = np.fft.rfft(samples), np.fft.rfftfreq(len(samples), 1 / RATE)
    narrow = np.clip(np.fft.irfft(spectrum * ((hertz > 300) & (hertz < 3400)), len(samples)), -1, 1)
    code = np.round(np.sign(narrow) * np.log1p(255 * np.abs(narrow)) / np.log(256) * 127) / 127
    return (np.sign(code) * (256 ** np.abs(code) - 1) / 255).astype(np.float32)


def _music(number: int, timbre: str, scale: tuple[float, ...], root: float) -> Callable[[float], np.ndarray]:
    return lambda seconds: melody(seconds, timbre, scale, root, number)


WITHOUT_SPEECH: dict[str, Callable[[float], np.ndarray]] = {
    "silence": silence,
    "ring-back 425 Hz": lambda seconds: cadence(seconds, 1, 4, 425),
    "ring-back in pairs": lambda seconds: cadence(seconds, 0.4, 0.2, 400, 450),
    "busy tone": lambda seconds: cadence(seconds, 0.5, 0.5, 425),
    "congestion tone": lambda seconds: cadence(seconds, 0.25, 0.25, 425),
    "dial tone": lambda seconds: tone(seconds, 350, 440),
    "DTMF": dialled,
    "white noise": noise,
    "faint white noise": lambda seconds: noise(seconds, peak=0.002),
    "pink noise": lambda seconds: noise(seconds, 1.0),
    "brown noise": lambda seconds: noise(seconds, 2.0),
    "hum": hum,
    "typing": typing,
    "guitar": plucked,
    "electric piano": bells,
}
"""Everything here by name, made when asked for: tones, noises and hold music in several styles."""

for _number, _timbre in enumerate(TIMBRES):
    for _scale, _roots in (("major", (220, 110, 220, 165)), ("shur", (330, 220, 165, 110))):
        _tones = MAJOR if _scale == "major" else SHUR
        WITHOUT_SPEECH[f"{_timbre}, {_scale}"] = _music(_number, _timbre, _tones, _roots[_number])


def _add(sound: np.ndarray, at: float, part: np.ndarray) -> None:
    start = round(at * RATE)
    sound[start : start + len(part)] += part[: len(sound) - start]
