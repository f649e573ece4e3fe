"""Words and signs of the tones and of the risk levels: never a colour alone."""

from django.utils.translation import gettext_lazy as _

TONE_ICONS = {
    "neutral": "minus",
    "accent": "star",
    "info": "info",
    "good": "circle-check",
    "caution": "circle-alert",
    "serious": "triangle-alert",
    "critical": "octagon-alert",
}

LEVEL_WORDS = {1: _("Vùng xanh"), 2: _("Vùng vàng"), 3: _("Vùng cam"), 4: _("Vùng đỏ")}
LEVEL_ICONS = {1: "circle-check", 2: "circle-alert", 3: "triangle-alert", 4: "octagon-alert"}

# What Django calls the levels of its messages, in the tones of the toasts.
MESSAGE_TONES = {"debug": "info", "info": "info", "success": "good", "warning": "caution", "error": "critical"}
