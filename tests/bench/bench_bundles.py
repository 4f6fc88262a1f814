"""A bundle of many events: sealed and opened, against one hash and one encryption of its bytes."""

import hashlib
from collections.abc import Callable
from io import BytesIO

from reliefdesk.keys import age
from tests.bench.lines import Line, medians_ms
from tests.bundles import forge, large
from tests.bundles.forge import DISTRICT
from tests.bundles.parties import a_plan, sealed

EVENTS = 100_000
GIBIBYTE = 1024.0
_LIMIT = "one SHA-256 and one age pass over the same bytes"


def measure() -> list[Line]:
    """The figures of the second issue that need no desk: prepare, verify, memory."""
    lines = list(large.lines(EVENTS))
    text = b"".join(line + b"\n" for line in lines)
    file = sealed(lines, a_plan()).content
    letter = age.sealed(BytesIO(text), DISTRICT.public.recipients)
    size = f"{EVENTS:,} events, {len(text) / 2**20:.0f} MiB"
    return [
        _line(f"bundle prepared, {size}", _sealing(text), lambda: sealed(lines, a_plan()), goal=8),
        _line(f"bundle verified, {size}", _unsealing(letter), lambda: forge.opened(file), goal=10),
        Line(
            figure="memory of both, whole program",
            limit=GIBIBYTE,
            ours=large.peak_mebibytes(EVENTS),
            goal=1,
            unit="MiB",
            limit_is="1 GiB",
        ),
    ]


def _line(
    figure: str, limit: Callable[[], object], ours: Callable[[], object], *, goal: float
) -> Line:
    limit_ms, ours_ms = medians_ms(limit, ours)
    return Line(figure=figure, limit=limit_ms, ours=ours_ms, goal=goal, limit_is=_LIMIT)


def _sealing(text: bytes) -> Callable[[], object]:
    def seal() -> None:
        hashlib.sha256(text).hexdigest()
        age.sealed(BytesIO(text), DISTRICT.public.recipients)

    return seal


def _unsealing(letter: bytes) -> Callable[[], object]:
    def unseal() -> None:
        content = DISTRICT.identity.opened(letter, len(letter))
        hashlib.sha256(content.getbuffer()).hexdigest()

    return unseal
