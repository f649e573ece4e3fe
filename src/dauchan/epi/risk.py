"""How likely an exposure infects, as a product of factors that can each be seen.

Wells–Riley: a person who inhales D quanta is infected with probability 1 − e^−D (Riley, Murphy & Riley 1978, American Journal of
Epidemiology 107:421). In air that is mixed and steady D = I·q·p·t / Q: infectious people, quanta each emits per hour, air inhaled
per hour, hours, and the outdoor air that dilutes it. Written per person present, Q is n·v (Rudnick & Milton 2003, Indoor Air 13:237), and the
number of people present is what a system of check-ins knows. So, with one infectious person,

    D = q·p·t / (n·v) · setting · distance · mask of the source · mask of the contact

| factor | value | source |
|---|---|---|
| q | median quanta per hour by pathogen, standing and speaking | Mikszewski et al. 2022, Geoscience Frontiers 13:101285 |
| p | 0.54 m³/h, standing | Adams 1993, as used by Buonanno et al. 2020, Environment International 141:105794 |
| v | 2.3, 6.6 or 14 L/s per person: low, medium, high | Mikszewski et al. 2022 |
| setting | outdoors 1/18.7 | Bulfone et al. 2021, Journal of Infectious Diseases 223:550 (odds, 6.0 to 57.9, taken as doses) |
| distance | within a metre 1/0.30 | Chu et al. 2020, Lancet 395:1973 (unadjusted risk ratio of 1 m or more) |
| mask of the contact | 0.34 | Chu et al. 2020 (unadjusted risk ratio of face masks) |
| mask of the source | cloth 0.49, medical 0.41, respirator 0.01 | Lindsley et al. 2021, Aerosol Science and Technology 55:449 (share let through) |

How sure the figures are. Checked against the papers' abstracts: Mikszewski's quanta and ventilation, Bulfone's odds, Lindsley's shares
(51, 59 and 99 % blocked, of a cough, by one mask on a head form). From memory: Adams' 0.54, Rudnick & Milton's form, and Chu's two
unadjusted risk ratios; the abstract gives adjusted odds ratios, 0.18 (0.09 to 0.38) for a metre and 0.15 (0.07 to 0.34) for masks,
which speak for larger effects. The weaker ones are taken, since the studies are observational and most are of hospitals.

What is not known takes the value of its row that changes nothing, or the stated middle, and is marked as assumed. Time after the
source had left counts in full, as if the air stood still: too much rather than too little. The figure ranks contacts for those who
call them. It is no diagnosis: emission differs a hundredfold between people.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

INHALATION = 0.54
"""m³ of air per hour, standing."""
OUTDOORS = 1 / 18.7
CLOSE = 1 / 0.30
CONTACT_MASKED = 0.34
REFERENCE_MINUTES, REFERENCE_PEOPLE = 15, 10
"""What relative risks are measured against: 15 minutes (the usual threshold) among ten in a room of medium ventilation."""


class Ventilation(StrEnum):
    """Outdoor air per person."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


AIR_PER_PERSON = {Ventilation.LOW: 2.3, Ventilation.MEDIUM: 6.6, Ventilation.HIGH: 14.0}
"""Litres per second."""


class Mask(StrEnum):
    """What somebody wore."""

    NONE = "none"
    CLOTH = "cloth"
    MEDICAL = "medical"
    RESPIRATOR = "respirator"


LET_OUT = {Mask.NONE: 1.0, Mask.CLOTH: 0.49, Mask.MEDICAL: 0.41, Mask.RESPIRATOR: 0.01}

QUANTA = {"sars-cov-2": 2.7, "tuberculosis": 3.1, "influenza": 0.17, "measles": 15.0}
"""Median quanta per hour of an infectious person who stands and speaks."""


class Setting(StrEnum):
    """Where the air was; the codes of the register of categories."""

    INDOOR = "indoor"
    OUTDOOR = "outdoor"
    VEHICLE = "vehicle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What is known about an exposure; None is not known.

    Attributes:
        minutes: in the same air, the time after the source had left included.
        setting: of the place.
        people_present: at the place at that time, both included.
        within_a_metre: whether they came so close.
        ventilation: of the place.
        source_mask, contact_mask: what they wore.
        outdoor_share: of several exposures, what part of the dose they would have given indoors was outdoors, 0 to 1; where
            it is given, `setting` is not looked at.
    """

    minutes: float
    setting: Setting | None = None
    people_present: float | None = None
    within_a_metre: bool | None = None
    ventilation: Ventilation | None = None
    source_mask: Mask | None = None
    contact_mask: Mask | None = None
    outdoor_share: float | None = None


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of a risk.

    Attributes:
        name: `minutes`, `people_present`, `ventilation`, `setting`, `distance`, `source_mask` or `contact_mask`.
        value: what was known, or what was assumed for it.
        times: by how much it multiplies the dose of the reference exposure.
        share: its part of all that moves this exposure away from the reference, 0 to 1, by the logarithm of `times`.
        assumed: whether the value was not known.
    """

    name: str
    value: float | str
    times: float
    share: float
    assumed: bool


