"""Sanctions: what they rest on, the second person, the door that is shut and opened, appeals, clocks, history that stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone
from pypdfium2 import PdfDocument

from dauchan.oversight.sanctions.alerts import MANY, see_alert
from dauchan.oversight.sanctions.appeals import Judgement, answer_appeal, set_effect
from dauchan.oversight.sanctions.bases import NewBasis, add_basis, end_basis
from dauchan.oversight.sanctions.clocks import keep_appeal_clocks
from dauchan.oversight.sanctions.deciding import approve, drop, expire_due, send_back, settle, write_number
from dauchan.oversight.sanctions.errors import (
    AlreadySuspended,
    AppealLate,
    BasisExists,
    ChangedMeanwhile,
    EndMissing,
    NoLegalBasis,
    NotAtThisPoint,
    NothingFound,
    NotInForce,
    NumberMissing,
    OneWaits,
    OnlyMilder,
    PeriodOver,
    SecondPersonNeeded,
    VenueNotInUse,
)
from dauchan.oversight.sanctions.models import LegalBasis, Sanction, SanctionEvent, State, SuspensionAlert
from dauchan.oversight.sanctions.owner_steps import acknowledge, appeal, say_mended
from dauchan.oversight.sanctions.papers import appeal_pdf, sanction_pdf
from dauchan.oversight.sanctions.proposing import propose
from dauchan.oversight.sanctions.queries import SanctionCounts, sanction_counts, sanctions_of, warnings_at
from dauchan.oversight.sanctions.reference import load_sanction_rules
from dauchan.units import audit
from dauchan.units.deadlines import working_days_between
from dauchan.units.errors import RoleMissing
from dauchan.units.models import Appointment, Officer, Role
from dauchan.units.working_days import office_calendar
from dauchan.venues.holds import holds_on
from dauchan.venues.models import VenueStatus
from tests.oversight.sanctioned import NUMBER, Law, in_days, make_law

pytestmark = pytest.mark.django_db


@pytest.fixture
def law(db: None) -> Law:
    return make_law()


def status_of(law: Law) -> str:
    law.venue.refresh_from_db()
    return law.venue.status


def kinds(sanction: Sanction) -> list[str]:
    return list(sanction.events.values_list("kind", flat=True))


def paper(pdf: bytes) -> str:
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in PdfDocument(pdf)).split())


def test_a_suspension_shuts_the_door_when_a_second_person_approves_and_a_lifting_opens_it(law: Law) -> None:
    draft = law.propose()
    assert (draft.state, status_of(law), draft.unit) == (State.WAITING, "approved", law.venue.unit)
    with pytest.raises(NumberMissing):
        approve(draft, law.approver, draft.revision)
    with pytest.raises(ChangedMeanwhile):
        approve(draft, law.approver, draft.revision + 1, document_number=NUMBER)
    suspension = approve(draft, law.approver, draft.revision, document_number=NUMBER)
    (hold,) = holds_on(law.venue)
    assert (hold.cause, hold.document_number) == (f"sanction:{suspension.pk}", NUMBER)
    assert hold.title == "Không đặt, dán bảng mã QR"
    assert status_of(law) == VenueStatus.SUSPENDED
    with pytest.raises(AlreadySuspended):
        law.propose()
    law.lift(suspension)
    suspension.refresh_from_db()
    assert (suspension.state, status_of(law), holds_on(law.venue)) == (State.LIFTED, "approved", [])
    assert kinds(suspension) == ["proposed", "approved", "lifted"]
    with pytest.raises(NotInForce):
        law.propose("lifting", lifts=suspension, sources=[])
    assert audit.first_broken_entry() is None


def test_nobody_approves_what_they_proposed_and_nobody_from_elsewhere(law: Law) -> None:
    draft = law.propose()
    with pytest.raises(RoleMissing):
        approve(draft, law.place.stranger, draft.revision, document_number=NUMBER)
    Appointment.objects.create(officer=law.place.officer, role=Role.APPROVER, unit=law.place.province)
    author = Officer.objects.get(pk=law.place.officer.pk)
    with pytest.raises(SecondPersonNeeded):
        approve(draft, author, draft.revision, document_number=NUMBER)
    with pytest.raises(IntegrityError, match="sanction_second_person"), transaction.atomic():
        Sanction.objects.filter(pk=draft.pk).update(
            state="in_force", decided_by=author, decided_at=timezone.now(), document_number=NUMBER
        )
    with pytest.raises(RoleMissing):
        propose(law.venue, law.place.stranger, law.terms())
    assert status_of(law) == "approved"


def test_a_draft_that_was_sent_back_or_taken_back_leaves_the_door_alone(law: Law) -> None:
    draft = law.propose()
    with pytest.raises(OneWaits):
        law.propose()
    send_back(draft, law.approver, draft.revision, "Chưa đủ căn cứ")
    again = law.propose()
    drop(again, law.place.officer, again.revision)
    draft.refresh_from_db()
    assert (draft.state, draft.decision_note, status_of(law)) == (State.RETURNED, "Chưa đủ căn cứ", "approved")
    with pytest.raises(NotAtThisPoint):
        approve(draft, law.approver, draft.revision, document_number=NUMBER)
    assert list(sanctions_of(law.venue)) == []


def test_it_rests_on_findings_a_source_law_in_force_and_says_how_it_ends(law: Law) -> None:
    fine_only = LegalBasis.objects.get(code="luat-xlvphc-2012")
    ended = LegalBasis.objects.get(code="luat-btn-2007")
    with pytest.raises(NothingFound):
        law.propose(sources=[])
    with pytest.raises(NothingFound):
        law.propose(findings=[])
    for bases in ([], [fine_only], [ended]):
        with time_machine.travel("2026-10-01T02:00:00Z", tick=False), pytest.raises(NoLegalBasis):
            law.propose(bases=bases)
    with pytest.raises(EndMissing):
        law.propose(condition="")
    with pytest.raises(PeriodOver):
        law.propose(until_at=in_days(-1))
    law.venue.__class__.objects.filter(pk=law.venue.pk).update(status="closed")
    with pytest.raises(VenueNotInUse):
        law.propose()
    assert not Sanction.objects.exists()


def test_the_law_is_copied_so_that_a_later_edition_changes_no_history(law: Law) -> None:
    sanction = law.propose("warning")
    LegalBasis.objects.filter(code="cv-7253-2021").update(title_vi="Văn bản khác", valid_to=dt.date(2022, 1, 1))
    assert "7253/UBND-CN" in sanction.bases.get().citation
    assert sanction.grounds.get().source.startswith("report:")
    assert "Kín" not in sanction.grounds.get().text_vi
    load_sanction_rules()
    assert "7253" in LegalBasis.objects.get(code="cv-7253-2021").title_vi


def test_warnings_are_counted_as_a_fact_and_none_of_them_shuts_a_door(law: Law) -> None:
    for number in range(4):
        warning = law.propose("warning", until_at=in_days(3))
        assert (warning.earlier_warnings, warning.state) == (number, State.IN_FORCE)
    with time_machine.travel(in_days(30)):
        assert expire_due(timezone.now()) == 0
        assert keep_appeal_clocks(timezone.now()) == 0
    assert (warnings_at(law.venue).count(), status_of(law)) == (4, "approved")
    settle(warning, law.place.officer, warning.revision, "Đã dán lại")
    warning.refresh_from_db()
    assert (warning.state, warnings_at(law.venue).count()) == (State.SETTLED, 4)


def test_a_fine_is_proposed_without_a_figure_or_with_one_that_a_person_wrote_with_its_basis(law: Law) -> None:
    fine = law.propose("fine", forwarded_to="Thanh tra Sở Y tế", findings=["not_enforced"])
    assert fine.amount is None
    assert "đồng" not in paper(sanction_pdf(fine))
    with pytest.raises(IntegrityError, match="sanction_amount_has_a_basis"), transaction.atomic():
        law.propose("fine", forwarded_to="Thanh tra", amount=5_000_000)
    written = law.propose("fine", forwarded_to="Thanh tra", amount=5_000_000, amount_basis="Điều 12 do Thanh tra nêu")
    assert "5.000.000 đồng" in paper(sanction_pdf(written))


def test_a_suspension_ends_at_its_hour_once_and_also_after_the_program_was_down(law: Law) -> None:
    begun = timezone.now()
    with time_machine.travel(begun, tick=False):
        suspension = law.suspend(until_at=begun + dt.timedelta(days=7), condition="")
    assert expire_due(begun + dt.timedelta(days=6)) == 0
    assert status_of(law) == "suspended"
    late = begun + dt.timedelta(days=9)
    assert (expire_due(late), expire_due(late)) == (1, 0)
    suspension.refresh_from_db()
    assert (suspension.state, status_of(law)) == (State.EXPIRED, "approved")
    assert suspension.ended_at == begun + dt.timedelta(days=7)
    assert kinds(suspension).count("expired") == 1


def test_a_correction_is_a_decision_of_its_own_that_cites_the_old_one(law: Law) -> None:
    old = law.suspend(until_at=in_days(7))
    draft = law.propose(corrects=old, sources=[], findings=[], until_at=in_days(3))
    new = approve(draft, law.approver, draft.revision, document_number="13/QĐ-UBND")
    old.refresh_from_db()
    assert (old.state, new.corrects, new.findings) == (State.REPLACED, old, old.findings)
    assert [hold.cause for hold in holds_on(law.venue)] == [new.cause]
    assert status_of(law) == "suspended"
    assert f"thay thế Quyết định số {NUMBER}" in paper(sanction_pdf(new))


def test_history_is_never_rewritten(law: Law) -> None:
    suspension = law.suspend()
    attempts: list[Callable[[], object]] = [
        lambda: Sanction.objects.filter(pk=suspension.pk).update(facts="Khác"),
        lambda: Sanction.objects.filter(pk=suspension.pk).update(document_number="99"),
        lambda: suspension.events.all().update(kind="noted"),
        lambda: suspension.bases.all().update(title_vi="Khác"),
        lambda: suspension.grounds.all()._raw_delete("default"),
        lambda: SanctionEvent.objects.all()._raw_delete("default"),
        lambda: Sanction.objects.filter(pk=suspension.pk)._raw_delete("default"),
    ]
    for refused in attempts:
        with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
            refused()
    law.lift(suspension)
    with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
        Sanction.objects.filter(pk=suspension.pk).update(state="in_force")


def test_an_appeal_goes_to_the_level_above_and_to_somebody_who_did_not_decide_before(law: Law) -> None:
    suspension = law.suspend()
    filed = appeal(suspension, "Bảng mã đã dán từ đầu tháng")
    assert filed.unit == law.place.province
    with pytest.raises(NotAtThisPoint):
        appeal(suspension, "Lần nữa")
    withdrawn = Judgement("withdrawn", "Ảnh chụp cho thấy bảng mã vẫn ở cửa")
    with pytest.raises(SecondPersonNeeded):
        answer_appeal(filed, law.approver, filed.revision, withdrawn)
    with pytest.raises(RoleMissing):
        answer_appeal(filed, law.place.officer, filed.revision, withdrawn)
    answered = answer_appeal(filed, law.judge, filed.revision, withdrawn)
    suspension.refresh_from_db()
    assert (suspension.state, status_of(law)) == (State.REVOKED, "approved")
    assert kinds(suspension) == ["proposed", "approved", "appealed", "answered", "revoked"]
    with pytest.raises(NotAtThisPoint):
        answer_appeal(answered, law.judge, answered.revision, withdrawn)
    with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
        type(filed).objects.filter(pk=filed.pk).update(outcome="upheld")
    assert "Hủy bỏ Quyết định tạm đình chỉ số 12/QĐ-UBND" in paper(appeal_pdf(answered))


def test_whether_a_sanction_rests_meanwhile_is_decided_by_a_person(law: Law) -> None:
    suspension = law.suspend()
    filed = appeal(suspension, "Xin xem lại")
    assert (filed.is_suspensive, status_of(law)) == (None, "suspended")
    filed = set_effect(filed, law.judge, filed.revision, is_suspensive=True)
    assert status_of(law) == "approved"
    with pytest.raises(NotAtThisPoint):
        set_effect(filed, law.judge, filed.revision, is_suspensive=True)
    filed = set_effect(filed, law.judge, filed.revision, is_suspensive=False)
    assert status_of(law) == "suspended"
    filed = set_effect(filed, law.judge, filed.revision, is_suspensive=True)
    answer_appeal(filed, law.judge, filed.revision, Judgement("upheld", "Vi phạm đã rõ"))
    suspension.refresh_from_db()
    assert (suspension.state, suspension.is_paused, status_of(law)) == (State.IN_FORCE, False, "suspended")


def test_an_appeal_may_change_a_sanction_and_only_to_a_milder_one(law: Law) -> None:
    suspension = law.suspend(until_at=in_days(14))
    filed = appeal(suspension, "Xin rút ngắn")
    harder = Judgement("changed", "Kéo dài", document_number="3/QĐ-UBND", until_at=in_days(20))
    with pytest.raises(OnlyMilder), transaction.atomic():
        answer_appeal(filed, law.judge, filed.revision, harder)
    milder = Judgement("changed", "Đã khắc phục một phần", document_number="3/QĐ-UBND", until_at=in_days(2))
    with pytest.raises(NumberMissing), transaction.atomic():
        answer_appeal(filed, law.judge, filed.revision, Judgement("changed", "Rút ngắn", until_at=in_days(2)))
    answered = answer_appeal(filed, law.judge, filed.revision, milder)
    changed = suspension.corrections.get()
    assert (changed.by_appeal, changed.document_number, changed.state) == (answered, "3/QĐ-UBND", State.IN_FORCE)
    assert changed.bases.get().citation == suspension.bases.get().citation
    (hold,) = holds_on(law.venue)
    assert (hold.cause, hold.until_at) == (changed.cause, milder.until_at)
    with pytest.raises(NotAtThisPoint):
        appeal(changed, "Lần nữa")
    assert "3/QĐ-UBND" in paper(appeal_pdf(answered))


def test_the_time_to_appeal_is_ninety_days_of_the_calendar_and_begins_when_the_owner_has_read_it(law: Law) -> None:
    with time_machine.travel("2026-04-01T02:00:00Z", tick=False):
        suspension = law.suspend()
    first = suspension.appeal_until_at
    assert first is not None
    with time_machine.travel("2026-04-20T02:00:00Z", tick=False):
        read = acknowledge(suspension)
        assert acknowledge(suspension).appeal_until_at == read.appeal_until_at
    assert read.appeal_until_at is not None
    # 19 July 2026, the 90th day, is a Sunday: the time ends with the Monday after it.
    assert read.appeal_until_on == dt.date(2026, 7, 20)
    assert timezone.localtime(read.appeal_until_at).isoformat() == "2026-07-21T00:00:00+07:00"
    assert "trong 90 ngày kể từ ngày nhận được" in " ".join(paper(sanction_pdf(suspension)).split())
    with time_machine.travel(read.appeal_until_at, tick=False), pytest.raises(AppealLate):
        appeal(suspension, "Muộn")
    with time_machine.travel(first + dt.timedelta(hours=1), tick=False):
        assert appeal(suspension, "Kịp").is_open


def test_the_clock_reminds_of_an_appeal_tells_the_level_above_once_and_touches_no_door(law: Law) -> None:
    """A worker that was down for a month makes up for it: each strike once, in their order."""
    with time_machine.travel("2026-04-01T02:00:00Z", tick=False):
        suspension = law.suspend()
        filed = appeal(suspension, "Xin xem lại")
        filed.unit = law.venue.unit  # as if a level lay between
        filed.save(update_fields=["unit"])
    assert working_days_between(dt.date(2026, 4, 1), timezone.localdate(filed.due_at), office_calendar()) == 20
    with time_machine.travel("2026-06-15T02:00:00Z", tick=False):
        assert keep_appeal_clocks(timezone.now()) > 0
        assert keep_appeal_clocks(timezone.now()) == 0
    with time_machine.travel("2026-06-17T02:00:00Z", tick=False):
        assert keep_appeal_clocks(timezone.now()) == 1
        assert keep_appeal_clocks(timezone.now()) == 0
    filed.refresh_from_db()
    assert filed.escalated_to == law.place.province
    assert kinds(suspension).count("escalated") == 1
    assert kinds(suspension).count("reminded") == filed.reminders
    assert status_of(law) == "suspended"


def test_what_an_owner_says_of_mending_opens_no_door(law: Law) -> None:
    suspension = law.suspend()
    event = say_mended(suspension, "Tôi là Trần Thị Mẫu, đã dán lại bảng mã", [b"jpeg"])
    suspension.refresh_from_db()
    assert (suspension.mended_at, event.pictures.count(), status_of(law)) == (event.at, 1, "suspended")
    with pytest.raises(NotAtThisPoint):
        settle(suspension, law.place.officer, suspension.revision, "Đã xong")


def test_a_warning_gets_its_number_once(law: Law) -> None:
    warning = law.propose("warning")
    assert "DỰ THẢO" in paper(sanction_pdf(warning))
    said = {"document_number": "7/UBND", "signing_title": "Phó Chủ tịch", "signer": "Lê Văn Ký"}
    warning = write_number(warning, law.place.officer, warning.revision, **said)
    text = paper(sanction_pdf(warning))
    assert "DỰ THẢO" not in text
    for words in ("Số: 7/UBND", "PHÓ CHỦ TỊCH", "Lê Văn Ký", "Kính gửi: Chủ địa điểm Chợ Thử", "Nơi nhận:", "phản ánh"):
        assert words in text
    with pytest.raises(NotAtThisPoint):
        write_number(warning, law.place.officer, warning.revision, **said)


def test_the_decision_is_an_official_document(law: Law) -> None:
    draft = law.propose(demands="Dán bảng mã khổ A4")
    assert "DỰ THẢO" in paper(sanction_pdf(draft))
    suspension = approve(draft, law.approver, draft.revision, document_number=NUMBER)
    text = paper(sanction_pdf(suspension))
    for words in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", f"Số: {NUMBER}", "Điều 1.", "7253/UBND-CN", "quyền khiếu nại"):
        assert words in text
    lifted = law.lift(suspension)
    assert f"Gỡ bỏ việc tạm đình chỉ hoạt động theo Quyết định số {NUMBER}" in paper(sanction_pdf(lifted))


def test_an_authority_adds_law_for_its_area_and_ends_it(law: Law) -> None:
    new = NewBasis("Quyết định của thành phố", "88/QĐ-UBND", ["suspension"], dt.date(2026, 1, 1), article="Điều 3")
    basis = add_basis(new, law.place.other, law.place.monitor)
    with pytest.raises(BasisExists):
        add_basis(new, law.place.other, law.place.monitor)
    with pytest.raises(NoLegalBasis):
        law.propose(bases=[basis])
    own = add_basis(new, law.place.province, law.place.monitor)
    draft = law.propose(bases=[own])
    drop(draft, law.place.officer, draft.revision)
    end_basis(own, law.place.monitor, timezone.localdate())
    own.refresh_from_db()
    with pytest.raises(NoLegalBasis):
        law.propose(bases=[own])
    load_sanction_rules()
    assert LegalBasis.objects.filter(unit__isnull=False).count() == 2


def test_units_are_counted_in_one_query(law: Law, django_assert_num_queries: object) -> None:
    suspension = law.suspend()
    law.propose("warning")
    answer = appeal(suspension, "Xin xem lại")
    answer_appeal(answer, law.judge, answer.revision, Judgement("withdrawn", "Đúng"))
    today = timezone.localdate()
    with django_assert_num_queries(1):  # type: ignore[operator]
        counts = sanction_counts([law.venue.unit_id, law.place.other.pk], today, today + dt.timedelta(days=1))
    assert counts[law.venue.unit_id] == SanctionCounts(warnings=1, suspensions=1, appeals=1, revoked=1)
    assert counts[law.place.other.pk] == SanctionCounts()


def test_an_alert_is_looked_into(law: Law) -> None:
    alert = SuspensionAlert.objects.create(
        unit=law.place.province, raised_at=timezone.now(), step="approved", suspensions=MANY, officers=1
    )
    assert see_alert(alert, law.place.leader, "Đúng đợt kiểm tra").seen_by == law.place.leader
