"""Invented persons in any number, with the surnames and given names that clerks type most."""

import random
from dataclasses import replace

from stdnum.iso7064 import mod_11_2

from reliefdesk.domain.persons import PersonDetails
from tests.storage.test_search import JIA

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧单解查仇区曾翟朴"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀英霞平刚桂兰乐行长重文华建国志海山玉梅红春"


def details_of(chance: random.Random, number: int) -> PersonDetails:
    """The person of this number: an identity of one's own, a common name, a mobile phone."""
    digits = f"{chance.randrange(110000, 660000)}19{chance.randrange(30, 99)}{number % 10**7:07d}"
    identity = digits + mod_11_2.calc_check_digit(digits)
    name = chance.choice(_SURNAMES) + "".join(chance.choices(_GIVEN, k=chance.randint(1, 2)))
    phone = f"1{chance.randrange(30, 99)}{chance.randrange(10**8):08d}"
    return replace(
        JIA,
        number_typed=identity,
        number=identity,
        same_key=identity,
        name=name,
        former_name="",
        phone=phone,
    )
