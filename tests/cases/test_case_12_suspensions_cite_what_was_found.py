"""Case 12: a measure without cause. A suspension cites what was found, its law, its signer and the way to appeal; many are looked at."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from dauchan.oversight.sanctions.alerts import MANY
from dauchan.oversight.sanctions.errors import NoLegalBasis, NothingFound, SecondPersonNeeded
from dauchan.oversight.sanctions.models import Sanction, SuspensionAlert
from dauchan.oversight.sanctions.proposing import propose
from dauchan.oversight.sanctions.sources import sources_at
from dauchan.units.models import AuditEntry
from dauchan.venues.models import Venue
from tests.oversight.sanctioned import Law, make_law
from tests.web.conftest import registered


@pytest.fixture
def law(db: None) -> Law:
    return make_law()


def test_case_12_a_suspension_cites_what_was_found_its_law_and_the_way_to_appeal(law: Law) -> None:
    suspension = law.suspend()
    assert suspension.grounds.get().source.startswith("report:")
    assert "7253" in suspension.bases.get().citation
    assert suspension.appeal_until_at is not None
    for without, refusal in (
        ({"sources": []}, NothingFound),
        ({"findings": []}, NothingFound),
        ({"bases": []}, NoLegalBasis),
    ):
        with pytest.raises(refusal):
            law.propose("warning", **without)


def test_case_12_the_database_itself_wants_a_second_person_an_end_and_a_document(law: Law) -> None:
    """A program that forgot to ask: the same."""
    draft = law.propose()
    common = {"state": "in_force", "in_force_at": timezone.now()}
    for name, more in (
        ("sanction_second_person", {"document_number": "1", "decided_by": law.place.officer}),
        ("sanction_second_person", {"document_number": "1"}),
        ("sanction_names_its_document", {"decided_by": law.approver}),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Sanction.objects.filter(pk=draft.pk).update(**common, **more)
    with pytest.raises(IntegrityError, match="suspension_says_how_it_ends"), transaction.atomic():
        Sanction.objects.bulk_create([_without_end(draft)])


def _without_end(draft: Sanction) -> Sanction:
    same = {name: getattr(draft, name) for name in ("venue", "unit", "issuer_unit", "clock", "proposed_by")}
    return Sanction(kind="suspension", state="returned", facts="Không có", **same)


def test_case_12_nobody_judges_an_appeal_against_their_own_decision(law: Law) -> None:
    from dauchan.oversight.sanctions.appeals import Judgement, answer_appeal
    from dauchan.oversight.sanctions.owner_steps import appeal

    filed = appeal(law.suspend(), "Tôi không vi phạm")
    with pytest.raises(SecondPersonNeeded):
        answer_appeal(filed, law.approver, filed.revision, Judgement("upheld", "Đúng rồi"))


def test_case_12_many_suspensions_at_once_are_looked_at(law: Law) -> None:
    assert law.venue.owner is not None
    terms = law.terms(sources=sources_at(law.venue))
    for number in range(MANY):
        assert not SuspensionAlert.objects.exists()
        venue: Venue = registered(law.venue.owner, law.venue.category, law.venue.unit, f"Quán {number}")
        propose(venue, law.place.officer, terms)
    alert = SuspensionAlert.objects.get()
    assert (alert.suspensions, alert.officers, alert.unit) == (MANY, 1, law.place.province)
    assert AuditEntry.objects.filter(action="suspensions.alert").count() == 1
