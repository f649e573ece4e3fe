"""Two officers revoke at the same moment: no cursor that a gate was ever given passes a revocation it has not seen."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction

from dauchan.people.card_changes import card_changes
from dauchan.people.cards import issue_cards, revoke_card
from dauchan.people.holders import Holder
from dauchan.units.models import Role
from tests.web.conftest import appointed, make_unit

if TYPE_CHECKING:
    from collections.abc import Callable

    from dauchan.people.models import ControlCard
    from dauchan.units.models import Officer

PATIENCE_SECONDS = 20


def in_thread(act: Callable[[], None]) -> threading.Thread:
    def acted() -> None:
        try:
            act()
        finally:
            connection.close()

    thread = threading.Thread(target=acted)
    thread.start()
    return thread


def waiting_for_the_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        return bool(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_a_cursor_never_skips_a_revocation_that_commits_late() -> None:
    unit = make_unit("90001", "commune", "Phường Thuận Thử")
    officer = appointed(Role.OFFICER, unit)
    slow, quick = issue_cards(unit, officer, [Holder("Trần Thử"), Holder("Lê Thử")])
    done, may_commit = threading.Event(), threading.Event()

    def revoke_slowly() -> None:
        with transaction.atomic():
            revoke_card(slow, officer, "lost")
            done.set()
            assert may_commit.wait(PATIENCE_SECONDS)

    first = in_thread(revoke_slowly)
    assert done.wait(PATIENCE_SECONDS)
    second = in_thread(partial(_revoke_all, [quick], officer))
    try:
        while second.is_alive() and not waiting_for_the_lock():
            pass  # the second must be in the queue before anything is read
        between = card_changes(0)
        assert (between.cursor, between.revoked) == (0, [])
    finally:
        may_commit.set()
        first.join(PATIENCE_SECONDS)
        second.join(PATIENCE_SECONDS)
    assert not second.is_alive()
    after = card_changes(1)
    assert (after.cursor, after.revoked, after.is_whole) == (2, [quick.pk], False)
    assert set(card_changes(between.cursor).revoked) == {slow.pk, quick.pk}


def _revoke_all(cards: list[ControlCard], officer: Officer) -> None:
    for card in cards:
        revoke_card(card, officer, "lost")


@pytest.mark.django_db(transaction=True)
def test_a_gate_that_asks_all_the_time_misses_nothing_of_a_flood() -> None:
    unit = make_unit("90001", "commune", "Phường Thuận Thử")
    officer = appointed(Role.OFFICER, unit)
    cards = issue_cards(unit, officer, [Holder("Trần Thử")] * 24)
    threads = [in_thread(partial(_revoke_all, cards[start::4], officer)) for start in range(4)]
    seen: set[int] = set()
    cursor = 0
    while True:
        is_last = not any(thread.is_alive() for thread in threads)
        changes = card_changes(cursor)
        seen = set(changes.revoked) if changes.is_whole else seen | set(changes.revoked)
        cursor = changes.cursor
        if is_last:
            break
    assert seen == {card.pk for card in cards}
    assert cursor == len(cards)
