"""The contact list in the forms others work with: a line list as of the WHO and Go.Data, and the form of Vietnamese teams."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from dauchan.exchange.tables import Column
from dauchan.tracing.interviews.models import NamedPerson
from dauchan.visits.registry import Assurance

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from dauchan.tracing.interviews.models import ContactInterview
    from dauchan.tracing.models import TraceRun
    from dauchan.web.tracer.contact_table import ContactRow

#: In a line list codes are read by programs: they are the same in every language.
LINE_LIST, FORM = "line-list", "form"


def line_list_columns(run: TraceRun, *, names_open: bool) -> list[Column[ContactRow]]:
    """One row per contact, one code or number per cell; names only where they are opened."""
    told = named_by_person(run)
    columns: list[Column[ContactRow]] = [
        Column("case_id", lambda _row: run.case.code),
        Column("disease", lambda _row: run.case.disease.code),
        Column("contact_id", lambda row: f"{run.case.code}-{row.contact.number}"),
        Column("generation", lambda row: row.contact.generation),
        Column("source_id", lambda row: _source(run, row)),
        Column("relationship", lambda row: told[row.contact.person_id].relation if _is_told(row, told) else ""),
        Column("first_exposure_at", lambda row: row.contact.first_at),
        Column("last_exposure_at", lambda row: row.contact.last_at),
        Column("exposure_minutes", lambda row: round(row.contact.overlap_seconds / 60, 2)),
        Column("exposure_count", lambda row: row.contact.encounters),
        Column("exposure_place", lambda row: row.contact.venue.name if row.contact.venue else ""),
        Column("exposure_address", lambda row: row.contact.venue.full_address if row.contact.venue else ""),
        Column("exposure_commune_code", lambda row: row.contact.venue.unit.code if row.contact.venue else ""),
        Column("evidence", _evidence),
        Column("certainty", lambda row: _certainty(row.contact.assurance)),
        Column("classification", lambda row: row.contact.verdict),
        Column("contact_grade", _work(lambda work: work.grade.code if work.grade else "")),
        Column("distance", _work(lambda work: work.distance)),
        Column("ventilation", _work(lambda work: work.ventilation)),
        Column("mask_contact", _work(lambda work: work.contact_mask)),
        Column("residence_commune_code", _work(lambda work: work.residence.code if work.residence else "")),
        Column("team", _work(lambda work: work.team.full_name if work.team else "")),
        Column("found_at", lambda row: row.contact.interview.found_at if row.contact.interview else run.finished_at),
        Column("call_attempts", lambda row: row.contact.interview.attempts if row.contact.interview else 0),
        Column("last_call_outcome", _work(lambda work: work.last_outcome)),
        Column("reached_at", _work(lambda work: work.reached_at)),
        Column("verified_at", _work(lambda work: work.verified_at)),
        Column("tested_at", _work(lambda work: work.tested_at)),
        Column("test_result", _work(lambda work: work.result)),
    ]
    if not names_open:
        return columns
    return [
        *columns,
        Column("full_name", lambda row: row.identity.full_name if row.identity else ""),
        Column("birth_year", lambda row: (row.identity.birth_year or "") if row.identity else ""),
        Column("phone", lambda row: row.identity.phone if row.identity else ""),
        Column("address", lambda row: (row.identity.address or "") if row.identity else ""),
    ]


def form_columns(run: TraceRun, *, names_open: bool) -> list[Column[ContactRow]]:
    """The usual form of a list of contacts; cells of people stay empty where names are not opened."""
    told = named_by_person(run)

    def of_person(value: Callable[[ContactRow], str]) -> Callable[[ContactRow], str]:
        return lambda row: value(row) if names_open and row.identity else ""

    return [
        Column(_("STT"), lambda row: row.contact.number),
        Column(_("Họ và tên"), of_person(lambda row: row.identity.full_name if row.identity else "")),
        Column(_("Năm sinh"), of_person(lambda row: (row.identity.birth_year or "") if row.identity else "")),
        Column(_("Số điện thoại"), of_person(lambda row: row.phone)),
        Column(_("Địa chỉ"), of_person(lambda row: (row.identity.address or "") if row.identity else "")),
        Column(_("Phường, xã"), _work(lambda work: work.residence.full_name if work.residence else "")),
        Column(_("Tiếp xúc với"), lambda row: run.case.code if row.contact.generation == 1 else row.source),
        Column(_("Vòng"), lambda row: f"F{row.contact.generation}"),
        Column(
            _("Quan hệ"),
            lambda row: str(told[row.contact.person_id].get_relation_display()) if _is_told(row, told) else "",
        ),
        Column(_("Tiếp xúc lần đầu"), lambda row: _local(row.contact.first_at)),
        Column(_("Tiếp xúc lần cuối"), lambda row: _local(row.contact.last_at)),
        Column(_("Nơi tiếp xúc"), lambda row: row.contact.venue.name if row.contact.venue else ""),
        Column(_("Số phút cùng nhau"), lambda row: round(row.contact.overlap_seconds / 60)),
        Column(_("Khoảng cách"), _work(lambda work: str(work.get_distance_display() or ""))),
        Column(_("Mức tiếp xúc"), _work(lambda work: work.grade.name if work.grade else "")),
        Column(_("Kết quả xác minh"), lambda row: str(row.contact.get_verdict_display())),
        Column(_("Liên hệ được lúc"), _work(lambda work: _local(work.reached_at))),
        Column(_("Lấy mẫu lúc"), _work(lambda work: _local(work.tested_at))),
        Column(_("Kết quả xét nghiệm"), _work(lambda work: str(work.get_result_display() or ""))),
        Column(_("Đội phụ trách"), _work(lambda work: work.team.full_name if work.team else "")),
        Column(_("Ghi chú"), lambda row: _("Do ca bệnh kể") if row.contact.is_named else ""),
    ]


def named_by_person(run: TraceRun) -> dict[int, NamedPerson]:
    """Whom the case named, by person; one query for a list."""
    return {named.person_id: named for named in NamedPerson.objects.filter(case=run.case_id)}


def _is_told(row: ContactRow, told: dict[int, NamedPerson]) -> bool:
    return row.contact.is_named and row.contact.person_id in told


def _work(value: Callable[[ContactInterview], object]) -> Callable[[ContactRow], object]:
    """A cell of what the team did; empty where nobody did anything yet."""
    return lambda row: value(row.contact.interview) if row.contact.interview else ""


def _source(run: TraceRun, row: ContactRow) -> str:
    return run.case.code if row.source_number is None else f"{run.case.code}-{row.source_number}"


def _evidence(row: ContactRow) -> str:
    parts = [word for word, holds in (("scan", row.contact.encounters), ("named", row.contact.is_named)) if holds]
    return "+".join(parts)


def _certainty(assurance: int | None) -> str:
    return Assurance(assurance).name.lower() if assurance else ""


def _local(instant: dt.datetime | None) -> str:
    return f"{timezone.localtime(instant):%d/%m/%Y %H:%M}" if instant else ""
