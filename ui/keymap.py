"""Every command of the program in one table: its key, its Chinese name, where it works.

Actions are made from it and the key card is printed from it, so no command is without a key (R20);
F10 and Alt stay with the menu, a bare letter belongs to the input method.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QPushButton, QWidget

from reliefdesk.domain.terms import Term
from reliefdesk.errors import BugError


class Place(Term):
    """Where a command works."""

    EVERYWHERE = "everywhere", "各页通用"
    COUNTER = "counter", "柜台"
    CASE = "case", "打开的案件"
    CASES = "cases", "案件"
    LEDGER = "ledger", "工作台账"
    CASH = "cash", "现金"
    VOUCHERS = "vouchers", "票款"
    RECOVERIES = "recoveries", "票款·追回"
    DISTRICT = "district", "区级"
    DUPLICATES = "duplicates", "区级·重复救助"
    MERGERS = "mergers", "单位并入（区级、报送）"
    PADS = "pads", "票款·应急单"
    SYNC = "sync", "报送"
    RECEIVING = "receiving", "报送·导入"
    VERDICTS = "verdicts", "报送·认定"
    CHECKS = "checks", "抽查（区级、报送）"
    FIGURES = "figures", "区级·统计"
    TOKENS = "tokens", "区级·已救助名单"
    REQUESTS = "requests", "区级·请示"
    STATISTICS = "statistics", "票款·统计月报"
    PACKS = "packs", "票款·报账"
    ROSTERS = "rosters", "票款·花名册"
    POLICIES = "policies", "政策"
    TODAY = "today", "今日待办"
    SYSTEM = "system", "系统"
    SETUP = "setup", "建立办理点"
    FORM = "form", "打开的办理单"
    PAPER = "paper", "打印预览"
    CALIBRATION = "calibration", "套准打印机"
    BOXES = "boxes", "输入框内"


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command. `keys` in Qt's portable spelling; the first is the one that is shown."""

    command_id: str
    name: str
    keys: tuple[str, ...]
    place: Place


def _command(command_id: str, name: str, *keys: str, place: Place = Place.EVERYWHERE) -> Command:
    return Command(command_id=command_id, name=name, keys=keys, place=place)


