"""Why a step on an article was refused.

KnowledgeRefused
├── SecondPersonNeeded  who wrote a version cannot publish it
├── NothingToPublish    there is no draft, or somebody published it meanwhile
├── ChangedMeanwhile    a colleague saved the draft after the page was opened
└── AddressTaken        another article has this address
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class KnowledgeRefused(Exception):
    message: StrOrPromise = _("Không thực hiện được.")


class SecondPersonNeeded(KnowledgeRefused):
    message = _("Người soạn không tự công bố được. Cần một cán bộ khác đọc lại và công bố.")


class NothingToPublish(KnowledgeRefused):
    message = _("Không còn bản nháp nào để công bố.")


class ChangedMeanwhile(KnowledgeRefused):
    message = _("Bài vừa được người khác sửa. Nội dung bạn nhập còn ở dưới; hãy xem bản mới rồi lưu lại.")


class AddressTaken(KnowledgeRefused):
    message = _("Đã có bài mang tên này. Hãy đặt tiêu đề khác.")
