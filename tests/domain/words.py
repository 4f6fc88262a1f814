"""An independent reader of 人民币大写: it shares no line with the writer that it checks."""

_DIGITS = {char: value for value, char in enumerate("零壹贰叁肆伍陆柒捌玖")}
_UNITS = {"拾": 10, "佰": 100, "仟": 1000}
_GROUPS = {"万": 10**4, "亿": 10**8}


def fen_of(words: str) -> int:
    """Read words back to 分, sign from （红字）."""
    red = words.startswith("（红字）")
    rest = words.removeprefix("（红字）").removeprefix("人民币").removesuffix("整")
    whole, _, fraction = rest.rpartition("元")
    fen = _whole(whole) * 100 + _fraction(fraction)
    return -fen if red else fen


def _whole(words: str) -> int:
    value = group = digit = 0
    for char in words:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _UNITS:
            group += digit * _UNITS[char]
            digit = 0
        else:
            value += (group + digit) * _GROUPS[char]
            group = digit = 0
    return value + group + digit


def _fraction(words: str) -> int:
    fen = 0
    for digit, unit in zip(
        words.replace("零", "")[::2], words.replace("零", "")[1::2], strict=True
    ):
        fen += _DIGITS[digit] * {"角": 10, "分": 1}[unit]
    return fen