COMMANDS: tuple[Command, ...] = (
    _command("window.help", "帮助", "F1"),
    _command("window.find", "查找", "F3"),
    _command("window.calculator", "计算器", "F9"),
    _command("window.keymap", "按键表", "F12"),
    _command("window.back", "返回上一级", "Esc"),
    _command("window.today", "今日待办", "Ctrl+1"),
    _command("window.counter", "柜台", "Ctrl+2"),
    _command("window.cases", "案件", "Ctrl+3"),
    _command("window.ledger", "工作台账", "Ctrl+4"),
    _command("window.cash", "现金", "Ctrl+5"),
    _command("window.policies", "政策", "Ctrl+6"),
    _command("window.system", "系统", "Ctrl+7"),
    _command("window.vouchers", "票款", "Ctrl+8"),
    _command("window.sync", "报送", "Ctrl+9"),
    _command("window.district", "区级", "Ctrl+0"),
    _command("window.lock", "离开并锁定", "Ctrl+L"),
    _command("window.sign_out", "换人登录", "Ctrl+Shift+L"),
    _command("window.quit", "退出", "Ctrl+Q"),
    _command("counter.cause", "常用事由", "F4", place=Place.COUNTER),
    _command("counter.new", "新求助人", "F5", place=Place.COUNTER),
    _command("counter.save", "保存草稿", "F6", "Ctrl+S", place=Place.COUNTER),
    _command("counter.submit", "提交或发放", "F8", place=Place.COUNTER),
    _command("counter.submit_next", "保存并继续", "Shift+F8", place=Place.COUNTER),
    _command("counter.print", "打印领款单", "Ctrl+P", place=Place.COUNTER),
    _command("counter.person", "补充资料", "Ctrl+B", place=Place.COUNTER),
    _command("counter.change", "换人", "Ctrl+H", place=Place.COUNTER),
    _command("counter.further", "更多情形", "Ctrl+M", place=Place.COUNTER),
    _command("counter.aside", "取回上一份", "Ctrl+Shift+B", place=Place.COUNTER),
    _command("counter.household", "带入上次家庭成员", "Ctrl+Shift+M", place=Place.COUNTER),
    _command("counter.known", "取用已登记的人", "Ctrl+T", place=Place.COUNTER),
    _command("counter.correct", "更正登记", "Ctrl+Shift+C", place=Place.COUNTER),
    _command("counter.open", "打开未办结案件", "Ctrl+Shift+O", place=Place.COUNTER),
    _command("counter.same", "同一人", "Ctrl+Shift+T", place=Place.COUNTER),
    _command("counter.different", "不是同一人", "Ctrl+Shift+N", place=Place.COUNTER),
    _command("case.refuse", "不予救助", "Ctrl+D", place=Place.CASE),
    _command("case.refer", "转介", "Ctrl+R", place=Place.CASE),
    _command("case.first_relief", "先行救助", "Ctrl+Shift+F", place=Place.CASE),
    _command("case.investigate", "调查核实", "Ctrl+I", place=Place.CASE),
    _command("case.unreview", "取消审核", "Ctrl+Shift+R", place=Place.CASE),
    _command("case.withdraw", "撤回案件", "Ctrl+W", place=Place.CASE),
    _command("case.end", "急难缓解", "Ctrl+Shift+E", place=Place.CASE),
    _command("case.complete", "手续补齐", "Ctrl+Shift+K", place=Place.CASE),
    _command("case.ask", "请示区民政局", "Ctrl+Shift+Q", place=Place.CASE),
    _command("case.phone", "登记电话答复", "Ctrl+Shift+P", place=Place.CASE),
    _command("case.identify", "查明身份", "Ctrl+Shift+I", place=Place.CASE),
    _command("case.give_up", "身份无法查清", "Ctrl+Shift+U", place=Place.CASE),
    _command("case.put_away", "案卷归档", "Ctrl+Shift+A", place=Place.CASE),
    _command("case.sign", "登记已签领", "Ctrl+G", place=Place.CASE),
    _command("case.file", "原件归档", "Ctrl+Shift+G", place=Place.CASE),
    _command("case.void", "作废重开", "Ctrl+Shift+D", place=Place.CASE),
    _command("case.reverse", "红字冲销", "Ctrl+Shift+H", place=Place.CASE),
    _command("case.jam", "卡纸处理", "Ctrl+J", place=Place.CASE),
    _command("case.calibrate", "套准打印机", "Ctrl+K", place=Place.CASE),
    _command("case.stock", "打印套打底单", "Ctrl+Shift+W", place=Place.CASE),
    _command("case.form", "预览表单", "Ctrl+O", place=Place.CASE),
    _command("cases.step", "办理下一步", "F8", place=Place.CASES),
    _command("cases.print", "打印领款单", "Ctrl+P", place=Place.CASES),
    _command("ledger.print", "打印台账", "Ctrl+P", place=Place.LEDGER),
    _command("cash.receive", "领回备用金", "F5", place=Place.CASH),
    _command("cash.return", "交回备用金", "Shift+F5", place=Place.CASH),
    _command("cash.confirm", "确认办理", "F8", place=Place.CASH),
    _command("cash.journal", "日记账", "Ctrl+J", place=Place.CASH),
    _command("cash.count", "盘点", "F4", place=Place.CASH),
    _command("cash.close", "日结", "F6", place=Place.CASH),
    _command("cash.handover", "交接", "Ctrl+H", place=Place.CASH),
    _command("cash.float", "备用金", "Ctrl+B", place=Place.CASH),
    _command("cash.transfer", "转账与实物", "Ctrl+T", place=Place.CASH),
    _command("cash.budget", "经费", "Ctrl+G", place=Place.CASH),
    _command("cash.post", "长短款入账", "Ctrl+E", place=Place.CASH),
    _command("cash.back", "登记退回", "Ctrl+D", place=Place.CASH),
    _command("cash.print", "打印单据", "Ctrl+P", place=Place.CASH),
    _command("policies.new", "登记新标准", "F5", place=Place.POLICIES),
    _command("policies.confirm", "确认登记", "F8", place=Place.POLICIES),
    _command("today.open", "办理选中事项", "F8", place=Place.TODAY),
    _command("system.confirm", "确认办理", "F8", place=Place.SYSTEM),
    _command("system.print", "打印按键卡", "Ctrl+P", place=Place.SYSTEM),
    _command("ledger.all", "清除筛选", "F5", place=Place.LEDGER),
    _command("ledger.numbers", "台账或号码去向", "F4", place=Place.LEDGER),
    _command("policies.correct", "更正选中的一条", "F6", place=Place.POLICIES),
    _command("policies.holidays", "参数或节假日表", "F4", place=Place.POLICIES),
    _command("ledger.excel", "另存为 Excel", "Ctrl+Shift+S", place=Place.LEDGER),
    _command("ledger.import", "导入表格", "Ctrl+Shift+I", place=Place.LEDGER),
    _command("cash.excel", "日记账另存为 Excel", "Ctrl+Shift+S", place=Place.CASH),
    _command("cash.earlier", "前一月", "Ctrl+PgUp", place=Place.CASH),
    _command("cash.later", "后一月", "Ctrl+PgDown", place=Place.CASH),
    _command("today.reload", "重新查看", "F5", place=Place.TODAY),
    _command("paper.save", "保存 PDF", "F6", "Ctrl+S", place=Place.PAPER),
    _command("paper.back", "前一页", "PgUp", place=Place.PAPER),
    _command("paper.calibrate", "套准打印机", "Ctrl+K", place=Place.PAPER),
    _command("paper.next", "后一页", "PgDown", place=Place.PAPER),
    _command("setup.next", "下一步", "F8", place=Place.SETUP),
    _command("setup.back", "上一步", "Shift+F8", place=Place.SETUP),
    _command("ledger.voids", "作废登记簿", "Ctrl+Shift+P", place=Place.LEDGER),
    _command("sync.send", "生成并写入U盘", "F8", place=Place.SYNC),
    _command("sync.read", "读取U盘", "F6", place=Place.SYNC),
    _command("sync.hand", "登记移交", "F5", place=Place.SYNC),
    _command("sync.print", "打印移交单", "Ctrl+P", place=Place.SYNC),
    _command("sync.verdicts", "逐条认定", "F4", place=Place.SYNC),
    _command("sync.doubts", "待核对内容", "Shift+F4", place=Place.SYNC),
    _command("sync.again", "再写入U盘", "Ctrl+W", place=Place.SYNC),
    _command("sync.reload", "重看U盘", "Ctrl+R", place=Place.SYNC),
    _command("sync.folder", "选择文件夹", "Ctrl+O", place=Place.SYNC),
    _command("sync.files", "选择数据包", "Ctrl+F", place=Place.SYNC),
    _command("sync.request", "生成登记申请", "Ctrl+G", place=Place.SYNC),
    _command("sync.enrol", "登记对方单位", "Ctrl+E", place=Place.SYNC),
    _command("sync.card", "发放密钥名单", "Ctrl+D", place=Place.SYNC),
    _command("sync.root", "制作根密钥", "Ctrl+K", place=Place.SYNC),
    _command("sync.checks", "抽查整改", "Ctrl+T", place=Place.SYNC),
    _command("sync.messages", "区里下发", "Ctrl+I", place=Place.SYNC),
    _command("sync.sheet", "打印指纹核对单", "Ctrl+U", place=Place.SYNC),
    _command("sync.merger", "单位并入", "Ctrl+B", place=Place.SYNC),
    _command("sync.epoch", "开新的一期", "Ctrl+N", place=Place.SYNC),
    _command("sync.days", "设置天数", "Ctrl+Y", place=Place.SYNC),
    _command("mergers.order", "下达并入", "F8", place=Place.MERGERS),
    _command("mergers.know", "核对对方指纹", "F5", place=Place.MERGERS),
    _command("mergers.give", "移交现金", "F6", place=Place.MERGERS),
    _command("mergers.print", "打印现金移交单", "Ctrl+P", place=Place.MERGERS),
    _command("mergers.close", "本单位停办", "Ctrl+D", place=Place.MERGERS),
    _command("mergers.send", "送接收单位", "Ctrl+W", place=Place.MERGERS),
    _command("mergers.take", "接收业务", "Ctrl+T", place=Place.MERGERS),
    _command("mergers.cash", "接收现金", "F7", place=Place.MERGERS),
    _command("checks.draw", "抽取名单", "F5", place=Place.CHECKS),
    _command("checks.find", "登记结论", "F6", place=Place.CHECKS),
    _command("checks.ask", "要求整改", "Ctrl+E", place=Place.CHECKS),
    _command("checks.close", "整改核销", "Ctrl+D", place=Place.CHECKS),
    _command("checks.answer", "答复整改", "F8", place=Place.CHECKS),
    _command("checks.print", "打印抽查表", "Ctrl+P", place=Place.CHECKS),
    _command("checks.list", "保存名单", "Ctrl+Shift+P", place=Place.CHECKS),
    _command("verdicts.cure", "说明更正", "F6", place=Place.VERDICTS),
    _command("verdicts.ask", "要求更正", "F7", place=Place.VERDICTS),
    _command("verdicts.retry", "再次导入", "F5", place=Place.VERDICTS),
    _command("verdicts.revoke", "停用密钥", "Ctrl+D", place=Place.VERDICTS),
    _command("form.confirm", "确认办理", "F8", place=Place.FORM),
    _command("calibration.print", "打印标尺页", "Ctrl+P", place=Place.CALIBRATION),
    _command("calibration.keep", "保存毫米数", "F8", place=Place.CALIBRATION),
    _command("receiving.take", "确认导入", "F8", place=Place.RECEIVING),
    _command("duplicates.decide", "认定重复救助", "F8", place=Place.DUPLICATES),
    _command("duplicates.scope", "待认定或全部", "F6", place=Place.DUPLICATES),
    _command("duplicates.earlier", "前一年", "Ctrl+PgUp", place=Place.DUPLICATES),
    _command("duplicates.later", "后一年", "Ctrl+PgDown", place=Place.DUPLICATES),
    _command("duplicates.first", "打开甲方案件", "F5", place=Place.DUPLICATES),
    _command("duplicates.second", "打开乙方案件", "Shift+F5", place=Place.DUPLICATES),
    _command("district.turn", "下一分页", "F4", place=Place.DISTRICT),
    _command("district.excel", "另存为 Excel", "Ctrl+Shift+S", place=Place.DISTRICT),
    _command("figures.earlier", "前一月", "Ctrl+PgUp", place=Place.FIGURES),
    _command("figures.later", "后一月", "Ctrl+PgDown", place=Place.FIGURES),
    _command("figures.scope", "本月或累计的明细", "F6", place=Place.FIGURES),
    _command("figures.print", "打印区级统计月报", "Ctrl+P", place=Place.FIGURES),
    _command("tokens.issue_all", "全部下发", "F8", place=Place.TOKENS),
    _command("tokens.issue", "下发给所选", "F5", place=Place.TOKENS),
    _command("tokens.renew", "更换密钥", "Ctrl+K", place=Place.TOKENS),
    _command("requests.grant", "同意", "F8", place=Place.REQUESTS),
    _command("requests.decline", "不同意", "Ctrl+D", place=Place.REQUESTS),
    _command("vouchers.turn", "下一分页", "F4", place=Place.VOUCHERS),
    _command("recoveries.open", "立案追回", "F5", place=Place.RECOVERIES),
    _command("recoveries.receive", "登记退款", "F6", place=Place.RECOVERIES),
    _command("recoveries.deposit", "缴存财务", "Ctrl+D", place=Place.RECOVERIES),
    _command("recoveries.tolerance", "容错登记", "Ctrl+E", place=Place.RECOVERIES),
    _command("recoveries.void", "退款作废", "Ctrl+R", place=Place.RECOVERIES),
    _command("recoveries.withdraw", "撤销追回", "Ctrl+W", place=Place.RECOVERIES),
    _command("recoveries.letter", "追缴通知书", "Ctrl+P", place=Place.RECOVERIES),
    _command("recoveries.sheet", "追缴资金办理单", "Ctrl+Shift+P", place=Place.RECOVERIES),
    _command("recoveries.receipt", "收款收据", "Ctrl+Shift+R", place=Place.RECOVERIES),
    _command("pads.issue", "领取应急单", "F5", place=Place.PADS),
    _command("pads.enter", "补录手工单", "F6", place=Place.PADS),
    _command("pads.spoil", "写坏作废", "Ctrl+D", place=Place.PADS),
    _command("pads.return", "未用交回", "Ctrl+R", place=Place.PADS),
    _command("pads.print", "打印空白单", "Ctrl+P", place=Place.PADS),
    _command("vouchers.excel", "另存为 Excel", "Ctrl+Shift+S", place=Place.VOUCHERS),
    _command("statistics.earlier", "前一月", "Ctrl+PgUp", place=Place.STATISTICS),
    _command("statistics.later", "后一月", "Ctrl+PgDown", place=Place.STATISTICS),
    _command("statistics.scope", "本月或累计的明细", "F6", place=Place.STATISTICS),
    _command("statistics.close", "月报结账", "F8", place=Place.STATISTICS),
    _command("rosters.make", "编制花名册", "F5", place=Place.ROSTERS),
    _command("rosters.pay", "逐人发放", "F8", place=Place.ROSTERS),
    _command("rosters.receipt", "打印领款单", "F6", place=Place.ROSTERS),
    _command("rosters.earlier", "前一份花名册", "Ctrl+PgUp", place=Place.ROSTERS),
    _command("rosters.print", "打印花名册", "Ctrl+P", place=Place.ROSTERS),
    _command("packs.make", "整理报账单", "F5", place=Place.PACKS),
    _command("packs.hand", "送交财务", "F6", place=Place.PACKS),
    _command("packs.answer", "登记答复", "Ctrl+E", place=Place.PACKS),
    _command("packs.dissolve", "撤销报账单", "Ctrl+R", place=Place.PACKS),
    _command("packs.print", "打印报账单", "Ctrl+P", place=Place.PACKS),
    _command("statistics.print", "打印统计月报", "Ctrl+P", place=Place.STATISTICS),
)

