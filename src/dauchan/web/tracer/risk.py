"""The risk of a contact in words: every factor with its value, its multiplication and whether it was known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dauchan.epi.risk import REFERENCE_MINUTES, REFERENCE_PEOPLE
from dauchan.tracing.risk_of_contacts import parameters_on, rank_of, risk_of
from dauchan.web.tracer.words import duration

if TYPE_CHECKING:
    from dauchan.epi.risk import Factor, Risk
    from dauchan.tracing.models import Contact, EpidemiologicalParameters

FACTOR_NAMES = {
    "minutes": gettext_lazy("Thời gian"),
    "people_present": gettext_lazy("Số người có mặt"),
    "ventilation": gettext_lazy("Thông gió"),
    "setting": gettext_lazy("Không gian"),
    "distance": gettext_lazy("Khoảng cách"),
    "source_mask": gettext_lazy("Khẩu trang của nguồn lây"),
    "contact_mask": gettext_lazy("Khẩu trang của người tiếp xúc"),
}
MASKS = {
    "none": gettext_lazy("không đeo"),
    "cloth": gettext_lazy("khẩu trang vải"),
    "medical": gettext_lazy("khẩu trang y tế"),
    "respirator": gettext_lazy("N95 hoặc tương đương"),
}
VALUES = {
    "ventilation": {"low": gettext_lazy("kém"), "medium": gettext_lazy("vừa"), "high": gettext_lazy("tốt")},
    "setting": {
        "indoor": gettext_lazy("trong nhà"),
        "outdoor": gettext_lazy("ngoài trời"),
        "mixed": gettext_lazy("có nơi trong nhà, có nơi ngoài trời"),
    },
    "distance": {"close": gettext_lazy("trong vòng 1 m"), "room": gettext_lazy("từ 1 m trở lên")},
    "source_mask": MASKS,
    "contact_mask": MASKS,
}
#: What each factor rests on, as `dauchan.epi.risk` cites it.
SOURCES = {
    "minutes": "Riley, Murphy & Riley 1978",
    "people_present": "Rudnick & Milton 2003",
    "ventilation": "Mikszewski et al. 2022",
    "setting": "Bulfone et al. 2021",
    "distance": "Chu et al. 2020",
    "source_mask": "Lindsley et al. 2021",
    "contact_mask": "Chu et al. 2020",
}


@dataclass(frozen=True)
class ShownFactor:
    """One line of the explanation."""

    name: str
    value: str
    note: str
    times: float
    share: float
    assumed: bool
    source: str


@dataclass(frozen=True)
class ShownRisk:
    """A contact's risk as its page shows it."""

    risk: Risk
    factors: list[ShownFactor]
    rank: int
    among: int
    parameters: EpidemiologicalParameters | None

    @property
    def has_probability(self) -> bool:
        return self.parameters is not None and self.parameters.quanta_per_hour is not None

    @property
    def percent(self) -> float:
        return 100 * self.risk.probability


def shown_risk(contact: Contact) -> ShownRisk | None:
    """Everything the page says of the risk; None where no minute is known."""
    case = contact.run.case
    parameters = parameters_on(case.disease, timezone.localdate())
    risk = risk_of(contact, parameters.quanta_per_hour if parameters else None)
    if risk is None:
        return None
    factors = [_shown(factor, contact) for factor in risk.factors]
    return ShownRisk(risk, factors, rank_of(contact.run, risk), contact.run.contacts.count(), parameters)


def _shown(factor: Factor, contact: Contact) -> ShownFactor:
    return ShownFactor(
        str(FACTOR_NAMES[factor.name]),
        _value(factor, contact),
        _note(factor, contact),
        factor.times,
        factor.share,
        factor.assumed,
        SOURCES[factor.name],
    )


def _value(factor: Factor, contact: Contact) -> str:
    if factor.name == "minutes":
        return duration(contact.overlap_seconds)
    if factor.name == "people_present":
        return _("%(count)s người") % {"count": formats.number_format(factor.value, decimal_pos=0)}
    return str(VALUES[factor.name][str(factor.value)])


def _note(factor: Factor, contact: Contact) -> str:
    """What the value is measured against, or made of."""
    if factor.name == "people_present":
        return ngettext("so với %(count)s người", "so với %(count)s người", REFERENCE_PEOPLE) % {
            "count": REFERENCE_PEOPLE
        }
    if factor.name != "minutes":
        return ""
    if not contact.tail_seconds:
        return _("so với %(minutes)s phút") % {"minutes": REFERENCE_MINUTES}
    together = contact.overlap_seconds - contact.tail_seconds
    return _("cùng lúc %(together)s, sau khi nguồn lây rời đi %(tail)s; so với %(minutes)s phút") % {
        "together": duration(together),
        "tail": duration(contact.tail_seconds),
        "minutes": REFERENCE_MINUTES,
    }
