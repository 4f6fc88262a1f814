"""The list of all forms to be looked at: name of the picture → function that gives the PDF.

A file of forms joins by one line in `_ROOMS` and offers `FORMS`.
"""

from collections.abc import Callable

from tests.gallery import (
    book_forms,
    case_forms,
    check_forms,
    desk_forms,
    drawer_forms,
    folder_forms,
    money_forms,
    sync_forms,
)

_ROOMS = (
    book_forms.FORMS,
    case_forms.FORMS,
    check_forms.FORMS,
    desk_forms.FORMS,
    drawer_forms.FORMS,
    folder_forms.FORMS,
    money_forms.FORMS,
    sync_forms.FORMS,
)

FORMS: dict[str, Callable[[], bytes]] = {
    name: make for room in _ROOMS for name, make in room.items()
}
