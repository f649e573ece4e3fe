"""`dauchan line-list`: invented rows by hand, and a published simulation with its known figures, through the commands."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pyarrow import csv as arrow_csv

from dauchan.project.commands.line_list import command
from dauchan.project.commands.trace import command as trace_command

LIST = """Name,ward1,from1,to1,ward2,from2,to2,onset
a,North,2021-03-28 01:00:00,2021-03-28 04:00:00,South,2021-04-01 08:00,2021-04-02 08:00,2021-03-28 03:30
b,North,2021-03-27T23:30:00Z,2021-03-28T03:00:00Z,,,,
c,North,2021-03-29 10:00,2021-03-29 09:00,South,2021-04-02 07:59,2021-04-03 00:00,2021-05-01 00:00
d,,2021-03-29 10:00,2021-03-29 11:00,South,soon,2021-04-03 00:00,unknown
"""
STAYS = ("--stay=ward1,from1,to1", "--stay=ward2,from2,to2")


def converted(file: Path, out: Path, *more: str) -> dict[str, Any]:
    result = CliRunner().invoke(command, [str(file), f"--out={out}", "--json", *more])
    assert result.exit_code == 0, result.output
    figures: dict[str, Any] = json.loads(result.stdout)
    return figures


def test_stays_side_by_side_become_visits_and_cases(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    figures = converted(tmp_path / "list.csv", tmp_path / "out", *STAYS, "--onset=onset", "--timezone=Europe/Berlin")
    refused = [(row["row"], row["column"], row["reason"]) for row in figures.pop("refused")]
    assert refused == [
        (3, "to1", "inverted"),
        (4, "from2", "not_an_instant"),
        (4, "onset", "not_an_instant"),
        (4, "ward1", "empty"),
    ]
    assert figures == {"people": 4, "places": 2, "stays": 4, "onsets": 2, "onsets_outside_stays": 1}
    # The clocks of Berlin went forward at two in that night: four o'clock is two hours after one o'clock.
    assert (tmp_path / "out/visits.csv").read_text(encoding="utf-8").splitlines() == [
        "person_id,venue_id,entered_at,left_at",
        "1,1,2021-03-28T00:00:00Z,2021-03-28T02:00:00Z",
        "1,2,2021-04-01T06:00:00Z,2021-04-02T06:00:00Z",
        "2,1,2021-03-27T23:30:00Z,2021-03-28T03:00:00Z",
        "3,2,2021-04-02T05:59:00Z,2021-04-02T22:00:00Z",
    ]
    assert (tmp_path / "out/cases.csv").read_text(encoding="utf-8").splitlines()[1:] == [
        "1,2021-03-26T01:30:00Z,2021-04-02T01:30:00Z",
        "3,2021-04-28T22:00:00Z,2021-05-05T22:00:00Z",
    ]
    assert (tmp_path / "out/venues.csv").read_text(encoding="utf-8") == "venue_id,name\n1,North\n2,South\n"


@pytest.mark.parametrize(
    ("options", "exit_code", "words"),
    [
        (("--stay=ward1,from1",), 2, "PLACE,FROM,TO"),
        (("--stay=ward1,from1,till1",), 1, "till1"),
        ((*STAYS, "--timezone=Mars/Phobos"), 2, "no such time zone"),
        (("--stay=onset,onset,onset",), 1, "not one stay"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(
    tmp_path: Path, options: tuple[str, ...], exit_code: int, words: str
) -> None:
    (tmp_path / "list.csv").write_text(
        LIST.replace("2021-03-28 03:30", "").replace("2021-05-01 00:00", ""), encoding="utf-8"
    )
    result = CliRunner().invoke(command, [str(tmp_path / "list.csv"), f"--out={tmp_path / 'out'}", *options])
    assert (result.exit_code, words in result.stderr) == (exit_code, True), result.stderr


#: The published simulation is not part of the repository: beside the checkout, or where the variable says.
PUBLISHED = Path(
    os.environ.get("DAUCHAN_OUTBREAKS", Path(__file__).parents[3] / "shared/data/outbreaks")
) / "varicella_sim_berlin.csv"  # fmt: skip


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the published simulation is not on this machine")
def test_the_published_varicella_simulation(tmp_path: Path) -> None:
    stays = ("--stay=center1,arrival1,leave1", "--stay=center2,arrival2,leave2")
    figures = converted(PUBLISHED, tmp_path, *stays, "--onset=onset", "--timezone=Europe/Berlin")
    refused = figures.pop("refused")
    assert figures == {"people": 500, "places": 4, "stays": 970, "onsets": 129, "onsets_outside_stays": 73}
    assert len(refused) == 30
    assert {row["reason"] for row in refused} == {"inverted"}
    (tmp_path / "policy.toml").write_text("min_overlap_minutes = 0\ntail_minutes = 0\n", encoding="utf-8")
    files = [f"--{name}={tmp_path / name}.csv" for name in ("visits", "cases")]
    options = [*files, f"--out={tmp_path / 'contacts.csv'}", f"--policy={tmp_path / 'policy.toml'}", "--generations=1"]
    assert CliRunner().invoke(trace_command, options).exit_code == 0
    contacts = arrow_csv.read_csv(tmp_path / "contacts.csv")
    assert contacts.num_rows == 4088
    assert len(contacts.column("index_id").unique()) == 62
    assert len(contacts.column("person_id").unique()) == 396
