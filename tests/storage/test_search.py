"""A person is found from whatever the clerk has, while it is being typed."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reliefdesk.domain.identity import DocumentKind, Sex
from reliefdesk.domain.ids import PersonId, ReceiptNo
from reliefdesk.domain.persons import HukouKind, PersonDetails
from reliefdesk.storage import migrations, search
from reliefdesk.storage.desk_file import DeskFile
from reliefdesk.storage.initials import SURNAMES, initials

JIA = PersonDetails(
    kind=next(iter(DocumentKind)),
    number_typed="640181198506179976",
    number="640181198506179976",
    same_key="640181198506179976",
    name="单小乐",
    former_name="解大·海",
    sex=Sex.UNKNOWN,
    ethnicity="",
    birth_on=None,
    hukou_place="",
    hukou_code="",
    hukou_kind=HukouKind.UNKNOWN,
    phone="13800000001",
    bank_card="",
    identity_note="",
    override_reason="",
    override_by=None,
)
YI = replace(
    JIA,
    number="41152519920304996X",
    same_key="41152519920304996X",
    name="John van Smith",
    former_name="",
    phone="",
)
A, B = PersonId("person-a"), PersonId("person-b")


def _desk(**persons: PersonDetails) -> DeskFile:
    file = DeskFile.memory()
    migrations.create_tables(file)
    with file.transaction():
        for person_id, details in persons.items():
            search.index_person(file, PersonId(f"person-{person_id}"), details)
    return file


@pytest.mark.parametrize(
    "text",
    [
        "640181198506179976",
        "6401",
        "６４０１８１",
        "9976",
        "179976",
        "19850617",
        "单",
        "单小乐",
        "小乐",
        "乐",
        "sxl",
        "dxl",
        "SXY",
        "解大海",
        "解大·海",
        "解大・海",
        "xdh",
        "138",
        "0001",
        "138-0000-0001",
        "000001 单",
        "sxl 9976 138",
    ],
)
def test_what_a_clerk_has_finds_the_person(text: str) -> None:
    assert search.find(_desk(a=JIA, b=YI), text, 10) == (A,)


@pytest.mark.parametrize("text", ["smith", "SMITH john", "van smith", "johnvan", "996x", "996Ｘ"])
def test_latin_names_are_found_by_each_word(text: str) -> None:
    assert search.find(_desk(a=JIA, b=YI), text, 10) == (B,)


@pytest.mark.parametrize("text", ["", "   ", "-", "·", "9977", "sx l z", "mith", "单 smith"])
def test_nothing_is_found_for_what_fits_nobody(text: str) -> None:
    assert search.find(_desk(a=JIA, b=YI), text, 10) == ()


def test_a_receipt_finds_its_recipient_whole_and_by_its_end() -> None:
    file = _desk(a=JIA, b=YI)
    with file.transaction():
        search.index_number(file, ReceiptNo("XJ-150302003-2021-000017"), B)
        search.index_number(file, ReceiptNo("XJ-150302003-2021-000018"), A)
        search.index_number(file, ReceiptNo("XJ-150302003-2021-000019"), B)
    for text in ("XJ-150302003-2021-000017", "xj1503020032021000017", "000017", "2021-000019"):
        assert search.find(file, text, 10) == (B,)
    assert set(search.find(file, "XJ", 10)) == {A, B}


def test_a_receipt_may_come_before_the_person_is_known_here() -> None:
    file = _desk()
    with file.transaction():
        search.index_number(file, ReceiptNo("XJ-150302003-2021-000017"), A)
        search.index_person(file, A, JIA)
    assert search.find(file, "000017 单", 10) == (A,)


def test_a_key_of_person_and_receipt_alike_is_kept_once_and_outlives_either() -> None:
    file = _desk(a=JIA)
    with file.transaction():
        search.index_number(file, ReceiptNo("XJ-150302003-2021-000001"), A)
    assert search.faults(file) == 0
    with file.transaction():
        search.index_person(file, A, replace(JIA, phone=""))
    assert search.find(file, "000001", 5) == (A,)


def test_a_corrected_person_is_no_longer_found_by_the_error_but_by_the_receipt() -> None:
    file = _desk(a=JIA)
    with file.transaction():
        search.index_number(file, ReceiptNo("XJ-150302003-2021-000017"), A)
        search.index_person(file, A, replace(JIA, name="王小明", phone=""))
    assert search.find(file, "单", 10) == ()
    assert search.find(file, "138", 10) == ()
    assert search.find(file, "wxm 000017", 10) == (A,)


def test_the_exact_key_comes_first_and_the_limit_holds() -> None:
    longer = {f"{n}": replace(JIA, name=f"王{chr(0x4E00 + n)}") for n in range(30)}
    file = _desk(**longer, exact=replace(JIA, name="王"))
    found = search.find(file, "王", 10)
    assert found[0] == PersonId("person-exact")
    assert len(found) == len(set(found)) == 10


def test_a_person_whose_keys_fill_the_first_rows_does_not_hide_the_others() -> None:
    file = _desk(a=replace(JIA, number="0" * 18, same_key="0" * 18), b=replace(JIA, phone="01"))
    assert set(search.find(file, "0", 2)) == {A, B}


def test_two_terms_that_each_fit_thousands_still_meet(monkeypatch: pytest.MonkeyPatch) -> None:
    file = _desk(a=JIA, b=YI, c=replace(JIA, name="单大"))
    monkeypatch.setattr(search, "_ROUGH_MAX", 1)  # as if thousands fitted
    assert set(search.find(file, "单 138", 10)) == {A, PersonId("person-c")}
    assert len(search.find(file, "单 138", 1)) == 1


@given(st.text(max_size=80))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_breaks_the_search(text: str) -> None:
    assert search.find(_desk(a=JIA), text, 5) in ((), (A,))


NAMES = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=6)


@given(NAMES)
def test_every_part_and_the_first_initials_of_a_name_find_it(name: str) -> None:
    file = _desk(a=replace(JIA, name=name))
    for start in range(len(name)):
        assert search.find(file, name[start:], 5) == (A,)
    for spelled in initials(name):
        assert search.find(file, spelled, 5) == (A,)


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("单雄信", "sxx"),
        ("解晓东", "xxd"),
        ("仇和", "qh"),
        ("区志强", "ozq"),
        ("尉迟恭", "ycg"),
        ("万俟卨", "mqx"),
        ("欧阳娜", "oyn"),
        ("翟天临", "ztl"),
        ("朴树", "ps"),
        ("阿卜杜拉", "abdl"),
        ("贾乐", "jl"),
        ("𠮷田", "jt"),
    ],
)
def test_surnames_are_read_as_surnames(name: str, spelled: str) -> None:
    assert spelled in initials(name)


def test_a_name_with_many_readings_keeps_all_of_its_first_character() -> None:
    spelled = initials("乐长重行")
    assert {text[0] for text in spelled} == {"y", "l"}
    assert len(spelled) <= 8
    assert initials("") == ()
    assert initials("\U0002a6d0") == ()
    assert len(SURNAMES) >= 60


def test_pinyin_is_not_loaded_before_it_is_needed() -> None:
    program = (
        "import sys; from reliefdesk.storage import initials; assert 'pypinyin' not in sys.modules;"
        "print(initials.initials('王'), 'pypinyin.phrases_dict' in sys.modules)"
    )
    surroundings = {"PATH": os.defpath, "PYTHONPATH": str(Path(__file__).parents[2])}
    answer = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env=surroundings,
    )
    assert answer.stdout == "('w', 'y') False\n"