@dataclass(frozen=True, slots=True)
class Risk:
    """A risk and what it is made of.

    Attributes:
        probability: of infection, 0 to 1, with an infectious person of median emission.
        dose: quanta inhaled.
        times_reference: the dose beside that of the reference exposure; does not depend on the pathogen.
        factors: their `times` multiply to `times_reference`.
    """

    probability: float
    dose: float
    times_reference: float
    factors: tuple[Factor, ...]


def exposure_risk(known: Circumstances, *, quanta: float = QUANTA["sars-cov-2"]) -> Risk:
    """The risk of one exposure; the doses of several exposures of one contact add up (`combined_risk`).

    Args:
        known: the circumstances.
        quanta: per hour, of the infectious person.

    Raises:
        ValueError: negative minutes or quanta, fewer than two people present, or a share outside 0 to 1.
    """
    if not (known.minutes >= 0 and quanta >= 0):
        raise ValueError("minutes and quanta are not negative")
    if known.people_present is not None and known.people_present < 2:  # noqa: PLR2004 the two who met
        raise ValueError("source and contact are two people present")
    if known.outdoor_share is not None and not 0 <= known.outdoor_share <= 1:
        raise ValueError("a share lies between 0 and 1")
    factors = _factors(known)
    total = math.prod(times for _, _, times, _ in factors)
    reference = quanta * INHALATION * REFERENCE_MINUTES / 60 / _air(REFERENCE_PEOPLE, Ventilation.MEDIUM)
    moves = [0.0 if times in {0.0, 1.0} else abs(math.log(times)) for _, _, times, _ in factors]
    whole = sum(moves) or 1.0
    shown = tuple(
        Factor(name, value, times, move / whole, assumed)
        for (name, value, times, assumed), move in zip(factors, moves, strict=True)
    )
    dose = reference * total
    return Risk(-math.expm1(-dose), dose, total, shown)


def combined_risk(risks: list[Risk]) -> float:
    """The probability of infection after several exposures: quanta add up."""
    return -math.expm1(-sum(risk.dose for risk in risks))


def _air(people: float, ventilation: Ventilation) -> float:
    """m³ of outdoor air per hour."""
    return people * AIR_PER_PERSON[ventilation] * 3.6


def _factors(known: Circumstances) -> list[tuple[str, float | str, float, bool]]:
    """Name, value, multiple of the reference exposure, whether assumed."""
    people = REFERENCE_PEOPLE if known.people_present is None else known.people_present
    ventilation = known.ventilation or Ventilation.MEDIUM
    source, contact = known.source_mask or Mask.NONE, known.contact_mask or Mask.NONE
    close = bool(known.within_a_metre)
    return [
        ("minutes", known.minutes, known.minutes / REFERENCE_MINUTES, False),
        ("people_present", people, REFERENCE_PEOPLE / people, known.people_present is None),
        (
            "ventilation",
            ventilation.value,
            AIR_PER_PERSON[Ventilation.MEDIUM] / AIR_PER_PERSON[ventilation],
            known.ventilation is None,
        ),
        _setting(known),
        ("distance", "close" if close else "room", CLOSE if close else 1.0, known.within_a_metre is None),
        ("source_mask", source.value, LET_OUT[source], known.source_mask is None),
        (
            "contact_mask",
            contact.value,
            1.0 if contact is Mask.NONE else CONTACT_MASKED,
            known.contact_mask is None,
        ),
    ]


def _setting(known: Circumstances) -> tuple[str, str, float, bool]:
    """The place's part of the factors: one setting, or of several exposures the share that was outdoors."""
    if known.outdoor_share is None:
        setting = known.setting or Setting.INDOOR
        return "setting", setting.value, OUTDOORS if setting is Setting.OUTDOOR else 1.0, known.setting is None
    share = known.outdoor_share
    kind = Setting.INDOOR.value if share == 0 else Setting.OUTDOOR.value if share == 1 else "mixed"
    return "setting", kind, 1 + share * (OUTDOORS - 1), False
