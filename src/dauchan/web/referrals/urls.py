"""Addresses of referrals."""

from django.urls import path

from dauchan.web.referrals import accounts, handing, handing_many, letters, listing, one

app_name = "referrals"

urlpatterns = [
    path("", listing.referral_list, name="referrals"),
    path("new/", handing.new, name="new"),
    path("accept/", listing.accept_many, name="accept_many"),
    path("new/signs/", handing_many.many, name="many"),
    path("export.csv", listing.export, name="export"),
    path("units/", accounts.by_unit, name="units"),
    path("letters/<int:unit_id>/", letters.letter, name="letter"),
    path("pictures/<int:picture_id>.jpg", one.picture, name="picture"),
    path("<int:referral_id>/", one.page, name="one"),
    path("<int:referral_id>/<slug:step>/", one.step, name="step"),
]
