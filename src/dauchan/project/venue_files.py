"""A list of venues from a file, as `dauchan import venues` takes it: the same steps as on the officers' page."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from dauchan.project.import_reports import Report, columns_left, content_of, in_words, nothing_kept, refused_with
from dauchan.project.out_files import check_copy, names_in
from dauchan.project.progress import terminal_progress

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from pathlib import Path

    from django.db.models import QuerySet

    from dauchan.exchange.venue_lists.models import VenueList, VenueRow
    from dauchan.exchange.venue_lists.taking_in import Options
    from dauchan.units.models import Unit

#: Why a venue of a list is not simply taken back, English and Vietnamese.
_WHY = {
    "scanned": ("somebody has scanned there since; it stays", "đã có người quét ở đó nên được giữ lại"),
    "used": ("something else rests on it; it stays", "đã có dữ liệu khác gắn với nơi này nên được giữ lại"),
    "changed": ("it was changed or approved since; it stays", "đã được sửa hoặc duyệt sau đó nên được giữ lại"),
    "sent": (
        "the national centre knows it; it is closed instead",
        "trung tâm quốc gia đã biết nên được đóng thay vì xóa",
    ),
    "gone": ("the place it was to be merged into is no more", "nơi cần bổ sung không còn nữa"),
}


@dataclass(frozen=True)
class Asked:
    """What the command was asked for.

    Attributes:
        area: code or name of the unit in which the venues must lie; the province where it is empty.
        kind: code of the kind of rows that state none.
        map_on: a day of the map of the list; None to find out.
        twins: what becomes of rows that may be known: skip, merge, new; None leaves them out.
        copy: where the copy with remarks is written.
        language: of the report and the copy, `vi` or `en`.
    """

    area: str = ""
    kind: str = ""
    map_on: dt.datetime | None = None
    twins: str | None = None
    approve: bool = False
    dry_run: bool = False
    copy: Path | None = None
    language: str = "en"


@contextmanager
def running() -> Iterator[None]:
    """The database, started where it does not run, and English sentences."""
    from dauchan.project.database import database_running
    from dauchan.project.environment import environment
    from dauchan.project.loading import load_django

    load_django()
    from django.utils import translation

    with database_running(environment(), lambda line: click.echo(line, err=True)), translation.override("en"):
        yield


def venues_imported(source: Path, asked: Asked) -> Report:
    """Raises: click.ClickException with the reason where nothing was done."""
    with running():
        from django.db import transaction
        from django.utils import translation

        from dauchan.exchange.venue_lists.errors import ListRefused

        with translation.override(asked.language), transaction.atomic():
            try:
                report = _imported(source, asked)
            except ListRefused as refused:
                raise refused_with(refused.message) from refused
            # A list of which nothing was kept leaves nothing behind that somebody would have to decide on.
            transaction.set_rollback("list" not in report.counts)
            return report


def _imported(source: Path, asked: Asked) -> Report:
    from dauchan.exchange.venue_lists.checking import check
    from dauchan.exchange.venue_lists.copies import copy_of
    from dauchan.exchange.venue_lists.deciding import decide_all
    from dauchan.exchange.venue_lists.taking_in import choose, found_columns, hand_in

    content = content_of(source)
    check_copy(asked.copy, source, content)
    taken = hand_in(content, source.name, None, _unit(asked.area))
    taken = choose(taken, found_columns(taken), _options(asked))
    with terminal_progress() as shown:
        task = shown.add_task("Checking / Kiểm tra", total=1)
        taken = check(taken, lambda done, of: shown.update(task, completed=done, total=max(of, 1)))
        shown.update(task, completed=1, total=1)
    if not taken.counts["rows"]:
        raise click.ClickException(
            f"{source.name} has no row below its headings. / {source.name} không có dòng nào dưới dòng tiêu đề."
        )
    if asked.twins:
        decide_all(taken, asked.twins)
    undecided = taken.rows.filter(decision="").exclude(state="good")
    decided = taken.rows.exclude(decision="")
    report = Report(dict(taken.counts), list(_lines(taken, undecided)), [*_lines(taken, decided), *_left(taken)])
    taken = _kept(taken, report, is_dry=asked.dry_run)
    if asked.copy:
        asked.copy.write_bytes(copy_of(taken, None)[0])
    return report


def _options(asked: Asked) -> Options:
    from dauchan.exchange.venue_lists.taking_in import Options
    from dauchan.venues.models import Category

    kinds = Category.objects.order_by("code").values_list("code", flat=True)
    if asked.kind and asked.kind not in kinds:
        names = names_in(kinds, len(kinds))
        raise click.ClickException(f"There is no kind '{asked.kind}' / Không có loại hình '{asked.kind}': {names}")
    return Options(kind=asked.kind, map_on=f"{asked.map_on:%Y-%m-%d}" if asked.map_on else "", approve=asked.approve)


def _kept(taken: VenueList, report: Report, *, is_dry: bool) -> VenueList:
    """The list, kept where something of it can be; the report then says its number and how all of it is taken back."""
    from dauchan.exchange.venue_lists.errors import NothingToKeep
    from dauchan.exchange.venue_lists.keeping import begin_keeping, keep

    if is_dry:
        report.remarks.append(nothing_kept())
        return taken
    try:
        done = keep(begin_keeping(taken))
    except NothingToKeep:
        report.remarks.append(in_words("No row was to be kept.", "Không có dòng nào để ghi."))
        return taken
    report.counts = {"list": done.pk, **done.counts}
    undo = f"dauchan import venues --undo {done.pk}"
    report.remarks.append(in_words(f"All of it is taken back with: {undo}", f"Hoàn tác cả lần nhập bằng: {undo}"))
    return done


def _left(taken: VenueList) -> Iterator[str]:
    """The columns of which nothing is taken."""
    from dauchan.exchange.venue_lists.taking_in import read

    layouts = [read(one) for one in taken.layout]
    titles = [title for one in layouts for at, title in enumerate(one.titles) if at not in one.columns.values()]
    if names := names_in(dict.fromkeys(filter(None, titles))):
        yield columns_left(names)


def _lines(taken: VenueList, rows: QuerySet[VenueRow]) -> Iterator[str]:
    from dauchan.exchange.venue_lists.copies import mark_of, names_of

    names, numbers = names_of(rows), dict(taken.rows.values_list("position", "number"))
    for row in rows:
        sheet = taken.layout[row.sheet]["title"]
        place = in_words(f"row {row.number}", f"dòng {row.number}")
        decided = f" {row.get_decision_display()}." if row.decision else ""
        yield f"{f'{sheet}, ' if sheet else ''}{place}: {mark_of(row, names, numbers).text}{decided}"


def _unit(asked: str) -> Unit:
    from django.utils import timezone

    from dauchan.units.models import Unit, UnitLevel
    from dauchan.vietnamese import fold

    known = Unit.objects.valid_on(timezone.localdate())
    if not asked:
        found = list(known.filter(level=UnitLevel.PROVINCE))
    else:
        found = [unit for unit in known if asked == unit.code or fold(asked) in {fold(unit.full_name), fold(unit.name)}]
    if len(found) != 1:
        names = names_in(f"{unit.code} {unit.full_name}" for unit in found)
        raise click.ClickException(
            f"{len(found)} units of today's map are called '{asked}'; give the code of one / "
            f"bản đồ hôm nay có {len(found)} đơn vị tên '{asked}'; hãy ghi mã đơn vị{': ' if names else ''}{names}"
        )
    return found[0]


def import_undone(list_id: int, language: str) -> Report:
    """Take a whole import back. Raises: click.ClickException."""
    with running():
        from django.utils import translation

        with translation.override(language):
            return _undone(list_id)


def _undone(list_id: int) -> Report:
    from dauchan.exchange.venue_lists.errors import ListRefused
    from dauchan.exchange.venue_lists.models import State, VenueList
    from dauchan.exchange.venue_lists.undoing import undo

    found = VenueList.objects.filter(pk=list_id).defer("content").first()
    if found is None:
        raise click.ClickException(f"There is no import {list_id}. / Không có lần nhập số {list_id}.")
    if found.state == State.UNDONE:
        raise click.ClickException(f"Import {list_id} was taken back before. / Lần nhập {list_id} đã được hoàn tác.")
    try:
        done = undo(found, None)
    except ListRefused as refused:
        raise refused_with(refused.message) from refused
    rows = done.rows.exclude(why="")
    why = Counter(rows.values_list("why", flat=True))
    lines = [f"{in_words('row', 'dòng')} {row.number}: {in_words(*_WHY[row.why])}" for row in rows]
    return Report({name: done.counts.get(name, 0) for name in ("removed", "closed", "stays")} | dict(why), lines)
