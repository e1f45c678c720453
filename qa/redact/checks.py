"""Check digits."""


def luhn(digits: str) -> bool:
    """Luhn's sum over a card number (ISO/IEC 7812-1 annex B)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def national_code(digits: str) -> bool:
    """The check digit of a ten-digit Iranian national code; ten equal digits are never issued."""
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    rest = sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    return int(digits[9]) == (rest if rest < 2 else 11 - rest)


def mod97(iban: str) -> bool:
    """The check digits of an IBAN without separators (ISO 13616, ISO 7064)."""
    return int("".join(str(int(letter, 36)) for letter in iban[4:] + iban[:4])) % 97 == 1
