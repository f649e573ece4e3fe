"""What carries out each rule of the inventory: the domains' own rounds, and rows removed as the inventory says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction

from dauchan.compliance.days import forget_days
from dauchan.exchange.national.booking import drop_old_payloads
from dauchan.exchange.programs.jobs import KEPT as EVENTS_KEPT
from dauchan.exchange.programs.jobs import forget_before as forget_events
from dauchan.exchange.venue_lists.jobs import forget_files as forget_venue_lists
from dauchan.oversight.forgetting import forget as forget_reports
from dauchan.oversight.owner_notices.carrying import forget_receivers
from dauchan.people.holders import forget_holders
from dauchan.people.measures.actions import forget_names
from dauchan.people.phone_codes import forget_codes
from dauchan.people.roster.actions import forget_leavers
from dauchan.privacy.emptying import emptying
from dauchan.privacy.inventory import data_inventory
from dauchan.privacy.retention.checking import condition, limit_of
from dauchan.privacy.retention.lapsing import forget_lapsed
from dauchan.privacy.rights.erasing import erase_what_was_let_go
from dauchan.tracing.follow_up.retention import forget as forget_follow_ups
from dauchan.tracing.notices.retention import forget_notices
from dauchan.tracing.zones.presence_actions import forget_presences
from dauchan.visits.retention import keep_house

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from dauchan.privacy.inventory import Table

Removed = dict[str, int]


def _ledger(now: dt.datetime) -> Removed:
    """Partitions of days and their segments dropped, then what rests on the ledger."""
    done = keep_house(now)
    return {
        "check_in": done.check_ins,
        "scan_attempt": done.scan_attempts,
        "visits_segment": done.segments,
        "notices_noticeversion": forget_notices(now),
        "zones_presence": forget_presences(now),
    }


def _people(now: dt.datetime) -> Removed:
    forgotten = forget_holders(now) + forget_lapsed(now)
    return {"people_identity": forgotten, "privacy_erasure": erase_what_was_let_go(now)}


def _codes(now: dt.datetime) -> Removed:
    return {"people_phonecode": forget_codes(now), **_by_inventory("codes", now, only=("venues_gateinvitation",))}


def _sessions(now: dt.datetime) -> Removed:
    SessionStore.clear_expired()
    return _by_inventory("session", now, only=("cache", "usersessions_usersession"))


def _follow_up(now: dt.datetime) -> Removed:
    done = forget_follow_ups(now)
    return {"follow_up_followup": done.follow_ups, "follow_up_order": done.orders}


def _reports(now: dt.datetime) -> Removed:
    done = forget_reports(now)
    return {"oversight_report": done.addresses + done.phones + done.words, "oversight_reportphoto": done.photos}


ACTS: dict[str, Callable[[dt.datetime], Removed]] = {
    "ledger": _ledger,
    "people": _people,
    "codes": _codes,
    "sessions": _sessions,
    "follow_up": _follow_up,
    "reports": _reports,
    "measures": lambda now: {"measures_measuredmember": forget_names(now)},
    "rosters": lambda now: {"roster_member": forget_leavers(now)},
    "counts": lambda now: {"compliance_venueday": forget_days(now)},
    "batches": lambda now: {"national_batch": drop_old_payloads(now)},
    "venue_lists": lambda now: {"venue_lists_venuelist": forget_venue_lists(now)},
    "events": lambda now: {"programs_event": forget_events(now - EVENTS_KEPT)},
    "owner_notices": lambda now: {"owner_notices_ownernotice": forget_receivers(now)},
}


def carry_out(rule: str, now: dt.datetime) -> Removed:
    """Remove what a rule says. Returns: rows removed or emptied, by table."""
    act = data_inventory().rules[rule].act
    if not act:
        return {}
    return _by_inventory(rule, now) if act == "inventory" else ACTS[act](now)


@transaction.atomic
def _by_inventory(rule: str, now: dt.datetime, only: tuple[str, ...] = ()) -> Removed:
    """Rows that are found through another table go before those of that table."""
    inventory = data_inventory()
    limit = limit_of(inventory.rules[rule], now)
    tables = [table for table in inventory.under(rule) if not only or table.name in only]
    removed = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('dauchan.retention', 'on', true)")
        for table in sorted(tables, key=lambda one: "SELECT" not in one.since):
            statement, values = _statement(table)
            cursor.execute(statement, {"limit": limit, **values})
            removed[table.name] = int(cursor.rowcount)
        cursor.execute("SELECT set_config('dauchan.retention', 'off', true)")
    return removed


def _statement(table: Table) -> tuple[str, dict[str, Any]]:
    if not table.empties:
        return f"DELETE FROM {table.name} WHERE {condition(table)}", {}  # noqa: S608 - the inventory's own words
    settings, values = emptying(table, table.empties)
    return f"UPDATE {table.name} SET {settings} WHERE {condition(table)}", values  # noqa: S608 - as above
