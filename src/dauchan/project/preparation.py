"""What a database needs before anybody is served: tables, units, reference data, and in a demonstration a province."""

from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from psycopg.errors import DiskFull
from rich.progress import Progress

from dauchan.project.environment import environment
from dauchan.project.errors import CannotStart
from dauchan.project.log_owner import LogOwner, check_log_owner
from dauchan.project.postgres_refusals import disk_full
from dauchan.project.progress import terminal_progress
from dauchan.project.purpose import leave_purpose

#: The app whose migrations may change the log's table.
LOG_APP = "units"


def prepare() -> None:
    """Bring the database up to this release, with progress on the terminal.

    Raises:
        CannotStart: the database went away or has no room.
    """
    try:
        with terminal_progress() as progress:
            _migrate(progress)
            _load_reference(progress)
            _keep_house(progress)
            leave_purpose(environment())
            if settings.DEMONSTRATION:
                _load_demonstration(progress)
    except OperationalError as error:
        if isinstance(error.__cause__, DiskFull):
            raise disk_full(environment().var) from error
        reason = str(error).strip().splitlines()[0]
        raise CannotStart(
            f"The database stopped answering while it was brought up to date: {reason}.",
            f"Cơ sở dữ liệu ngừng trả lời khi đang được cập nhật: {reason}.",
        ) from error


def migrate_beside_the_log() -> None:
    """Bring the tables up to this release. Only while those of the log's own app change does its writer own the log.

    Raises:
        CannotStart: in production, where nobody else owns the log.
    """
    owner = LogOwner.of(environment())
    if owner.owner_url and owner.is_apart() and _log_may_change():
        owner.give_back()
    try:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
    finally:
        if owner.owner_url:
            owner.keep_apart()
    check_log_owner(environment())


def _log_may_change() -> bool:
    executor = MigrationExecutor(connection)
    coming = executor.migration_plan(executor.loader.graph.leaf_nodes())
    begun = bool(executor.loader.applied_migrations)
    return begun and any(migration.app_label == LOG_APP for migration, _ in coming)


def _migrate(progress: Progress) -> None:
    task = progress.add_task("Tables / Bảng dữ liệu", total=1)
    migrate_beside_the_log()
    progress.update(task, completed=1)


def _load_reference(progress: Progress) -> None:
    from dauchan.compliance.referrals.reference import load_referral_rules
    from dauchan.helpdesk.knowledge.reference import load_knowledge
    from dauchan.helpdesk.reference import load_help_clocks
    from dauchan.oversight.made_known.reference import load_material_templates
    from dauchan.oversight.reference import load_report_rules
    from dauchan.oversight.sanctions.reference import load_sanction_rules
    from dauchan.privacy.reference import load_request_clocks
    from dauchan.tracing.follow_up.reference import load_follow_up
    from dauchan.tracing.interviews.reference import load_scripts
    from dauchan.tracing.reference import load_doctrine
    from dauchan.tracing.zones.reference import load_levels
    from dauchan.units.actions import load_units
    from dauchan.units.working_days import load_holidays
    from dauchan.venues.reference import load_categories

    loads = [load_units, load_categories, load_doctrine, load_scripts, load_levels, load_follow_up, load_holidays]
    loads += [load_referral_rules, load_report_rules, load_sanction_rules]
    loads += [load_material_templates, load_request_clocks, load_help_clocks, load_knowledge]
    task = progress.add_task("Administrative units, rules / Đơn vị hành chính, quy định", total=len(loads))
    for load in loads:
        load()
        progress.advance(task)


def _keep_house(progress: Progress) -> None:
    """The nightly round of the ledger, for machines that are off at night."""
    from dauchan.visits.retention import keep_house

    task = progress.add_task("Days of the ledger / Các ngày của sổ ghi", total=1)
    keep_house(timezone.now())
    progress.update(task, completed=1)


def _load_demonstration(progress: Progress) -> None:
    from dauchan.simulation.demonstration import load_demonstration
    from dauchan.venues.models import Venue

    if not Venue.objects.exists():
        load_demonstration(progress)
