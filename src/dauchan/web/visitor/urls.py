"""Addresses of the visitor screens."""

from django.urls import path

from dauchan.web.visitor import check_in, code, number, phone, phones, seen, sign_in, views, who

app_name = "visitor"

urlpatterns = [
    path("scan/", views.scan, name="scan"),
    path("sw.js", phone.worker, name="worker"),
    path("visitor/shell/<slug:language>/", phone.shell, name="shell"),
    path("visitor/<slug:language>.webmanifest", phone.manifest, name="manifest"),
    path("visitor/venue", views.venue, name="venue"),
    path("visitor/token", views.token, name="token"),
    path("visitor/check-in/", check_in.check_in, name="check_in"),
    path("visitor/check-in/finish/", check_in.finish_check_in, name="finish_check_in"),
    path("visitor/sign-in/", sign_in.sign_in, name="sign_in"),
    path("visitor/sign-in/code/", sign_in.enter_code, name="enter_code"),
    path("visitor/sign-in/code/again/", sign_in.send_again, name="send_again"),
    path("visitor/sign-in/name/", who.say_name, name="who"),
    path("visitor/sign-in/name/new/", who.new_holder, name="new_holder"),
    path("visitor/sign-in/consent/", sign_in.consent, name="consent"),
    path("visitor/sign-out/", sign_in.sign_out, name="sign_out"),
    path("visitor/notice/", sign_in.notice, name="notice"),
    path("me/", views.diary, name="diary"),
    path("me/diary.json", views.diary_file, name="diary_file"),
    path("me/visits/<uuid:check_in_id>/", views.visit, name="visit"),
    path("me/visits/<uuid:check_in_id>/check-out/", check_in.check_out, name="check_out"),
    path("me/code/", code.own_code, name="own_code"),
    path("me/code.svg", code.own_code_picture, name="own_code_picture"),
    path("me/seen/", seen.seen, name="seen"),
    path("me/account/", views.account, name="account"),
    path("me/phones/", phones.phone_list, name="phones"),
    path("me/phones/<int:phone_id>/sign-out/", phones.sign_out_one, name="sign_out_phone"),
    path("me/phones/others/", phones.sign_out_others, name="sign_out_others"),
    path("me/number/", number.new_number, name="new_number"),
    path("me/number/code/", number.enter_code, name="number_code"),
    path("me/account/withdraw/", views.withdraw, name="withdraw"),
]
