"""What happens with a person's data, in large type and plain words (个人信息处理告知书, §3.3).

Contents of 个人信息保护法 Art 17 (who, purpose, kinds, retention, rights), Art 30 (need and effect
of sensitive data), Art 31 (under 14) and Art 35 (notice duty of an authority).
"""

from dataclasses import dataclass

from reliefdesk.documents.form_letter import BODY, addressed, gap, headline, paragraphs, signed_by
from reliefdesk.documents.form_page import FormHead, form_pdf
from reliefdesk.documents.page import Type

_LARGE = Type(size=16)
_PLAIN = BODY._replace(size=16)
_BLANK = "＿＿＿＿＿＿＿"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyFacts:
    """Who is told. `bureau` is who gets the records next; `retention` says how long they stay."""

    head: FormHead
    name: str
    bureau: str
    retention: str


def privacy_pdf(facts: PrivacyFacts) -> bytes:
    """The notice as a PDF; raises MissingGlyphError, PaperFontsError."""
    blocks = addressed(facts.name, _LARGE)
    blocks += paragraphs(
        ["为了给您办理临时救助，我们要登记您和家人的一些信息。请您放心看（听）完。"], _PLAIN
    )
    for head, texts in _sections(facts):
        blocks += [gap(1.5), *headline(head, _LARGE), *paragraphs(texts, _PLAIN)]
    blocks += [
        gap(6),
        *signed_by("本人（监护人）签字、指印", "告知人（签字）"),
        *paragraphs(["情况紧急来不及当场告知的，急难缓解后补告知。"], BODY._replace(size=12)),
    ]
    return form_pdf(facts.head, blocks)


def _sections(facts: PrivacyFacts) -> list[tuple[str, tuple[str, ...]]]:
    unit, contact = facts.head.unit_name, facts.head.setting.contact or _BLANK
    return [
        ("一、谁在登记", (f"{unit}。联系电话：{contact}。",)),
        (
            "二、用来做什么",
            (
                (
                    "核实您的急难情况，审核、审批和发放救助金，防止重复救助，接受监督检查。这是法律规定的"
                    "职责，不用于别的事。"
                ),
            ),
        ),
        (
            "三、登记哪些信息",
            (
                "姓名、证件号码、户籍和住址、电话、家庭成员、急难经过、银行卡号、领款签字。",
                (
                    "其中病情、证件号码、银行卡号、未满十四周岁孩子的信息是敏感信息。没有这些，就不能确认"
                    "是您本人，不能判断困难、不能发钱；登记以后有泄露的风险，所以我们加密保存，只有经办的"
                    "人员能看到，屏幕上平时不显示全部号码。指印只按在纸上，不录入电脑。"
                ),
            ),
        ),
        (
            "四、给谁看",
            (
                (
                    f"{facts.bureau}和依法检查的审计、财政、纪检监察部门。需要公示的，只公示部分姓名、"
                    "困难大类，不公示证件号码、电话、病名和门牌。"
                ),
                (
                    "为防止重复救助，本区其他街道（镇）可以用您的证件号码查到您本年度已在他处得到救助，只能看到"
                    "月份和金额档次，看不到姓名、单位和事由。名单由号码加密算出、加密保存；万一被盗，仍可能被人"
                    "用来核对某个已知号码的人是否得到过救助。"
                ),
            ),
        ),
        ("五、保存多久", (f"{facts.retention}。期满按档案规定处理。",)),
        (
            "六、您的权利",
            (
                (
                    "您可以查看、复制自己的信息，发现错了可以要求更正，可以要求说明。带上证件到本单位，"
                    f"或者拨打{contact}，我们会及时答复。法律规定的保存期没有到，不能删除，但会停止其他使用。"
                ),
                "未满十四周岁的，由父母或者其他监护人代为行使。",
                "您可以不提供，但可能无法办理救助。认为我们做得不对，可以向上级或者网信部门投诉。",
            ),
        ),
    ]
