"""The screens as a Django application."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "dauchan.web"

    def ready(self) -> None:
        """What the sign-in library tells goes into the audit log."""
        from dauchan.web.officer import own_sessions, sign_in_log

        sign_in_log.listen()
        own_sessions.keep_networks_only()
