"""The forms of a merger at its two offices: keys compared, cash given and taken, closing."""

from typing import Any

from reliefdesk import wording
from reliefdesk.clock import IdSource
from reliefdesk.domain.ids import EntryId
from reliefdesk.domain.mergers import Merger, MergerSide
from reliefdesk.domain.operators import Seat
from reliefdesk.services import mergers
from reliefdesk.services.mergers import GiveOrder, TakeOrder
from reliefdesk.services.recording import Context, Recorded
from ui.widgets.order_form import Box, Kind, Officers, Task, Values

_SECOND = (("核对人", None),)


def know(row: Merger, side: MergerSide) -> Task:
    """The other office's fingerprint, read from paper by another person."""
    desk_id = row.told.closing.desk_id

    def run(context: Context, values: Values, officers: Officers) -> Recorded[Any]:
        return mergers.know(context, desk_id, values["fingerprint"], officer=officers[0])

    return Task(
        title=wording.text("mergers.know_title"),
        says=wording.text("mergers.know_says", office=side.office.name),
        boxes=(Box(name="fingerprint", label="纸上的指纹"),),
        run=run,
        done=lambda done: wording.text("mergers.known", office=done.office.name),
        seats=_SECOND,
    )


def give(row: Merger, ids: IdSource) -> Task:
    """The counted cash of one drawer goes to the heir's cashier."""
    entry_id = EntryId(ids.new())

    def run(context: Context, values: Values, officers: Officers) -> Recorded[Any]:
        order = GiveOrder(entry_id=entry_id, receiver=values["receiver"])
        return mergers.give_cash(context, order, giver=officers[0], witness=officers[1])

    heir = row.told.heir.office.name
    return Task(
        title=wording.text("mergers.give_title"),
        says=wording.text("mergers.give_says", heir=heir),
        boxes=(Box(name="receiver", label="接收人姓名"),),
        run=run,
        done=lambda done: wording.text("mergers.given", amount=done, heir=heir),
        seats=(("移交出纳", Seat.CASHIER), ("监交人", Seat.APPROVER)),
    )


def close(row: Merger) -> Task:
    """The office's last act; the word is typed so that nobody closes it by a slip."""
    word = wording.text("mergers.close_word")

    def run(context: Context, _values: Values, officers: Officers) -> Recorded[Any]:
        return mergers.close(context, officer=officers[0])

    return Task(
        title=wording.text("mergers.close_title"),
        says=wording.text("mergers.close_says", heir=row.told.heir.office.name),
        boxes=(Box(name="sure", label="确认", kind=Kind.CHOICE, options=[(word, word)]),),
        run=run,
        done=lambda _done: wording.text("mergers.closed_done"),
        seats=(("负责人", Seat.APPROVER),),
    )


def take(row: Merger) -> Task:
    """Go on with the closed office's cases."""

    def run(context: Context, _values: Values, officers: Officers) -> Recorded[Any]:
        return mergers.take_over(context, row.told.closing.desk_id, officer=officers[0])

    word = wording.text("mergers.take_word")
    office = row.told.closing.office.name
    count = 0 if row.closed is None else row.closed.open_cases
    return Task(
        title=wording.text("mergers.take_title"),
        says=wording.text("mergers.take_says", office=office, count=count),
        boxes=(Box(name="sure", label="确认", kind=Kind.CHOICE, options=[(word, word)]),),
        run=run,
        done=lambda _done: wording.text("mergers.taken_done", office=office, count=count),
        seats=(("负责人", Seat.APPROVER),),
    )


def cash(row: Merger, ids: IdSource) -> Task:
    """Count what the other office's cashier brings, and take it into a drawer."""
    entry_id = EntryId(ids.new())
    options = [
        (each.entry_id, f"{each.given_on} {each.giver} {each.amount.figures}元")
        for each in row.cash
        if each.taken_on is None
    ]

    def run(context: Context, values: Values, officers: Officers) -> Recorded[Any]:
        order = TakeOrder(entry_id=entry_id, desk_id=row.told.closing.desk_id, **values)
        return mergers.take_cash(context, order, receiver=officers[0], witness=officers[1])

    return Task(
        title=wording.text("mergers.cash_title"),
        says=wording.text("mergers.cash_says", office=row.told.closing.office.name),
        boxes=(
            Box(
                name="given_id",
                label="移交记录",
                kind=Kind.CHOICE,
                options=options,
                begin=options[0][0] if len(options) == 1 else None,
            ),
            Box(name="counted", label="当面清点金额", kind=Kind.AMOUNT),
        ),
        run=run,
        done=lambda done: wording.text("mergers.cash_done", amount=done),
        seats=(("接收出纳", Seat.CASHIER), ("监交人", Seat.APPROVER)),
    )
