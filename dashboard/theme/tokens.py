"""Colours for what a style sheet cannot reach; a test keeps them equal to styles.css."""

from dataclasses import dataclass
from typing import Literal

Theme = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme. Names as in styles.css; ``series`` and ``diverging`` are ordered."""

    surface: str
    sunken: str
    line: str
    grid: str
    edge: str
    ink: str
    ink2: str
    ink3: str
    accent: str
    now: str
    band: str
    limit: str
    bar: str
    whisker: str
    met: str
    partly: str
    notmet: str
    na: str
    cant: str
    agent: str
    customer: str
    series: tuple[str, ...]
    diverging: tuple[str, ...]


TOKENS: dict[Theme, Tokens] = {
    "light": Tokens(
        surface="#FFFFFF", sunken="#E9EEEE", line="#D5DDDE", grid="#E9EEEE", edge="#7C8B90",
        ink="#12232A", ink2="#43565E", ink3="#5B6C73", accent="#0B6470", now="#B3261E",
        band="rgba(11,100,112,.07)", limit="#7C8B90", bar="#83949A", whisker="rgba(11,100,112,.30)",
        met="#0B6470", partly="#A8741A", notmet="#8A2B08", na="#7A888D", cant="#4B3A8C",
        agent="#1F3F8F", customer="#A04F77",
        series=("#0B6470", "#94420B", "#8159BF", "#979841", "#4F9CBF"),
        diverging=("#8A2B08", "#C26B43", "#E7BFA9", "#EEF1F1", "#A9CFD2", "#4A949C", "#0B6470"),
    ),
    "dark": Tokens(
        surface="#131E22", sunken="#18252A", line="#2A383D", grid="#1D2A2F", edge="#6E8087",
        ink="#E8EFF0", ink2="#B3C1C6", ink3="#93A4AA", accent="#5CC4CE", now="#FF8F85",
        band="rgba(92,196,206,.09)", limit="#6E8087", bar="#61737A", whisker="rgba(92,196,206,.34)",
        met="#5CC4CE", partly="#F2DC94", notmet="#EE8F57", na="#7F9097", cant="#9A78D0",
        agent="#6FA3EE", customer="#EBA9CD",
        series=("#5CC4CE", "#C5784A", "#6763C6", "#D1F1B2", "#6B94CC"),
        diverging=("#EE8F57", "#B4683F", "#6B4632", "#22302F", "#24525A", "#3A8C97", "#5CC4CE"),
    ),
}  # fmt: skip
