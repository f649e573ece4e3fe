"""The hotline in sentences is the number of the installation, in whatever language they are read; none where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils.translation import override

from dauchan.helpdesk.errors import TooManyTickets
from dauchan.helpdesk.knowledge.models import CannedAnswer
from dauchan.helpdesk.knowledge.reference import load_knowledge
from dauchan.oversight.errors import TooManyReports

if TYPE_CHECKING:
    from pytest_django import Settings


@pytest.mark.parametrize("refused", [TooManyTickets, TooManyReports])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_refusal_names_the_number_of_the_installation(
    refused: type[TooManyTickets | TooManyReports], language: str, settings: Settings
) -> None:
    with override(language):
        settings.HOTLINE = "0234 3999 999"
        assert "0234 3999 999." in str(refused().message)
        settings.HOTLINE = ""
        without = str(refused().message)
    assert without.endswith((" sau.", " later."))
    assert "%" not in without


@pytest.mark.django_db
def test_the_canned_answers_that_come_with_the_program_name_it_too(settings: Settings) -> None:
    settings.HOTLINE = "0234 3999 999"
    load_knowledge()
    last = CannedAnswer.objects.get(title="Lời kết")
    assert last.body("vi").endswith("hoặc gọi 0234 3999 999.")
    assert last.body("en").endswith("or call 0234 3999 999.")
    assert CannedAnswer(body_vi="Giữ {nguyên}, gọi {hotline}").shown == "Giữ {nguyên}, gọi 0234 3999 999"
