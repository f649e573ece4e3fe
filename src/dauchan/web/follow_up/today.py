"""The officer's day: who is to be asked, who is silent, ill, to be tested, at the end; answers by telephone, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from dauchan.tracing.follow_up.access import access_escalations, access_follow_ups, access_orders
from dauchan.tracing.follow_up.actions import keep_answer
from dauchan.tracing.follow_up.errors import FollowUpRefused
from dauchan.tracing.follow_up.models import Channel
from dauchan.tracing.follow_up.queries import PARTS, counts_of, part_of, waiting_orders, with_today
from dauchan.units.models import Role, Unit
from dauchan.web.follow_up.chosen import numbers_of
from dauchan.web.follow_up.forms import TodayFilter, answer_of, read_temperature, symptom_choices
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from dauchan.tracing.follow_up.models import FollowUp
    from dauchan.web.requests import OfficerRequest

LINES_A_PAGE = 50
LABELS = {
    "due": gettext_lazy("Cần hỏi hôm nay"),
    "missed": gettext_lazy("Lỡ khai báo"),
    "ill": gettext_lazy("Có triệu chứng"),
    "tests": gettext_lazy("Đến hạn xét nghiệm"),
    "ending": gettext_lazy("Đủ ngày"),
    "all": gettext_lazy("Đang theo dõi"),
    "ended": gettext_lazy("Đã kết thúc"),
}


@officer_required(Role.TRACER, Role.APPROVER)
def today_page(request: OfficerRequest) -> HttpResponse:
    today = timezone.localdate()
    follow_ups = with_today(access_follow_ups(request.user), today)
    chosen = _filter(request)
    found = _found(follow_ups, chosen)
    counts = counts_of(found, today)
    part = request.GET.get("part", "due")
    part = part if part in PARTS else "due"
    page = Paginator(part_of(found, part, today), LINES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [(one, symptom_choices(one.rule), (today - _exposed_on(one)).days) for one in page],
        "filter": chosen,
        "part": part,
        "tabs": [(name, LABELS[name], counts[name]) for name in PARTS],
        "title": LABELS[part],
        "today": today,
        "may_write": bool(request.user.units_as(Role.TRACER)),
        "escalated": access_escalations(request.user).filter(settled_at=None).count(),
        "waiting_orders": waiting_orders(access_orders(request.user)).count(),
    }
    return render(request, "follow_up/today.html", context)


def _exposed_on(follow_up: FollowUp) -> Any:  # noqa: ANN401 - a date
    return timezone.localdate(follow_up.last_exposed_at)


def _filter(request: OfficerRequest) -> TodayFilter:
    form = TodayFilter(request.GET)
    teams = access_follow_ups(request.user).order_by().values("team")
    form.fields["team"].queryset = Unit.objects.filter(pk__in=teams)  # type: ignore[attr-defined]  # the stubs know only Field
    return form


def _found(follow_ups: QuerySet[FollowUp], form: TodayFilter) -> QuerySet[FollowUp]:
    """What the filter lets through; one that says nothing sensible lets all through."""
    wanted = form.cleaned_data if form.is_valid() else {}
    if wanted.get("team"):
        follow_ups = follow_ups.filter(team=wanted["team"])
    words = wanted.get("q", "").strip()
    if not words:
        return follow_ups
    # A number is the contact's; with all its digits it may be a case's too.
    number = numbers_of([words])
    matches = (
        Q(contact__number=number[0]) | Q(case__code__endswith=f"-{words}") if number else Q(case__code__icontains=words)
    )
    return follow_ups.filter(matches)


@require_POST
@officer_required(Role.TRACER)
def keep_lines(request: OfficerRequest) -> HttpResponse:
    """Every line that was filled in becomes an answer by telephone; one that says nothing sensible is told, and stays."""
    follow_ups = access_follow_ups(request.user).filter(pk__in=numbers_of(request.POST.getlist("line")))
    kept = 0
    faults: list[tuple[int, Exception]] = []
    for follow_up in follow_ups:
        state = request.POST.get(f"state-{follow_up.pk}", "")
        if state not in {"well", "ill"}:
            continue
        try:
            _keep_line(request, follow_up, state)
        except (ValidationError, FollowUpRefused) as refused:
            faults.append((follow_up.contact.number, refused))
        else:
            kept += 1
    _tell(request, kept, faults)
    asked = QueryDict(request.POST.get("shown", ""))
    back = QueryDict(mutable=True)
    for name in ("part", "q", "team", "page"):
        if asked.get(name):
            back[name] = str(asked[name])
    return redirect(reverse("follow_up:today") + (f"?{back.urlencode()}" if back else ""))


def _keep_line(request: OfficerRequest, follow_up: FollowUp, state: str) -> None:
    temperature = read_temperature(request.POST.get(f"temperature-{follow_up.pk}", ""))
    symptoms = request.POST.getlist(f"symptoms-{follow_up.pk}") if state == "ill" else []
    answer = answer_of(symptoms, temperature, "", follow_up.rule)
    if state == "ill" and answer.is_well:
        raise ValidationError(_("hãy chọn ít nhất một triệu chứng."))
    keep_answer(follow_up, answer, Channel.CALL, request.user)


def _tell(request: OfficerRequest, kept: int, faults: list[tuple[int, Exception]]) -> None:
    if kept:
        messages.success(request, ngettext("Đã ghi %(count)s dòng.", "Đã ghi %(count)s dòng.", kept) % {"count": kept})
    for number, refused in faults:
        said = refused.messages[0] if isinstance(refused, ValidationError) else getattr(refused, "message", "")
        messages.error(request, _("Người %(number)s: %(fault)s") % {"number": number, "fault": said})
    if not kept and not faults:
        messages.info(request, _("Chưa có dòng nào được điền."))
