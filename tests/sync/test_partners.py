"""Who is known, and by whose eyes: two people, a fingerprint on paper, one root key."""

import pytest

from reliefdesk.domain.desks import DeskKind
from reliefdesk.domain.partners import (
    EnrolledAlreadyError,
    KeyListOldError,
    PartnerUnknownError,
    RoleError,
    RootDiffersError,
    RootMadeError,
    RootMissingError,
    SamePersonError,
)
from reliefdesk.keys.fingerprints import FingerprintDiffersError, FingerprintSlipError
from reliefdesk.keys.key_list import KeyListRefusedError
from reliefdesk.keys.root_key import new_root_key
from reliefdesk.services import desk_keys, partners, root, sync
from reliefdesk.services.partners import EnrolOrder, RevokeOrder
from tests.builders import LASENGMIAO, TestDesk, a_desk
from tests.sync.parties import APART, HAIBOWAN, Trio, desk_id, enrol, exchange


def a_third(trio: Trio) -> TestDesk:
    return a_desk(trio.folder / "c", office=LASENGMIAO, first_id=6 * APART)


def order_of(made: TestDesk, typed: str = "") -> EnrolOrder:
    paper = desk_keys.request_file(made.context())
    return EnrolOrder(
        content=paper.content,
        office_name=made.desk.genesis.office.name,
        typed_fingerprint=typed or paper.fingerprint,
    )


def test_an_office_is_known_only_after_the_other_person_read_its_fingerprint(trio: Trio) -> None:
    made = a_third(trio)
    context, officer = trio.district.context("系统己"), trio.district.officer("审批丙")
    with pytest.raises(FingerprintSlipError):
        partners.enrol(context, order_of(made, "1234"), officer=officer)
    other = partners.own_fingerprint(trio.a.context())
    with pytest.raises(FingerprintDiffersError):
        partners.enrol(context, order_of(made, other), officer=officer)
    with pytest.raises(SamePersonError):
        partners.enrol(context, order_of(made), officer=trio.district.officer("系统己"))
    done = partners.enrol(context, order_of(made), officer=officer).result
    assert done.office.name == LASENGMIAO.name
    with pytest.raises(EnrolledAlreadyError):
        partners.enrol(context, order_of(made), officer=officer)
    made.desk.close()


def test_an_office_enrolled_later_learns_everything_published_before(trio: Trio) -> None:
    made = a_third(trio)
    trio.a = made
    enrol(trio, made)
    exchange(trio, made)
    rows = made.context().file.value("SELECT count(*) FROM policy_rows WHERE origin <> ''")
    assert rows == 6
    assert sync.pending(made.context()).office == HAIBOWAN.name


def test_roles_are_not_mixed_up(trio: Trio) -> None:
    officer = trio.a.officer("审批丙")
    with pytest.raises(RoleError):
        partners.enrol(trio.a.context("系统己"), order_of(trio.b), officer=officer)
    with pytest.raises(RoleError):
        root.keep(trio.a.context("系统己"), root.new_code(), officer=officer)
    district = trio.district
    with pytest.raises(RoleError):
        partners.enrol(
            district.context("系统己"), order_of(district), officer=district.officer("审批丙")
        )


def test_there_is_one_root_key_and_no_other_is_taken(trio: Trio) -> None:
    context, officer = trio.district.context("系统己"), trio.district.officer("审批丙")
    with pytest.raises(RootMadeError):
        root.keep(context, root.new_code(), officer=officer)
    with pytest.raises(RootDiffersError):
        partners.district_card(context, new_root_key().code, officer=officer)
    made = a_desk(trio.folder / "d", office=HAIBOWAN, kind=DeskKind.DISTRICT, first_id=7 * APART)
    with pytest.raises(RootMissingError):
        partners.district_card(
            made.context("系统己"), trio.root_code, officer=made.officer("审批丙")
        )
    made.desk.close()


def test_an_old_or_foreign_card_is_refused(trio: Trio) -> None:
    context, officer = trio.district.context("系统己"), trio.district.officer("审批丙")
    card = partners.district_card(context, trio.root_code, officer=officer).result
    order = EnrolOrder(content=card.content, office_name="", typed_fingerprint="")
    own, second = trio.a.context("系统己"), trio.a.officer("审批丙")
    partners.enrol_district(own, order, officer=second)
    with pytest.raises(KeyListOldError):
        partners.enrol_district(own, order, officer=second)
    foreign = EnrolOrder(
        content=new_root_key().public.encode() + b"\n{}", office_name="", typed_fingerprint=""
    )
    with pytest.raises(RootDiffersError):
        partners.enrol_district(own, foreign, officer=second)
    for content in (b"", b"zz\n{}", b"00\n{}"):
        broken = EnrolOrder(content=content, office_name="", typed_fingerprint="")
        with pytest.raises(KeyListRefusedError):
            partners.enrol_district(own, broken, officer=second)


def test_a_partner_nobody_enrolled_is_unknown(trio: Trio) -> None:
    order = RevokeOrder(desk_id=desk_id(trio.district), epoch=1, reason="没有")
    with pytest.raises(PartnerUnknownError):
        partners.revoke(
            trio.district.context("系统己"), order, officer=trio.district.officer("审批丙")
        )


def test_the_list_of_partners_says_how_long_each_was_silent(trio: Trio) -> None:
    exchange(trio, trio.a)
    heard, silent = partners.listed(trio.district.context())
    assert (heard.last_number, heard.silent_days) == (1, 0)
    assert (silent.last_number, silent.last_imported_on) == (0, None)
