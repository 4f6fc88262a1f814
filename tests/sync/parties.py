"""Two offices and their district as real desks in folders, enrolled as people enrol them."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from reliefdesk import desk as front_door
from reliefdesk.bundles.manifest import Place, Recipient, Sender
from reliefdesk.bundles.writing import BundlePlan, seal
from reliefdesk.clock import CountedIds
from reliefdesk.domain.case_records import Case
from reliefdesk.domain.desks import DeskKind, Office
from reliefdesk.domain.ids import DeskId
from reliefdesk.keys import durable
from reliefdesk.services import desk_keys, partners, payments, receiving, root, sync
from reliefdesk.services.partners import EnrolOrder
from reliefdesk.services.receiving import PlannedBundle
from reliefdesk.storage import journal, verification
from tests.builders import (
    BINHE,
    PASSPHRASE,
    XINHUA,
    TestDesk,
    a_desk,
    a_pay_order,
    an_approved_case,
    surroundings,
)

HAIBOWAN = Office(code="150302", name="海勃湾区民政局")
APART = 10_000_000


@dataclass
class FolderStick:
    """A stick that is a folder."""

    folder: Path
    label: str = "STICK-1"

    def put(self, name: str, content: bytes) -> str:
        """Write and read back."""
        self.folder.mkdir(exist_ok=True)
        durable.write(self.folder / name, content)
        return hashlib.sha256((self.folder / name).read_bytes()).hexdigest()


@dataclass
class Trio:
    """Two offices and a district that know each other."""

    a: TestDesk
    b: TestDesk
    district: TestDesk
    root_code: str
    folder: Path

    @property
    def stick(self) -> FolderStick:
        """The stick that goes round."""
        return FolderStick(self.folder / "stick")

    def close(self) -> None:
        """Close every desk."""
        for made in (self.a, self.b, self.district):
            made.desk.close()


def a_trio(folder: Path) -> Trio:
    """Make the desks, the root key, and enrol everybody."""
    a = a_desk(folder / "a", office=XINHUA, first_id=APART)
    b = a_desk(folder / "b", office=BINHE, first_id=2 * APART)
    district, root_code = a_bureau(folder / "district")
    trio = Trio(a=a, b=b, district=district, root_code=root_code, folder=folder)
    for office in (a, b):
        enrol(trio, office)
    return trio


def a_bureau(folder: Path, kind: DeskKind = DeskKind.DISTRICT) -> tuple[TestDesk, str]:
    """Make a district's desk with its root key; gives the code on paper too."""
    made = a_desk(folder, office=HAIBOWAN, kind=kind, float_yuan="0", first_id=3 * APART)
    code = root.new_code()
    root.keep(made.context("系统己"), code, officer=made.officer("审批丙"))
    return made, code


def enrol(trio: Trio, office: TestDesk) -> None:
    """Exchange request and card, fingerprints read aloud by the other person."""
    paper = desk_keys.request_file(office.context("系统己"))
    order = EnrolOrder(
        content=paper.content,
        office_name=office.desk.genesis.office.name,
        typed_fingerprint=paper.fingerprint,
    )
    district = trio.district
    partners.enrol(district.context("系统己"), order, officer=district.officer("审批丙"))
    take_card(trio, office)


def take_card(trio: Trio, office: TestDesk) -> None:
    """Enrol the district at an office, its root's fingerprint read aloud."""
    district = trio.district
    card = partners.district_card(
        district.context("系统己"), trio.root_code, officer=district.officer("审批丙")
    ).result
    taken = EnrolOrder(
        content=card.content, office_name=HAIBOWAN.name, typed_fingerprint=card.fingerprint
    )
    partners.enrol_district(office.context("系统己"), taken, officer=office.officer("审批丙"))


def pay_somebody(made: TestDesk, **changed: object) -> Case:
    """Accept, approve and pay a case."""
    found = an_approved_case(made, **changed)  # type: ignore[arg-type]  # a draft
    order = a_pay_order(made, found)
    payments.pay(
        made.context("出纳丁"), order, seen_version=found.version, officer=made.officer("出纳丁")
    )
    return found


def reopen(folder: Path, made: TestDesk, *, first_id: int, machine: str = "") -> TestDesk:
    """Open a desk's folder, or a copy of it, as the administrator."""
    ids = CountedIds(first_id)
    around = replace(surroundings(made.clock, ids), machine=machine)
    desk = front_door.sign_in(folder, "系统己", PASSPHRASE, around)
    return TestDesk(desk=desk, clock=made.clock, ids=ids, by_name=dict(made.by_name))


def forged(
    trio: Trio,
    office: TestDesk,
    change: Callable[[int, bytes], bytes],
    *,
    after: int = 0,
    until: int = 0,
    **told: object,
) -> Path:
    """Seal an office's lines with its own key after changing them, as a broken program might."""
    context = office.context()
    end = until or journal.head(context.file).seq
    rows = [row for row in journal.rows(context.file, after) if row["seq"] <= end]
    before = rows[0]["previous_hash"]
    lines = [change(row["seq"], journal.line_of(row)) for row in rows]
    district = trio.district.desk.genesis
    plan = BundlePlan(
        number=99,
        sender=Sender(
            office=context.desk.office.code,
            device=context.desk.desk_id,
            epoch=context.desk.epoch,
        ),
        recipient=Recipient(office=district.office.code, device=district.desk_id),
        before=Place(seq=after, hash=before),
        have=None,
        created_at=context.now,
        program="reliefdesk test",
    )
    plan = replace(plan, **told)  # type: ignore[arg-type]  # any of its fields
    to = desk_keys.current(trio.district.context()).public
    keys = desk_keys.current(context)
    sealed = seal(plan, lines, signer=keys.signer, recipients=to.recipients)
    trio.stick.put(sealed.name, sealed.content)
    return trio.stick.folder / sealed.name


def send(trio: Trio, sender: TestDesk, to: TestDesk | None = None) -> Path:
    """Prepare and write the next bundle to the stick; give its file."""
    partner = None if to is None else to.desk.genesis.desk_id
    row = sync.prepare(sender.context(), partner).result
    sync.write(sender.context(), row.manifest_id, trio.stick)
    return trio.stick.folder / sync.content(sender.context(), row.manifest_id).name


def take(made: TestDesk, *files: Path) -> tuple[PlannedBundle, ...]:
    """Plan and import files."""
    planned = receiving.plan(made.context(), files)
    return receiving.take(made.context(), planned).result


def exchange(trio: Trio, office: TestDesk) -> tuple[PlannedBundle, ...]:
    """One visit: the office's bundle in, the district's answer back."""
    given = take(trio.district, send(trio, office))
    if not sync.pending(trio.district.context(), desk_id(office)).is_offered:
        return given
    answered = take(office, send(trio, trio.district, office))
    return (*given, *answered)


def require_sound(*desks: TestDesk) -> None:
    """Every desk proves itself."""
    for made in desks:
        report = verification.verify(made.context().file)
        assert report.good, report.findings


def rows_of(made: TestDesk, table: str, columns: str, where: str = "1") -> set[tuple[object, ...]]:
    """Give rows of a table as they stand."""
    found = made.context().file.rows(f"SELECT {columns} FROM {table} WHERE {where}")
    return {tuple(row) for row in found}


def last_seq(made: TestDesk) -> int:
    """Give the last number of a desk's journal."""
    return journal.head(made.context().file).seq


def desk_id(made: TestDesk) -> DeskId:
    """Give the identity of a desk."""
    return made.desk.genesis.desk_id
