"""The owner's side of a sanction: reads it, acknowledges it, shows that things are mended, appeals."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from dauchan.oversight.sanctions.access import access_own_picture, access_own_sanction
from dauchan.oversight.sanctions.errors import SanctionRefused
from dauchan.oversight.sanctions.models import EventKind, Kind
from dauchan.oversight.sanctions.owner_steps import acknowledge, appeal, say_mended
from dauchan.units.errors import NoSuchThing
from dauchan.web.layout.fields import PhotosField
from dauchan.web.referrals.forms import MOST_PICTURES, WordsField
from dauchan.web.sanctions.words import rows_of
from dauchan.web.visitor.session import person_required

if TYPE_CHECKING:
    from dauchan.oversight.sanctions.models import Sanction
    from dauchan.web.requests import PersonRequest

#: What the owner reads of its story: not who looked, noted or was reminded.
TOLD = (
    EventKind.ISSUED,
    EventKind.APPROVED,
    EventKind.ACKNOWLEDGED,
    EventKind.MENDED,
    EventKind.SETTLED,
    EventKind.APPEALED,
    EventKind.PAUSED,
    EventKind.RESUMED,
    EventKind.ANSWERED,
    EventKind.LIFTED,
    EventKind.EXPIRED,
    EventKind.REPLACED,
    EventKind.REVOKED,
)
#: Of these the words are the owner's own, or were written for them.
TOLD_IN_WORDS = (EventKind.MENDED, EventKind.ANSWERED)


class MendedForm(forms.Form):
    words = WordsField(
        label=_("Đã khắc phục thế nào?"),
        min_length=10,
        rows=3,
        help_text=_("Không ghi thông tin cá nhân của khách hay nhân viên."),
    )
    pictures = PhotosField(
        label=_("Ảnh"),
        most=MOST_PICTURES,
        help_text=_("Nhiều nhất 4 ảnh. Vị trí và thông tin máy chụp trong ảnh được xóa khi tải lên."),
    )


class AppealForm(forms.Form):
    words = WordsField(
        label=_("Vì sao bạn không đồng ý?"),
        most=4000,
        rows=6,
        min_length=20,
        help_text=_("Cấp trên của đơn vị đã quyết định đọc nội dung này; người đã quyết định không giải quyết."),
    )


FORMS: dict[str, type[forms.Form]] = {"acknowledge": forms.Form, "mended": MendedForm, "appeal": AppealForm}
DONE = {
    "acknowledge": _("Đã ghi nhận bạn đã đọc."),
    "mended": _("Đã gửi. Cán bộ sẽ kiểm tra và trả lời."),
    "appeal": _("Đã gửi khiếu nại lên cấp trên."),
}


@require_safe
@person_required
def page(request: PersonRequest, sanction_id: int) -> HttpResponse:
    return _shown(request, access_own_sanction(request.person.pk, sanction_id), {})


@require_POST
@person_required
def step(request: PersonRequest, sanction_id: int, step: str) -> HttpResponse:
    """What was typed stays where it is refused."""
    if step not in FORMS:
        raise NoSuchThing
    sanction = access_own_sanction(request.person.pk, sanction_id)
    form = _form(step, request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, sanction, {step: form}, HTTPStatus.UNPROCESSABLE_ENTITY)
    said = form.cleaned_data
    try:
        if step == "acknowledge":
            acknowledge(sanction)
        elif step == "mended":
            say_mended(sanction, said["words"], said["pictures"])
        else:
            appeal(sanction, said["words"])
    except SanctionRefused as refused:
        messages.error(request, str(refused.message))
        now = access_own_sanction(request.person.pk, sanction_id)
        return _shown(request, now, {step: form}, HTTPStatus.CONFLICT)
    messages.success(request, str(DONE[step]))
    return redirect("sanctions:own", sanction.pk)


@require_safe
@person_required
def picture(request: PersonRequest, picture_id: int) -> HttpResponse:
    with access_own_picture(request.person.pk, picture_id).image.open() as file:
        return HttpResponse(file.read(), content_type="image/jpeg")


def _form(step: str, *sent: Any) -> forms.Form:  # noqa: ANN401 - Django's mappings
    """Several stand on one page: each has ids of its own."""
    options: dict[str, Any] = {"auto_id": f"id_{step}_%s"}
    return FORMS[step](*(sent or (None, None)), **options)


def _shown(
    request: PersonRequest, sanction: Sanction, sent: dict[str, forms.Form], status: int = HTTPStatus.OK
) -> HttpResponse:
    filed = getattr(sanction, "appeal", None)
    context = {
        "row": rows_of([sanction])[0],
        "sanction": sanction,
        "appeal": filed,
        "bases": sanction.bases.all(),
        "grounds": sanction.grounds.all(),
        "events": sanction.events.filter(kind__in=TOLD).prefetch_related("pictures"),
        "told_in_words": TOLD_IN_WORDS,
        "may_answer": sanction.is_in_force and sanction.kind != Kind.LIFTING,
        "may_appeal": filed is None and sanction.may_be_appealed_at(timezone.now()),
        "forms": {name: sent.get(name) or _form(name) for name in FORMS},
        "refused": next(iter(sent), ""),
    }
    return render(request, "sanctions/own.html", context, status=status)
