"""Carries the counter form between panel and desk: checks and saves every edit, takes, submits.

`form` is always what the boxes hold; answers of the desk that are overtaken are dropped.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from reliefdesk import wording
from reliefdesk.clock import Clock, IdSource
from reliefdesk.domain.case_records import Case, PersonHistory
from reliefdesk.domain.identity import DocumentReading
from reliefdesk.domain.ids import CaseId, OperatorId, PersonId
from reliefdesk.domain.intake import DraftRefusedError, MemberDraft
from reliefdesk.domain.persons import Person, PersonDetails, PersonDraft, Verdict
from reliefdesk.domain.problems import Level, Problem
from reliefdesk.errors import ReliefDeskError
from reliefdesk.services import cases, operators, persons
from reliefdesk.services.recording import Context, Recorded
from ui.counter.drafts import ASIDE, DraftKeeper, load_draft
from ui.counter.early import Outcome, outcome_of
from ui.counter.facts import CounterFacts, gather_facts
from ui.counter.form import PERSON_FIELDS, CounterForm, form_from_json, form_of_person
from ui.counter.intake_panel import IntakePanel
from ui.operations import Operations
from ui.widgets.latest import Latest

_NUMBER_LEAST = 6
_PERSON = frozenset(PERSON_FIELDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """What the counter loads for whoever signed in."""

    facts: CounterFacts
    draft: str
    aside: str


class Intake(QObject):
    """The work behind the form panel."""

    accepted = Signal(object)
    refused = Signal(object)
    noted = Signal(str)
    aside_changed = Signal(bool)

    def __init__(
        self,
        panel: IntakePanel,
        operations: Operations,
        *,
        clock: Clock,
        ids: IdSource,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._panel = panel
        self._operations = operations
        self._clock = clock
        self._ids = ids
        self.facts: CounterFacts | None = None
        self.form = CounterForm(case_id=ids.new())
        self.aside: CounterForm | None = None
        self.keeper = DraftKeeper(operations, self)
        self._check: Latest[tuple[CounterForm, Outcome]] = Latest(
            operations, parent=self, done=self._checked, failed=self._refuse
        )
        self._problems: tuple[Problem, ...] = ()
        self._strict = False
        self._submitting = False
        self._derived_place = ""
        panel.edited.connect(self._typed)
        panel.members_edited.connect(self._members_typed)
        panel.person.reveal_wanted.connect(self._reveal)
        panel.history.members_wanted.connect(self._take_members)
        panel.duplicates.taken.connect(self.take)
        panel.duplicates.judged.connect(self._judge)
        panel.correction.ordered.connect(self._correct)

    def load(self) -> None:
        """Load office, places and the draft of whoever is signed in; keep a form in use."""
        self._operations.run(_load, done=self._loaded, failed=self._refuse)

    def begin(self, typed: str) -> None:
        """Begin a new person; a number typed into the search goes into its box, a name likewise."""
        self._put_aside()
        form = self._fresh()
        digits = sum(char.isdecimal() for char in typed) >= _NUMBER_LEAST
        if typed:
            form = form.typed("number" if digits else "name", typed)
        self._show(form, None)
        self._panel.focus_first()
        self._keep()

    def take(self, person_id: str) -> None:
        """Take a recorded person with the history; what was typed of the emergency stays."""
        wanted = PersonId(person_id)
        self._operations.run(
            lambda context: persons.history(context, wanted), done=self._taken, failed=self._refuse
        )

    def submit(self) -> None:
        """Accept the request, or mark what stands against it and go to the first problem."""
        self._strict = True
        if not self._submitting:
            self._submitting = True
            call = _accepting(self.form, self._panel.override.pin.text())
            self._operations.run(call, done=self._done, failed=self._not_accepted)

    def next_person(self) -> None:
        """After a case was accepted: an empty form that keeps cause, place and time."""
        self._show(self.form.for_next_person(self._ids.new()), None)

    def empty(self) -> None:
        """An empty form for whoever comes next."""
        self._show(self._fresh(), None)

    def take_aside(self) -> None:
        """Bring back the form that was put aside; the one on screen takes its place."""
        form, self.aside = self.aside, None
        if form is None:
            return
        self.keeper.forget_aside()
        self._put_aside()
        self.aside_changed.emit(self.aside is not None)
        self._restore(form)
        self._keep()

    def recheck(self) -> None:
        """Ask the rules again, as when facts changed elsewhere."""
        self._ask()

    def save(self) -> None:
        """Save the draft now (F6)."""
        self.keeper.save(self.form)

    def _fresh(self) -> CounterForm:
        texts = {"place_code": self.facts.office.code} if self.facts else {}
        kept = self.form.for_next_person(self._ids.new())
        return kept if self._mass_event() else replace(kept, texts=texts)

    def _put_aside(self) -> None:
        """Nothing typed is lost when another person comes first."""
        if self.form.blank or self._mass_event():
            return
        self.aside = self.form
        self.keeper.put_aside(self.form)
        self.aside_changed.emit(True)  # noqa: FBT003 - the signal's value

    def _mass_event(self) -> bool:
        """Whether the form holds nothing but what stays from the person before."""
        form = self.form
        kept = CounterForm(case_id="", texts=form.texts).for_next_person("")
        typed = {name: text for name, text in form.texts.items() if text.strip()}
        alone = typed == dict(kept.texts) and not form.members and not form.person_id
        return alone and bool(form.text("cause"))

    def _loaded(self, loaded: SignedIn) -> None:
        changed = self.facts is None or self.facts.operator_id != loaded.facts.operator_id
        self.facts = loaded.facts
        self._panel.set_facts(loaded.facts)
        if not changed:
            self._ask()
            return
        self.aside = form_from_json(loaded.aside) if loaded.aside else None
        self.aside_changed.emit(self.aside is not None)
        if not loaded.draft:
            self.form = CounterForm(case_id=self._ids.new())
            self._show(self._fresh(), None)
            return
        self._restore(form_from_json(loaded.draft))

    def _restore(self, form: CounterForm) -> None:
        self._show(form, None)
        if not form.blank:
            self.noted.emit(wording.text("counter.draft_back"))
        if form.person_id:
            wanted = PersonId(form.person_id)
            self._operations.run(
                lambda context: persons.history(context, wanted),
                done=self._restored,
                failed=self._refuse,
            )

    def _restored(self, history: PersonHistory) -> None:
        self._show(self.form, history.person.details)
        self._panel.show_history(history)

    def _taken(self, history: PersonHistory) -> None:
        details = history.person.details
        texts = form_of_person(details).texts
        if self.form.person_id and self.form.person_id != history.person.person_id:
            self._put_aside()
        base = self.form if not self.form.person_id else self._fresh()
        request = {name: text for name, text in base.texts.items() if name not in _PERSON}
        request.setdefault("place_code", self.facts.office.code if self.facts else "")
        form = CounterForm(
            case_id=base.case_id,
            person_id=history.person.person_id,
            texts={**{n: t for n, t in texts.items() if n in _PERSON}, **request},
            members=base.members,
        )
        self._show(form, details)
        self._panel.show_history(history)
        self._panel.focus_first()
        self._keep()

    def _show(self, form: CounterForm, details: PersonDetails | None) -> None:
        self.form = form
        self._strict = False
        self._problems = ()
        self._derived_place = ""
        self._panel.show_form(form, details)
        self._ask()

    def _typed(self, name: str, text: str) -> None:
        if self.form.text(name) == text:
            return
        self.form = self.form.typed(name, text)
        if name == "hukou_place":
            self.form = self.form.typed("hukou_code", self._panel.person.place_code())
        self._keep()
        self._ask()

    def _members_typed(self) -> None:
        self.form = replace(self.form, members=self._panel.members.members())
        self._keep()
        self._ask()

    def _take_members(self, members: tuple[MemberDraft, ...]) -> None:
        """The household of the last case joins the rows already typed."""
        fresh = [each for each in members if each not in self.form.members]
        self.form = replace(self.form, members=(*self.form.members, *fresh))
        self._panel.members.show_members(self.form.members)
        self._keep()
        self._ask()

    def _keep(self) -> None:
        self.keeper.save(self.form)

    def _ask(self) -> None:
        form = self.form
        person_id = PersonId(form.person_id) if form.person_id else None

        def call(context: Context) -> tuple[CounterForm, Outcome]:
            return form, outcome_of(context, form.draft(now=context.now), person_id)

        self._check.ask(call)

    def _checked(self, answer: tuple[CounterForm, Outcome]) -> None:
        form, outcome = answer
        if form is not self.form:
            return
        check = outcome.check
        reading = check.person.reading
        place = self.facts.place_name(reading.area_code) if self.facts and reading else ""
        self._panel.show_outcome(outcome, form, place=place)
        self._problems = self._joined((*check.person.problems, *check.request.problems))
        shown = self._problems if self._strict else self._panel.settled(form, self._problems)
        self._panel.show_problems(shown)
        if reading is not None and reading.valid:
            self._derive(reading, place)

    def _derive(self, reading: DocumentReading, place: str) -> None:
        """The area code of the number stands for the native place until somebody types another."""
        stands = self.form.text("hukou_place")
        if self.form.person_id or not place or stands not in ("", self._derived_place):
            return
        if stands == place and self.form.text("hukou_code") == reading.area_code:
            return
        self._derived_place = place
        self.form = self.form.typed("hukou_place", place).typed("hukou_code", reading.area_code)
        self._panel.person.put_place(place)
        self._keep()
        self._ask()

    def _joined(self, found: tuple[Problem, ...]) -> tuple[Problem, ...]:
        unread = self.form.problems(now=self._clock.now())
        fields = {problem.field for problem in unread}
        rest = [p for p in found if not (p.field in fields and p.code.endswith("_missing"))]
        return (*unread, *rest)

    def _done(self, recorded: Recorded[Case]) -> None:
        self._submitting = False
        self.keeper.discard()
        self.accepted.emit(recorded.result)

    def _not_accepted(self, error: ReliefDeskError) -> None:
        self._submitting = False
        if isinstance(error, DraftRefusedError):
            found: tuple[Problem, ...] = error.facts["problems"]  # type: ignore[assignment]
            self._problems = self._joined(found)
            self._panel.show_problems(self._problems)
            self._panel.focus_first_problem(self._problems)
            blocking = sum(problem.level is Level.ERROR for problem in self._problems)
            self.noted.emit(wording.text("counter.not_accepted", count=blocking))
            return
        self._refuse(error)

    def _reveal(self) -> None:
        if self.form.person_id:
            wanted = PersonId(self.form.person_id)
            self._operations.run(
                lambda context: persons.reveal(context, wanted, "number"),
                done=self._revealed,
                failed=self._refuse,
            )

    def _revealed(self, recorded: Recorded[str]) -> None:
        self._panel.person.number.reveal(recorded.result)

    def _judge(self, other_id: str, verdict: Verdict, reason: str) -> None:
        first, second = PersonId(self.form.person_id), PersonId(other_id)

        def call(context: Context) -> Recorded[None]:
            return persons.judge(context, first, second, verdict=verdict, reason=reason)

        self._operations.run(call, done=self._judged, failed=self._refuse)

    def _judged(self, _recorded: Recorded[None]) -> None:
        self.noted.emit(wording.text("counter.judged"))
        self._ask()

    def _correct(self, draft: PersonDraft, reason: str) -> None:
        wanted = PersonId(self.form.person_id)

        def call(context: Context) -> Recorded[Person]:
            return persons.correct(context, wanted, draft, reason=reason)

        self._operations.run(call, done=self._corrected, failed=self._refuse)

    def _corrected(self, recorded: Recorded[Person]) -> None:
        self.noted.emit(self._panel.corrected(recorded.result))
        self.take(recorded.result.person_id)

    def _refuse(self, error: ReliefDeskError) -> None:
        self.refused.emit(error)


def _load(context: Context) -> SignedIn:
    return SignedIn(
        facts=gather_facts(context), draft=load_draft(context), aside=load_draft(context, ASIDE)
    )


def _accepting(form: CounterForm, pin: str) -> Callable[[Context], Recorded[Case]]:
    def call(context: Context) -> Recorded[Case]:
        draft = form.draft(now=context.now)
        by = draft.person.override_by
        officer = operators.check_pin(context, OperatorId(by), pin) if by and pin else None
        return cases.accept(
            context,
            draft,
            case_id=CaseId(form.case_id),
            person_id=PersonId(form.person_id) if form.person_id else None,
            override=officer,
        )

    return call
