"""The history of requests and breaches and the certificates hold by the one function of all rows that stay.

Retention may remove requests when their time is over. Breaches and certificates, which are kept for good, it may not touch any more.
"""

from django.db import migrations

TRIGGERS = {
    "privacy_requestevent": ("UPDATE OR DELETE", "'the history of a request', 'DELETE'"),
    "privacy_personrequest": ("DELETE", "'a request', 'DELETE'"),
    "privacy_breachevent": ("UPDATE OR DELETE", "'the history of a breach'"),
    "privacy_breach": ("DELETE", "'a breach'"),
    "privacy_purgecertificate": ("UPDATE OR DELETE", "'a certificate'"),
}


def anew(function: str) -> str:
    lines = []
    for table, (on, what) in TRIGGERS.items():
        said = what if function == "stays_as_it_is" else ""
        lines.append(f"DROP TRIGGER stays ON {table};")
        lines.append(f"CREATE TRIGGER stays BEFORE {on} ON {table} FOR EACH ROW EXECUTE FUNCTION {function}({said});")
    return "\n".join(lines)


class Migration(migrations.Migration):
    dependencies = [("privacy", "0001_initial"), ("units", "0010_rows_that_stay_till_retention")]

    operations = [
        # The old function stays until no running release could need it.
        migrations.RunSQL(anew("stays_as_it_is"), anew("privacy_history_stays")),
    ]
