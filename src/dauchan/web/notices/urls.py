"""Addresses of notices: the officers' pages, the page for everybody, the feed that phones fetch."""

from django.urls import path

from dauchan.web.notices import decisions, lists, many, public, writing

app_name = "notices"

urlpatterns = [
    path("notices/", public.page, name="public"),
    path("notices/feed.jsonl", public.feed, name="feed"),
    path("tracer/notices/", lists.notice_list, name="notices"),
    path("tracer/notices/cases/<int:case_id>/", lists.proposals, name="proposals"),
    path("tracer/notices/cases/<int:case_id>/new/", writing.new_notice, name="new"),
    path("tracer/notices/cases/<int:case_id>/draft-all/", many.draft_all, name="draft_all"),
    path("tracer/notices/cases/<int:case_id>/submit-all/", many.submit_all, name="submit_all"),
    path("tracer/notices/<int:notice_id>/", decisions.notice_page, name="notice"),
    path("tracer/notices/<int:notice_id>/edit/", writing.edit, name="edit"),
    path("tracer/notices/<int:notice_id>/correct/", writing.correct, name="correct"),
    path("tracer/notices/<int:notice_id>/submit/", writing.submit, name="submit"),
    path("tracer/notices/<int:notice_id>/discard/", writing.discard, name="discard"),
    path("tracer/notices/<int:notice_id>/decide/", decisions.decide, name="decide"),
    path("tracer/notices/<int:notice_id>/withdraw/", decisions.withdraw, name="withdraw"),
]
