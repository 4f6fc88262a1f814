"""What a measurement says: ours beside a limit that was measured in the same run.

A file `bench_<what>.py` beside this one offers `measure() -> list[Line]` and is found by itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter

ROUNDS = 5
"""The fewest rounds whose median counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One figure: `limit` and `ours` in the same `unit`, `goal` as ours ÷ limit at most."""

    figure: str
    limit: float
    ours: float
    goal: float
    unit: str = "ms"
    limit_is: str = ""

    @property
    def ratio(self) -> float:
        """Ours ÷ limit; below 1 is faster (or smaller) than the limit."""
        return self.ours / self.limit


def median_ms(call: Callable[[], object], *, rounds: int = ROUNDS) -> float:
    """Median wall time of a call, in milliseconds; one unmeasured round warms it up."""
    return median(times_ms(call, rounds=rounds))


def p95_ms(call: Callable[[], object], *, rounds: int) -> float:
    """The time that 95 of 100 calls keep, in milliseconds."""
    return quantiles(times_ms(call, rounds=rounds), n=100)[94]


def medians_ms(
    limit: Callable[[], object], ours: Callable[[], object], *, rounds: int = ROUNDS
) -> tuple[float, float]:
    """Medians of both, measured in turn, so that a busy machine slows both alike."""
    limit()
    ours()
    pairs = [(_once_ms(limit), _once_ms(ours)) for _ in range(rounds)]
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)


def times_ms(call: Callable[[], object], *, rounds: int) -> list[float]:
    """Wall times of `rounds` calls after one unmeasured call, in milliseconds."""
    call()
    return [_once_ms(call) for _ in range(rounds)]


def _once_ms(call: Callable[[], object]) -> float:
    begin = perf_counter()
    call()
    return (perf_counter() - begin) * 1000
