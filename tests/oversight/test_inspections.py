"""Records that stay as they were signed, taken in once; what has to be mended and its clock, by travel in time."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from pypdfium2 import PdfDocument

from dauchan.compliance.hand_counts.models import HandCount
from dauchan.oversight.inspections.access import access_inspection, access_own_inspections, access_round
from dauchan.oversight.inspections.errors import (
    AlreadyInspected,
    ChangedMeanwhile,
    NotAtThisPoint,
    NothingPutRight,
    NotOfThisUnit,
    NotReadable,
    NotSigned,
    NumberGiven,
    NumberTaken,
    OtherContent,
    OtherOfficer,
    RoundOver,
)
from dauchan.oversight.inspections.keeping import keep_measure_clocks
from dauchan.oversight.inspections.measuring import answer_mended, confirm_mended, give_back
from dauchan.oversight.inspections.models import Draw, Inspection, Measure, Stop
from dauchan.oversight.inspections.paper import record_pdf, supplement_pdf
from dauchan.oversight.inspections.planning import add_stops, change_round, draw_stops, drop_stop, end_round, open_round
from dauchan.oversight.inspections.queries import (
    inspection_counts,
    inspections_of,
    latest_findings,
    overdue,
    progress_of,
)
from dauchan.oversight.inspections.ranking import ranked, venues_for
from dauchan.oversight.inspections.supplements import number_record, supplement
from dauchan.oversight.inspections.taking_in import take_in
from dauchan.qr import make_venue_code, qr_png, venue_url
from dauchan.units.audit import first_broken_entry
from dauchan.units.errors import NoSuchThing
from dauchan.units.models import AuditEntry, Role
from dauchan.venues.models import PosterReading, Venue
from tests.compliance.referred import appointed
from tests.oversight.inspected import Visit, inspected, make_visit, parcel_of, plan_of, told
from tests.web.test_signs import make_run, make_sign

#: A Wednesday; three working days end on the following Monday.
MORNING = "2026-03-11T02:00:00Z"


@pytest.fixture
def visit(db: None) -> Iterator[Visit]:
    with time_machine.travel(MORNING, tick=False):
        yield make_visit()


def paper(pdf: bytes) -> str:
    document = PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def kinds(measure: Measure) -> list[str]:
    return list(measure.events.values_list("kind", flat=True))


def test_places_are_ranked_by_points_that_stay_with_the_stop(visit: Visit) -> None:
    run = make_run()
    sign = make_sign(run, visit.second)
    add_stops(visit.round, [], visit.officer, "risk")
    other = open_round(visit.place.commune, plan_of(visit.officer), visit.officer)
    first, last = ranked(venues_for(other), timezone.now())
    assert (first.venue_id, last.venue_id) == (visit.second.pk, visit.venue.pk)
    assert {part.name: part.points for part in last.score.parts}["time"] == 15
    (stop,) = add_stops(other, [visit.second.pk], visit.officer, "risk")
    assert (stop.source, stop.score) == (f"sign:{sign.pk}", first.score.total)
    assert stop.parts[0]["name"] == "sign"
    inspected(visit.second, visit.officer)
    again = next(
        one
        for one in ranked(venues_for(other) | second_venue(visit), timezone.now())
        if one.venue_id == visit.second.pk
    )
    points = {part.name: part.points for part in again.score.parts}
    assert (points["time"], points["findings"]) == (0, 5)


def second_venue(visit: Visit) -> QuerySet[Venue]:
    return Venue.objects.filter(pk=visit.second.pk)


def test_a_draw_is_kept_with_its_pool_and_cannot_be_changed(visit: Visit) -> None:
    other = open_round(visit.place.commune, plan_of(visit.officer), visit.officer)
    draw = draw_stops(other, 1, visit.officer, "hạt giống")
    assert draw.holds
    assert (sorted(draw.pool), len(draw.chosen)) == (sorted([visit.venue.pk, visit.second.pk]), 1)
    assert other.stops.get().chosen_by == "lot"
    with pytest.raises(DatabaseError), transaction.atomic():
        Draw.objects.update(seed="khác")


def test_a_round_is_of_its_area_and_ends(visit: Visit) -> None:
    place = visit.place
    with pytest.raises(NotOfThisUnit):
        open_round(place.commune, plan_of(place.stranger), place.officer)
    assert (
        add_stops(
            open_round(place.other, plan_of(place.stranger), place.stranger), [visit.venue.pk], place.stranger, "risk"
        )
        == []
    )
    changed = change_round(visit.round, plan_of(visit.officer, title="Tên mới"), visit.officer, 1)
    with pytest.raises(ChangedMeanwhile):
        change_round(visit.round, plan_of(visit.officer), visit.officer, 1)
    drop_stop(visit.round.stops.get(venue=visit.second), visit.officer, "Quán đã đóng cửa")
    assert progress_of([changed])[changed.pk].planned == 1
    end_round(changed, visit.officer, 2, "closed", "Xong")
    with pytest.raises(RoundOver):
        add_stops(visit.round, [visit.second.pk], visit.officer, "risk")
    for stranger in (place.stranger,):
        with pytest.raises(NoSuchThing):
            access_round(stranger, visit.round.pk)


def test_a_record_is_taken_in_once(visit: Visit) -> None:
    """Sent again it is the same; with another content it is refused; so is another one for the same stop."""
    stop = visit.round.stops.get(venue=visit.venue)
    sent = told(visit.venue, visit.officer, stop=stop.pk)
    kept, is_new = take_in(parcel_of(sent), visit.officer)
    again, is_new_again = take_in(parcel_of(sent), visit.officer)
    assert (kept.pk, is_new, is_new_again) == (again.pk, True, False)
    with pytest.raises(OtherContent):
        take_in(parcel_of({**sent, "words": "khác"}), visit.officer)
    other = told(visit.venue, visit.officer, stop=stop.pk)
    with pytest.raises(AlreadyInspected) as refused:
        take_in(parcel_of(other), visit.officer)
    assert refused.value.found == kept
    beside, _new = take_in(parcel_of({**other, "beside": True}), visit.officer)
    assert beside.stop is None
    with pytest.raises(OtherOfficer):
        take_in(parcel_of(told(visit.venue, visit.place.stranger)), visit.officer)
    with pytest.raises(NoSuchThing):
        take_in(parcel_of(told(visit.venue, visit.place.stranger)), visit.place.stranger)
    done = progress_of([visit.round])[visit.round.pk]
    assert (done.planned, done.done, done.wrong, done.percent) == (2, 1, 1, 50)
    assert first_broken_entry() is None


def test_what_was_signed_stays_and_names_are_ciphertext(visit: Visit) -> None:
    found = inspected(visit.venue, visit.officer)
    for rows in (
        Inspection.objects.all(),
        found.findings.all(),
        found.signatures.all(),
        found.measures.get().events.all(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(id=99)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows._raw_delete(rows.db)
    with pytest.raises(DatabaseError), transaction.atomic():
        Measure.objects.all()._raw_delete("default")
    with connection.cursor() as cursor:
        cursor.execute("SELECT inspections_inspection::text FROM inspections_inspection")
        stored = str(cursor.fetchall())
    assert "Đại Diện" not in stored
    found.refresh_from_db()
    assert found.representative == "Trần Thị Đại Diện"
    assert found.metres is not None
    assert 5 < found.metres < 20


def test_a_refusal_to_sign_needs_a_reason_and_a_witness(visit: Visit) -> None:
    facts: dict[str, Any] = {"representative_signature": None, "refusal": "Không đồng ý với biên bản"}
    with pytest.raises(NotSigned):
        inspected(visit.venue, visit.officer, **facts)
    with pytest.raises(NotSigned):
        inspected(visit.venue, visit.officer, inspector_signature=None)
    witness = {"name": "Lê Thị Chứng", "about": "Tổ trưởng tổ dân phố"}
    found = inspected(visit.venue, visit.officer, **facts, witnesses=[witness])
    assert found.refusal
    assert list(found.signatures.values_list("signer", flat=True)) == ["inspector", "witness"]
    text = paper(record_pdf(found))
    assert "Đại diện địa điểm không ký biên bản. Lý do: Không đồng ý với biên bản" in text
    assert "Lê Thị Chứng (Tổ trưởng tổ dân phố)" in text


@pytest.mark.parametrize(
    "facts",
    [
        {"id": "x"},
        {"findings": [{"finding": "ugly"}]},
        {"measures": [{"words": "Dán lại", "days": 0}]},
        {"measures": [{"words": "Dán lại", "days": 3, "finding": 7}]},
        {"checks": {"poster_up": "maybe"}},
        {"ended": 10**12, "began": 10**12 + 1},
        {"here": {"lat": float("nan"), "lon": 1}},
        {"stop": "1"},
        {"count": {"entered": -1}},
        {"words": "x" * 3000},
        {"pictures": [1]},
        {"witnesses": [{"name": ""}]},
    ],
)
def test_what_is_no_record_is_refused(visit: Visit, facts: dict[str, Any]) -> None:
    with pytest.raises(NotReadable):
        parcel_of(told(visit.venue, visit.officer, **facts))


def test_the_poster_at_the_door_is_judged_and_its_reading_kept(visit: Visit) -> None:
    code = make_venue_code(visit.venue.pk, 1, settings.VENUE_CODE_KEYS)
    text = venue_url(code, "http://testserver")
    photo = qr_png(text)
    name = str(uuid4())
    sent = told(visit.venue, visit.officer, poster_text=text, poster_picture=name, pictures=[name])
    found, _new = take_in(parcel_of(sent, pictures={name: jpeg()}, poster_photo=photo), visit.officer)
    reading = PosterReading.objects.get()
    assert (found.poster_verdict, found.poster_version, found.poster_reading) == ("current", 1, reading)
    assert (reading.venue, reading.version, reading.metres) == (visit.venue, 1, found.metres)
    assert found.pictures.get().of_poster
    judged = {
        venue_url(make_venue_code(visit.second.pk, 1, settings.VENUE_CODE_KEYS), "http://testserver"): "elsewhere",
        venue_url(make_venue_code(visit.venue.pk, 9, settings.VENUE_CODE_KEYS), "http://testserver"): "outdated",
        text[:-1] + ("A" if text[-1] != "A" else "B"): "forged",
        "https://example.com/khac": "foreign",
        "": "",
    }
    for other, verdict in judged.items():
        assert inspected(visit.venue, visit.officer, poster_text=other).poster_verdict == verdict
    assert PosterReading.objects.count() == 1


def jpeg() -> bytes:
    from PIL import Image

    with io.BytesIO() as written:
        Image.new("RGB", (240, 240), "white").save(written, "JPEG")
        return written.getvalue()


def test_visitors_counted_meanwhile_count_for_the_venue(visit: Visit) -> None:
    now = int(timezone.now().timestamp() * 1000)
    count = {
        "id": str(uuid4()),
        "started": now - 900_000,
        "ended": now,
        "counted_seconds": 880,
        "entered": 30,
        "scanned": 9,
    }
    found = inspected(visit.venue, visit.officer, count=count)
    assert (found.counted_percent, HandCount.objects.get().pk) == (30, found.count_id)
    brief = inspected(
        visit.venue,
        visit.officer,
        count={**count, "id": str(uuid4()), "counted_seconds": 10, "entered": 3, "scanned": 1},
    )
    assert (brief.count_id, brief.counted_entered, HandCount.objects.count()) == (None, 3, 1)


def test_the_record_is_a_draft_until_a_person_numbers_it(visit: Visit) -> None:
    found = inspected(visit.venue, visit.officer, stop=visit.round.stops.get(venue=visit.venue).pk)
    text = paper(record_pdf(found))
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "ỦY BAN NHÂN DÂN PHƯỜNG THUẬN THỬ",
        "Số: ……/BB-……",
        "BIÊN BẢN",
        "Hôm nay, hồi 08 giờ 50 phút ngày 11 tháng 3 năm 2026",
        "12/KH-UBND",
        "Trần Thị Đại Diện, Chủ quán",
        "Bảng mã quá nhỏ hoặc đặt chỗ khó quét: Mã chỉ rộng 6 cm.",
        "17 giờ ngày 16/03/2026",
        "Tôi sẽ in lại.",
    ):
        assert words in text
    assert "DỰ THẢO" in text
    number_record(found, visit.officer, "05/BB-KT")
    numbered = Inspection.objects.get(pk=found.pk)
    assert "Số: 05/BB-KT" in (text := paper(record_pdf(numbered)))
    assert "DỰ THẢO" not in text
    with pytest.raises(NumberGiven):
        number_record(found, visit.officer, "06/BB-KT")
    with pytest.raises(NumberTaken):
        number_record(inspected(visit.second, visit.officer), visit.officer, "05/BB-KT")


def test_a_mistake_is_put_right_beside_the_record(visit: Visit) -> None:
    found = inspected(visit.venue, visit.officer)
    finding = found.findings.get()
    with pytest.raises(NothingPutRight):
        supplement(found, visit.officer, "", [], "", "")
    made = supplement(
        found, visit.officer, "Đo nhầm: mã rộng 16 cm.", [finding.pk], "not_enforced", "Không ai nhắc khách"
    )
    assert [one.finding for one in latest_findings(visit.venue)] == ["not_enforced"]
    assert found.measures.get().state == "lifted"
    assert "Mã chỉ rộng 6 cm." in paper(record_pdf(found))
    text = paper(supplement_pdf(made))
    assert "BIÊN BẢN BỔ SUNG" in text
    assert "Không còn ghi nhận: Bảng mã quá nhỏ" in text
    (listed,) = inspections_of(visit.venue)
    assert [one.finding for one in listed.standing] == ["not_enforced"]  # type: ignore[attr-defined]


def clocks_at(text: str) -> tuple[int, int]:
    with time_machine.travel(f"{text}+07:00", tick=False):
        done = keep_measure_clocks(timezone.now())
    return done.reminded, done.overdue


def test_the_clock_reminds_marks_overdue_and_makes_up_for_a_worker_that_was_down(visit: Visit) -> None:
    """Signed on Wednesday 11 March with three working days: due on Monday 16 March at 17:00."""
    measure = inspected(visit.venue, visit.officer).measures.get()
    assert timezone.localtime(measure.due_at).isoformat() == "2026-03-16T17:00:00+07:00"
    assert clocks_at("2026-03-12T09:00") == (0, 0)
    assert clocks_at("2026-03-13T08:20") == (1, 0)
    assert clocks_at("2026-03-13T08:50") == (0, 0)
    assert clocks_at("2026-03-16T17:20") == (0, 1)
    assert clocks_at("2026-03-27T09:00") == (3, 0)  # down for a week and a half: each reminder once
    assert clocks_at("2026-05-27T09:00") == (0, 0)
    measure.refresh_from_db()
    assert (measure.reminders, measure.overdue_at is not None) == (4, True)
    assert kinds(measure) == ["required", "reminded", "overdue", *["reminded"] * 3]
    with time_machine.travel("2026-03-27T02:00:00Z", tick=False):
        assert list(overdue(Measure.objects.all(), timezone.now())) == [measure]


def test_the_owner_answers_and_an_officer_judges(visit: Visit) -> None:
    measure = inspected(visit.venue, visit.officer).measures.get()
    answered = answer_mended(measure, 1, "Đã in lại", [jpeg()])
    with pytest.raises(ChangedMeanwhile):
        answer_mended(measure, 1, "Đã in lại")
    with pytest.raises(NotAtThisPoint):
        answer_mended(measure, 2, "Đã in lại")
    assert clocks_at("2026-03-30T09:00") == (0, 0)
    with time_machine.travel("2026-03-30T02:00:00Z", tick=False):
        again = give_back(answered, visit.officer, 2, "Ảnh không thấy cửa")
        confirm_mended(again, visit.officer, 3, "Đã thấy tại chỗ")
    assert timezone.localtime(again.due_at).isoformat() == "2026-04-02T17:00:00+07:00"
    assert kinds(measure) == ["required", "answered", "returned", "mended"]
    assert AuditEntry.objects.filter(subject=f"measure:{measure.pk}").count() == 4


def test_the_next_inspection_settles_what_it_saw_mended(visit: Visit) -> None:
    first = inspected(visit.venue, visit.officer)
    measure = first.measures.get()
    stranger = inspected(visit.second, visit.officer).measures.get()
    facts = {"findings": [], "measures": [], "follows": first.pk, "mended": [measure.pk, stranger.pk]}
    second = inspected(visit.venue, visit.officer, **facts)
    measure.refresh_from_db()
    stranger.refresh_from_db()
    assert (second.follows, measure.state, stranger.state) == (first, "mended", "open")
    assert latest_findings(visit.venue) == []
    assert "Kiểm tra lại việc khắc phục theo biên bản kiểm tra" in paper(record_pdf(second))


def test_counts_of_units_are_of_inspections_that_began_in_the_period(visit: Visit) -> None:
    place = visit.place
    inspected(visit.venue, visit.officer, stop=visit.round.stops.get(venue=visit.venue).pk)
    inspected(visit.second, visit.officer, findings=[], measures=[])
    today = timezone.localdate()
    with time_machine.travel("2026-03-27T02:00:00Z", tick=False):
        counts = inspection_counts([place.commune.pk, place.other.pk], today, today + dt.timedelta(days=1))
    assert (counts[place.commune.pk].done, counts[place.commune.pk].measures_overdue) == (2, 1)
    assert counts[place.other.pk].done == 0
    later = inspection_counts([place.commune.pk], today + dt.timedelta(days=30), today + dt.timedelta(days=40))
    assert later[place.commune.pk].done == 0


def test_who_sees_a_record(visit: Visit) -> None:
    place = visit.place
    found = inspected(visit.venue, visit.officer)
    head = appointed(Role.HEAD, place.commune, "truong")
    for officer in (place.officer, place.monitor, place.leader, head):
        assert access_inspection(officer, found.pk) == found
    with pytest.raises(NoSuchThing):
        access_inspection(place.stranger, found.pk)
    assert visit.venue.owner_id is not None
    assert list(access_own_inspections(visit.venue.owner_id)) == [found]
    assert visit.second.owner_id is not None
    assert list(access_own_inspections(visit.second.owner_id)) == []
    assert Stop.objects.filter(inspections=found).exists() is False
