"""Amounts of money: integer 分, read from text without rounding, written in figures and in words.

The words follow the examples of 正确填写票据和结算凭证的基本规定 (RULES.md §3.14): 整 stands after
元 and after 角, never after 分; figures and words come from the same integer.
"""

import re
from decimal import Decimal
from functools import total_ordering

from reliefdesk.errors import UserError

FEN_MAX = 999_999_999_999
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，－￥　", "0123456789.,-¥ ")
_AMOUNT = re.compile(r"(-?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d*))?")
_FRACTION_DIGITS = 2


class AmountTextError(UserError):
    """The text is not an amount. Facts: text."""

    code = "amount.not_a_number"


class AmountEmptyError(UserError):
    """No amount was typed."""

    code = "amount.empty"


class AmountDecimalsError(UserError):
    """More than two decimals; never rounded. Facts: text."""

    code = "amount.three_decimals"


class AmountLargeError(UserError):
    """Beyond what any form can hold. Facts: text."""

    code = "amount.too_large"


class AmountZeroError(UserError):
    """A payment form refuses zero and less. Facts: figures."""

    code = "amount.zero"


@total_ordering
class Money:
    """An amount in 分. Refuses float, bool and text; negative only as the red form."""

    __slots__ = ("fen",)

    def __init__(self, fen: int) -> None:
        """Take an exact number of 分; anything but an int raises TypeError."""
        if type(fen) is not int:
            msg = "money is an integer number of fen"
            raise TypeError(msg)
        self.fen = fen

    @classmethod
    def parse(cls, text: str) -> "Money":
        """Read 2430, 2,430.00, ￥2430.5 or 2430元; raises an amount error, never rounds."""
        bare = text.translate(_FULL_WIDTH).strip().removeprefix("¥").removesuffix("元").strip()
        if not bare:
            raise AmountEmptyError
        match = _AMOUNT.fullmatch(bare) if bare.isascii() else None
        if match is None:
            raise AmountTextError(text=text[:40])
        sign, whole, fraction = match[1], match[2].replace(",", ""), match[3] or ""
        if len(fraction) > _FRACTION_DIGITS:
            raise AmountDecimalsError(text=text[:40])
        if len(whole) > len(str(FEN_MAX)):
            raise AmountLargeError(text=text[:40])
        fen = int(whole) * 100 + int(fraction.ljust(_FRACTION_DIGITS, "0"))
        if fen > FEN_MAX:
            raise AmountLargeError(text=text[:40])
        return cls(-fen if sign else fen)

    @property
    def figures(self) -> str:
        """`2,430.00`; a negative amount carries a minus."""
        sign = "-" if self.fen < 0 else ""
        yuan, fen = divmod(abs(self.fen), 100)
        return f"{sign}{yuan:,}.{fen:02d}"

    @property
    def words(self) -> str:
        """人民币大写; a negative amount is the red form （红字）人民币…, never 负."""
        prefix = "（红字）人民币" if self.fen < 0 else "人民币"
        yuan, fen = divmod(abs(self.fen), 100)
        return prefix + _yuan_words(yuan, fen) + _fen_words(fen, yuan)

    def require_positive(self) -> "Money":
        """Itself, or AmountZeroError for zero and less."""
        if self.fen <= 0:
            raise AmountZeroError(figures=self.figures)
        return self

    def times(self, factor: int | Decimal) -> "Money":
        """The product, rounded down to 分."""
        return Money(int(Decimal(self.fen) * Decimal(factor)))

    def __add__(self, other: "Money") -> "Money":
        """Sum."""
        return Money(self.fen + other.fen)

    def __sub__(self, other: "Money") -> "Money":
        """Difference; may be negative."""
        return Money(self.fen - other.fen)

    def __neg__(self) -> "Money":
        """The red counterpart."""
        return Money(-self.fen)

    def __eq__(self, other: object) -> bool:
        """Equal amounts of money; never equal to a bare number."""
        return isinstance(other, Money) and self.fen == other.fen

    def __lt__(self, other: "Money") -> bool:
        """Order by amount."""
        return self.fen < other.fen

    def __hash__(self) -> int:
        """Hash by amount."""
        return hash((Money, self.fen))

    def __repr__(self) -> str:
        """Show 分."""
        return f"Money({self.fen})"


ZERO = Money(0)


def total(amounts: "list[Money] | tuple[Money, ...]") -> Money:
    """The sum of amounts; zero for none."""
    return Money(sum(amount.fen for amount in amounts))


def _yuan_words(yuan: int, fen: int) -> str:
    if yuan == 0:
        return "零元" if fen == 0 else ""
    words = ""
    gap = False
    for position, group in _groups_of(yuan):
        if group == 0:
            gap = bool(words)
            continue
        if words and (gap or group < 1000):  # noqa: PLR2004 - a group has four places
            words += "零"
        words += _group_words(group) + _GROUPS[position]
        gap = False
    return words + "元"


def _groups_of(yuan: int) -> list[tuple[int, int]]:
    digits = str(yuan).zfill(12)
    return [(2 - index, int(digits[index * 4 : index * 4 + 4])) for index in range(3)]


def _group_words(group: int) -> str:
    words = ""
    zero = False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit == 0:
            zero = bool(words)
            continue
        words += ("零" if zero else "") + _DIGITS[digit] + _PLACES[place]
        zero = False
    return words


def _fen_words(fen: int, yuan: int) -> str:
    jiao, rest = divmod(fen, 10)
    if fen == 0:
        return "整"
    # The official examples put 零 where the 元 or the 角 place is empty before a digit.
    zero = yuan > 0 and (jiao == 0 or yuan % 10 == 0)
    words = "零" if zero else ""
    if jiao:
        words += _DIGITS[jiao] + "角"
    return words + (_DIGITS[rest] + "分" if rest else "整")
