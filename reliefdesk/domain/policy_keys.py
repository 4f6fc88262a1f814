"""Every policy parameter the program knows: its Chinese name, kind, default and allowed values.

A key without a default must be entered with its document before anything depends on it: the
dibao standard ships empty, no figure is invented (RULES.md §2.5).
"""

from dataclasses import dataclass

from reliefdesk.domain.terms import Term


class PolicyKind(Term):
    """How the text of a policy value is read."""

    MONEY = "money", "金额"
    DECIMAL = "decimal", "倍数"
    COUNT = "count", "数目"
    CHOICE = "choice", "选项"


class PolicyKey(Term):
    """The parameters of RULES.md §2.5 that this program obeys."""

    STANDARD = "std_monthly", "低保标准"
    STANDARD_AREA = "std_area_rule", "低保标准取值地"
    STANDARD_DAY = "std_date_rule", "低保标准取值日"
    CAP_MULTIPLIER = "cap_multiplier", "最高倍数"
    CAP_UNIT = "cap_unit", "限额计算单位"
    FREQUENCY_LIMIT = "freq_limit", "每年次数"
    FREQUENCY_WINDOW = "freq_window", "年度口径"
    FREQUENCY_SUBJECT = "freq_subject", "次数计算对象"
    FREQUENCY_CAUSE = "freq_cause", "次数计算事由"
    HUKOU_SCOPE = "hukou_scope", "外地户籍口径"
    FIRST_RELIEF_HOURS = "first_relief_hours", "先行救助时限（小时）"
    MAKEUP_WORKDAYS = "makeup_workdays", "补齐手续期限（工作日）"
    MAKEUP_FROM = "makeup_from", "补齐手续起算"
    INVESTIGATORS = "min_investigators", "最少调查人数"
    DELEGATION_LIMIT = "delegation_limit", "委托审批限额"
    CASH_SINGLE_LIMIT = "cash_single_limit", "现金单笔限额"
    CASH_TOTAL_LIMIT = "cash_total_limit", "库存现金限额"
    CASH_LIMIT_RULE = "cash_limit_rule", "超库存限额领用"
    DAY_CLOSE_RULE = "day_close_rule", "前日未日结时付款"
    DECISION_SEATS = "decision_seats", "审核审批层级"
    CORRECTION_STYLE = "correction_style", "已付错额更正方式"
    PUBLICITY_MODE = "publicity_mode", "急难型救助公示"
    PUBLICITY_DAYS = "publicity_days", "公示天数"
    REPORT_CUTOFF = "report_cutoff_day", "月报截止日（31为月末）"


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicySpec:
    """How one key behaves. `default` None: nothing ships, a row is needed where `required`."""

    kind: PolicyKind
    default: str | None
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    least: int = 0
    by_area: bool = False


_CHOICE, _COUNT = PolicyKind.CHOICE, PolicyKind.COUNT

POLICY_SPECS: dict[PolicyKey, PolicySpec] = {
    PolicyKey.STANDARD: PolicySpec(
        kind=PolicyKind.MONEY, default=None, required=True, by_area=True
    ),
    PolicyKey.STANDARD_AREA: PolicySpec(
        kind=_CHOICE,
        default="by_office",
        choices=(
            ("by_office", "街道按城市、镇由经办选定"),
            ("ask", "由经办逐件选定"),
            ("urban", "一律按城市"),
        ),
    ),
    PolicyKey.STANDARD_DAY: PolicySpec(
        kind=_CHOICE,
        default="decision",
        choices=(("decision", "审批日"), ("acceptance", "受理日"), ("payment", "发放日")),
    ),
    PolicyKey.CAP_MULTIPLIER: PolicySpec(kind=PolicyKind.DECIMAL, default="3"),
    PolicyKey.CAP_UNIT: PolicySpec(
        kind=_CHOICE,
        default=None,
        choices=(("per_case", "按件"), ("per_household", "按户"), ("per_person", "按人")),
    ),
    PolicyKey.FREQUENCY_LIMIT: PolicySpec(kind=_COUNT, default="1", least=1),
    PolicyKey.FREQUENCY_WINDOW: PolicySpec(
        kind=_CHOICE,
        default="calendar_year",
        choices=(
            ("calendar_year", "自然年度"),
            ("rolling_year", "连续12个月"),
            ("fiscal_year", "会计年度"),
        ),
    ),
    PolicyKey.FREQUENCY_SUBJECT: PolicySpec(
        kind=_CHOICE,
        default="household",
        choices=(("household", "本人及共同生活成员"), ("person", "仅本人")),
    ),
    PolicyKey.FREQUENCY_CAUSE: PolicySpec(
        kind=_CHOICE, default="any", choices=(("any", "任何事由"), ("same", "同一事由"))
    ),
    PolicyKey.HUKOU_SCOPE: PolicySpec(
        kind=_CHOICE, default="city", choices=(("city", "市外户籍"), ("district", "区外户籍"))
    ),
    PolicyKey.FIRST_RELIEF_HOURS: PolicySpec(kind=_COUNT, default="24", least=1),
    PolicyKey.MAKEUP_WORKDAYS: PolicySpec(kind=_COUNT, default="10", least=1),
    PolicyKey.MAKEUP_FROM: PolicySpec(
        kind=_CHOICE,
        default="emergency_end",
        choices=(("emergency_end", "急难情况缓解之日"), ("payment", "发放之日")),
    ),
    PolicyKey.INVESTIGATORS: PolicySpec(kind=_COUNT, default="2", least=1),
    PolicyKey.DELEGATION_LIMIT: PolicySpec(kind=PolicyKind.MONEY, default=None),
    PolicyKey.CASH_SINGLE_LIMIT: PolicySpec(kind=PolicyKind.MONEY, default="1000.00"),
    PolicyKey.CASH_TOTAL_LIMIT: PolicySpec(kind=PolicyKind.MONEY, default=None),
    PolicyKey.CASH_LIMIT_RULE: PolicySpec(
        kind=_CHOICE, default="refuse", choices=(("refuse", "不准领用"), ("warn", "只提醒"))
    ),
    PolicyKey.DAY_CLOSE_RULE: PolicySpec(
        kind=_CHOICE, default="refuse", choices=(("refuse", "不准付款"), ("warn", "只提醒"))
    ),
    PolicyKey.DECISION_SEATS: PolicySpec(
        kind=_CHOICE,
        default="three",
        choices=(("three", "经办、审核、审批三级"), ("two", "经办、审批两级")),
    ),
    PolicyKey.CORRECTION_STYLE: PolicySpec(
        kind=_CHOICE,
        default="red_and_new",
        choices=(("red_and_new", "红字冲销后重开"), ("supplement", "补发差额")),
    ),
    PolicyKey.PUBLICITY_MODE: PolicySpec(
        kind=_CHOICE,
        default="none",
        choices=(("none", "不公示"), ("pre", "审批后、发放前公示"), ("post", "发放后公示")),
    ),
    PolicyKey.PUBLICITY_DAYS: PolicySpec(kind=_COUNT, default="3", least=1),
    PolicyKey.REPORT_CUTOFF: PolicySpec(kind=_COUNT, default="31", least=1),
}
