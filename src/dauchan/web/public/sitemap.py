"""The sitemap: the home page, the search and every public place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from dauchan.venues.access import public_venues

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import QuerySet

    from dauchan.venues.models import Venue

    PageSitemap = Sitemap[str]
    PlaceSitemap = Sitemap[Venue]
else:
    PageSitemap = PlaceSitemap = Sitemap  # generic for the type checker only


class Pages(PageSitemap):
    priority = 1.0

    def items(self) -> list[str]:
        return ["public:home", "public:places", "notices:public", "visitor:notice"]

    def location(self, item: str) -> str:
        return reverse(item)


class Places(PlaceSitemap):
    limit = 10_000

    def items(self) -> QuerySet[Venue]:
        return public_venues().select_related(None).order_by("pk").only("pk", "changed_at")

    def location(self, item: Venue) -> str:
        return reverse("public:place", args=[item.pk])

    def lastmod(self, item: Venue) -> dt.datetime:
        return item.changed_at


SITEMAPS = {"pages": Pages, "places": Places}
