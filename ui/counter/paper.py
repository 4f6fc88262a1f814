"""Brings a recorded print to paper: to the chosen printer, or into a file whose place is told.

Runs on the desk's thread, after the print was recorded; a jammed printer undoes nothing (R1, R18).
"""

from contextlib import suppress
from pathlib import Path

from reliefdesk import wording
from reliefdesk.domain.payments import PayOrder
from reliefdesk.errors import SurroundingsError, UserError
from reliefdesk.services import printing, receipts
from reliefdesk.services.printing import Paper, PaperMedia, PrintWish, SpoolerSilentError
from reliefdesk.services.receipts import ReceiptForm
from reliefdesk.services.recording import Context

FOLDER = "打印输出"
_MEDIA = {
    ReceiptForm.A5: PaperMedia.A5,
    ReceiptForm.CONTINUOUS_241: PaperMedia.FANFOLD_241,
    ReceiptForm.A5_OVERLAY: PaperMedia.A5,
    ReceiptForm.OVERLAY_241: PaperMedia.FANFOLD_241,
}


def paper_of(pdf: bytes, *, title: str, form: ReceiptForm) -> Paper:
    """The PDF as a paper of its form; `title` is a receipt number, never a name."""
    return Paper(
        form=f"receipt.{form.value}", title=title, media=_MEDIA[form], pdf=pdf, is_voucher=True
    )


def stock_of(pdf: bytes, *, form: ReceiptForm) -> Paper:
    """The stock of an overlay as a paper; it is no voucher."""
    size = "A5" if _MEDIA[form] is PaperMedia.A5 else "241"
    return Paper(
        form=f"receipt_stock.{form.value}", title=f"套打底单 {size}", media=_MEDIA[form], pdf=pdf
    )


def deliver(context: Context, paper: Paper, printer: str) -> str:
    """Print, or save where no printer takes it; what became of it in words.

    Raises SaveFailedError where not even a file could be written.
    """
    if not printer:
        return wording.text("counter.saved_pdf", path=str(_saved(context, paper)))
    try:
        printing.print_paper(context, PrintWish(printer=printer, media=paper.media), paper)
    except SpoolerSilentError:
        # It may have taken the job all the same: a file would be a second original.
        raise
    except SurroundingsError as error:
        told = wording.parts(error).what
        place = str(_saved(context, paper))
        return wording.text("counter.printer_refused", told=told, path=place)
    return wording.text("counter.printed", printer=printer)


def require_printable(context: Context, order: PayOrder) -> None:
    """Refuse, before cash moves, words of an order that no receipt could ever carry.

    Only the words typed with the payment: a rare name must never keep relief from anybody, and
    missing fonts can be mended later (R18). Raises the refusal of the paper.
    """
    proxy, fingerprint = order.proxy, order.fingerprint
    words = [order.cash_reason, order.difference_reason, order.remark]
    if order.cash_approval is not None:
        words += [order.cash_approval.approver, order.cash_approval.document]
    if proxy is not None:
        words += [proxy.name, proxy.number, proxy.relation, proxy.authorisation]
    if fingerprint is not None:
        words.append(fingerprint.witness)
    try:
        receipts.preview_order(context, order, ReceiptForm.A5)
    except SurroundingsError:
        return
    except UserError as error:
        lacking = set(str(error.facts.get("characters", ""))) & set("".join(words))
        too_long = error.facts.get("text_length") in {len(each.strip()) for each in words}
        if lacking - {"、"} or too_long:
            raise


def _saved(context: Context, paper: Paper) -> Path:
    base = context.file.path
    folder = (Path(base).parent if base is not None else Path.cwd()) / FOLDER
    # A folder that cannot be made shows when the file is saved, with its sentence.
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    return printing.save(context, paper, _free(folder, paper.title))


def _free(folder: Path, title: str) -> Path:
    """A name not yet taken: an earlier print stays as it was."""
    path, nth = folder / f"{title}.pdf", 1
    while path.exists():
        path, nth = folder / f"{title}-{nth}.pdf", nth + 1
    return path
