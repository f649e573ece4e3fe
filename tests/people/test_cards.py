"""Control cards: who may see them, how their holders are found again, what revoking, replacing and undoing leave behind."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from psycopg import sql

from dauchan.people.access import access_card, access_cards, matching_cards, similar_cards
from dauchan.people.actions import person_for_phone, person_with_phone
from dauchan.people.card_changes import card_changes, card_holder
from dauchan.people.card_models import CardState
from dauchan.people.cards import (
    issue_card,
    issue_cards,
    note_printed,
    opened_details,
    read_serial,
    replace_card,
    revoke_card,
    undo_revocation,
)
from dauchan.people.errors import AlreadyReplaced, AlreadyRevoked, HolderForgotten, TooLateToUndo
from dauchan.people.holders import Holder, forget_holders
from dauchan.people.models import ControlCard, Identity
from dauchan.qr import CodeRefused
from dauchan.units.audit import first_broken_entry
from dauchan.units.errors import NoSuchThing
from dauchan.units.models import AuditEntry, Role, Unit
from tests.web.conftest import appointed, commune, make_officer, officer, other_commune, province

if TYPE_CHECKING:
    from dauchan.units.models import Officer

__all__ = ["commune", "make_officer", "officer", "other_commune", "province"]

pytestmark = pytest.mark.django_db
HOLDER = Holder("Trần Thị Thử", 1950, "+84905111222", "Tổ 3, đường Lê Thử")


@pytest.fixture
def card(commune: Unit, officer: Officer) -> ControlCard:
    return issue_card(commune, officer, HOLDER)


def found(officer: Officer, text: str) -> list[ControlCard]:
    return list(matching_cards(access_cards(officer), text))


def actions_of(card: ControlCard) -> list[str]:
    return list(AuditEntry.objects.filter(subject=f"card:{card.serial}").values_list("action", flat=True))


def test_a_card_says_nothing_of_its_holder_and_the_database_holds_no_name(card: ControlCard) -> None:
    assert card_holder(card.pk) == (card.person_id, None)
    assert card_holder(7) is None
    assert (card.expires_on - timezone.localdate()).days == 365
    tables = ("people_controlcard", "people_identity", "people_person", "people_cardchange", "units_auditentry")
    for table in tables:
        with connection.cursor() as cursor:
            planted = sql.SQL("SELECT count(*) FROM {} AS t WHERE t::text ~* 'Thử|905111222'").format(
                sql.Identifier(table)
            )
            cursor.execute(planted)
            assert (table, cursor.fetchone()[0]) == (table, 0)


def test_the_number_on_a_card_signs_nobody_in(card: ControlCard) -> None:
    assert person_with_phone(HOLDER.phone) is None
    assert card.person.identity.phone == HOLDER.phone


def test_two_people_may_share_a_relative_s_number_or_have_none(commune: Unit, officer: Officer) -> None:
    cards = issue_cards(commune, officer, [HOLDER, HOLDER, Holder("Lê Thử"), Holder("Lê Thử Hai")])
    assert len({card.person_id for card in cards}) == len({card.serial for card in cards}) == 4
    assert len(found(officer, "0905 111 222")) == 2
    assert [card.person.identity.phone for card in found(officer, "le thu")] == [""]


@pytest.mark.parametrize(
    "text",
    ["Trần Thị Thử", "tran thi thu", "  TRAN  THI THU ", "tran thi thu 1950", "Trần Thị Thử (1950)", "0905.111.222"],
)
def test_a_holder_is_found_by_the_whole_name_or_the_number(card: ControlCard, officer: Officer, text: str) -> None:
    assert found(officer, text) == [card]


@pytest.mark.parametrize("text", ["tran thi", "tran thi thu 1951", "0905111223", "TK-0000-0000", "1950"])
def test_nothing_less_finds_a_holder(card: ControlCard, officer: Officer, text: str) -> None:
    assert card not in found(officer, text)


def test_a_card_is_found_by_its_number_however_typed(card: ControlCard, officer: Officer) -> None:
    for text in (card.serial, card.serial.lower(), card.serial[3:], card.serial.replace("-", ""), f" {card.serial} "):
        assert read_serial(text) == card.serial
        assert found(officer, text) == [card]
    with pytest.raises(CodeRefused):
        read_serial(card.serial[:-1] + ("0" if card.serial[-1] != "0" else "1"))


def test_a_card_exists_only_for_officers_of_its_area(
    card: ControlCard, province: Unit, commune: Unit, other_commune: Unit
) -> None:
    assert access_card(appointed(Role.OFFICER, province), card.pk) == card
    assert access_card(appointed(Role.HEAD, commune), card.pk) == card
    strangers = [appointed(Role.OFFICER, other_commune)]
    strangers += [appointed(role, province) for role in set(Role.values) - {Role.OFFICER, Role.HEAD}]
    for stranger in strangers:
        with pytest.raises(NoSuchThing):
            access_card(stranger, card.pk)


def test_the_same_name_and_year_in_the_unit_is_pointed_out(
    card: ControlCard, other_commune: Unit, officer: Officer
) -> None:
    assert list(similar_cards(card.unit, Holder("tran thi thu", 1950))) == [card]
    assert list(similar_cards(card.unit, Holder("Trần Thị Thử"))) == [card]
    assert not similar_cards(card.unit, Holder("Trần Thị Thử", 1951))
    assert not similar_cards(other_commune, HOLDER)
    revoke_card(card, officer, "lost")
    assert not similar_cards(card.unit, HOLDER)


def test_a_revoked_card_stays_revoked_and_says_why(card: ControlCard, officer: Officer) -> None:
    revoked = revoke_card(card, officer, "lost")
    assert (revoked.state, revoked.revoked_by, revoked.get_revoke_reason_display()) == (
        CardState.REVOKED,
        officer,
        "Bị mất",
    )
    held = card_holder(card.pk)
    assert held is not None
    assert held.revoked_at == revoked.revoked_at
    with pytest.raises(AlreadyRevoked):
        revoke_card(card, officer, "lost")


def test_a_revocation_is_taken_back_within_ten_minutes(card: ControlCard, officer: Officer) -> None:
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        revoke_card(card, officer, "mistake")
    with time_machine.travel(now + dt.timedelta(minutes=10), tick=False):
        assert undo_revocation(card, officer).state is CardState.GOOD
    with pytest.raises(TooLateToUndo):
        undo_revocation(card, officer)
    with time_machine.travel(now, tick=False):
        revoke_card(card, officer, "mistake")
    with time_machine.travel(now + dt.timedelta(minutes=10, seconds=1)), pytest.raises(TooLateToUndo):
        undo_revocation(card, officer)


def test_a_replaced_card_is_revoked_and_the_new_one_is_the_same_person_s(card: ControlCard, officer: Officer) -> None:
    new = replace_card(card, officer, "damaged")
    card.refresh_from_db()
    assert (card.replaced_by, card.state, card.revoke_reason) == (new, CardState.REVOKED, "damaged")
    assert (new.person_id, new.state, new.serial != card.serial) == (card.person_id, CardState.GOOD, True)
    with pytest.raises(AlreadyReplaced):
        replace_card(card, officer, "damaged")
    with pytest.raises(TooLateToUndo):
        undo_revocation(card, officer)


def test_a_card_reported_lost_can_be_replaced_later(card: ControlCard, officer: Officer) -> None:
    revoke_card(card, officer, "lost")
    new = replace_card(card, officer, "damaged")
    card.refresh_from_db()
    assert (card.replaced_by, card.revoke_reason) == (new, "lost")


def test_a_card_expires_at_the_end_of_its_last_day(card: ControlCard) -> None:
    assert card.state_on(card.last_on) is CardState.GOOD
    assert card.state_on(card.expires_on) is CardState.EXPIRED


def test_a_holder_is_forgotten_when_all_cards_ended_long_ago(card: ControlCard, officer: Officer) -> None:
    lasting = issue_card(card.unit, officer, Holder("Lê Thử"), timezone.localdate() + dt.timedelta(days=900))
    signed_in = person_for_phone("+84905333444", "Phan Thử")
    now = timezone.now()
    with time_machine.travel(now + dt.timedelta(days=300), tick=False):
        new = replace_card(card, officer, "lost")
    for days, kept in ((300 + 365 + 90, {card.person_id, lasting.person_id}), (300 + 365 + 92, {lasting.person_id})):
        forget_holders(now + dt.timedelta(days=days))
        assert set(Identity.objects.values_list("pk", flat=True)) == {*kept, signed_in.pk}
    new.refresh_from_db()
    with pytest.raises(HolderForgotten):
        replace_card(new, officer, "lost")


def test_a_holder_of_a_revoked_card_is_known_for_a_while(card: ControlCard, officer: Officer) -> None:
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        revoke_card(card, officer, "left")
    assert forget_holders(now + dt.timedelta(days=90)) == 0
    assert forget_holders(now + dt.timedelta(days=91)) == 1


def test_every_act_stands_in_the_log(card: ControlCard, officer: Officer) -> None:
    note_printed([card], officer, "In thẻ")
    opened = opened_details(card, officer, "Gọi cho người thân")
    assert opened is not None
    assert opened.full_name == HOLDER.full_name
    revoke_card(card, officer, "mistake")
    undo_revocation(card, officer)
    new = replace_card(card, officer, "damaged")
    assert actions_of(card) == [
        "card.issued",
        "card.printed",
        "card.opened",
        "card.revoked",
        "card.revocation_undone",
        "card.revoked",
    ]
    assert actions_of(new) == ["card.issued"]
    assert AuditEntry.objects.get(action="card.opened").purpose == "Gọi cho người thân"
    assert first_broken_entry() is None


def test_gates_get_what_is_new_and_everything_when_they_must(commune: Unit, officer: Officer) -> None:
    cards = issue_cards(commune, officer, [HOLDER] * 4)
    first = card_changes(0)
    assert (first.cursor, first.revoked, first.is_whole) == (0, [], True)
    revoke_card(cards[0], officer, "lost")
    one = card_changes(0)
    assert (one.cursor, one.revoked, one.is_whole) == (1, [cards[0].pk], True)
    revoke_card(cards[1], officer, "lost")
    revoke_card(cards[2], officer, "lost")
    two = card_changes(one.cursor)
    assert (two.cursor, two.revoked, two.is_whole) == (3, [cards[1].pk, cards[2].pk], False)
    assert card_changes(3) == type(two)(3, [], is_whole=False)
    undo_revocation(cards[1], officer)
    back = card_changes(3)
    assert (back.cursor, set(back.revoked), back.is_whole) == (4, {cards[0].pk, cards[2].pk}, True)
    restored = card_changes(99)
    assert (restored.cursor, restored.is_whole) == (4, True)
