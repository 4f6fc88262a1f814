"""Helped elsewhere this year: the district's list at another office's counter (scenario 4)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from reliefdesk.domain.case_records import ApprovalOrder, Case
from reliefdesk.domain.cases import Finding, Stage
from reliefdesk.domain.decisions import DistrictNeededError
from reliefdesk.domain.eligibility import Eligibility
from reliefdesk.domain.identity import DocumentKind
from reliefdesk.domain.intake import CaseDraft, MemberDraft
from reliefdesk.domain.money import Money
from reliefdesk.domain.operators import SeatMissingError
from reliefdesk.domain.partners import OfficeMerged, RoleError, SamePersonError
from reliefdesk.domain.persons import PersonDraft
from reliefdesk.domain.tokens import (
    AmountClass,
    ListState,
    TokenGroup,
    TokenListIssued,
    TokenOfficeError,
    TokenTheftError,
    class_of,
    in_parts,
)
from reliefdesk.keys import tokens as keys
from reliefdesk.services import cases, decisions, messages, token_checks, tokens
from reliefdesk.services.recording import record
from tests.builders import (
    P01,
    P02,
    P03,
    TestDesk,
    a_draft,
    a_reviewed_case,
    an_approved_case,
)
from tests.services.money import a_signed_payment, approved, reverse
from tests.sync.merging import merged
from tests.sync.parties import (
    Trio,
    desk_id,
    exchange,
    pay_somebody,
    require_sound,
    rows_of,
    send,
    take,
)

JUNE = datetime(2021, 6, 10, 1, 0, tzinfo=UTC)
LEGACY = PersonDraft(
    number="620102781121951", name="测试丙", hukou_place="甘肃省兰州市", hukou_code="620102"
)


def in_june(trio: Trio) -> None:
    """Let everybody's clock go to June."""
    for made in (trio.a, trio.b, trio.district):
        made.clock.set(JUNE)


def issue_to(trio: Trio, office: TestDesk) -> None:
    """Issue a list to an office and carry it there."""
    tokens.issue(trio.district.context("系统己"), desk_id(office))
    take(office, send(trio, trio.district, office))


def looked_at(office: TestDesk, draft: CaseDraft) -> Eligibility:
    """Let the counter look at a form."""
    found = cases.check(office.context(), draft).eligibility
    assert found is not None
    return found


def reasons(office: TestDesk, draft: CaseDraft) -> dict[str, dict[str, str]]:
    """Give the reasons by their code, with what they name."""
    record = looked_at(office, draft).record
    return {one.code.partition(".")[2]: one.facts for one in record.reasons}


def approve(office: TestDesk, found: Case, document: str = "") -> Case:
    order = ApprovalOrder(
        case_id=found.case_id,
        seen_version=found.version,
        amount=found.request.requested,
        district_document=document,
    )
    return decisions.approve(office.context(), order, officer=office.officer("审批丙")).result


def test_who_was_helped_elsewhere_this_year_is_helped_again_only_by_the_district(
    trio: Trio,
) -> None:
    pay_somebody(trio.a)
    exchange(trio, trio.a)
    in_june(trio)
    issue_to(trio, trio.b)
    hit = reasons(trio.b, a_draft(at=JUNE))["helped_elsewhere"]
    assert hit == {
        "who": "本人",
        "month": "2021年3月",
        "amount_class": "1000元以上至2000元",
        "on": "2021-06-10",
    }
    found = a_reviewed_case(trio.b, a_draft(at=JUNE))
    with pytest.raises(DistrictNeededError):
        approve(trio.b, found)
    assert approve(trio.b, found, "海民批〔2021〕8号").stage is Stage.APPROVED
    require_sound(trio.a, trio.b, trio.district)


def test_own_payments_do_not_hit_and_strangers_are_clear(trio: Trio) -> None:
    pay_somebody(trio.a)
    exchange(trio, trio.a)
    for office in (trio.a, trio.b):
        issue_to(trio, office)
    assert "helped_elsewhere" not in reasons(trio.a, a_draft())
    assert reasons(trio.b, a_draft(P02))["list_clear"] == {"on": "2021-03-10"}
    shown = {row.office: row.total for row in tokens.offices(trio.district.context())}
    assert shown == {"新华街道办事处": 0, "滨河街道办事处": 1}


