"""Reading and keeping lists, run by `dauchan worker`; what was handed in is forgotten after a month."""

import contextlib
import datetime as dt
import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from dauchan.exchange.venue_lists.checking import check
from dauchan.exchange.venue_lists.keeping import keep
from dauchan.exchange.venue_lists.models import State, VenueList, VenueRow

log = logging.getLogger(__name__)

KEPT_DAYS = 30
#: No list takes nearly as long: one that is still under way was left by a worker that was stopped.
FORGOTTEN_AFTER = dt.timedelta(hours=2)


@app.task(pass_context=False)
def check_list(list_id: int) -> None:
    """Read and compare a list whose columns were chosen."""
    found = VenueList.objects.filter(pk=list_id, state=State.CHECKING).defer("content").first()
    if found is not None:
        with contextlib.suppress(Exception):  # the list itself says that it failed, the log says why
            check(found)


@app.task(pass_context=False)
def keep_list(list_id: int) -> None:
    """Register what was decided on."""
    found = VenueList.objects.filter(pk=list_id, state=State.KEEPING).defer("content").first()
    if found is None:
        return
    try:
        keep(found)
    except Exception:
        log.exception("venue list %s could not be kept; nothing of it was", list_id)
        VenueList.objects.filter(pk=list_id).update(state=State.FAILED)


# 02:25 in Viet Nam; procrastinate reads the times of cron as UTC.
@app.periodic(cron="25 19 * * *")
@app.task(queueing_lock="venue_lists_forget", pass_context=False)
def forget_tonight(timestamp: int) -> None:  # noqa: ARG001 procrastinate passes when it was due
    """Files and rows of a month ago: from then on an import cannot be undone as a whole."""
    now = timezone.now()
    left = let_go_of_forgotten(now)
    log.info("venue lists: %s files forgotten, %s left under way", forget_files(now), left)


def let_go_of_forgotten(now: dt.datetime) -> int:
    """A list that a stopped worker left under way can be tried again; nothing of it was kept. Returns: how many."""
    under_way = VenueList.objects.filter(
        state__in=[State.CHECKING, State.KEEPING], uploaded_at__lt=now - FORGOTTEN_AFTER
    )
    return under_way.update(state=State.FAILED)


def forget_files(now: dt.datetime) -> int:
    """Drop the files and rows of lists handed in before the limit; who imported what and how many stays. Returns: how many."""
    old = VenueList.objects.filter(uploaded_at__lt=now - dt.timedelta(days=KEPT_DAYS)).exclude(content=None)
    ids = list(old.values_list("pk", flat=True))
    VenueRow.objects.filter(venue_list__in=ids).delete()
    return old.update(content=None)
