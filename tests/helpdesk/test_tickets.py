"""A ticket is taken from anybody, led to who asks and to its problem, answered in time, and keeps nothing in clear."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from dauchan.helpdesk.access import access_ticket, access_tickets, asked_with
from dauchan.helpdesk.actions import answer_ticket, hand_over, take_up
from dauchan.helpdesk.errors import AlreadyAnswered, ChangedMeanwhile, NotAnAgent, ReopenedOften, TooManyTickets
from dauchan.helpdesk.following import TIMES_REOPENED, ask_again, rate
from dauchan.helpdesk.knowledge.actions import Written, publish, write_article, write_version
from dauchan.helpdesk.knowledge.errors import ChangedMeanwhile as WrittenMeanwhile
from dauchan.helpdesk.knowledge.errors import SecondPersonNeeded
from dauchan.helpdesk.knowledge.models import Article, ArticleVersion, CannedAnswer
from dauchan.helpdesk.knowledge.queries import article_for_reason, suggestions
from dauchan.helpdesk.knowledge.reference import load_knowledge
from dauchan.helpdesk.knowledge.wording import Part, parts_of
from dauchan.helpdesk.models import RUNNING, Rating, Ticket, TicketStatus, Topic
from dauchan.helpdesk.opening import OPEN_OF_A_PERSON, TICKETS_AN_HOUR, Asked, ask, open_ticket
from dauchan.helpdesk.queries import figures_of, frequent_problems, own_first, searched
from dauchan.helpdesk.reference import load_help_clocks
from dauchan.helpdesk.reminding import keep_clocks
from dauchan.people.actions import person_for_phone
from dauchan.privacy.rights.erasing import erase
from dauchan.privacy.rights.export import as_file
from dauchan.units.errors import RoleMissing
from dauchan.units.models import Appointment, Officer, Unit

PHONE = "+84905000777"


@pytest.fixture
def province(db: None) -> Unit:
    load_help_clocks()
    return Unit.objects.create(
        code="91", level="province", name="Thử", full_name="Tỉnh Thử", name_en="Trial", path="91",
        valid_from=dt.date(2025, 7, 1), search_key="thu", sort_key="thu",
    )  # fmt: skip


def officer(username: str, at: Unit, role: str) -> Officer:
    made = Officer.objects.create(username=username, full_name=username)
    Appointment.objects.create(officer=made, role=role, unit=at)
    return made


def test_the_phone_and_the_words_are_encrypted_where_they_lie(province: Unit) -> None:
    ticket = open_ticket(Topic.NO_MESSAGE, "Không thấy tin nhắn", "192.0.2.1", phone="+84900000123")
    ask_again(answer_ticket(ticket, officer("hotro", province, "agent"), "Đã gửi lại mã."), "Vẫn chưa thấy đâu")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.phone, t.words_sealed, e.words FROM helpdesk_ticket t JOIN helpdesk_ticketevent e ON true"
        )
        stored = b"".join(bytes(value) for row in cursor.fetchall() for value in row)
    assert b"900000123" not in stored
    assert "Không thấy".encode() not in stored
    assert "Vẫn chưa".encode() not in stored
    assert Ticket.objects.get(pk=ticket.pk).phone == "+84900000123"


def test_only_agents_see_and_answer_and_a_step_from_an_old_page_is_refused(province: Unit) -> None:
    ticket = open_ticket(Topic.CANNOT_SCAN, "Máy không đọc được mã", "192.0.2.1")
    agent, monitor = officer("hotro", province, "agent"), officer("giamsat", province, "monitor")
    with pytest.raises(RoleMissing):
        access_tickets(monitor)
    taken = take_up(access_ticket(agent, ticket.pk), agent, 0)
    with pytest.raises(ChangedMeanwhile):
        answer_ticket(ticket, agent, "Hãy gõ mã in dưới hình QR.", 0)
    with pytest.raises(NotAnAgent):
        hand_over(taken, agent, taken.revision, monitor)
    answered = answer_ticket(taken, agent, "Hãy gõ mã in dưới hình QR.")
    assert answered.answered_by == agent
    with pytest.raises(AlreadyAnswered):
        answer_ticket(answered, agent, "Lần hai")


def test_nobody_floods(province: Unit) -> None:
    for _ in range(TICKETS_AN_HOUR):
        open_ticket(Topic.OTHER, "x", "192.0.2.1")
    with pytest.raises(TooManyTickets):
        open_ticket(Topic.OTHER, "x", "192.0.2.1")
    person = person_for_phone(PHONE, "Lê Thị Thử")
    for number in range(OPEN_OF_A_PERSON):
        ask(Asked(Topic.OTHER, "x", person=person), f"198.51.100.{number}")
    with pytest.raises(TooManyTickets):
        ask(Asked(Topic.OTHER, "x", person=person), "198.51.100.99")


def test_it_is_due_in_working_days_and_reminded_once_a_day(province: Unit) -> None:
    ticket = open_ticket(Topic.OTHER, "x", "192.0.2.1")
    assert ticket.due_at is not None
    assert ticket.due_at > timezone.now() + dt.timedelta(days=1)
    late = ticket.due_at + dt.timedelta(days=4)
    assert keep_clocks(late).reminded >= 1
    assert keep_clocks(late).reminded == 0
    assert asked_with(ticket.code).reminders >= 1


def test_the_asker_says_whether_it_helped_and_asks_again_a_few_times(province: Unit) -> None:
    agent = officer("hotro", province, "agent")
    ticket = open_ticket(Topic.OTHER, "x", "192.0.2.1")
    for _ in range(TIMES_REOPENED):
        ticket = answer_ticket(ticket, agent, "Đã mở lại cho bạn.")
        ticket = ask_again(rate(ticket, Rating.NOT_HELPED), "Chưa được")
        assert ticket.status == TicketStatus.TAKEN
        assert ticket.rating is None
    ticket = rate(answer_ticket(ticket, agent, "Đã mở lại cho bạn."), Rating.HELPED)
    with pytest.raises(ReopenedOften):
        ask_again(ticket, "Chưa được")
    figures = figures_of(Ticket.objects.all(), timezone.now())
    assert (figures.asked, figures.answered, figures.in_time, figures.due) == (1, 1, 1, 1)
    assert (figures.rated, figures.helped, figures.reopened, figures.unrated) == (1, 1, 1, 0)


def test_history_is_only_ever_added_to(province: Unit) -> None:
    event = open_ticket(Topic.OTHER, "x", "192.0.2.1").events.get()
    with pytest.raises(Exception, match="stays as it is"), transaction.atomic():
        type(event).objects.filter(pk=event.pk).update(kind="noted")


def test_a_person_takes_their_tickets_away_and_has_them_erased(province: Unit) -> None:
    mine, other = person_for_phone(PHONE, "Lê Thị Thử"), person_for_phone("+84905000778", "Trần Văn Thử")
    by_phone = open_ticket(Topic.OTHER, "Tôi bị mất thẻ", "192.0.2.1", phone=PHONE)
    ask(Asked(Topic.OTHER, "Tôi đổi máy", person=mine), "192.0.2.2")
    theirs = ask(Asked(Topic.OTHER, "Việc khác", person=other), "192.0.2.3")
    exported = str(as_file(mine.pk, timezone.now()))
    assert "Tôi bị mất thẻ" in exported
    assert "Tôi đổi máy" in exported
    assert "Việc khác" not in exported
    assert searched(Ticket.objects.all(), "0905000777").count() == 2
    erase(mine.pk)
    assert not Ticket.objects.get(pk=by_phone.pk).words
    assert Ticket.objects.get(pk=theirs.pk).words == "Việc khác"


def test_ones_own_come_first_then_nobodys_then_those_of_others(province: Unit) -> None:
    agent, other = officer("hotro", province, "agent"), officer("hotro2", province, "agent")
    first, second, third = (open_ticket(Topic.OTHER, "x", f"192.0.2.{n}") for n in range(3))
    take_up(first, other, 0)
    take_up(third, agent, 0)
    queue = own_first(Ticket.objects.filter(status__in=RUNNING), agent)
    assert [one.pk for one in queue] == [third.pk, second.pk, first.pk]


def test_ten_articles_come_with_the_program_and_are_found_without_diacritics(province: Unit) -> None:
    load_knowledge()
    assert load_knowledge().added == 0
    assert Article.objects.in_use().count() == 10
    assert ArticleVersion.objects.filter(title_en="").count() == 0
    found = {
        "may anh khong mo": "may-anh-khong-mo",
        "mat dien thoai": "mat-dien-thoai",
        "Khong nhan duoc tin nhan OTP": "khong-nhan-duoc-ma-xac-nhan",
        "screenshot refused": "anh-chup-ma-ca-nhan",
        "tiệm photocopy": "chu-dia-diem-khong-in-duoc",
        "rach bang": "bang-ma-bi-rach",
    }
    assert {words: suggestions(words)[0].slug for words in found} == found
    assert suggestions("xyzzy") == []
    camera = article_for_reason("no_camera")
    assert camera is not None
    assert camera.slug == "may-anh-khong-mo"
    assert CannedAnswer.objects.count() == 5


def test_problems_are_counted_with_their_fix(province: Unit) -> None:
    load_knowledge()
    for number in range(3):
        ask(Asked(Topic.CANNOT_SCAN, "x", scan_reason="no_camera"), f"192.0.2.{number}")
    open_ticket(Topic.OTHER, "x", "192.0.2.9")
    first, second = frequent_problems(timezone.now())
    assert (first.count, first.article and first.article.slug) == (3, "may-anh-khong-mo")
    assert (second.count, second.article) == (1, None)


def test_a_version_is_published_by_a_second_person_and_then_stays(province: Unit) -> None:
    writer, reader = officer("hotro", province, "agent"), officer("giamsat", province, "monitor")
    commune_head = officer("chutich", Unit.objects.create(
        code="91001", parent=province, level="commune", name="Xa", full_name="Xã Thử", name_en="T", path="91.1",
        valid_from=dt.date(2025, 7, 1), search_key="xa", sort_key="xa",
    ), "head")  # fmt: skip
    said = Written(Topic.OTHER, "Bài thử", "Trial", "Đoạn một.", "One paragraph.")
    article = write_article(said, writer)
    assert not Article.objects.in_use().exists()
    with pytest.raises(SecondPersonNeeded):
        publish(article, writer, 1)
    with pytest.raises(RoleMissing):
        publish(article, commune_head, 1)
    publish(article, reader, 1)
    with pytest.raises(WrittenMeanwhile):
        write_version(article, said, writer, 0)
    write_version(article, Written(Topic.OTHER, "Bài sửa", "Trial", "Đoạn hai.", "Two."), writer, 1)
    current = Article.objects.in_use().get().current
    assert current is not None
    assert current.title_vi == "Bài thử"
    with pytest.raises(Exception, match="stays as it is"), transaction.atomic():
        ArticleVersion.objects.filter(number=1).update(title_vi="Khác")
    with pytest.raises(IntegrityError), transaction.atomic():
        ArticleVersion.objects.filter(number=2).update(published_by=writer)


def test_numbered_lines_become_steps() -> None:
    assert parts_of("Mở đầu\nvẫn mở đầu.\n\n1. Một\ntiếp.\n2) Hai\n\nKết.") == [
        Part(text="Mở đầu vẫn mở đầu."),
        Part(steps=("Một tiếp.", "Hai")),
        Part(text="Kết."),
    ]
    assert parts_of("") == []
