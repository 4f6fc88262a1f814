"""The desk itself: which office it serves, what kind it is, and the events of its own life."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from reliefdesk.domain.ids import DeskId
from reliefdesk.domain.terms import Term


class DeskKind(Term):
    """What a desk is for; training has its own number series and a watermark, and its own bureau.

    Training speaks with training only: its people and money are invented.
    """

    OFFICE = "office", "街道（镇）办理点"
    DISTRICT = "district", "区民政局"
    TRAINING = "training", "演练"
    TRAINING_DISTRICT = "training_district", "演练区民政局"

    @property
    def is_training(self) -> bool:
        """Whether everything on this desk is invented."""
        return self in (DeskKind.TRAINING, DeskKind.TRAINING_DISTRICT)

    @property
    def is_district(self) -> bool:
        """Whether this desk receives from offices and pays nobody."""
        return self in (DeskKind.DISTRICT, DeskKind.TRAINING_DISTRICT)

    @property
    def partner_kind(self) -> "DeskKind":
        """The only kind of desk this one exchanges bundles with."""
        return _PARTNERS[self]


_PARTNERS = {
    DeskKind.OFFICE: DeskKind.DISTRICT,
    DeskKind.DISTRICT: DeskKind.OFFICE,
    DeskKind.TRAINING: DeskKind.TRAINING_DISTRICT,
    DeskKind.TRAINING_DISTRICT: DeskKind.TRAINING,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A street office or town government: 9-digit division code and full name (RULES.md §4.6)."""

    code: str
    name: str

    @property
    def is_town(self) -> bool:
        """Town codes run from xxx100 up; streets stay below (statistical code rules)."""
        return self.code[6:9] >= "100"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskCreated:
    """The genesis event. `epoch` starts at 1; a restored or copied desk opens a new one."""

    version: ClassVar[int] = 1
    desk_id: DeskId
    office: Office
    kind: DeskKind
    epoch: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockWentBack:
    """The PC's clock stood before the last recorded instant: noted, not refused (§6.2)."""

    version: ClassVar[int] = 1
    last_at: datetime
    clock_at: datetime
