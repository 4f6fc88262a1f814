"""Builders for domain tests: one person, one request, one question, changed where told."""

from datetime import UTC, date, datetime
from typing import Any

from reliefdesk.domain.cases import CaseRequest, Cause, Emergency, PermitState, Situation, Source
from reliefdesk.domain.eligibility import PastRelief, Question, Tie
from reliefdesk.domain.identity import DocumentKind, Sex
from reliefdesk.domain.ids import CaseId, OperatorId, PolicyRowId
from reliefdesk.domain.money import Money
from reliefdesk.domain.persons import HukouKind, PersonDetails
from reliefdesk.domain.policies import AreaClass, PolicyRow, PolicyRows, StandardUnit
from reliefdesk.domain.policy_keys import PolicyKey

OFFICE = "150302003"
DAY = date(2021, 3, 10)


def a_person(**changed: Any) -> PersonDetails:  # noqa: ANN401 - any field may change
    facts: dict[str, Any] = {
        "kind": DocumentKind.CITIZEN,
        "number_typed": "640181198506179976",
        "number": "640181198506179976",
        "same_key": "640181198506179976",
        "name": "测试甲",
        "former_name": "",
        "sex": Sex.MALE,
        "ethnicity": "",
        "birth_on": date(1985, 6, 17),
        "hukou_place": "宁夏回族自治区银川市灵武市",
        "hukou_code": "640181",
        "hukou_kind": HukouKind.RURAL,
        "phone": "",
        "bank_card": "",
        "identity_note": "",
        "override_reason": "",
        "override_by": None,
    }
    return PersonDetails(**(facts | changed))


def a_request(**changed: Any) -> CaseRequest:  # noqa: ANN401 - any field may change
    emergency = {
        "cause": Cause.TRAFFIC,
        "place": "人民路",
        "place_code": OFFICE,
        "happened_at": datetime(2021, 3, 10, 1, 0, tzinfo=UTC),
        "narrative": "被车撞伤，身无分文",
        "source": Source.SELF,
        "urgent": True,
    }
    for name in set(emergency) & set(changed):
        emergency[name] = changed.pop(name)
    facts: dict[str, Any] = {
        "emergency": Emergency(**emergency),  # type: ignore[arg-type]
        "permit": PermitState.NEVER,
        "situation": Situation.ORDINARY,
        "stay_address": "",
        "arrived_on": None,
        "members": (),
        "persons_relieved": 1,
        "area": AreaClass.URBAN,
        "other_aid": "",
        "staff_relative": None,
        "requested": Money(200000),
    }
    return CaseRequest(**(facts | changed))


def past(on: date, **changed: Any) -> PastRelief:  # noqa: ANN401 - any field may change
    facts: dict[str, Any] = {
        "case_id": CaseId(f"case {on}"),
        "case_no": "AJ-150302003-2021-000001",
        "name": "测试甲",
        "tie": Tie.SELF,
        "cause": Cause.TRAFFIC.value,
        "counted_on": on,
        "amount": Money(200000),
        "paid": True,
        "place": "新华街道",
    }
    return PastRelief(**(facts | changed))


def rows(**values: str) -> PolicyRows:
    """Rows from 2021-01-01 by key name, beside a standard of 810 and a delegation of 3,000."""
    wanted = {"STANDARD": "810.00", "DELEGATION_LIMIT": "3000.00", "CAP_UNIT": "per_case"} | values
    return PolicyRows(_row(PolicyKey[name], value) for name, value in wanted.items() if value)


def _row(key: PolicyKey, value: str) -> PolicyRow:
    return PolicyRow(
        row_id=PolicyRowId(key.value),
        key=key,
        area=AreaClass.URBAN if key is PolicyKey.STANDARD else AreaClass.ANY,
        scope="1503",
        value=value,
        unit=StandardUnit.MONTH,
        valid_from=date(2021, 1, 1),
        valid_to=None,
        document="虚构〔2020〕1号",
        entered_by=OperatorId("u1"),
        confirmed_by=OperatorId("u2"),
        entered_at=datetime(2021, 1, 1, tzinfo=UTC),
    )


def a_question(**changed: Any) -> Question:  # noqa: ANN401 - any field may change
    facts: dict[str, Any] = {
        "person": a_person(),
        "request": a_request(),
        "history": (),
        "rows": rows(),
        "office": OFFICE,
        "on": DAY,
    }
    return Question(**(facts | changed))
