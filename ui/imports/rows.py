"""What an import found, line by line: problems by address, doubles, rows left out."""

from dataclasses import dataclass

from PySide6.QtGui import QColor

from reliefdesk import wording
from reliefdesk.domain.imports import CellProblem, Double, ImportPlan, PastImport, SkippedRow
from ui import theme
from ui.widgets.tables import CENTRE, RIGHT, Column

SHOWN_MAX = 2000
"""More lines than anybody reads; the sum above counts them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundLine:
    """One line of the list: where, what kind, what is said, and whether it blocks its row."""

    row: int
    where: str
    kind: str
    said: str
    blocks: bool


def lines_of(plan: ImportPlan) -> tuple[FoundLine, ...]:
    """Everything that the clerk should see of a plan, row by row; blocking lines first."""
    found = [_of_problem(each) for each in plan.reading.problems]
    found += [_of_double(each) for each in plan.doubles]
    found += [_of_skipped(each) for each in plan.reading.skipped]
    found.sort(key=lambda line: (not line.blocks, line.row))
    return tuple(found[:SHOWN_MAX])


def _of_problem(found: CellProblem) -> FoundLine:
    return FoundLine(
        row=found.row,
        where=found.address,
        kind="× 要改正" if found.blocks else "！请核对",
        said=wording.problem_sentence(found.problem),
        blocks=found.blocks,
    )


def _of_double(found: Double) -> FoundLine:
    said = wording.text("imports.double", kind=found.kind, other=found.other)
    return FoundLine(row=found.row, where=f"第{found.row}行", kind="重复", said=said, blocks=False)


def _of_skipped(found: SkippedRow) -> FoundLine:
    said = wording.text("imports.skipped", reason=found.reason, text=found.text)
    return FoundLine(
        row=found.row, where=f"第{found.row}行", kind="不是数据", said=said, blocks=False
    )


def _ink(line: FoundLine) -> QColor | None:
    return theme.ERROR if line.blocks else None


FOUND: tuple[Column[FoundLine], ...] = (
    Column(title="位置", text=lambda line: line.where, characters=5, ink=_ink),
    Column(title="类别", text=lambda line: line.kind, characters=5, ink=_ink),
    Column(title="说明", text=lambda line: line.said, characters=20, ink=_ink),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PastLine:
    """One earlier import with the names of who brought it in and who confirmed it."""

    past: PastImport
    by: str


PAST: tuple[Column[PastLine], ...] = (
    Column(
        title="导入时间", text=lambda line: wording.shown(line.past.at), characters=11, align=CENTRE
    ),
    Column(title="行数", text=lambda line: str(line.past.rows), characters=4, align=RIGHT),
    Column(title="金额", text=lambda line: line.past.amount.figures, characters=7, align=RIGHT),
    Column(title="导入人、确认人", text=lambda line: line.by, characters=9),
    Column(
        title="状态",
        text=lambda line: f"已撤销：{line.past.withdrawn}" if line.past.withdrawn else "有效",
        characters=14,
    ),
)
