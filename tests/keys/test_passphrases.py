"""A sign-in passphrase is long or wordy, and never one that everybody tries."""

import pytest

from reliefdesk.errors import ReliefDeskError
from reliefdesk.keys.passphrases import (
    PassphraseObviousError,
    PassphraseShortError,
    require_passphrase,
)


@pytest.mark.parametrize(
    "text",
    [
        "correct horse battery staple",
        "北风 吹过 黄河 大桥",
        "kupfer-11-wolke",
        "我家门前有两棵老榆树和一口井",
        "mima buneng yong zheige",
    ],
)
def test_a_long_or_wordy_passphrase_is_accepted(text: str) -> None:
    require_passphrase(text, name="王芳")


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", PassphraseShortError),
        ("Abc-12345", PassphraseShortError),
        ("北风 吹过 黄河", PassphraseShortError),
        ("北风 北风 北风 北风", PassphraseShortError),
        ("a b c d", PassphraseShortError),
        ("            ", PassphraseShortError),
        ("aaaaaaaaaaaa", PassphraseObviousError),
        ("abcdefghijklmnop", PassphraseObviousError),
        ("987654321098", PassphraseObviousError),
        ("abcdxabcdxabcdx", PassphraseObviousError),
        ("password20211231", PassphraseObviousError),
        ("P a s s w o r d 2 0 2 1", PassphraseObviousError),
        ("乌海市民政局123456", PassphraseObviousError),
        ("乌海民政局临时救助123456", PassphraseObviousError),
        ("王芳王芳王芳-20211231", PassphraseObviousError),
    ],
)
def test_what_everybody_tries_is_refused(text: str, refusal: type[ReliefDeskError]) -> None:
    with pytest.raises(refusal):
        require_passphrase(text, name="王芳")


def test_the_refusal_says_how_much_was_typed() -> None:
    with pytest.raises(PassphraseShortError) as refused:
        require_passphrase("elf zeichen")
    assert refused.value.facts == {"typed": 11}
