"""Pinyin initials of names (王小明 → wxm): every reading of the first character, surnames known.

The readings are pypinyin's; it is loaded on first use, since that takes a fifth of a second.
"""

import functools
import itertools
import re
import unicodedata
from collections.abc import Mapping

from reliefdesk import paths

# As surnames; pypinyin gives the everyday reading of these characters. Written 字 + initials.
_SURNAMES = """
    万俟mq 尉迟yc 长孙zs 单于cy 澹台tt 令狐lh 夏侯xh 皇甫hf 公冶gy 宰父zf 乐正yz 太叔ts
    单s 解x 查z 仇q 区o 曾z 翟z 朴p 盖g 覃q 种c 尉w 员y 乐y 缪m 召s 繁p 折s 黑h 郇x
    燕y 任r 宁n 华h 纪j 哈h 洗x 冼x 褚c 逄p 谌c 佴n 重c 秘b 牟m 祭z 隗w 郗x 郄q 麹q
    那n 莘s 暴b 过g 葛g 薄b 卜b 柏b 车c 句g 晁c 晟c 阚k 撒s 洪h 訾z 干g 应y 冯f 贾j
    沈s 宓m 幺y 乜n 𠮷j
"""
_WRITTEN = re.compile(r"([^a-z\s]+)([a-z]+)")
SURNAMES: dict[str, str] = dict(_WRITTEN.findall(_SURNAMES))
_COMBINATIONS_MAX = 8


def initials(name: str) -> tuple[str, ...]:
    """Give every spelling of a name's initials worth finding it by, the likeliest first.

    Characters without a reading are left out; Latin letters stand for themselves.
    """
    if not name:
        return ()
    choices = [list(_readings(char)) for char in name]
    known = next((word for word in (name[:2], name[:1]) if word in SURNAMES), "")
    for place, initial in enumerate(SURNAMES.get(known, "")):
        choices[place] = list(dict.fromkeys([initial, *choices[place]]))
    # Few names have many readings; then only the first character keeps all of its own.
    if _count(choices) > _COMBINATIONS_MAX:
        choices[1:] = [choice[:1] for choice in choices[1:]]
    spelled = ("".join(chosen) for chosen in itertools.product(*choices))
    return tuple(dict.fromkeys(text for text in spelled if text))


def _count(choices: list[list[str]]) -> int:
    count = 1
    for choice in choices:
        count *= len(choice)
    return count


@functools.cache
def _readings(char: str) -> tuple[str, ...]:
    """Give the first letters of all readings; an empty one for a character without any."""
    if char.isascii():
        return (char,)
    # Its own function for this fails on rare characters whose reading is empty, such as 𠮷.
    readings = _reading_table().get(ord(char), "").split(",")
    letters = (unicodedata.normalize("NFD", reading)[:1] for reading in readings)
    return tuple(dict.fromkeys(letter for letter in letters if letter.isascii())) or ("",)


@functools.cache
def _reading_table() -> Mapping[int, str]:
    # Its phrase tables take long to load and give nothing for single characters.
    paths.environment().setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import constants  # noqa: PLC0415 - 190 ms that a start need not pay

    table: Mapping[int, str] = constants.PINYIN_DICT
    return table
