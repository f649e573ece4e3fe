"""Who may open a page of the console."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django_htmx.http import HttpResponseClientRedirect

from dauchan.units.jurisdiction import require_role
from dauchan.units.models import Role
from dauchan.web.layout.once_more import begun_again

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    from dauchan.web.requests import OfficerRequest

    More = ParamSpec("More")
    OfficerView = Callable[Concatenate[OfficerRequest, More], HttpResponseBase]
    View = Callable[Concatenate[HttpRequest, More], HttpResponseBase]


def officer_required(*roles: str) -> Callable[[OfficerView[More]], View[More]]:
    """Open a view to signed-in officers who hold one of *roles* today, or any role if none is named.

    Somebody who is not signed in goes to the sign-in page and comes back; an officer without the role gets 403. The
    second factor is asked for by `dauchan.web.middleware.SecondFactor`. Which objects they see is the matter of
    `access_*()` alone. Nothing of the console stays in a browser's cache, where the next user of the machine would see it.
    """

    def decorate(view: OfficerView[More]) -> View[More]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: More.args, **kwargs: More.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            asked = cast("OfficerRequest", request)
            require_role(asked.user, *(roles or Role.values))
            response = begun_again(request, lambda: view(asked, *args, **kwargs))
            add_never_cache_headers(response)
            return response

        return cast("View[More]", guarded)

    return decorate


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """A request that would change something cannot be repeated by coming back to its address."""
    back = request.get_full_path() if request.method == "GET" else reverse("officer:home")
    if getattr(request, "htmx", False):
        back = cast("OfficerRequest", request).htmx.current_url_abs_path or back
        return HttpResponseClientRedirect(redirect_to_login(back, reverse("account_login")).url)
    return redirect_to_login(back, reverse("account_login"))
