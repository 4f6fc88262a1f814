"""The fingerprint of a desk's keys on paper (指纹核对单, sync.md §6), carried apart from the stick.

Whoever enrols the desk lets another person read it aloud from here; it opens nothing.
"""

from dataclasses import dataclass
from datetime import date

from reliefdesk.documents.book import day_text
from reliefdesk.documents.form_grid import banner, opinion, pairs, text_rows
from reliefdesk.documents.form_page import FormHead, form_pdf

_USE = (
    "本单与U盘分开送达。登记时，一人选U盘上的文件，另一人照本单逐组读出指纹并输入自己的确认码。"
    "有一组不同，就不要登记，并与送件单位核对。指纹不是密钥，打不开数据包。"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FingerprintSheetFacts:
    """A desk and its keys' fingerprints in groups; `root` is empty unless a district knows it."""

    head: FormHead
    office: str
    code: str
    epoch: int
    fingerprint: str
    root: str
    made_on: date


def fingerprint_sheet_pdf(facts: FingerprintSheetFacts) -> bytes:
    """The sheet as a PDF; raises MissingGlyphError, TextRoomError, PaperFontsError."""
    root = [banner("根密钥指纹：登记区民政局时核对"), pairs(("指纹", facts.root, 0))]
    blocks = [
        pairs(("单位", facts.office, 0)),
        pairs(("机构代码", facts.code, 60), ("密钥期号", f"第{facts.epoch}期", 0)),
        pairs(("制作日期", day_text(facts.made_on), 0)),
        banner("本机密钥指纹：登记本单位时核对"),
        pairs(("指纹", facts.fingerprint, 0)),
        *(root if facts.root else []),
        banner("用途"),
        *text_rows("核对办法", _USE),
        opinion("送出", "指纹与本机屏幕所示一致。", ("抄核人（签字）", "负责人（签字）"), least=34),
        opinion(
            "核对", "已逐组读出核对，指纹相符。", ("读出人（签字）", "登记人（签字）"), least=34
        ),
    ]
    return form_pdf(facts.head, blocks, foot=("制作：", "核对：", "负责人："))
