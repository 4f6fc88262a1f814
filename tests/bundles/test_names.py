"""File names: office and number and no person, kept by every file system as they are."""

import re
from dataclasses import replace

import pytest

from reliefdesk.bundles import names
from tests.bundles.forge import LINES
from tests.bundles.parties import a_plan, sealed

MANIFEST = sealed(LINES, a_plan()).manifest


def test_a_name_has_capital_letters_digits_dashes_and_one_dot() -> None:
    for number in (1, 999_999, 1_000_000):
        name = names.name_of(replace(MANIFEST, number=number))
        assert re.fullmatch(r"[A-Z0-9-]+\.[A-Z0-9-]+", name)
        assert names.told_by(name) == ("150302003", number)


def test_two_bundles_of_one_number_have_two_names() -> None:
    again = sealed(LINES[:1], a_plan()).manifest
    assert again.number == MANIFEST.number
    assert names.name_of(again) != names.name_of(MANIFEST)


@pytest.mark.parametrize("change", [str.lower, lambda name: name.replace(".", " (1)."), str])
def test_a_renamed_copy_is_still_understood(change: type[str]) -> None:
    assert names.told_by(change(names.name_of(MANIFEST))) == ("150302003", 7)


@pytest.mark.parametrize("name", ["", "CON", "RD-1-2-3.AGE", "照片.AGE", "RD--000001-1A2B3C4D.AGE"])
def test_a_strange_name_says_nothing(name: str) -> None:
    assert names.told_by(name) == ("", 0)
