"""First pinyin letters of common characters, from the order of GB 2312, without any dictionary.

Good for short lists on screen (choices, places); searching persons uses real readings instead.
"""

# The 3,755 characters of level 1 are sorted by pinyin: the first code of each initial letter.
_STARTS = (
    (0xB0A1, "a"),
    (0xB0C5, "b"),
    (0xB2C1, "c"),
    (0xB4EE, "d"),
    (0xB6EA, "e"),
    (0xB7A2, "f"),
    (0xB8C1, "g"),
    (0xB9FE, "h"),
    (0xBBF7, "j"),
    (0xBFA6, "k"),
    (0xC0AC, "l"),
    (0xC2E8, "m"),
    (0xC4C3, "n"),
    (0xC5B6, "o"),
    (0xC5BE, "p"),
    (0xC6DA, "q"),
    (0xC8BB, "r"),
    (0xC8F6, "s"),
    (0xCBFA, "t"),
    (0xCDDA, "w"),
    (0xCEF4, "x"),
    (0xD1B9, "y"),
    (0xD4D1, "z"),
)
_LEVEL_1_ENDS = 0xD7FA


def first_letters(text: str) -> str:
    """`火灾` gives `hz`; Latin letters and digits stay, characters without a reading fall away."""
    return "".join(_letter(character) for character in text)


def _letter(character: str) -> str:
    if character.isascii():
        return character.lower() if character.isalnum() else ""
    try:
        encoded = character.encode("gb2312")
    except UnicodeEncodeError:
        return ""
    code = int.from_bytes(encoded, "big")
    found = ""
    if code < _LEVEL_1_ENDS:
        for start, letter in _STARTS:
            if code >= start:
                found = letter
    return found
