"""The paper that goes with a bundle, made from what is recorded; it names no person helped."""

from datetime import date

from reliefdesk.clock import shanghai_day
from reliefdesk.devices.printers import PaperMedia
from reliefdesk.documents.book import day_text
from reliefdesk.documents.fingerprint_sheet import FingerprintSheetFacts, fingerprint_sheet_pdf
from reliefdesk.documents.form_page import FormHead
from reliefdesk.documents.transfer_slip import KindLine, TransferSlipFacts, transfer_slip_pdf
from reliefdesk.domain.form_settings import SyncForm
from reliefdesk.domain.money import Money
from reliefdesk.keys.root_key import root_fingerprint
from reliefdesk.services import desk_keys, form_settings, messages, sync
from reliefdesk.services.printing import Paper
from reliefdesk.services.recording import Context
from reliefdesk.storage import partners


def transfer_slip(context: Context, manifest_id: str) -> Paper:
    """The slip of a bundle; raises BundleUnknownError and paper errors."""
    row, sealed = sync.bundle(context, manifest_id), sync.content(context, manifest_id)
    number = f"BS-{context.desk.office.code}-{row.number:06d}"
    facts = TransferSlipFacts(
        head=_head(context, number, on=row.handed_on or shanghai_day(row.made_at)),
        sender=context.desk.office.name,
        recipient=row.office,
        number=row.number,
        first=row.first,
        last=row.last,
        events=row.events,
        paid=row.paid,
        kinds=[
            KindLine(name=messages.event_label(one.event), count=one.count, amount=Money(one.fen))
            for one in sealed.manifest.sums
        ],
        made_at=row.made_at,
        file_name=sealed.name,
        size=sealed.size,
        fingerprint=row.fingerprint,
        stick=row.stick,
        handed_on=row.handed_on,
        receiver=row.receiver,
    )
    form = SyncForm.TRANSFER_SLIP
    return Paper(
        form=f"papers.{form.value}",
        title=f"{form.label} {number}",
        media=PaperMedia.A4,
        pdf=transfer_slip_pdf(facts),
    )


def fingerprint_sheet(context: Context) -> Paper:
    """The fingerprints that another desk compares; raises KeysMissingError and paper errors."""
    desk, form = context.desk, SyncForm.FINGERPRINT_SHEET
    root = partners.root(context.file)[0] if desk.kind.is_district else ""
    facts = FingerprintSheetFacts(
        head=_head(context, f"ZW-{desk.office.code}-{desk.epoch:03d}", on=context.today, form=form),
        office=desk.office.name,
        code=desk.office.code,
        epoch=desk.epoch,
        fingerprint=desk_keys.current(context).public.fingerprint,
        root=root_fingerprint(root) if root else "",
        made_on=context.today,
    )
    return Paper(
        form=f"papers.{form.value}",
        title=f"{form.label} {desk.office.code}",
        media=PaperMedia.A4,
        pdf=fingerprint_sheet_pdf(facts),
    )


def _head(
    context: Context, number: str, *, on: date, form: SyncForm = SyncForm.TRANSFER_SLIP
) -> FormHead:
    day = f"日期：{day_text(on)}"
    return form_settings.head_of(context, form, on=on, number=f"编号：{number}", day=day)
