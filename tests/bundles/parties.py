"""An office that seals and a district that opens, through our own rooms."""

from collections.abc import Iterable
from typing import Any

from reliefdesk.bundles.manifest import GENESIS_HASH, Place, Recipient, Sender
from reliefdesk.bundles.writing import BundlePlan, SealedBundle, seal
from tests.bundles.forge import (
    AT,
    DISTRICT,
    DISTRICT_CODE,
    DISTRICT_DEVICE,
    OFFICE,
    OFFICE_CODE,
    OFFICE_DEVICE,
)

START = Place(seq=0, hash=GENESIS_HASH)


def a_plan(before: Place = START, **changed: Any) -> BundlePlan:  # noqa: ANN401 - any of its fields
    """Give the office's plan for what follows a place."""
    facts: dict[str, Any] = {
        "number": 7,
        "sender": Sender(office=OFFICE_CODE, device=OFFICE_DEVICE, epoch=1),
        "recipient": Recipient(office=DISTRICT_CODE, device=DISTRICT_DEVICE),
        "before": before,
        "have": None,
        "created_at": AT,
        "program": "reliefdesk test",
    }
    return BundlePlan(**{**facts, **changed})


def sealed(lines: Iterable[bytes], plan: BundlePlan) -> SealedBundle:
    """Seal as the office does."""
    return seal(plan, lines, signer=OFFICE.signer, recipients=DISTRICT.public.recipients)
