"""What is written for the knowledge base."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dauchan.helpdesk.knowledge.models import CannedAnswer
from dauchan.helpdesk.models import Topic
from dauchan.web.helpdesk.failed_scans import REASONS
from dauchan.web.helpdesk.forms import WordsField
from dauchan.web.layout.fields import LineField

if TYPE_CHECKING:
    from dauchan.helpdesk.knowledge.models import Article, ArticleVersion

LARGEST_NUMBER = 32_000
_STEPS = _("Cách một dòng để sang đoạn mới; dòng bắt đầu bằng 1. 2. 3. thành các bước.")


class ArticleForm(forms.Form):
    """Both languages at once: a page that says less in one of them helps half of those who ask."""

    latest = forms.IntegerField(min_value=0, max_value=LARGEST_NUMBER, widget=forms.HiddenInput)
    topic = forms.ChoiceField(label=_("Nhóm việc"), choices=Topic.choices)
    title_vi = LineField(label=_("Tiêu đề (tiếng Việt)"), max_length=120)
    body_vi = WordsField(label=_("Nội dung (tiếng Việt)"), max_length=4000, rows=10, help_text=_STEPS)
    title_en = LineField(label=_("Tiêu đề (tiếng Anh)"), max_length=120)
    body_en = WordsField(label=_("Nội dung (tiếng Anh)"), max_length=4000, rows=10, help_text=_STEPS)
    keywords = LineField(
        label=_("Từ khóa khác"),
        max_length=300,
        required=False,
        help_text=_("Từ người hỏi hay dùng mà bài không có, cách nhau bằng dấu cách."),
    )
    scan_reasons = forms.MultipleChoiceField(
        label=_("Giải thích lượt quét hỏng vì"),
        required=False,
        choices=[(code, words) for code, (words, _topic) in REASONS.items()],
        widget=forms.CheckboxSelectMultiple,
    )

    @property
    def written(self) -> dict[str, Any]:
        said = {name: value for name, value in self.cleaned_data.items() if name != "latest"}
        return {**said, "scan_reasons": " ".join(said["scan_reasons"])}

    @staticmethod
    def of(article: Article, version: ArticleVersion) -> dict[str, Any]:
        names = ("title_vi", "title_en", "body_vi", "body_en")
        return {
            **{name: getattr(version, name) for name in names},
            "latest": version.number,
            "topic": article.topic,
            "keywords": article.keywords,
            "scan_reasons": article.scan_reasons.split(),
        }


class CannedForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    title = LineField(label=_("Tên gọi"), max_length=80)
    body_vi = WordsField(
        label=_("Câu trả lời (tiếng Việt)"),
        max_length=1000,
        help_text=_("Viết {hotline} ở chỗ cần số đường dây nóng; số tự điền khi chèn."),
    )
    body_en = WordsField(label=_("Câu trả lời (tiếng Anh)"), max_length=1000)

    class Meta:
        model = CannedAnswer
        fields = ["title", "body_vi", "body_en", "is_in_use"]
