"""Beginning to watch contacts, and taking that back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from dauchan.tracing.access import require_tracer
from dauchan.tracing.follow_up.models import AppliesTo, FollowUp, FollowUpRule, FollowUpStatus, FollowUpTest
from dauchan.tracing.follow_up.schedule import plan_of
from dauchan.tracing.interviews.contact_work import known_homes
from dauchan.tracing.models import Contact, Verdict
from dauchan.units import audit

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from django.db.models import QuerySet

    from dauchan.tracing.follow_up.schedule import Plan
    from dauchan.tracing.models import Disease, TraceRun
    from dauchan.units.models import Officer


@dataclass(frozen=True)
class Begun:
    """What became of the chosen contacts: how many are watched from now on, were already, or are past the rule's days."""

    begun: int = 0
    already: int = 0
    too_late: int = 0
    without_rule: int = 0


def rule_for(disease: Disease, day: dt.date, *, is_vaccinated: bool | None) -> FollowUpRule | None:
    """The newest schedule in force on *day*; of somebody whose vaccination is not known the stricter one."""
    rules = FollowUpRule.objects.filter(disease=disease, valid_from__lte=day).order_by("-valid_from")
    newest = rules.first()
    if newest is None:
        return None
    wanted = AppliesTo.VACCINATED if is_vaccinated else AppliesTo.UNVACCINATED
    same_day = {rule.applies_to: rule for rule in rules.filter(valid_from=newest.valid_from)}
    return same_day.get(wanted) or same_day.get(AppliesTo.ANY) or newest


@transaction.atomic
def begin_follow_ups(
    run: TraceRun, officer: Officer, numbers: Collection[int], *, is_vaccinated: bool | None = None
) -> Begun:
    """Watch the contacts with these numbers from today on; whoever was ruled out is left alone. Raises: RoleMissing."""
    require_tracer(officer, run.case)
    today = timezone.localdate()
    contacts = list(
        run.contacts.filter(number__in=numbers).exclude(verdict=Verdict.RULED_OUT).select_related("interview")
    )
    rule = rule_for(run.case.disease, today, is_vaccinated=is_vaccinated)
    if rule is None:
        return Begun(without_rule=len(contacts))
    watched = set(_active(run).values_list("person_id", flat=True))
    new = [(contact, _plan(contact, rule, today)) for contact in contacts if contact.person_id not in watched]
    due = [(contact, plan) for contact, plan in new if not plan.is_over]
    _keep(run, rule, officer, due)
    if due:
        detail = {"run": run.pk, "numbers": [contact.number for contact, _plan in due], "rule": rule.instrument}
        audit.record(officer, "follow_up.begun", f"case:{run.case_id}", detail=detail)
    return Begun(begun=len(due), already=len(contacts) - len(new), too_late=len(new) - len(due))


def _active(run: TraceRun) -> QuerySet[FollowUp]:
    return FollowUp.objects.filter(case=run.case_id, status=FollowUpStatus.ACTIVE)


def _plan(contact: Contact, rule: FollowUpRule, today: dt.date) -> Plan:
    exposed_on = timezone.localdate(contact.last_at)
    return plan_of(exposed_on, rule.days, rule.monitoring_days, rule.tested_on_days(), today)


def _keep(run: TraceRun, rule: FollowUpRule, officer: Officer, due: list[tuple[Contact, Plan]]) -> None:
    homes = known_homes(run, [contact.person_id for contact, _plan in due])
    follow_ups = FollowUp.objects.bulk_create(
        FollowUp(
            case_id=run.case_id,
            person_id=contact.person_id,
            contact=contact,
            rule=rule,
            team_id=_team_of(contact) or homes.get(contact.person_id) or run.case.unit_id,
            place=rule.place,
            last_exposed_at=contact.last_at,
            asked_from=plan.asked_from,
            quarantine_until_on=plan.quarantine_until_on,
            until_on=plan.until_on,
            checked_until=plan.asked_from,
            began_by=officer,
        )
        for contact, plan in due
    )
    FollowUpTest.objects.bulk_create(
        FollowUpTest(follow_up=follow_up, due_on=day)
        for follow_up, (_contact, plan) in zip(follow_ups, due, strict=True)
        for day in plan.tests
    )


def _team_of(contact: Contact) -> int | None:
    interview = contact.interview
    return (interview.team_id or interview.residence_id) if interview else None


def follow_verdict(run: TraceRun, officer: Officer, numbers: Collection[int], verdict: str) -> None:
    """Confirmed contacts are watched; of those whose contact was taken back or ruled out nobody asks any more."""
    if verdict == Verdict.CONFIRMED:
        begin_follow_ups(run, officer, numbers)
    else:
        stop_follow_ups(run, officer, numbers)


@transaction.atomic
def stop_follow_ups(run: TraceRun, officer: Officer, numbers: Collection[int]) -> int:
    """Nobody asks these people any more; what nobody answered yet leaves no trace. Returns: how many."""
    people = run.contacts.filter(number__in=numbers).values("person_id")
    stopping = _active(run).filter(person_id__in=people)
    untouched = stopping.filter(reports=None, tests__sampled_at=None, link_messages=None, orders=None)
    removed = FollowUp.objects.filter(pk__in=list(untouched.values_list("pk", flat=True)))
    gone = removed.count()
    removed.delete()
    stopped = stopping.update(status=FollowUpStatus.STOPPED, ended_at=timezone.now(), ended_by=officer)
    if gone + stopped:
        detail = {"run": run.pk, "stopped": gone + stopped}
        audit.record(officer, "follow_up.stopped", f"case:{run.case_id}", detail=detail)
    return gone + stopped
