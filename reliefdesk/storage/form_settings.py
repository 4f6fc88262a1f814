"""The wording of forms as rows that are only ever added to; the newest that fits a day holds."""

from datetime import date
from typing import cast

from reliefdesk.domain.events import Entry
from reliefdesk.domain.form_settings import FormSetting, FormSettingEntered
from reliefdesk.storage import canonical
from reliefdesk.storage.apply import Apply
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.triggers import append_only

TABLES = f"""
CREATE TABLE form_settings(
  seq INTEGER PRIMARY KEY,
  form TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  content TEXT NOT NULL,
  origin TEXT NOT NULL
) STRICT;
CREATE INDEX form_settings_form ON form_settings(form, valid_from);
{append_only("form_settings")}
"""


def entered(file: DeskFile, form: str) -> tuple[FormSetting, ...]:
    """Give every setting of a form in the order it was entered."""
    rows = file.rows(
        "SELECT content FROM form_settings WHERE form = ? AND origin = '' ORDER BY seq", (form,)
    )
    return tuple(_setting(row["content"]) for row in rows)


def latest(file: DeskFile, form: str, on: date) -> FormSetting | None:
    """Give the setting in force on a day, or None where the office never worded the form."""
    content = file.value(
        "SELECT content FROM form_settings WHERE form = ? AND valid_from <= ? AND origin = '' "
        "ORDER BY valid_from DESC, seq DESC LIMIT 1",
        (form, on.isoformat()),
    )
    return None if content is None else _setting(content)


def _setting(content: str) -> FormSetting:
    return cast("FormSetting", canonical.decode(content, FormSetting))


def _entered(file: DeskFile, entry: Entry, event: FormSettingEntered) -> None:
    setting = event.setting
    file.execute(
        "INSERT INTO form_settings VALUES (?,?,?,?,?)",
        (
            entry.seq,
            setting.form,
            setting.valid_from.isoformat(),
            canonical.encode(setting),
            entry.origin,
        ),
    )


APPLY: dict[type, Apply] = {FormSettingEntered: _entered}
