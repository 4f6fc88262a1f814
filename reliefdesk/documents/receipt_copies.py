"""The three 联 of a receipt: equal, but for the number that the one leaving the office masks."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One 联: its name on the edge, its purpose, and whether it leaves the office."""

    side: str
    purpose: str
    masked: bool = False


COPIES = (
    Copy(side="第一联　存根", purpose="本联用途：街道（镇）存根备查，不作报账凭证"),
    Copy(side="第二联　报账", purpose="本联用途：财务、区民政局报账，仅此联有效"),
    Copy(side="第三联　领款人", purpose="本联用途：领款人留存，不作报账凭证", masked=True),
)
