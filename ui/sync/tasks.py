"""The forms of the page 报送: hand-over of a stick, enrolment of a partner, the list of keys."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from reliefdesk import wording
from reliefdesk.domain.desks import DeskKind
from reliefdesk.domain.partners import PartnerRow
from reliefdesk.domain.streams import EpochReason
from reliefdesk.services import desk_keys, partners, root, sticks, sync, verdicts
from reliefdesk.services.partners import EnrolOrder, RevokeOrder
from reliefdesk.services.recording import Context, Recorded
from reliefdesk.services.sticks import Found
from reliefdesk.services.sync import HandoverOrder, SentRow
from reliefdesk.services.verdicts import CorrectionOrder, CureOrder, VerdictLine
from ui.widgets.order_form import Box, Kind, Officers, Task, Values, terms

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


def ask_correction(office: PartnerRow, line: VerdictLine) -> Task:
    """What the district wants put right about an event that it set aside."""

    def run(context: Context, values: Values, _: Officers) -> Recorded[Any]:
        order = CorrectionOrder(
            partner=office.desk_id, epoch=line.epoch, seq=line.seq, text=values["text"]
        )
        return verdicts.ask_correction(context, order)

    name = office.office.name
    return Task(
        title=wording.text("sync_page.ask_title"),
        says=wording.text("sync_page.ask_says", office=name, seq=line.seq, label=line.label),
        boxes=(Box(name="text", label="要求", kind=Kind.NARRATIVE),),
        run=run,
        done=lambda _done: wording.text("sync_page.ask_done", office=name),
    )


def revoke(office: PartnerRow) -> Task:
    """A key counts no more: its computer is lost, or an old backup runs there."""

    def run(context: Context, values: Values, officers: Officers) -> Recorded[Any]:
        order = RevokeOrder(desk_id=office.desk_id, epoch=office.epoch, reason=values["reason"])
        return partners.revoke(context, order, officer=officers[0])

    name = office.office.name
    return Task(
        title=wording.text("sync_page.revoke_title"),
        says=wording.text("sync_page.revoke_says", office=name, seq=office.last_seq),
        boxes=(Box(name="reason", label="原因", kind=Kind.NARRATIVE),),
        run=run,
        done=lambda _done: wording.text("sync_page.revoked", office=name, seq=office.last_seq),
        seats=_SECOND,
    )


def epoch(stick: Found, written: Callable[[Any], str]) -> Task:
    """New keys for this desk; what the partner needs of them goes to the stick."""

    def run(context: Context, values: Values, officers: Officers) -> Recorded[Any]:
        sticks.require_ready(context, stick)
        done = desk_keys.open_epoch(context, values["reason"], officer=officers[0])
        return sticks.write_key(context, done.result, stick)

    return Task(
        title=wording.text("sync_page.epoch_title"),
        says=wording.text("sync_page.epoch_says"),
        boxes=(Box(name="reason", label="原因", kind=Kind.CHOICE, options=terms(EpochReason)),),
        run=run,
        done=written,
        seats=_SECOND,
    )


def days(now: int) -> Task:
    """After how many days silence and a missing answer are told."""

    def run(context: Context, values: Values, _: Officers) -> Recorded[Any]:
        return sync.set_answer_days(context, values["days"])

    options = [(count, f"{count}天") for count in sorted({3, 5, 7, 10, 15, 20, 30, 60, now})]
    return Task(
        title=wording.text("sync_page.days_title"),
        says=wording.text("sync_page.days_says"),
        boxes=(Box(name="days", label="天数", kind=Kind.CHOICE, options=options, begin=now),),
        run=run,
        done=lambda done: wording.text("sync_page.days_done", days=done),
    )


def enrol(kind: DeskKind, files: Sequence[Path]) -> Task:
    """A file from the stick, and the fingerprint that the other person reads from paper."""

    def run(context: Context, values: Values, officers: Officers) -> Recorded[Any]:
        order = EnrolOrder(
            content=sticks.read_key_file(values["file"]),
            office_name=values["office_name"],
            typed_fingerprint=values["fingerprint"],
        )
        if not kind.is_district:
            return partners.enrol_district(context, order, officer=officers[0])
        if partners.is_rotation(order.content):
            return partners.accept_rotation(context, order.content, officer=officers[0])
        return partners.enrol(context, order, officer=officers[0])

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
            Box(name="office_name", label="单位名称", needed=False),
            Box(name="fingerprint", label="纸上的指纹", needed=False),
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
