"""Addresses of the public screens."""

from django.contrib.sitemaps.views import index, sitemap
from django.urls import path, re_path

from dauchan.web.public import views
from dauchan.web.public.sitemap import SITEMAPS

app_name = "public"

urlpatterns = [
    path("", views.home, name="home"),
    path("places/", views.places, name="places"),
    path("places/<int:venue_id>/", views.place, name="place"),
    path("places/<int:venue_id>/pictures/<int:picture_id>.jpg", views.picture, name="picture"),
    # Posters write it in capitals, which take less room in a QR code.
    re_path(r"^[qQ]/(?P<text>[^/]{1,200})/?$", views.code, name="code"),
    path("sitemap.xml", index, {"sitemaps": SITEMAPS, "sitemap_url_name": "public:sitemap_section"}, name="sitemap"),
    path("sitemap-<section>.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap_section"),
    path("robots.txt", views.robots, name="robots"),
]
