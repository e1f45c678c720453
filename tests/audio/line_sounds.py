"""More of what a telephone line carries that is not speech; see ``tests.audio.made``."""

import numpy as np

from tests.audio.made import RATE, cadence, full, line, mu_law, noise, silence, tone


def breathing(seconds: float, seed: int = 0) -> np.ndarray:
    """Breath on the microphone: bursts of soft noise every three and a half seconds."""
    return full(noise(seconds, 1.0, seed=seed) * np.clip(np.sin(2 * np.pi * line(seconds) / 3.5), 0, 1) ** 2)


def clicks(seconds: float, seed: int = 0) -> np.ndarray:
    """A bad contact, four clicks a second."""
    sound = silence(seconds)
    for start in np.random.default_rng(seed).integers(0, len(sound) - 40, round(4 * seconds)):
        sound[start : start + 20] += 0.6 * np.exp(-np.arange(20) / 5)
    return sound


def fax(seconds: float) -> np.ndarray:
    """A calling fax (1100 Hz, half a second in three and a half) and its answer (2100 Hz; ITU-T T.30)."""
    answered = line(seconds) > seconds / 2
    return np.where(answered, tone(seconds, 2100), cadence(seconds, 0.5, 3, 1100)).astype(np.float32)


def modem(seconds: float, seed: int = 0) -> np.ndarray:
    """Data at 300 bits a second between 1650 and 1850 Hz (ITU-T V.21)."""
    bits = np.repeat(np.random.default_rng(seed).integers(0, 2, round(300 * seconds) + 1), RATE // 300 + 1)
    hertz = np.where(bits[: round(seconds * RATE)], 1850, 1650)
    return (0.3 * np.sin(2 * np.pi * np.cumsum(hertz) / RATE)).astype(np.float32)


def speech_shaped(seconds: float, seed: int = 0) -> np.ndarray:
    """Noise with the spectrum of speech."""
    count = round(seconds * RATE)
    hertz = np.fft.rfftfreq(count, 1 / RATE)
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(count))
    return full(np.fft.irfft(spectrum * (hertz > 100) / np.maximum(1, hertz / 500) ** 1.5, count), 0.25)


def syllables(seconds: float, seed: int = 0) -> np.ndarray:
    """The same, louder and softer four times a second, as syllables are."""
    return full(speech_shaped(seconds, seed) * (1 + np.sin(2 * np.pi * 4 * line(seconds))), 0.25)


def sweep(seconds: float) -> np.ndarray:
    """A tone from 300 to 3000 Hz."""
    time = line(seconds)
    return (0.3 * np.sin(2 * np.pi * (300 * time + 1350 / seconds * time**2))).astype(np.float32)


def not_in_service(seconds: float) -> np.ndarray:
    """The three rising tones before an announcement (ITU-T E.180)."""
    once = np.concatenate([*(tone(0.33, hertz) for hertz in (950, 1400, 1800)), silence(1.0)])
    return np.resize(once, round(seconds * RATE))


def on_the_line(seconds: float = 10.0) -> dict[str, np.ndarray]:
    """Everything here by name, and most of it as an 8-bit trunk leaves it."""
    found = {
        "fax": fax(seconds),
        "modem": modem(seconds),
        "breathing": breathing(seconds),
        "clicks": clicks(seconds),
        "clipped noise": np.clip(6 * noise(seconds, peak=1.0), -1, 1).astype(np.float32),
        "speech-shaped noise": speech_shaped(seconds),
        "noise in syllables": syllables(seconds),
        "sweep": sweep(seconds),
        "not in service": not_in_service(seconds),
        "ring-back, United States": cadence(seconds, 2, 4, 440, 480),
        "busy, United States": cadence(seconds, 0.5, 0.5, 480, 620),
        "comfort noise": noise(seconds, 1.0, 0.004),
    }
    narrow = ("fax", "breathing", "clipped noise", "speech-shaped noise", "noise in syllables")
    return found | {f"{name}, mu-law": mu_law(found[name]) for name in narrow}