@pytest.mark.parametrize(
    ("paid", "asked"),
    [
        (LEGACY, "620102197811219512"),
        (replace(LEGACY, number="620102197811219512"), "620102781121951"),
        (replace(LEGACY, number="11010519491231002x"), "11010519491231002X"),
        (replace(LEGACY, number="11010519491231002X"), "１１０１０５１９４９１２３１００２ｘ"),
        (replace(LEGACY, kind=DocumentKind.PASSPORT, number="e12345678"), "Ｅ12345678"),
        (replace(LEGACY, number="810000199005209973"), "810000199005209973 "),
        (replace(LEGACY, number="932682198501010017"), "932682198501010017"),
    ],
)
def test_every_spelling_of_a_number_is_found(trio: Trio, paid: PersonDraft, asked: str) -> None:
    a_signed_payment(trio.a, approved(trio.a, a_draft(paid), document="虚构批〔2021〕1号"))
    exchange(trio, trio.a)
    issue_to(trio, trio.b)
    assert "helped_elsewhere" in reasons(trio.b, a_draft(replace(paid, number=asked)))


def test_a_member_of_a_helped_household_is_found_as_one(trio: Trio) -> None:
    pay_somebody(trio.a)
    exchange(trio, trio.a)
    issue_to(trio, trio.b)
    member = MemberDraft(name=P01.name, relation="配偶", number=P01.number)
    family = replace(a_draft(P02), members=(member,))
    assert reasons(trio.b, family)["helped_elsewhere"]["who"] == "共同生活成员"


def test_without_a_list_the_counter_warns_and_lets_the_case_go_on(trio: Trio) -> None:
    found = a_reviewed_case(trio.b)
    notes = {one.code: one.finding for one in found.eligibility.reasons}
    assert notes["eligibility.list_missing"] is Finding.NOTE
    assert found.eligibility.finding is Finding.MEETS
    assert approve(trio.b, found).stage is Stage.APPROVED


def test_a_list_older_than_the_setting_warns_and_still_finds(trio: Trio) -> None:
    pay_somebody(trio.a)
    exchange(trio, trio.a)
    issue_to(trio, trio.b)
    trio.b.clock.advance(timedelta(days=31))
    draft = a_draft(at=trio.b.clock.now())
    assert {"helped_elsewhere", "list_old"} <= reasons(trio.b, draft).keys()
    token_checks.set_list_days(trio.b.context("系统己"), 40)
    assert "list_old" not in reasons(trio.b, draft)
    with pytest.raises(SeatMissingError):
        token_checks.set_list_days(trio.b.context(), 40)


def test_last_years_list_is_named_and_not_used(trio: Trio) -> None:
    pay_somebody(trio.a)
    exchange(trio, trio.a)
    issue_to(trio, trio.b)
    for made in (trio.b, trio.district):
        made.clock.set(datetime(2022, 1, 4, 1, 0, tzinfo=UTC))
    found = reasons(trio.b, a_draft(at=trio.b.clock.now()))
    assert "helped_elsewhere" not in found
    assert (found["list_expired"]["year"], found["list_expired"]["on"]) == ("2021", "2021-03-10")
    (row,) = (one for one in tokens.offices(trio.district.context()) if one.total)
    assert row.state is ListState.EXPIRED
    old = rows_of(trio.b, "token_lists", "salt")
    issue_to(trio, trio.b)  # a new year, a new salt, and nobody helped yet
    assert token_checks.held_list(trio.b.context()).state is ListState.CURRENT
    assert old.isdisjoint(rows_of(trio.b, "token_lists", "salt", "held = parts AND year = 2022"))
    assert not rows_of(trio.b, "tokens", "token")


def test_a_bundle_that_comes_after_its_list_expired_says_so(trio: Trio) -> None:
    tokens.issue(trio.district.context("系统己"), desk_id(trio.b))
    late = send(trio, trio.district, trio.b)
    trio.b.clock.set(datetime(2022, 1, 4, 1, 0, tzinfo=UTC))
    (row,) = take(trio.b, late)
    assert any("名单已过期" in said for said in row.warnings)
    assert token_checks.held_list(trio.b.context()).state is ListState.EXPIRED


