"""The forms of the page 报送: hand-over of a stick, enrolment of a partner, the list of keys."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from reliefdesk import wording
from reliefdesk.domain.desks import DeskKind
from reliefdesk.services import partners, root, sticks, sync, verdicts
from reliefdesk.services.partners import EnrolOrder
from reliefdesk.services.recording import Context, Recorded
from reliefdesk.services.sticks import Found
from reliefdesk.services.sync import HandoverOrder, SentRow
from reliefdesk.services.verdicts import CureOrder, VerdictLine
from ui.widgets.order_form import Box, Kind, Officers, Task, Values

_SECOND = (("核对人", None),)


def hand_over(row: SentRow, today: date) -> Task:
    """The signed slip: day and person."""

    def run(context: Context, values: Values, _: Officers) -> Recorded[Any]:
        order = HandoverOrder(manifest_id=row.manifest_id, **values)
        return sync.hand_over(context, order)

    return Task(
        title=wording.text("sync_page.hand_title"),
        says=wording.text("sync_page.hand_says", number=row.number),
        boxes=(
            Box(name="handed_on", label="移交日期", kind=Kind.DAY, begin=today),
            Box(name="receiver", label="收件人"),
        ),
        run=run,
        done=lambda done: wording.text(
            "sync_page.handed", number=done.number, on=done.handed_on, receiver=done.receiver
        ),
    )


def cure(row: SentRow, line: VerdictLine) -> Task:
    """How a record that was set aside was put right by later records."""

    def run(context: Context, values: Values, _: Officers) -> Recorded[Any]:
        epoch = sync.stored_bundle(context, row.manifest_id).details.epoch
        return verdicts.cure(context, CureOrder(epoch=epoch, seq=line.seq, note=values["note"]))

    return Task(
        title=wording.text("sync_page.cure_title"),
        says=wording.text("sync_page.cure_says", seq=line.seq, label=line.label),
        boxes=(Box(name="note", label="怎样更正的", kind=Kind.NARRATIVE),),
        run=run,
        done=lambda _done: wording.text("sync_page.cure_done"),
    )


def enrol(kind: DeskKind, files: Sequence[Path]) -> Task:
    """A file from the stick, and the fingerprint that the other person reads from paper."""

    def run(context: Context, values: Values, officers: Officers) -> Recorded[Any]:
        order = EnrolOrder(
            content=sticks.read_key_file(values["file"]),
            office_name=values["office_name"],
            typed_fingerprint=values["fingerprint"],
        )
        act = partners.enrol if kind.is_district else partners.enrol_district
        return act(context, order, officer=officers[0])

    options = [(path, path.name) for path in files]
    return Task(
        title=wording.text("sync_page.enrol_title"),
        says=wording.text("sync_page.enrol_says"),
        boxes=(
            Box(
                name="file",
                label="登记文件",
                kind=Kind.CHOICE,
                options=options,
                begin=files[-1],
            ),
            Box(name="office_name", label="单位名称"),
            Box(name="fingerprint", label="纸上的指纹"),
        ),
        run=run,
        done=lambda done: wording.text(
            "sync_page.enrolled", office=done.office.name, fingerprint=done.fingerprint
        ),
        seats=_SECOND,
    )


def card(stick: Found, written: Callable[[Any], str]) -> Task:
    """The list of keys, signed with the root code from the sealed paper."""

    def run(context: Context, values: Values, officers: Officers) -> Recorded[Any]:
        done = partners.district_card(context, values["code"], officer=officers[0])
        return sticks.write_key(context, done.result, stick)

    return Task(
        title=wording.text("sync_page.card_title"),
        says=wording.text("sync_page.card_says"),
        boxes=(Box(name="code", label="根密钥"),),
        run=run,
        done=written,
        seats=_SECOND,
    )


def keep_root() -> Task:
    """The root key counts once it was typed back from its paper before a second person."""

    def run(context: Context, values: Values, officers: Officers) -> Recorded[Any]:
        return root.keep(context, values["code"], officer=officers[0])

    return Task(
        title=wording.text("sync_page.root_title"),
        says=wording.text("sync_page.root_says"),
        boxes=(Box(name="code", label="纸上的根密钥"),),
        run=run,
        done=lambda done: wording.text("sync_page.root_done", fingerprint=done),
        seats=_SECOND,
    )
