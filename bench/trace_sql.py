"""The contract of a trace as SQL, for the peers that speak it. Two copies of the visits: `by_person` and `by_venue`, both
`(person, venue, entered, left_at)` in epoch seconds, and `bounds (venue, longest)`, the longest stay at each venue.
"""
# ruff: noqa: S608 - the statements are made of numbers of our own

TAIL, LEAST, LATENT, DAY, LOCAL = 1800, 900, 86_400, 86_400, 25_200
CROWD, LATER_LEAST = 150, 3600
"""From generation 2 on: visits a venue-day above which nobody is listed, and seconds that make a contact."""

OVERLAP = f"sum(least(s.b + {TAIL}, v.left_at) - greatest(s.a, v.entered))"
SUMS = "count(*), coalesce(sum(o), 0), coalesce(sum((person % 1000003) * (o % 10007)), 0)"
"""Count and checksum of contacts: rows, seconds, and a product that changes with every person and every overlap."""


def stays_of(person: int, begin: int, end: int) -> str:
    """Where one person was, clipped to the period: venue, a, b."""
    return (
        f"SELECT p.venue, greatest(entered, {begin}) AS a, least(left_at, {end}) AS b, longest FROM by_person p"
        f" JOIN bounds USING (venue) WHERE p.person = {person} AND entered < {end} AND left_at > {begin}"
    )


def present_with(person: int, stays: list[tuple[int, int, int, int]]) -> str:
    """Contacts of one person, a branch with literals for each stay: what engines that prune by literals do best."""
    branches = " UNION ALL ".join(
        f"SELECT person, least({b + TAIL}, left_at) - greatest({a}, entered) AS o FROM by_venue"
        f" WHERE venue = {venue} AND entered < {b + TAIL} AND entered > {a - longest} AND left_at > {a}"
        for venue, a, b, longest in stays
    )
    return f"SELECT person, sum(o) AS o FROM ({branches}) x WHERE person <> {person} GROUP BY person HAVING sum(o) >= {LEAST}"


def joined(person: int, begin: int, end: int) -> str:
    """The same as one join with the bound by the venue's longest stay: what engines with B-trees do best."""
    return (
        f"WITH s AS MATERIALIZED ({stays_of(person, begin, end)}) SELECT v.person, {OVERLAP} AS o FROM s JOIN by_venue v"
        f" ON v.venue = s.venue AND v.entered < s.b + {TAIL} AND v.entered > s.a - s.longest AND v.left_at > s.a"
        f" WHERE v.person <> {person} GROUP BY v.person HAVING {OVERLAP} >= {LEAST}"
    )


def many(begin: int, end: int) -> str:
    """Count and checksum of the contacts of everybody in `wanted (person)`."""
    return (
        "WITH s AS (SELECT p.person AS source, p.venue, longest,"
        f" greatest(entered, {begin}) AS a, least(left_at, {end}) AS b FROM wanted JOIN by_person p USING (person)"
        f" JOIN bounds USING (venue) WHERE entered < {end} AND left_at > {begin})"
        f", met AS (SELECT s.source, v.person, {OVERLAP} AS o FROM s JOIN by_venue v"
        f" ON v.venue = s.venue AND v.entered < s.b + {TAIL} AND v.entered > s.a - s.longest AND v.left_at > s.a"
        f" WHERE v.person <> s.source GROUP BY 1, 2 HAVING {OVERLAP} >= {LEAST}) SELECT {SUMS} FROM met"
    )


def generation(number: int) -> str:
    """The next generation from `sources (person, f, t)`, without the people in `known`: person, source, o, first_at."""
    crowd = (
        ""
        if number == 1
        else f" JOIN crowds c ON c.venue = p.venue AND c.day = (entered + {LOCAL}) // {DAY} AND c.visits <= {CROWD}"
    )
    least = LEAST if number == 1 else LATER_LEAST
    return (
        "WITH s AS (SELECT q.person AS source, p.venue, longest, greatest(entered, q.f) AS a, least(left_at, q.t) AS b"
        f" FROM sources q JOIN by_person p ON p.person = q.person AND entered < q.t AND left_at > q.f JOIN bounds USING (venue){crowd})"
        f", met AS (SELECT s.source, v.person, {OVERLAP} AS o, min(greatest(s.a, v.entered)) AS first_at FROM s JOIN by_venue v"
        f" ON v.venue = s.venue AND v.entered < s.b + {TAIL} AND v.entered > s.a - s.longest AND v.left_at > s.a"
        f" WHERE v.person NOT IN (SELECT person FROM known) GROUP BY 1, 2 HAVING {OVERLAP} >= {least})"
        " SELECT DISTINCT ON (person) person, source, o, first_at FROM met ORDER BY person, o DESC, source"
    )


CROWDS = f"SELECT venue, (entered + {LOCAL}) // {DAY} AS day, count(*) AS visits FROM by_venue GROUP BY 1, 2"
BOUNDS = "SELECT venue, max(left_at - entered) AS longest FROM by_venue GROUP BY venue"
