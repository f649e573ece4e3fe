"""Chains: clusters in time, the transmission tree with every possible infector, secondary attack rates."""

from __future__ import annotations

import datetime as dt
from math import ceil
from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils.translation import gettext as _

from dauchan.tracing.outbreak_queries import attack_rates_among, chains_among, contacts_among, onsets_of_disease
from dauchan.units.models import Role
from dauchan.web.officer.guards import officer_required
from dauchan.web.outbreak.chosen import chosen_with_cases
from dauchan.web.outbreak.tree_drawing import TreeDrawing

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.epi.chains import Cluster
    from dauchan.tracing.models import EpidemiologicalParameters
    from dauchan.tracing.outbreak_queries import AttackRates, Chains
    from dauchan.web.outbreak.chosen import Chosen
    from dauchan.web.requests import OfficerRequest

#: A larger cluster is drawn up to here, by onset; its table and the number of those left out are complete.
MOST_DRAWN = 60
CLUSTERS_LISTED = 50


@officer_required(Role.TRACER, Role.APPROVER)
def chains(request: OfficerRequest) -> HttpResponse:
    chosen = chosen_with_cases(request)
    parameters = chosen.outbreak.parameters if chosen.outbreak else None
    context: dict[str, Any] = {"tab": "chains", "chosen": chosen, "parameters": parameters}
    if parameters and chosen.cases:
        chosen.record_look("chains")
        found = chains_among(chosen.cases, parameters)
        context |= _clusters(found, request.GET.get("cluster", ""))
        context["rates"] = _rates(chosen, parameters)
    return render(request, "outbreak/chains.html", context)


def _clusters(found: Chains, asked: str) -> dict[str, Any]:
    """The clusters as a list, and the one that is asked for as a tree; the first where none is."""
    clusters = found.clusters
    if not clusters:
        return {"found": found}
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1  # noqa: PLR2004 - no cluster has a number so long
    chosen = min(max(number, 1), len(clusters))
    cluster = clusters[chosen - 1]
    drawn = cluster.cases[:MOST_DRAWN]
    return {
        "found": found,
        "clusters": [(place, each, _days(each)) for place, each in enumerate(clusters[:CLUSTERS_LISTED], start=1)],
        "cluster_count": len(clusters),
        "number": chosen,
        "cluster": cluster,
        "left_out": len(cluster.cases) - len(drawn),
        "tree": TreeDrawing(found.cases, drawn, found.links, found.reproduction),
        "alone": len(found.cases) - sum(len(each.cases) for each in clusters),
    }


def _days(cluster: Cluster) -> int:
    return (cluster.last_onset_at - cluster.first_onset_at) // 86_400 + 1


def _rates(chosen: Chosen, parameters: EpidemiologicalParameters) -> list[tuple[str, str, list[Any]]]:
    """Three tables: what the groups are, what a group is called, the rates."""
    assert chosen.outbreak is not None  # noqa: S101 - with parameters there is one
    reach = dt.timedelta(days=ceil(parameters.incubation_longest_days) + 1)
    onsets = onsets_of_disease(chosen.outbreak.disease, chosen.outbreak.first_on - reach)
    rates = attack_rates_among(contacts_among(chosen.cases), onsets, parameters.incubation_longest_days)
    return _tables(rates)


def _tables(rates: AttackRates) -> list[tuple[str, str, list[Any]]]:
    settings = {"indoor": _("trong nhà"), "outdoor": _("ngoài trời"), "vehicle": _("trên xe"), "": _("không rõ")}
    return [
        (_("Theo vòng"), _("Vòng"), [(rate.group, rate) for rate in rates.by_generation]),
        (_("Theo không gian"), _("Không gian"), [(settings.get(r.group, r.group), r) for r in rates.by_setting]),
        (
            _("Theo loại địa điểm"),
            _("Loại địa điểm"),
            sorted(((r.group or _("không rõ"), r) for r in rates.by_category), key=lambda each: -(each[1].rate or 0)),
        ),
    ]
