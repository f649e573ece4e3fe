"""The pages for what went wrong: said in words, with a way on. Named in the root `urls.py`."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django names it
    sentence = _("Yêu cầu không đúng định dạng. Hãy quay lại và thử lại.")
    return _page(request, HTTPStatus.BAD_REQUEST, _("Yêu cầu không hợp lệ"), sentence)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django names it
    sentence = _(
        "Tài khoản của bạn không có vai trò cần cho việc này. Nếu đây là nhầm lẫn, hãy báo cho đơn vị phụ trách."
    )
    return _page(request, HTTPStatus.FORBIDDEN, _("Không có quyền"), sentence)


def not_from_here(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django passes it by name
    """A form without its token: from another site, or from a page older than the sign-in."""
    sentence = _("Biểu mẫu này đã cũ hoặc được gửi từ trang khác. Hãy quay lại, tải lại trang rồi gửi lần nữa.")
    return _page(request, HTTPStatus.FORBIDDEN, _("Chưa gửi được"), sentence)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django names it
    sentence = _("Địa chỉ này không có, hoặc nằm ngoài phạm vi của bạn.")
    return _page(request, HTTPStatus.NOT_FOUND, _("Không tìm thấy trang"), sentence)


def broken(_request: HttpRequest) -> HttpResponse:
    """The page of last resort: rendered without the request, so that a broken database cannot break it too."""
    sentence = _("Lỗi đã được ghi lại. Những gì bạn vừa nhập có thể chưa được lưu; hãy thử lại sau ít phút.")
    content = loader.render_to_string("layout/broken.html", {"title": _("Hệ thống gặp lỗi"), "sentence": sentence})
    return HttpResponseServerError(content)


def _page(request: HttpRequest, status: HTTPStatus, title: str, sentence: str) -> HttpResponse:
    context = {"title": title, "sentence": sentence, "status": status.value}
    return render(request, "layout/error.html", context, status=status)