BOX_KEYS: tuple[Command, ...] = (
    _command("box.next", "下一栏", "Enter", place=Place.BOXES),
    _command("box.submit", "提交（在任一栏）", "Ctrl+Enter", place=Place.BOXES),
    _command("box.line", "叙述栏内换行", "Shift+Enter", place=Place.BOXES),
    _command("box.choose", "打开选择列表", "F2", "F7", place=Place.BOXES),
    _command("box.undo", "撤销输入", "Ctrl+Z", place=Place.BOXES),
    _command("box.day", "日期后一天、前一天", "+", "-", place=Place.BOXES),
    _command("box.month", "日期前一月、后一月", "[", "]", place=Place.BOXES),
    _command("box.today", "今天（现在）", "T", place=Place.BOXES),
    _command("box.reveal", "按住查看遮盖的号码", "Space", place=Place.BOXES),
)
"""Keys that the boxes themselves understand; listed on the card, made into no actions."""

COMMAND_OF = "command"
"""The property of a button that names the command it belongs to."""

_BY_ID = {command.command_id: command for command in COMMANDS}


def command(command_id: str) -> Command:
    """The command of this id; an unknown id is a BugError."""
    found = _BY_ID.get(command_id)
    if found is None:
        raise BugError(rule=f"command {command_id} stands in the key map")
    return found


