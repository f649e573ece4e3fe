"""Lists that were handed in, and one of them at whatever step it is."""

from __future__ import annotations

import io
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dauchan.exchange.sheets import SheetUnreadable
from dauchan.exchange.tables import Column, write_xlsx
from dauchan.exchange.venue_lists.access import IMPORTS_VENUES, access_venue_list, access_venue_lists
from dauchan.exchange.venue_lists.copies import copy_of, likeness_told, names_of
from dauchan.exchange.venue_lists.errors import ListRefused
from dauchan.exchange.venue_lists.models import Decision, Outcome, RowState, State
from dauchan.exchange.venue_lists.progress import told
from dauchan.exchange.venue_lists.reasons import sentence_of
from dauchan.exchange.venue_lists.taking_in import hand_in
from dauchan.units.errors import NoSuchThing
from dauchan.units.models import Unit
from dauchan.venues.models import Category
from dauchan.vietnamese import plain_words
from dauchan.web.officer.guards import officer_required
from dauchan.web.venue_lists.forms import UploadForm
from dauchan.web.venue_lists.words import FACTS, REASONS, ROW_TONES, STEPS, TONES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dauchan.exchange.venue_lists.models import VenueList, VenueRow
    from dauchan.web.requests import OfficerRequest

LISTS_A_PAGE, ROWS_A_PAGE = 25, 50
STEP = {
    State.READ: 2,
    State.CHECKING: 3,
    State.CHECKED: 3,
    State.KEEPING: 4,
    State.KEPT: 5,
    State.UNDONE: 5,
    State.FAILED: 2,
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@officer_required(*IMPORTS_VENUES)
def all_lists(request: OfficerRequest) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None, officer=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            asked = form.cleaned_data
            taken = hand_in(asked["file"], form.file_name(), request.user, asked["unit"])
        except ListRefused as refused:
            form.add_error("file", str(refused.message))
        else:
            return redirect("venue_lists:columns", taken.pk)
    page = Paginator(access_venue_lists(request.user), LISTS_A_PAGE).get_page(request.GET.get("page"))
    lists = [(one, TONES[State(one.state)]) for one in page]
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(
        request, "venue_lists/all.html", {"form": form, "page": page, "lists": lists, "steps": STEPS}, status=status
    )


@require_GET
@officer_required(*IMPORTS_VENUES)
def one(request: OfficerRequest, list_id: int) -> HttpResponse:
    found = access_venue_list(request.user, list_id)
    if found.state in {State.READ, State.FAILED}:
        return redirect("venue_lists:columns", found.pk)
    return render(request, "venue_lists/one.html", _shown(request, found))


def _shown(request: OfficerRequest, found: VenueList) -> dict[str, Any]:
    context: dict[str, Any] = {
        "list": found,
        "steps": STEPS,
        "step": STEP[State(found.state)],
        "tone": TONES[State(found.state)],
    }
    if found.is_under_way:
        return context
    tabs = _tabs(found)
    tab = request.GET.get("tab", "")
    if tab not in {name for name, _label, _number in tabs}:
        tab = next((name for name, _label, number in tabs if number), tabs[0][0])
    field = "state" if found.state == State.CHECKED else "outcome"
    chosen = found.rows.filter(state=RowState.FAULTY) if tab == RowState.FAULTY else found.rows.filter(**{field: tab})
    page = Paginator(chosen.select_related("venue"), ROWS_A_PAGE).get_page(request.GET.get("page"))
    undecided = found.rows.filter(state=RowState.ASKS, decision="").count() if found.can_be_kept else 0
    return context | {
        "tabs": tabs,
        "tab": tab,
        "page": page,
        "rows": list(_rows(found, page)),
        "undecided": undecided,
        "will_keep": _will_keep(found),
        "decisions": Decision.choices,
        "may_undo": found.state == State.KEPT and bool(page.paginator.count),
        "asks": tab == RowState.ASKS and found.can_be_kept,
    }


def _tabs(found: VenueList) -> list[tuple[str, str, int]]:
    names: Iterable[Any] = RowState if found.state == State.CHECKED else [*Outcome, RowState.FAULTY]
    tabs = [(str(name.value), str(name.label), int(found.counts.get(name.value, 0))) for name in names]
    return tabs if found.state == State.CHECKED else [tab for tab in tabs if tab[2]] or tabs[:1]


def _will_keep(found: VenueList) -> int:
    if not found.can_be_kept:
        return 0
    decided = found.rows.filter(state=RowState.ASKS, decision__in=[Decision.NEW, Decision.MERGE]).count()
    return int(found.counts.get("good", 0)) + decided


@dataclass(frozen=True)
class ShownRow:
    """A row as the table shows it; `offers` are what may be decided about it."""

    row: VenueRow
    sheet: str
    said: str
    address: str
    kind: str
    sentences: list[str]
    alike: str
    offers: list[tuple[str, str]]
    tone: str
    why: str

    @property
    def decided(self) -> str:
        return f"{self.row.decision}-{self.row.into}" if self.row.into else self.row.decision


def _rows(found: VenueList, rows: Iterable[VenueRow]) -> Iterable[ShownRow]:
    shown = list(rows)
    names = names_of(shown)
    numbers = dict(
        found.rows.filter(position__in=[row.twin for row in shown if row.twin]).values_list("position", "number")
    )
    kinds = {kind.code: str(kind) for kind in Category.objects.all()}
    units = Unit.objects.in_bulk({draft.unit for row in shown if (draft := row.draft)})
    titles = [sheet["title"] for sheet in found.layout]
    for row in shown:
        cells, draft = row.content["cells"], row.draft
        alike = likeness_told(row, names, numbers) if row.state == RowState.ASKS else ""
        yield ShownRow(
            row=row,
            sheet=titles[row.sheet] if len(titles) > 1 else "",
            said=cells.get("name", ""),
            address=f"{draft.address}, {units[draft.unit]}" if draft else _place_said(cells),
            kind=kinds.get(draft.kind, "") if draft else cells.get("category", ""),
            sentences=[sentence_of(reason) for reason in row.reasons],
            alike=alike,
            offers=_offers(row, names, numbers),
            tone=ROW_TONES[Outcome(row.outcome) if row.outcome else RowState(row.state)],
            why=str(REASONS.get(row.why, "")),
        )


def _place_said(cells: dict[str, str]) -> str:
    return ", ".join(cells[fact] for fact in ("house", "street", "address", "hamlet", "commune") if fact in cells)


def _offers(row: VenueRow, names: dict[int, str], numbers: dict[int, int]) -> list[tuple[str, str]]:
    offers = [("", _("— Chưa quyết định: không ghi —")), (Decision.SKIP.value, str(Decision.SKIP.label))]
    offers += [(f"merge-{pk}", _("Bổ sung vào: %(venue)s") % {"venue": names[pk]}) for pk in row.alike if pk in names]
    if row.twin:
        offers.append(
            (Decision.MERGE.value, _("Bổ sung vào dòng %(number)s") % {"number": numbers.get(row.twin, row.twin)})
        )
    return [*offers, (Decision.NEW.value, str(Decision.NEW.label))]


@require_GET
@officer_required(*IMPORTS_VENUES)
def progress(request: OfficerRequest, list_id: int) -> HttpResponse:
    """How far the worker is; the page is loaded anew once it is done."""
    found = access_venue_list(request.user, list_id)
    if found.state == State.KEEPING:
        found.rows_done, found.rows_in_all = told(found.pk) or (0, 0)
    answer = render(request, "venue_lists/progress.html", {"list": found})
    if not found.is_under_way:
        answer["HX-Refresh"] = "true"
    return answer


@require_GET
@officer_required(*IMPORTS_VENUES)
def copy(request: OfficerRequest, list_id: int) -> HttpResponse:
    found = access_venue_list(request.user, list_id)
    try:
        content, ending = copy_of(found, request.user)
    except (ListRefused, SheetUnreadable) as gone:
        raise NoSuchThing from gone
    return _file(
        content, f"{plain_words(found.file_name.rpartition('.')[0])[:60] or 'danh-sach'}-ket-qua.{ending}", ending
    )


@require_GET
@officer_required(*IMPORTS_VENUES)
def template(request: OfficerRequest) -> HttpResponse:  # noqa: ARG001 - the same for everybody
    """An empty list, for who has none yet."""
    columns: list[Column[Any]] = [Column(str(label), lambda _item: "") for label in FACTS.values()]
    with io.BytesIO() as written:
        write_xlsx(columns, [], written, _("Địa điểm"))
        return _file(written.getvalue(), "dia-diem.xlsx", "xlsx")


def _file(content: bytes, name: str, ending: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=XLSX if ending == "xlsx" else "text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
