"""Taking in records from inspectors' phones: once each, whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.utils import timezone

from dauchan.compliance.hand_counts.actions import Counted, keep_count
from dauchan.compliance.hand_counts.errors import CountRefused
from dauchan.oversight.inspections.access import INSPECTS, access_inspections
from dauchan.oversight.inspections.errors import AlreadyInspected, OtherContent, OtherOfficer
from dauchan.oversight.inspections.measuring import require_measures, settle_by_inspection
from dauchan.oversight.inspections.models import (
    Inspection,
    InspectionFinding,
    InspectionPicture,
    Signature,
    Signer,
    Stop,
)
from dauchan.oversight.inspections.poster_seen import PosterSeen, judge_poster, keep_seen, metres_from
from dauchan.units import audit
from dauchan.venues.access import access_venue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dauchan.oversight.inspections.sent import RecordSent
    from dauchan.units.models import Officer
    from dauchan.venues.models import Venue

#: Two requests of one phone with one record wait for each other on this advisory lock.
RECORD_LOCK = 7254


@dataclass(frozen=True)
class Parcel:
    """A record with its pictures as JPEG without metadata, by their names.

    Attributes:
        digest: of everything as it was sent.
        poster_photo: the photo of the code as it was sent: re-encoding would cost it sharpness.
    """

    record: RecordSent
    digest: str
    pictures: Mapping[str, bytes]
    poster_photo: bytes | None = None


def kept_already(parcel: Parcel, officer: Officer) -> Inspection | None:
    """The record that was taken in under this id. Raises: OtherOfficer, OtherContent."""
    if parcel.record.officer != officer.pk:
        raise OtherOfficer
    known = Inspection.objects.filter(client_id=parcel.record.id).first()
    if known is None:
        return None
    if known.inspector_id != officer.pk:
        raise OtherOfficer
    if known.digest != parcel.digest:
        raise OtherContent(known)
    return known


def take_in(parcel: Parcel, officer: Officer) -> tuple[Inspection, bool]:
    """Keep a record; one that is there already stays as it is. Returns: the record, and whether it is new.

    Raises: OtherOfficer, OtherContent, AlreadyInspected, NoSuchThing.
    """
    known = kept_already(parcel, officer)
    if known is not None:
        return known, False
    sent = parcel.record
    venue = access_venue(officer, sent.venue, *INSPECTS)
    seen = judge_poster(venue, sent.poster_text, parcel.poster_photo)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [RECORD_LOCK, str(sent.id)])
        known = kept_already(parcel, officer)
        return (known, False) if known else (_keep(parcel, venue, officer, seen), True)


def _keep(parcel: Parcel, venue: Venue, officer: Officer, seen: PosterSeen) -> Inspection:
    sent = parcel.record
    stop = _stop_of(sent)
    follows = access_inspections(officer, *INSPECTS).filter(pk=sent.follows or 0, venue=venue).first()
    inspection = Inspection.objects.create(
        client_id=sent.id,
        digest=parcel.digest,
        venue=venue,
        unit=venue.unit,
        stop=stop,
        follows=follows,
        inspector=officer,
        took_part=_team_of(stop, officer),
        began_at=sent.began_at,
        ended_at=sent.ended_at,
        received_at=timezone.now(),
        lat=sent.lat,
        lon=sent.lon,
        accuracy_m=sent.accuracy_m,
        metres=metres_from(venue, sent.lat, sent.lon),
        checks=sent.checks,
        poster_verdict=seen.verdict,
        poster_version=seen.code.poster_version if seen.code else None,
        poster_reading=keep_seen(seen, sent, officer),
        words=sent.words,
        representative=sent.representative,
        representative_position=sent.representative_position,
        statement=sent.statement,
        refusal=sent.refusal if sent.representative_strokes is None else "",
        **_counted(sent, venue, officer),
    )
    findings = _keep_findings(inspection, parcel)
    _keep_signatures(inspection, sent)
    require_measures(inspection, sent.measures, findings)
    settle_by_inspection(inspection, sent.mended, officer)
    detail = {"venue": venue.pk, "findings": [one.finding for one in findings], "measures": len(sent.measures)}
    audit.record(officer, "inspection.signed", inspection.audit_name, detail=detail)
    audit.record(officer, "venue.inspected", f"venue:{venue.pk}", detail={"inspection": inspection.pk})
    return inspection


def _stop_of(sent: RecordSent) -> Stop | None:
    """The stop of the round, locked; a record that is sent beside the round's has none. Raises: AlreadyInspected."""
    if sent.stop is None or sent.is_beside:
        return None
    stop = Stop.objects.filter(pk=sent.stop, venue=sent.venue).select_for_update(of=("self",)).first()
    if stop is None:
        return None
    done = Inspection.objects.filter(stop=stop).first()
    if done is not None:
        raise AlreadyInspected(done)
    return stop


def _team_of(stop: Stop | None, officer: Officer) -> list[str]:
    """Who takes part, by name and the leader first, as it was on the day; the inspector alone outside a round."""
    if stop is None:
        return [officer.full_name]
    team = [member.officer.full_name for member in stop.round.team.select_related("officer")]
    return team if officer.full_name in team else [officer.full_name, *team]


def _counted(sent: RecordSent, venue: Venue, officer: Officer) -> dict[str, object]:
    """The figures stay with the record; as a measurement of the venue they count only if they are plausible."""
    count = sent.count
    if count is None:
        return {}
    told: dict[str, object] = {
        "counted_entered": count.entered,
        "counted_scanned": count.scanned,
        "counted_seconds": count.counted_seconds,
    }
    try:
        kept, _is_new = keep_count(venue, officer, Counted(**vars(count)))
    except CountRefused:
        return told
    return {**told, "count_id": kept.pk}


def _keep_findings(inspection: Inspection, parcel: Parcel) -> list[InspectionFinding]:
    sent = parcel.record
    findings = []
    for one in sent.findings:
        found = InspectionFinding.objects.create(inspection=inspection, finding=one.finding, words=one.words)
        findings.append(found)
        for name in one.pictures:
            _keep_picture(InspectionPicture(inspection=inspection, finding=found), parcel.pictures.get(name))
    for name in sent.pictures:
        picture = InspectionPicture(inspection=inspection, of_poster=name == sent.poster_picture)
        _keep_picture(picture, parcel.pictures.get(name))
    return findings


def _keep_picture(picture: InspectionPicture, content: bytes | None) -> None:
    if content is not None:
        picture.image.save("", ContentFile(content), save=True)


def _keep_signatures(inspection: Inspection, sent: RecordSent) -> None:
    at = sent.ended_at
    signed = [Signature(signer=Signer.INSPECTOR, strokes=sent.inspector_strokes.kept(), at=at)]
    if sent.representative_strokes is not None:
        about, strokes = sent.representative_position, sent.representative_strokes.kept()
        signed.append(
            Signature(signer=Signer.REPRESENTATIVE, name=sent.representative, about=about, strokes=strokes, at=at)
        )
    for witness in sent.witnesses:
        strokes_kept = witness.strokes.kept() if witness.strokes else ""
        signed.append(
            Signature(signer=Signer.WITNESS, name=witness.name, about=witness.about, strokes=strokes_kept, at=at)
        )
    for one in signed:
        one.inspection = inspection
    Signature.objects.bulk_create(signed)
