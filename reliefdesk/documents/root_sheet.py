"""The root key of a district on paper (根密钥封存单, sync.md §6): printed twice, sealed.

Only this paper holds the key; its fingerprint is what offices compare when they enrol the district.
"""

from dataclasses import dataclass
from datetime import date

from reliefdesk.documents.book import day_text
from reliefdesk.documents.form_grid import banner, opinion, pairs, text_rows
from reliefdesk.documents.form_page import FormHead, form_pdf

_GROUPS_IN_A_ROW = 7
_USE = (
    "根密钥只用来签发密钥名单：登记新的办理点、更换或停用密钥时，照本单输入一次。"
    "丢失根密钥，全区要重新登记；泄露根密钥，他人可以冒充区民政局。"
)
_KEEPING = (
    "本单打印两份，分别装入信封当场密封，封口盖章并由两人签字，由两人分开保管，不与电脑放在一起。"
    "不拍照，不复印，不存入电脑、手机或U盘。启封须两人在场，并登记日期和原因，用后重新密封。"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RootSheetFacts:
    """The code as it is typed back, its groups joined by dashes, and the key's fingerprint."""

    head: FormHead
    district: str
    code: str
    fingerprint: str
    made_on: date


def root_sheet_pdf(facts: RootSheetFacts) -> bytes:
    """The sheet as a PDF; raises MissingGlyphError, TextRoomError, PaperFontsError."""
    groups = facts.code.split("-")
    rows = [
        "  ".join(groups[start : start + _GROUPS_IN_A_ROW])
        for start in range(0, len(groups), _GROUPS_IN_A_ROW)
    ]
    blocks = [
        pairs(("单位", facts.district, 0)),
        pairs(("制作日期", day_text(facts.made_on), 0)),
        banner("根密钥（机密）"),
        *(pairs((f"第{place}行", text, 0)) for place, text in enumerate(rows, start=1)),
        banner("公开的指纹：办理点登记时由另一人核对"),
        pairs(("指纹", facts.fingerprint, 0)),
        banner("用途和保管"),
        *text_rows("用途", _USE),
        *text_rows("保管", _KEEPING),
        opinion(
            "封存", "已照本单输入核对无误后封存。", ("封存人（签字）", "监封人（签字）"), least=34
        ),
        opinion("启封", "启封原因：", ("启封人（签字）", "监封人（签字）"), least=34),
    ]
    return form_pdf(facts.head, blocks, foot=("制作：", "审核：", "负责人："))
