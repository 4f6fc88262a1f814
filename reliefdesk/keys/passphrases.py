"""Sign-in passphrases: long enough that a stolen PC does not give the desk away in a day.

They are at least 12 characters or four words, and not one of those that everybody tries.
"""

import itertools
import re

from reliefdesk.errors import UserError

CHARACTERS_MIN = 12
WORDS_MIN = 4
WORD_CHARACTERS_MIN = 2
_KINDS_MIN = 4
_LETTERS_LEFT_MIN = 4
_OBVIOUS = (
    *("password", "passw0rd", "qwerty", "asdfgh", "zxcvbn", "1qaz2wsx", "iloveyou", "admin"),
    *("123456", "654321", "abcdef", "abc123", "woaini", "mima", "密码", "我爱你"),
    *("reliefdesk", "linshijiuzhu", "临时救助", "民政局", "wuhai", "乌海"),
)
_SPARE = re.compile(r"[\W\d_]+")


class PassphraseShortError(UserError):
    """Fewer than 12 characters and fewer than four words. Facts: typed."""

    code = "keys.passphrase_short"


class PassphraseObviousError(UserError):
    """A passphrase that is tried first: one word with digits, few characters, a name in it."""

    code = "keys.passphrase_obvious"


def require_passphrase(text: str, *, name: str = "") -> None:
    """Refuse a weak passphrase; `name` is the operator's own, which may not be most of it.

    Raises PassphraseShortError or PassphraseObviousError.
    """
    words = [word for word in text.split() if len(word) >= WORD_CHARACTERS_MIN]
    if len(text.strip()) < CHARACTERS_MIN and len(set(words)) < WORDS_MIN:
        raise PassphraseShortError(typed=len(text.strip()))
    if _is_obvious(text, name):
        raise PassphraseObviousError


def _is_obvious(text: str, name: str) -> bool:
    bare = "".join(text.split()).lower()
    if len(set(bare)) < _KINDS_MIN or _is_row(bare) or _repeats(bare):
        return True
    # After the words that everybody tries, more must remain than digits and marks.
    left = bare
    for word in (*_OBVIOUS, "".join(name.split()).lower()):
        left = left.replace(word, "") if word else left
    return left != bare and len(_SPARE.sub("", left)) < _LETTERS_LEFT_MIN


def _is_row(bare: str) -> bool:
    steps = {ord(after) - ord(before) for before, after in itertools.pairwise(bare)}
    return len(steps) == 1


def _repeats(bare: str) -> bool:
    """Whether the text is one short piece over and over."""
    return bare in (bare + bare)[1:-1] and len(set(bare)) < len(bare) // 2