def test_a_reversed_payment_is_not_in_the_next_list(trio: Trio) -> None:
    paid = a_signed_payment(trio.a, an_approved_case(trio.a))
    exchange(trio, trio.a)
    issue_to(trio, trio.b)
    assert "helped_elsewhere" in reasons(trio.b, a_draft())
    reverse(trio.a, paid.receipt_no)
    exchange(trio, trio.a)
    issue_to(trio, trio.b)
    assert "helped_elsewhere" not in reasons(trio.b, a_draft())


def test_a_merged_office_gets_no_list_and_its_people_stay_in_the_others(trio: Trio) -> None:
    pay_somebody(trio.a)
    exchange(trio, trio.a)
    district = trio.district.context("系统己")
    merged = OfficeMerged(
        desk_id=desk_id(trio.a),
        into=desk_id(trio.b),
        merged_on=date(2021, 3, 10),
        document="虚构并〔2021〕1号",
    )
    with district.file.transaction():
        record(district, merged)
    with pytest.raises(TokenOfficeError):
        tokens.issue(district, desk_id(trio.a))
    issue_to(trio, trio.b)
    assert "helped_elsewhere" in reasons(trio.b, a_draft())


def test_what_an_heir_took_over_is_its_own_and_no_hit(trio: Trio) -> None:
    pay_somebody(trio.b)
    exchange(trio, trio.b)
    issue_to(trio, trio.a)
    assert "helped_elsewhere" in reasons(trio.a, a_draft())
    merged(trio)
    exchange(trio, trio.a)
    issue_to(trio, trio.a)
    found = reasons(trio.a, a_draft())
    assert "helped_elsewhere" not in found
    assert "frequency_paid" in found  # its own books say so now


def test_after_a_theft_new_lists_have_new_salt_and_key(trio: Trio) -> None:
    pay_somebody(trio.a)
    exchange(trio, trio.a)
    issue_to(trio, trio.b)
    stolen = rows_of(trio.b, "token_lists", "salt, key")
    tokens_before = rows_of(trio.b, "tokens", "token")
    district, officer = trio.district.context("系统己"), trio.district.officer("审批丙")
    assert tokens.renew(district, "滨河街道的电脑失窃", officer=officer).result == 2
    states = {row.state for row in tokens.offices(district)}
    assert states == {ListState.RENEWED, ListState.MISSING}
    issue_to(trio, trio.b)
    fresh = rows_of(trio.b, "token_lists", "salt, key", "salt <> ''")
    assert len(fresh) == 1
    assert fresh.isdisjoint(stolen)
    assert rows_of(trio.b, "tokens", "token").isdisjoint(tokens_before)
    assert "helped_elsewhere" in reasons(trio.b, a_draft())
    require_sound(trio.b, trio.district)


def test_a_list_names_nobody_and_no_office_and_lies_in_no_plain_byte(trio: Trio) -> None:
    pay_somebody(trio.a)
    exchange(trio, trio.a)
    tokens.issue(trio.district.context("系统己"), desk_id(trio.b))
    (line,) = (
        str(text)
        for (text,) in rows_of(trio.district, "outgoing_messages", "line")
        if "TokenListIssued" in str(text)
    )
    for secret in (P01.number, P01.name, "新华", "150302003", P01.hukou_place):
        assert secret not in line
    file = send(trio, trio.district, trio.b)
    key = keys.list_key(str(*next(iter(rows_of(trio.district, "token_secrets", "secret")))), "")
    desk = (trio.folder / "district" / "desk.rdk").read_bytes()
    for hidden in (key.salt, P01.number):
        assert hidden.encode() not in file.read_bytes() + desk
    take(trio.b, file)
    (row,) = rows_of(trio.b, "tokens", "token")
    stolen = b"".join(part.read_bytes() for part in (trio.folder / "b").iterdir() if part.is_file())
    assert str(row[0]).encode() not in stolen  # without the passphrase there is no list
    assert bytes.fromhex(str(row[0])) not in stolen


