"""号码去向 and 作废登记簿: every number of a year once, from receipts, pads and repayments."""

from datetime import date

from reliefdesk.devices.printers import PaperMedia
from reliefdesk.documents.number_list import NumberListFacts, number_list_pdf
from reliefdesk.documents.void_register import VoidRegisterFacts, void_register_pdf
from reliefdesk.domain.form_settings import MoneyForm
from reliefdesk.domain.number_fates import (
    NumberFate,
    in_order,
    of_pad,
    of_receipt,
    of_repayment,
)
from reliefdesk.domain.pads import PadState
from reliefdesk.services import form_settings, operators, receipts, recoveries
from reliefdesk.services.printing import Paper
from reliefdesk.services.recording import Context
from reliefdesk.storage import pads as stored_pads
from reliefdesk.storage import recoveries as stored_recoveries


def fates(context: Context, year: int) -> tuple[NumberFate, ...]:
    """Every number of a year's series exactly once, in order (§3.13)."""
    names = operators.names(context)
    set_aside = {each.receipt_no: each for each in stored_pads.of_year(context.file, year)}
    found = [
        of_receipt(row, set_aside.get(row.receipt.receipt_no))
        for row in receipts.numbers(context, year)
    ]
    found += [
        of_pad(each, names) for each in set_aside.values() if each.state is not PadState.ENTERED
    ]
    for repayment in stored_recoveries.of_year(context.file, year):
        claim = recoveries.recovery(context, repayment.details.recovery_id)
        found.append(
            of_repayment(
                repayment, names, case_no=claim.case_no, recovery_no=claim.details.recovery_no
            )
        )
    return in_order(found)


def numbers_pdf(context: Context, year: int) -> bytes:
    """号码去向表 of a year; raises MissingGlyphError, PaperFontsError."""
    facts = NumberListFacts(
        head=form_settings.head_of(context, MoneyForm.NUMBER_LIST, on=date(year, 12, 31)),
        year=year,
        rows=fates(context, year),
        made_on=context.today,
        made_by=operators.signed_in(context).name,
    )
    return number_list_pdf(facts)


def void_register(context: Context, year: int) -> Paper:
    """作废登记簿: the void, reversed and spoilt numbers of a year (§3.12)."""
    facts = VoidRegisterFacts(
        head=form_settings.head_of(context, MoneyForm.VOID_REGISTER, on=date(year, 12, 31)),
        year=year,
        rows=[each for each in fates(context, year) if each.is_undone],
        made_on=context.today,
        made_by=operators.signed_in(context).name,
    )
    return Paper(
        form="void_register",
        title=f"作废登记簿 {year}年",
        media=PaperMedia.A4,
        pdf=void_register_pdf(facts),
    )
