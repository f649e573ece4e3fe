"""Every address of the console. The door's own addresses stand in `dauchan.door.app`."""

from django.urls import include, path

urlpatterns = [
    path("", include("dauchan.web.public.urls")),
    path("", include("dauchan.web.visitor.urls")),
    path("", include("dauchan.web.gate.urls")),
    path("", include("dauchan.web.reports.urls")),
    path("", include("dauchan.web.desk.urls")),
    path("", include("dauchan.web.helpdesk.urls")),
    path("", include("dauchan.web.phone_line.urls")),
    path("", include("dauchan.web.follow_up.urls")),
    path("", include("dauchan.web.zones.urls")),
    path("", include("dauchan.web.notices.urls")),
    path("", include("dauchan.web.outbreak.urls")),
    path("", include("dauchan.web.dashboards.urls")),
    path("", include("dauchan.web.sanctions.urls")),
    path("", include("dauchan.web.venue_file.urls")),
    path("", include("dauchan.web.made_known.urls")),
    path("", include("dauchan.web.inspections.urls")),
    path("", include("dauchan.web.privacy.urls")),
    path("", include("dauchan.web.open_api.urls")),
    path("owner/", include("dauchan.web.owner.urls")),
    path("officer/footfall/", include("dauchan.web.footfall.urls")),
    path("officer/staff/", include("dauchan.web.staff.urls")),
    path("officer/cards/", include("dauchan.web.cards.urls")),
    path("officer/signs/", include("dauchan.web.signs.urls")),
    path("officer/exchange/", include("dauchan.web.exchange.urls")),
    path("officer/venue-lists/", include("dauchan.web.venue_lists.urls")),
    path("officer/programs/", include("dauchan.web.programs.urls")),
    path("officer/referrals/", include("dauchan.web.referrals.urls")),
    path("officer/accountability/", include("dauchan.web.accountability.urls")),
    path("officer/", include("dauchan.web.personnel.urls")),
    path("officer/", include("dauchan.web.officer.urls")),
    path("tracer/", include("dauchan.web.tracer.urls")),
    path("design/", include("dauchan.web.layout.urls")),
    path("accounts/", include("dauchan.web.officer.account_urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]

handler400 = "dauchan.web.layout.errors.bad_request"
handler403 = "dauchan.web.layout.errors.forbidden"
handler404 = "dauchan.web.layout.errors.not_found"
handler500 = "dauchan.web.layout.errors.broken"