def test_somebody_is_found_in_a_list_of_ten_thousand(trio: Trio) -> None:
    key = keys.list_key(keys.new_secret(), desk_id(trio.b))
    strangers = sorted({keys.new_secret()[:32] for _ in range(9_999)})
    mine = keys.token(P03.number, key)
    groups = (
        TokenGroup(month="2021-01", amount_class=AmountClass.TO_500, tokens=tuple(strangers)),
        TokenGroup(month="2021-02", amount_class=AmountClass.ABOVE, tokens=(mine,)),
    )
    district = trio.district.context()
    parts = in_parts(groups)
    assert [sum(len(one.tokens) for one in part) for part in parts] == [4000, 4000, 2000]
    with district.file.transaction():
        for place, part in enumerate(parts, start=1):
            message = TokenListIssued(
                list_id="list-1",
                recipient=desk_id(trio.b),
                generation=1,
                year=2021,
                issued_on=date(2021, 3, 10),
                since=date(2021, 1, 1),
                until=date(2021, 12, 31),
                salt=key.salt,
                key=key.key,
                part=place,
                parts=3,
                total=10_000,
                groups=part,
            )
            messages.queue(district, desk_id(trio.b), message)
    take(trio.b, send(trio, trio.district, trio.b))
    assert reasons(trio.b, a_draft(P03))["helped_elsewhere"]["month"] == "2021年2月"
    assert "list_clear" in reasons(trio.b, a_draft(P02))
    require_sound(trio.b, trio.district)


def test_a_new_list_takes_the_place_of_the_one_before(trio: Trio) -> None:
    pay_somebody(trio.a)
    exchange(trio, trio.a)
    issue_to(trio, trio.b)
    pay_somebody(trio.a, draft=a_draft(P02))
    exchange(trio, trio.a)
    issue_to(trio, trio.b)
    assert len(rows_of(trio.b, "tokens", "list_id")) == 1
    assert len(rows_of(trio.b, "tokens", "token")) == 2


def test_numbers_are_stretched_a_few_at_a_time_and_once(trio: Trio) -> None:
    pay_somebody(trio.a)
    pay_somebody(trio.a, draft=a_draft(P02))
    exchange(trio, trio.a)
    district = trio.district.context("系统己")
    assert tokens.missing(district) == 2
    assert [tokens.stretch(district, 1), tokens.stretch(district, 1)] == [1, 0]
    kept = rows_of(trio.district, "token_stretches", "slow")
    tokens.issue(district)
    assert rows_of(trio.district, "token_stretches", "slow") == kept


def test_only_a_district_makes_lists_and_never_one_person_alone_new_keys(trio: Trio) -> None:
    with pytest.raises(RoleError):
        tokens.issue(trio.a.context("系统己"))
    for act in (tokens.issue, tokens.stretch):
        with pytest.raises(SeatMissingError):
            act(trio.district.context())
    district = trio.district.context("系统己")
    with pytest.raises(SamePersonError):
        tokens.renew(district, "失窃", officer=trio.district.officer("系统己"))
    with pytest.raises(TokenTheftError):
        tokens.renew(district, " ", officer=trio.district.officer("审批丙"))


def test_people_without_papers_are_in_no_list(trio: Trio) -> None:
    nobody = PersonDraft(
        kind=DocumentKind.NO_DOCUMENT, name="自称老王", identity_note="男，约40岁，左手有疤"
    )
    found = approved(trio.a, a_draft(nobody))
    a_signed_payment(trio.a, found)
    exchange(trio, trio.a)
    assert rows_of(trio.district, "payments", "case_id") == {(found.case_id,)}
    assert tokens.missing(trio.district.context()) == 0


def test_each_class_of_amount_holds_its_upper_limit() -> None:
    assert class_of(Money.parse("500")) is AmountClass.TO_500
    assert class_of(Money.parse("500.01")) is AmountClass.TO_1000
    assert class_of(Money.parse("2000")) is AmountClass.TO_2000
    assert class_of(Money.parse("2000.01")) is AmountClass.ABOVE
