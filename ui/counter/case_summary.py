"""A case as it stands, to be read: person, emergency, amounts of each seat, who did what when."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reliefdesk.domain.case_records import Case, CaseStep, paid_words
from reliefdesk.domain.cases import Stage
from reliefdesk.domain.eligibility import Eligibility
from reliefdesk.domain.money import Money
from ui import theme
from ui.counter.case_view import CaseView
from ui.counter.eligibility_panel import EligibilityPanel
from ui.counter.signs import minute
from ui.counter.suggestions import amount_trail, changed_amount
from ui.widgets.masked_label import MaskedLabel
from ui.widgets.tables import RIGHT, Column, RowTable, TableView
from ui.widgets.wrapped_label import WrappedLabel

_STEPS_SHOWN = 7
_COLUMNS: tuple[Column[CaseStep], ...] = (
    Column(title="环节", text=lambda step: step.act, characters=9),
    Column(title="办理人", text=lambda step: step.operator, characters=4),
    Column(title="时间", text=lambda step: minute(step.at), characters=8),
    Column(
        title="金额",
        text=lambda step: step.amount.figures if step.amount else "",
        align=RIGHT,
        characters=5,
    ),
    Column(title="意见", text=lambda step: step.remark, characters=6),
)


class CaseSummary(QWidget):
    """Head, facts, amounts and steps of one case."""

    reveal_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLabel("")
        self.title.setAccessibleName("案件")
        self.title.setFont(theme.title_font())
        self.stage = QLabel("")
        self.stage.setAccessibleName("案件状态")
        self.stage.setFont(theme.strong_font())
        self.number = MaskedLabel()
        self.number.reveal_wanted.connect(self.reveal_wanted)
        self.amounts = WrappedLabel()
        self.amounts.setAccessibleName("金额经过")
        self.amounts.setFont(theme.strong_font())
        self.facts = QGridLayout()
        self.facts.setHorizontalSpacing(theme.GAP)
        self.facts.setVerticalSpacing(2)
        self.facts.setColumnStretch(1, 1)
        self.rows = RowTable(_COLUMNS)
        self.steps = TableView("办理经过", self.rows)
        self.steps.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.eligibility = EligibilityPanel()
        self._lay_out()

    def show_view(self, view: CaseView) -> None:
        """Show everything anew."""
        case = view.case
        self.title.setText(f"{case.case_no}　{case.person_name}")
        self.stage.setText(stage_words(case))
        self.number.show_number(view.person.details.number)
        mark = theme.WARNING_MARK if changed_amount(case) else ""
        self.amounts.setText(mark + amount_trail(case, view.names))
        theme.ink(self.amounts, theme.WARNING if mark else theme.INK)
        self._show_facts(view)
        self.rows.set_rows(view.steps)
        lines = min(len(view.steps), _STEPS_SHOWN) + 1
        self.steps.setFixedHeight(lines * theme.line_height(self.steps) + 6)
        self.show_judged(view, view.judged, view.amount)

    def show_judged(self, view: CaseView, found: Eligibility | None, amount: Money) -> None:
        """Show what the rules say of an amount; a decided case keeps its recorded outcome."""
        open_ = found is not None and view.case.decision is None
        record = found.record if found is not None and open_ else view.case.eligibility
        self.eligibility.show_record(record)
        self.eligibility.offer_meter(found.meter if found is not None else None, asked=amount)

    def _show_facts(self, view: CaseView) -> None:
        while (item := self.facts.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for line, (name, text) in enumerate(fact_lines(view)):
            caption = QLabel(name)
            theme.quiet(caption)
            told = WrappedLabel(text)
            told.setAccessibleName(name)
            top = Qt.AlignmentFlag.AlignTop
            self.facts.addWidget(caption, line, 0, top | Qt.AlignmentFlag.AlignRight)
            self.facts.addWidget(told, line, 1, top)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.stage)
        head.addStretch(1)
        head.addWidget(self.number)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        column.addWidget(self.title)
        column.addLayout(head)
        column.addWidget(self.amounts)
        line = QFrame()
        line.setFrameShape(QFrame.Shape.HLine)
        column.addWidget(line)
        column.addLayout(self.facts)
        column.addWidget(theme.heading("办理经过"))
        column.addWidget(self.steps)
        column.addWidget(self.eligibility)
        column.addStretch(1)


def stage_words(case: Case) -> str:
    """The stage with what was paid before a decision and what is due: `已受理 · 已发放`."""
    words = [case.status]
    if case.paid.fen > 0 and case.stage is not Stage.APPROVED:
        words.append(paid_words(case.granted, case.paid))
    if case.first_relief is not None and case.completed_on is None:
        due = f"，{case.due_on:%Y-%m-%d} 前" if case.due_on else ""
        words.append(f"手续未齐{due}")
    return " · ".join(words)


def fact_lines(view: CaseView) -> list[tuple[str, str]]:
    """The request in lines of name and text; what was not told is left out."""
    case = view.case
    request, emergency = case.request, case.request.emergency
    urgent = "需立即救助" if emergency.urgent else "不需立即救助"
    members = "、".join(f"{each.name}（{each.relation or '成员'}）" for each in request.members)
    relative = view.names.get(request.staff_relative or "", "")
    first = case.first_relief
    lines = [
        ("急难", f"{emergency.cause.label}　{minute(emergency.happened_at)}　{urgent}"),
        ("地点", emergency.place),
        ("情形", emergency.narrative),
        ("户籍", view.person.details.hukou_place),
        ("居住证", f"{request.permit.label}　{request.situation.label}"),
        ("现住址", request.stay_address),
        ("家庭", f"{members}　救助 {request.persons_relieved} 人" if members else ""),
        ("其他救助", request.other_aid),
        ("近亲属", f"经办人员 {relative} 的近亲属" if relative else ""),
        ("受理", f"{view.names.get(case.registrar, '')}　{minute(case.accepted_at)}"),
    ]
    if first is not None:
        who = view.names.get(first.approver, "")
        text = (
            f"{who} {first.means.label}批准　{minute(first.approved_at)}　{first.amount.figures} 元"
        )
        lines.append(("先行救助", text))
    if case.decision is not None and case.decision.receiver:
        lines.append(("转介至", case.decision.receiver))
    if view.filed is not None:
        lines.append(("归档", f"{view.filed.archive_no}　{view.filed.filed_on.isoformat()}"))
    return [(name, text) for name, text in lines if text]
