"""Lines: what is accepted equals RFC 8785, and nothing but the one spelling is accepted."""

import json
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from reliefdesk.bundles.lines import Walk
from reliefdesk.bundles.refusals import ChainBrokenError
from reliefdesk.domain.money import Money
from reliefdesk.storage import canonical
from tests.bundles.forge import ZEROS, line

# The oracle takes numbers below 2^53 only; ours take that number itself too.
NUMBERS = st.integers(-(2**53) + 1, 2**53 - 1)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
KEYS = st.text(st.characters(max_codepoint=0x7F), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
PAYLOADS = st.dictionaries(KEYS, VALUES, max_size=6)


def _facts(payload: dict[str, Any]) -> dict[str, Any]:
    return {**json.loads(line(1)), "payload": payload}


def _walked(content: bytes) -> Walk:
    walk = Walk(1, ZEROS)
    walk.add(content)
    return walk


@given(payload=PAYLOADS)
def test_the_bytes_of_rfc_8785_are_accepted(payload: dict[str, Any]) -> None:
    assert _walked(rfc8785.dumps(_facts(payload))).last == 1


@given(payload=PAYLOADS, number=st.integers(0, 2**53 - 1), text=TEXTS)
def test_the_journal_writes_the_bytes_of_rfc_8785(
    payload: dict[str, Any], number: int, text: str
) -> None:
    assert canonical.encode({"many": payload, "text": text}).encode() == rfc8785.dumps(
        {"many": payload, "text": text}
    )
    assert canonical.encode({"amount": Money(number)}).encode() == rfc8785.dumps({"amount": number})


@given(payload=PAYLOADS, spelled=st.sampled_from(["ascii", "blanks", "order"]))
def test_any_other_spelling_of_the_same_is_refused(payload: dict[str, Any], spelled: str) -> None:
    facts = _facts({**payload, "z": "字", "a": 1})
    other = {
        "ascii": json.dumps(facts, sort_keys=True, separators=(",", ":")),
        "blanks": json.dumps(facts, sort_keys=True, ensure_ascii=False),
        "order": json.dumps(
            dict(sorted(facts.items(), reverse=True)), ensure_ascii=False, separators=(",", ":")
        ),
    }[spelled]
    with pytest.raises(ChainBrokenError):
        _walked(other.encode())


@given(content=st.binary(max_size=200))
def test_any_bytes_are_accepted_or_refused_by_name(content: bytes) -> None:
    with pytest.raises(ChainBrokenError):
        _walked(content)


@pytest.mark.parametrize("number", [2**53, -(2**53)])
def test_the_greatest_number_is_still_one(number: int) -> None:
    assert _walked(line(1, amount=number)).sums[0].fen == number


@pytest.mark.parametrize("amount", [True, None, "5", [5], {"fen": 5}])
def test_only_a_whole_number_counts_as_an_amount(amount: object) -> None:
    assert _walked(line(1, amount=amount)).sums[0].fen == 0
