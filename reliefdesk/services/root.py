"""The district's root key: it is printed before it counts, for no file keeps it.

Whoever made it types it back from the paper; only then, before a second person, it is the root key.
"""

from reliefdesk.devices.printers import PaperMedia
from reliefdesk.documents.book import day_text
from reliefdesk.documents.form_page import FormHead
from reliefdesk.documents.root_sheet import RootSheetFacts, root_sheet_pdf
from reliefdesk.domain.form_settings import SyncForm
from reliefdesk.domain.operators import VerifiedOfficer
from reliefdesk.domain.partners import RootKnown, RootMadeError, require_district
from reliefdesk.keys import root_key
from reliefdesk.services import form_settings
from reliefdesk.services.desk_keys import require_two
from reliefdesk.services.printing import Paper
from reliefdesk.services.recording import Context, Recorded, record, recorded
from reliefdesk.storage import partners as stored


def sheet(context: Context) -> Paper:
    """Make a new root key on paper; nothing is recorded. Raises RoleError, RootMadeError."""
    _require_none(context)
    root = root_key.new_root_key()
    form = SyncForm.ROOT_SHEET
    facts = RootSheetFacts(
        head=FormHead(
            setting=form_settings.in_force(context, form),
            unit=context.desk.office.name,
            day=f"日期：{day_text(context.today)}",
        ),
        district=context.desk.office.name,
        code=root.code,
        fingerprint=root.fingerprint,
        made_on=context.today,
    )
    return Paper(
        form=f"papers.{form.value}",
        title=f"{form.label} {context.desk.office.code}",
        media=PaperMedia.A4,
        pdf=root_sheet_pdf(facts),
    )


def new_code() -> str:
    """Give a new root key as it would stand on paper: for training, where no paper is sealed."""
    return root_key.new_root_key().code


def keep(context: Context, code: str, *, officer: VerifiedOfficer) -> Recorded[str]:
    """Make the key on the paper, typed back, the root key; gives its fingerprint.

    Raises RootCodeError for a slip, RoleError, RootMadeError, SamePersonError.
    """
    require_two(context, officer)
    _require_none(context)
    root = root_key.read_root_key(code)
    with context.file.transaction():
        event = RootKnown(public=root.public, list_number=0)
        record(context, event, confirmed_by=(officer.operator.operator_id,))
    return recorded(root.fingerprint, "partners", "sync")


def _require_none(context: Context) -> None:
    require_district(context.desk.kind)
    if stored.root(context.file)[0]:
        raise RootMadeError
