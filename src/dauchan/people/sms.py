"""Adapters that carry a text message. The text is one fixed template: nobody's words but ours are ever sent."""

from __future__ import annotations

from typing import Protocol

import httpx
from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _


class SmsGateway(Protocol):
    #: True where the interface shows the code itself because no message leaves the machine.
    shows_on_screen: bool

    def send(self, phone: str, text: str) -> None:
        """Send *text* to *phone* (E.164). Raises: httpx.HTTPError if the gateway did not take it."""


class ScreenGateway:
    """For demonstrations and development: sends nothing. Production refuses to start with it."""

    shows_on_screen = True

    def send(self, phone: str, text: str) -> None:
        """Nothing leaves the machine; the page shows the code and says so."""


class HttpGateway:
    """Posts ``{"to": …, "text": …}`` with a bearer token, if there is one, to the operator's gateway, which answers 2xx."""

    shows_on_screen = False

    def send(self, phone: str, text: str) -> None:
        token = settings.SMS_GATEWAY_TOKEN
        answer = httpx.post(
            settings.SMS_GATEWAY_URL,
            json={"to": phone, "text": text},
            headers={"Authorization": f"Bearer {token}"} if token else {},
            timeout=10,
        )
        answer.raise_for_status()


def gateway() -> SmsGateway:
    made: SmsGateway = import_string(settings.SMS_GATEWAY)()
    return made


def message_with(code: str) -> str:
    return _("Dấu Chân: mã xác nhận của bạn là %(code)s, có hiệu lực 5 phút. Không đưa mã này cho bất kỳ ai.") % {
        "code": code
    }


def follow_up_message(link: str) -> str:
    return _(
        "Dấu Chân: mời bạn khai báo sức khỏe hôm nay tại %(link)s. Cán bộ y tế không hỏi mật khẩu hay tài khoản ngân hàng."
    ) % {"link": link}


def report_message(link: str) -> str:
    return _("Dấu Chân: phản ánh của bạn đã có kết quả. Xem tại %(link)s.") % {"link": link}


def invitation_message(link: str) -> str:
    return _(
        "Dấu Chân: bạn được mời nhận tài khoản cán bộ. Mở %(link)s trong 3 ngày để đặt mật khẩu. Không chuyển liên kết này cho ai."
    ) % {"link": link}


def renewal_message(link: str) -> str:
    return _(
        "Dấu Chân: mở %(link)s trong 3 ngày để đặt mật khẩu mới. Không phải bạn yêu cầu thì đừng mở, và báo ngay cho đơn vị."
    ) % {"link": link}


def renewal_asked_message(link: str) -> str:
    return _(
        "Dấu Chân: có đề nghị cấp lại mật khẩu và lớp xác thực cho tài khoản cán bộ của bạn. Không phải bạn yêu cầu thì mở %(link)s để dừng lại."
    ) % {"link": link}


def renewal_used_message() -> str:
    return _("Dấu Chân: tài khoản cán bộ của bạn vừa được cấp lại mật khẩu. Không phải bạn thì báo ngay cho đơn vị.")
