"""`dauchan purge` from the command line."""

import datetime as dt
import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner
from django.utils import timezone

from dauchan.project.commands.purge import command
from dauchan.venues.models import Venue
from dauchan.visits.models import CheckIn


@pytest.fixture
def old_and_new(venues: list[Venue], visiting: Callable[..., int]) -> None:
    now = timezone.now().replace(microsecond=0)
    visiting(1, venues[0].pk, now - dt.timedelta(days=40))
    visiting(1, venues[0].pk, now - dt.timedelta(days=2))


def test_a_dry_run_says_what_would_go_and_removes_nothing(old_and_new: None) -> None:
    done = CliRunner().invoke(command, ["--dry-run", "--json"])
    assert done.exit_code == 0
    said = json.loads(done.stdout)
    assert (said["check_ins"], said["dry_run"], len(said["days"])) == (1, True, 1)
    assert CheckIn.objects.count() == 2


def test_purging_removes_it_and_says_so(old_and_new: None) -> None:
    done = CliRunner().invoke(command)
    assert done.exit_code == 0
    assert "1 check-ins" in done.stdout
    assert CheckIn.objects.count() == 1
    assert "--dry-run" in CliRunner().invoke(command, ["--help"]).stdout
