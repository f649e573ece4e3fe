"""Addresses of follow-up: the officers' day, the orders, and the contact's own page."""

from django.urls import path

from dauchan.web.follow_up import chosen, one, order_steps, orders, own, samples, today, watch

app_name = "follow_up"

urlpatterns = [
    path("follow-up/", own.own_page, name="own"),
    path("follow-up/done/", own.done, name="done"),
    path("follow-up/s/<str:token>/", own.by_link, name="by_link"),
    path("tracer/follow-up/", today.today_page, name="today"),
    path("tracer/follow-up/answers/", today.keep_lines, name="keep_lines"),
    path("tracer/follow-up/links/", chosen.send, name="send_links"),
    path("tracer/follow-up/runs/<int:run_id>/begin/", chosen.begin, name="begin"),
    path("tracer/follow-up/escalations/", watch.escalations, name="escalations"),
    path("tracer/follow-up/escalations/<int:escalation_id>/", watch.settle, name="settle"),
    path("tracer/follow-up/alerts/", watch.alerts, name="alerts"),
    path("tracer/follow-up/alerts/<int:alert_id>/", watch.see, name="see_alert"),
    path("tracer/follow-up/<int:follow_up_id>/", one.page, name="one"),
    path("tracer/follow-up/<int:follow_up_id>/report/", one.report, name="report"),
    path("tracer/follow-up/<int:follow_up_id>/end/", one.end, name="end"),
    path("tracer/follow-up/<int:follow_up_id>/case/", one.became_case, name="became_case"),
    path("tracer/follow-up/<int:follow_up_id>/tests/", samples.add, name="add_test"),
    path("tracer/follow-up/tests/<int:test_id>/", samples.note, name="note_test"),
    path("tracer/follow-up/orders/", orders.order_list, name="orders"),
    path("tracer/follow-up/orders/new/", orders.draft, name="draft"),
    path("tracer/follow-up/orders/<int:isolation_id>/", orders.page, name="order"),
    path("tracer/follow-up/orders/<int:isolation_id>/person/", orders.open_person, name="open_person"),
    path("tracer/follow-up/orders/<int:isolation_id>/order.pdf", orders.paper, name="paper"),
    path("tracer/follow-up/orders/<int:isolation_id>/sign/", order_steps.sign, name="sign"),
    path("tracer/follow-up/orders/<int:isolation_id>/return/", order_steps.send_back, name="send_back"),
    path("tracer/follow-up/orders/<int:isolation_id>/deliver/", order_steps.deliver, name="deliver"),
    path("tracer/follow-up/orders/<int:isolation_id>/revoke/", order_steps.revoke, name="revoke"),
    path("tracer/follow-up/orders/<int:isolation_id>/release/", orders.release, name="release"),
    path("tracer/follow-up/orders/<int:isolation_id>/appeal/", order_steps.appeal, name="appeal"),
    path("tracer/follow-up/appeals/<int:appeal_id>/", order_steps.answer, name="answer_appeal"),
]