def action(command_id: str, parent: QWidget, run: Callable[[], object]) -> QAction:
    """Make the action of a command and put it on its page (or window).

    A page's key works while the cursor is anywhere on that page.
    """
    spec = command(command_id)
    made = QAction(spec.name, parent)
    made.setObjectName(command_id)
    made.setShortcuts([QKeySequence(key) for key in spec.keys])
    everywhere = spec.place is Place.EVERYWHERE
    made.setShortcutContext(
        Qt.ShortcutContext.WindowShortcut
        if everywhere
        else Qt.ShortcutContext.WidgetWithChildrenShortcut
    )
    made.triggered.connect(lambda _checked=False: run())
    parent.addAction(made)
    return made


def button(made: QAction) -> QPushButton:
    """A button for an action: it shows the key, follows enabled and name, is named as the action.

    Enter never presses it; Space, a click or its key do.
    """
    pressed = QPushButton()
    pressed.setAutoDefault(False)
    pressed.setProperty(COMMAND_OF, made.objectName())

    def follow() -> None:
        pressed.setText(f"{made.text()}  {shown_key(made)}")
        pressed.setAccessibleName(made.text())
        pressed.setEnabled(made.isEnabled())
        # Without a parent yet, showing it would open a window of its own.
        if pressed.parentWidget() is not None or not made.isVisible():
            pressed.setVisible(made.isVisible())

    follow()
    made.changed.connect(follow)
    pressed.clicked.connect(made.trigger)
    return pressed


def shown_key(made: QAction) -> str:
    """The first key of an action as people write it."""
    return made.shortcut().toString(QKeySequence.SequenceFormat.PortableText)


def key_rows() -> tuple[tuple[str, str, str], ...]:
    """Place, name and keys of every command, in the order of the table: for page and card."""
    return tuple(
        (each.place.label, each.name, " 或 ".join(each.keys)) for each in (*COMMANDS, *BOX_KEYS)
    )
