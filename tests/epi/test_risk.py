"""The risk of an exposure: against the formula by hand, and what must hold for any exposure."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dauchan.epi.risk import QUANTA, Circumstances, Mask, Setting, Ventilation, combined_risk, exposure_risk

CIRCUMSTANCES = st.builds(
    Circumstances,
    minutes=st.floats(0.1, 2000),
    setting=st.none() | st.sampled_from(Setting),
    people_present=st.none() | st.floats(2, 5000),
    within_a_metre=st.none() | st.booleans(),
    ventilation=st.none() | st.sampled_from(Ventilation),
    source_mask=st.none() | st.sampled_from(Mask),
    contact_mask=st.none() | st.sampled_from(Mask),
)


def test_by_hand() -> None:
    known = Circumstances(minutes=120, people_present=20, ventilation=Ventilation.LOW, setting=Setting.INDOOR)
    # 2.7 quanta/h × 0.54 m³/h × 2 h, in 20 × 2.3 L/s × 3.6 = 165.6 m³/h
    assert exposure_risk(known).dose == pytest.approx(2.7 * 0.54 * 2 / 165.6)
    assert exposure_risk(known).probability == pytest.approx(1 - math.exp(-2.7 * 0.54 * 2 / 165.6))


def test_the_reference_is_one_and_all_of_it_assumed_but_the_minutes() -> None:
    risk = exposure_risk(Circumstances(minutes=15))
    assert risk.times_reference == 1
    assert {factor.name for factor in risk.factors if not factor.assumed} == {"minutes"}
    assert {factor.share for factor in risk.factors} == {0.0}


def test_an_exposure_of_no_time_is_none() -> None:
    assert exposure_risk(Circumstances(minutes=0)).probability == 0


@given(CIRCUMSTANCES)
def test_the_factors_are_the_whole_risk(known: Circumstances) -> None:
    risk = exposure_risk(known)
    assert math.prod(factor.times for factor in risk.factors) == pytest.approx(risk.times_reference)
    shares = sum(factor.share for factor in risk.factors)
    assert shares == pytest.approx(1) or (shares == 0 and risk.times_reference == pytest.approx(1))
    assert 0 <= risk.probability <= 1
    assert risk.probability <= risk.dose


@given(CIRCUMSTANCES)
def test_each_circumstance_moves_the_risk_the_right_way(known: Circumstances) -> None:
    dose = exposure_risk(known).dose
    assert exposure_risk(replace(known, minutes=known.minutes * 2)).dose == pytest.approx(2 * dose)
    assert exposure_risk(replace(known, setting=Setting.OUTDOOR)).dose <= dose
    assert exposure_risk(replace(known, ventilation=Ventilation.HIGH)).dose <= dose * (1 + 1e-12)
    assert exposure_risk(replace(known, within_a_metre=True)).dose >= dose
    assert exposure_risk(replace(known, source_mask=Mask.RESPIRATOR)).dose <= dose * (1 + 1e-12)
    assert exposure_risk(replace(known, contact_mask=Mask.CLOTH)).dose <= dose


@given(CIRCUMSTANCES)
def test_the_ranking_does_not_depend_on_the_pathogen(known: Circumstances) -> None:
    times = {exposure_risk(known, quanta=quanta).times_reference for quanta in QUANTA.values()}
    assert len(times) == 1


@given(st.lists(CIRCUMSTANCES, max_size=5))
def test_doses_of_several_exposures_add_up(several: list[Circumstances]) -> None:
    risks = [exposure_risk(known) for known in several]
    assert 1 - combined_risk(risks) == pytest.approx(math.prod(1 - risk.probability for risk in risks))


@pytest.mark.parametrize("known", [Circumstances(minutes=-1), Circumstances(minutes=1, people_present=1)])
def test_what_cannot_be_is_refused(known: Circumstances) -> None:
    with pytest.raises(ValueError, match=r"not negative|two people"):
        exposure_risk(known)
