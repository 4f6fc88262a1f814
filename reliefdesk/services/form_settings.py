"""How the office words its forms: entered by the system seat, in force from a day, never edited."""

import functools
from datetime import date

from reliefdesk.documents.form_page import FormHead, require_printable
from reliefdesk.domain.form_settings import (
    FormSetting,
    FormSettingEntered,
    check_setting,
    shipped_setting,
)
from reliefdesk.domain.operators import Seat, require_seat
from reliefdesk.services import operators
from reliefdesk.services.recording import Context, Recorded, record, recorded
from reliefdesk.storage import form_settings as stored


def in_force(context: Context, form: str, *, on: date | None = None) -> FormSetting:
    """Give the wording of a form on a day (today when None); raises FormUnknownError."""
    shipped, day = shipped_setting(form), on or context.today
    find = functools.partial(stored.latest, context.file, form, day)
    return context.file.once(f"form {form} {day}", find) or shipped


def head_of(context: Context, form: str, *, on: date, number: str = "", day: str = "") -> FormHead:
    """Give the head of a form as it was worded on a day; a day to come counts as today.

    `number` and `day` are whole lines.
    """
    return FormHead(
        setting=in_force(context, form, on=min(on, context.today)),
        unit=context.desk.office.name,
        number=number,
        day=day,
        training=context.desk.kind.is_training,
    )


def entered(context: Context, form: str) -> tuple[FormSetting, ...]:
    """Give every wording ever entered for a form, oldest first; the shipped one is not among it."""
    return stored.entered(context.file, form)


def enter(context: Context, setting: FormSetting) -> Recorded[FormSetting]:
    """Word a form from a day on. Needs the system seat.

    Raises FormUnknownError, Setting…Error, and what keeps the wording from being printed:
    MissingGlyphError, TextRoomError.
    """
    require_seat(operators.signed_in(context), Seat.ADMINISTRATOR)
    checked = check_setting(setting)
    require_printable(FormHead(setting=checked, unit=context.desk.office.name, number="编号"))
    with context.file.transaction():
        record(context, FormSettingEntered(setting=checked), on=checked.valid_from)
    return recorded(checked, "papers")
