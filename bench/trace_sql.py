"""The contract of a trace as SQL, for the peers that speak it: whole lists, with all figures of a row and in their order. Two copies of the visits:
`by_person` and `by_venue`, both `(person, venue, entered, left_at)` in epoch seconds, and `bounds (venue, longest)`, the longest stay at each venue.
"""
# ruff: noqa: S608 - the statements are made of numbers of our own

TAIL, LEAST, LATENT, DAY, LOCAL = 1800, 900, 86_400, 86_400, 25_200
CROWD, LATER_LEAST = 150, 3600
"""From generation 2 on: visits a venue-day above which nobody is listed, and seconds that make a contact."""
PLACES = 1_000_000
"""More than there are venues: the longest overlap and the smallest venue of equal ones are one number, `overlap * PLACES - venue`."""

FIGURES = (
    "CAST(sum(ends - begins) AS BIGINT) AS o,"
    " CAST(sum(greatest(0, ends - greatest(begins, b))) AS BIGINT) AS tail,"
    " count(*) AS encounters, min(begins) AS first_at, max(ends) AS last_at,"
    f" max(CAST(ends - begins AS BIGINT) * {PLACES} - place) AS longest"
)
"""What a row says, from its overlaps: `place` (a venue; some engines confuse an alias with a column of its name), `begins`, `ends`, and the end `b` of the source's stay."""
COLUMNS = ("person", "o", "tail", "encounters", "first_at", "last_at", "longest")
MIXED = f"o + 3 * tail + 5 * encounters + CAST(7 AS BIGINT) * first_at + CAST(11 AS BIGINT) * last_at + 13 * (({PLACES} - longest % {PLACES}) % {PLACES})"
SUMS = f"count(*), coalesce(sum(o), 0), coalesce(sum((person % 1000003) * (({MIXED}) % 10007)), 0)"
"""Count and checksum of contacts: rows, seconds, and a product that changes with every person and every figure."""


def stays_of(person: int, begin: int, end: int) -> str:
    """Where one person was, clipped to the period: venue, a, b."""
    return (
        f"SELECT p.venue, greatest(entered, {begin}) AS a, least(left_at, {end}) AS b, longest FROM by_person p"
        f" JOIN bounds USING (venue) WHERE p.person = {person} AND entered < {end} AND left_at > {begin}"
    )


def present_with(person: int, stays: list[tuple[int, int, int, int]]) -> str:
    """Contacts of one person, a branch with literals for each stay: what engines that prune by literals do best."""
    branches = " UNION ALL ".join(
        f"SELECT person, {venue} AS place, greatest({a}, entered) AS begins, least({b + TAIL}, left_at) AS ends, {b} AS b FROM by_venue"
        f" WHERE venue = {venue} AND entered < {b + TAIL} AND entered > {a - longest} AND left_at > {a}"
        for venue, a, b, longest in stays
    )
    return (
        f"SELECT person, {FIGURES} FROM ({branches}) x WHERE person <> {person} GROUP BY person"
        f" HAVING sum(ends - begins) >= {LEAST} ORDER BY o DESC, person"
    )


MET = (
    f"SELECT s.source, v.person, s.venue AS place, greatest(s.a, v.entered) AS begins, least(s.b + {TAIL}, v.left_at) AS ends, s.b FROM s"
    f" JOIN by_venue v ON v.venue = s.venue AND v.entered < s.b + {TAIL} AND v.entered > s.a - s.longest AND v.left_at > s.a"
)
"""Each overlap of somebody with a source of `s`: as one join with the bound by the venue's longest stay, what engines with B-trees do best."""


def joined(person: int, begin: int, end: int) -> str:
    """`present_with` as a join."""
    return (
        f"WITH s AS MATERIALIZED (SELECT {person} AS source, x.* FROM ({stays_of(person, begin, end)}) x)"
        f" SELECT person, {FIGURES} FROM ({MET} WHERE v.person <> {person}) met GROUP BY person"
        f" HAVING sum(ends - begins) >= {LEAST} ORDER BY o DESC, person"
    )


def many(begin: int, end: int) -> str:
    """The contacts of everybody in `wanted (person)`."""
    return (
        "WITH s AS (SELECT p.person AS source, p.venue, longest,"
        f" greatest(entered, {begin}) AS a, least(left_at, {end}) AS b FROM wanted JOIN by_person p USING (person)"
        f" JOIN bounds USING (venue) WHERE entered < {end} AND left_at > {begin})"
        f" SELECT source, person, {FIGURES} FROM ({MET} WHERE v.person <> s.source) met GROUP BY 1, 2"
        f" HAVING sum(ends - begins) >= {LEAST} ORDER BY source, o DESC, person"
    )


def generation(number: int) -> str:
    """The next generation from `sources (person, f, t)`, without the people in `known`: each person with the best of the sources."""
    crowd = (
        ""
        if number == 1
        else f" JOIN crowds c ON c.venue = p.venue AND c.day = (entered + {LOCAL}) // {DAY} AND c.visits <= {CROWD}"
    )
    least = LEAST if number == 1 else LATER_LEAST
    return (
        "WITH s AS (SELECT q.person AS source, p.venue, longest, greatest(entered, q.f) AS a, least(left_at, q.t) AS b"
        f" FROM sources q JOIN by_person p ON p.person = q.person AND entered < q.t AND left_at > q.f JOIN bounds USING (venue){crowd})"
        f", met AS (SELECT source, person, {FIGURES} FROM ({MET} WHERE v.person NOT IN (SELECT person FROM known)) x"
        f" GROUP BY 1, 2 HAVING sum(ends - begins) >= {least})"
        f" SELECT DISTINCT ON (person) {number} AS generation, source, {', '.join(COLUMNS)} FROM met ORDER BY person, o DESC, source"
    )


LISTED = f"SELECT {', '.join(COLUMNS)} FROM known WHERE generation > 0 ORDER BY generation, o DESC, person"
CROWDS = f"SELECT venue, (entered + {LOCAL}) // {DAY} AS day, count(*) AS visits FROM by_venue GROUP BY 1, 2"
BOUNDS = "SELECT venue, max(left_at - entered) AS longest FROM by_venue GROUP BY venue"
