"""What officers said about a case, as whole sentences for its forms: who, when, how much, why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from reliefdesk import wording
from reliefdesk.documents.book import day_text
from reliefdesk.documents.form_grid import minute_text
from reliefdesk.domain.case_records import Case
from reliefdesk.domain.cases import InvestigationRecorded, Opinion, Stage
from reliefdesk.domain.eligibility import HELPED_LIST, PastRelief
from reliefdesk.domain.intake import CheckedRequest
from reliefdesk.domain.money import Money, total
from reliefdesk.domain.persons import PersonDetails
from reliefdesk.services import cases
from reliefdesk.services.recording import Context

_NOTHING = "无"


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Earlier relief in two cells of a form: the last one, and count and sum of the year."""

    last: str
    year: str


def history(context: Context, found: Case, person: PersonDetails, *, until: date) -> History:
    """What this desk knows of earlier relief to the person or household up to a day."""
    every = cases.past_reliefs(
        context,
        person,
        CheckedRequest(request=found.request, problems=()),
        person_id=found.person_id,
        besides=found.case_id,
    )
    past = sorted((one for one in every if one.counted_on <= until), key=_day_of)
    year = [one for one in past if one.counted_on.year == until.year]
    amount = total([one.amount for one in year])
    last = _NOTHING if not past else _relief_text(past[-1])
    return History(last=last, year=f"{len(year)}次，￥{amount.figures}")


def granted(found: Case) -> Money | None:
    """The decided amount; before a decision the suggested one; None where neither is."""
    if found.stage is Stage.APPROVED and found.decision is not None:
        return found.decision.amount
    if found.decision is None and found.review is not None:
        return found.review.amount if found.review.opinion is Opinion.AGREE else None
    return None


def first_relief(found: Case, names: Mapping[str, str]) -> str:
    """Who approved paying before the decision, how, when and how much; '' for none."""
    relief = found.first_relief
    if relief is None:
        return ""
    said = (
        f"{names.get(relief.approver, '')} {minute_text(relief.approved_at)}"
        f"以{relief.means.label}方式批准先行救助￥{relief.amount.figures}"
    )
    return _sentences(said, relief.remark)


def investigated(visits: Iterable[InvestigationRecorded]) -> str:
    """Every recorded visit: day, way, place, what was found, by whom."""
    return "".join(
        _sentences(
            f"{day_text(visit.visited_on)}{visit.method}（{visit.place}）：{visit.result}",
            f"调查人：{'、'.join(visit.investigators)}",
        )
        for visit in visits
    )


def reviewed(found: Case, names: Mapping[str, str]) -> str:
    """The reviewer's opinion with the suggested amount; '' before the review."""
    review = found.review
    if review is None:
        return ""
    agreed = review.opinion is Opinion.AGREE
    said = f"同意，建议救助￥{review.amount.figures}" if agreed else "不同意"
    signed = f"{names.get(review.reviewer, '')}　{minute_text(review.at)}"
    return _sentences(said, review.remark) + signed


def decided(found: Case, names: Mapping[str, str]) -> str:
    """The decision with amount or reason; '' before it."""
    decision = found.decision
    if decision is None:
        return ""
    said = {
        Stage.APPROVED: f"同意救助{decision.amount.words}（￥{decision.amount.figures}）",
        Stage.REFERRED: f"转介：{decision.receiver}",
    }.get(found.stage, found.stage.label)
    signed = f"{names.get(decision.approver, '')}　{minute_text(decision.at)}"
    return _sentences(said, decision.remark) + signed


def hints(found: Case) -> str:
    """What the rules found that an officer must look at; '' where everything is met."""
    return "".join(
        wording.reason_sentence(reason)
        for reason in found.eligibility.reasons
        if reason.is_open and reason.source != HELPED_LIST
    )


def helped_list(found: Case) -> str:
    """What the district's list of people helped elsewhere said, with its date and its warning."""
    return "".join(
        wording.reason_sentence(reason)
        for reason in found.eligibility.reasons
        if reason.source == HELPED_LIST
    )


def _day_of(relief: PastRelief) -> date:
    return relief.counted_on


def _relief_text(relief: PastRelief) -> str:
    kind = "" if relief.paid else "（已批未付）"
    return f"{day_text(relief.counted_on)}，￥{relief.amount.figures}{kind}（{relief.place}）"


def _sentences(*texts: str) -> str:
    return "".join(text if text.endswith("。") else f"{text}。" for text in texts if text)
