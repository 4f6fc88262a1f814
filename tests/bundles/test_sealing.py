"""Sealing: the same lines give the same inside; what no partner would accept is never sealed."""

from dataclasses import replace
from datetime import date

import pytest

from reliefdesk.bundles.limits import EVENTS_MAX
from reliefdesk.bundles.manifest import Have, Place
from reliefdesk.bundles.refusals import RangeEmptyError, RangeTooLargeError
from reliefdesk.bundles.writing import BundlePlan, seal
from reliefdesk.errors import BugError
from reliefdesk.keys.age import RecipientError
from tests.bundles import forge, large
from tests.bundles.forge import DISTRICT, LINES, OFFICE, Forge, opened
from tests.bundles.parties import a_plan, sealed

HAVE = Have(device="device-district", epoch=1, seq=12, hash="ab" * 32)


def test_the_same_lines_give_the_same_inside_and_another_ciphertext() -> None:
    one, other = sealed(LINES, a_plan()), sealed(iter(LINES), a_plan())
    assert forge.decrypted(one.content) == forge.decrypted(other.content)
    assert one.manifest_id == other.manifest_id
    assert one.name == other.name
    assert one.content != other.content
    assert one.sha256 != other.sha256


def test_our_inside_is_byte_for_byte_that_of_the_second_maker() -> None:
    ours = forge.decrypted(sealed(LINES, a_plan(program="forge 1")).content)
    theirs = forge.decrypted(Forge().made())
    assert ours == theirs


def test_what_was_sealed_is_opened_with_every_fact_of_the_plan() -> None:
    plan = a_plan(have=HAVE, expires_on=date(2021, 12, 31))
    made = sealed(LINES, plan)
    bundle = opened(made.content)
    assert bundle.manifest == made.manifest
    assert (bundle.manifest.have, bundle.manifest.expires_on) == (HAVE, date(2021, 12, 31))
    assert (bundle.manifest.first, bundle.manifest.last, bundle.manifest.count) == (1, 5, 5)
    assert [(told.event, told.count, told.fen) for told in bundle.manifest.sums] == [
        ("CashNoted", 1, -50),
        ("CashPaid", 3, 1000),
        ("PersonRegistered", 1, 0),
    ]
    assert made.size == len(made.content)


def test_a_later_range_follows_the_place_before_it() -> None:
    hashes = forge.chain(LINES)
    bundle = opened(sealed(LINES[3:], a_plan(Place(seq=3, hash=hashes[2]))).content)
    assert [line.seq for line in bundle.lines()] == [4, 5]
    assert [line.previous_hash for line in bundle.lines()] == hashes[2:4]
    assert bundle.manifest.head == Place(seq=5, hash=hashes[4])


def test_an_empty_range_is_not_sealed() -> None:
    with pytest.raises(RangeEmptyError):
        sealed([], a_plan())


def test_a_range_beyond_the_limit_names_the_last_number_that_fits() -> None:
    size = 1023 * 1024
    lines = (forge.line(seq, note="x" * size) for seq in range(1, 1000))
    with pytest.raises(RangeTooLargeError) as refusal:
        sealed(lines, a_plan())
    assert refusal.value.facts["last"] == EVENTS_MAX // (len(forge.line(1, note="x" * size)) + 1)


@pytest.mark.parametrize("line", [b"{}", LINES[1], LINES[0] + b"\n", LINES[0].replace(b":", b": ")])
def test_lines_that_no_partner_would_accept_are_a_bug(line: bytes) -> None:
    with pytest.raises(BugError):
        sealed([line], a_plan())


@pytest.mark.parametrize(
    "plan",
    [
        a_plan(number=0),
        a_plan(program="程序"),
        a_plan(before=Place(seq=0, hash="1" * 64)),
        a_plan(sender=replace(a_plan().sender, office="A")),
    ],
)
def test_a_plan_that_no_partner_could_read_is_a_bug(plan: BundlePlan) -> None:
    with pytest.raises(BugError):
        sealed(LINES, plan)


def test_somebody_must_be_able_to_open_it() -> None:
    with pytest.raises(BugError):
        seal(a_plan(), LINES, signer=OFFICE.signer, recipients=[])
    with pytest.raises(RecipientError):
        seal(a_plan(), LINES, signer=OFFICE.signer, recipients=["age1nobody"])


def test_each_recipient_opens_it_and_the_sender_does_not() -> None:
    made = sealed(LINES, a_plan())
    assert made.content.count(b"-> X25519 ") == len(DISTRICT.public.recipients) == 2
    assert OFFICE.public.recipient.encode() not in made.content


def test_a_hundred_thousand_events_stay_far_below_a_gigabyte() -> None:
    assert large.peak_mebibytes(100_000) < 500


def test_a_long_text_costs_no_more_than_its_length() -> None:
    lines = [forge.line(1, note="火" * 300_000, amount=2**53)]
    assert opened(sealed(lines, a_plan()).content).manifest.sums[0].fen == 2**53
