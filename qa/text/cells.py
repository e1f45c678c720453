"""Cells of spreadsheets, kept from being run as formulas."""

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a formula begins; spreadsheets of some languages take the wide signs too."""


def safe_cell(value: object) -> object:
    """Text that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV injection)."""
    return f"'{value}" if isinstance(value, str) and value.startswith(RISKY) else value


def safe_names(names: list[str]) -> dict[str, str]:
    """Headings of columns, which may come from somebody's file, by what they were."""
    return {name: str(safe_cell(name)) for name in names}
