"""Everything the page 报送 shows, read in one go so that its figures belong together."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from reliefdesk import wording
from reliefdesk.domain.desks import DeskKind
from reliefdesk.domain.ids import DeskId
from reliefdesk.domain.operators import Operator
from reliefdesk.domain.partners import (
    KeysMissingError,
    PartnerMissingError,
    PartnerRow,
    PartnerState,
    PartnerUnknownError,
)
from reliefdesk.domain.streams import EventVerdict
from reliefdesk.services import operators, partners, receiving, sticks, sync, waiting
from reliefdesk.services import verdicts as given
from reliefdesk.services.receiving import PlannedBundle
from reliefdesk.services.recording import Context
from reliefdesk.services.sticks import Found
from reliefdesk.services.sync import Pending, SentRow
from reliefdesk.services.verdicts import CorrectionLine, VerdictLine


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncView:
    """`trouble` says why nothing can be sent, empty when it can; `silence` is in days.

    `corrections` are what the district asked to be put right.
    """

    kind: DeskKind
    partners: tuple[PartnerRow, ...]
    pending: Pending | None
    trouble: str
    bundles: tuple[SentRow, ...]
    sticks: tuple[Found, ...]
    staff: tuple[Operator, ...]
    silence: int
    corrections: tuple[CorrectionLine, ...]

    @property
    def is_district(self) -> bool:
        """Whether this desk receives from offices."""
        return self.kind.is_district

    @property
    def silent(self) -> tuple[PartnerRow, ...]:
        """Partners of whom nothing was heard for too long."""
        return tuple(
            row
            for row in self.partners
            if row.state is PartnerState.ACTIVE and (row.silent_days or 0) > self.silence
        )

    @property
    def doubtful(self) -> tuple[PartnerRow, ...]:
        """Partners of whom something waits for a look."""
        return tuple(
            row
            for row in self.partners
            if row.state is PartnerState.FROZEN or row.waiting or row.quarantined
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """What the partner says of each record of one bundle, doubts first."""

    bundle: SentRow
    lines: tuple[VerdictLine, ...]

    def count(self, verdict: EventVerdict | None) -> int:
        """How many records have this verdict; None: nothing was said yet."""
        return sum(line.verdict is verdict for line in self.lines)


def read(context: Context, folders: Iterable[Path], wanted: DeskId | None) -> SyncView:
    """Read the page for a partner: the wanted one, else the one to send to."""
    pending, trouble, bundles = None, "", tuple[SentRow, ...]()
    try:
        pending = sync.pending(context, wanted)
        bundles = sync.bundles(context, pending.partner)
    except (KeysMissingError, PartnerMissingError, PartnerUnknownError) as refusal:
        trouble = wording.sentence(refusal)
    return SyncView(
        kind=context.desk.kind,
        partners=partners.listed(context),
        pending=pending,
        trouble=trouble,
        bundles=bundles,
        sticks=sticks.found(context, folders),
        staff=operators.operators(context),
        silence=sync.answer_days(context),
        corrections=given.corrections(context),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubts:
    """What of one office waits for people: events set aside, bundles that came too early."""

    partner: PartnerRow
    lines: tuple[VerdictLine, ...]
    waiting: tuple[PlannedBundle, ...]


def doubts(context: Context, partner: PartnerRow) -> Doubts:
    """Read what of an office waits for people."""
    kept = receiving.waiting(context)
    return Doubts(
        partner=partner,
        lines=waiting.of_partner(context, partner.desk_id),
        waiting=tuple(row for row in kept if row.office == partner.office.name),
    )


def verdicts(context: Context, manifest_id: str) -> Verdicts:
    """Read what was said of a bundle, what needs a look first."""
    lines = given.of_bundle(context, manifest_id)
    accepted = (EventVerdict.ACCEPTED, None)
    ordered = sorted(lines, key=lambda line: (line.verdict in accepted, line.seq))
    return Verdicts(bundle=sync.bundle(context, manifest_id), lines=tuple(ordered))
