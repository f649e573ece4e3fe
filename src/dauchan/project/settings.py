"""Django's settings. What differs between installations comes from `dauchan.project.environment`."""

import hmac
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from dauchan.project.environment import Kind, environment
from dauchan.qr.gate_queue import QueueRing
from dauchan.qr.public_signing import SigningRing
from dauchan.qr.signing import Keyring

ENVIRONMENT = environment()
PACKAGE = Path(__file__).resolve().parents[1]
WEB = PACKAGE / "web"

DEMONSTRATION = ENVIRONMENT.env is Kind.DEMONSTRATION
PRODUCTION = ENVIRONMENT.env is Kind.PRODUCTION
DEBUG = False
SECRET_KEY = ENVIRONMENT.keys.secret_key
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
BASE_URL = ENVIRONMENT.base_url
CSRF_TRUSTED_ORIGINS = [BASE_URL]

VENUE_CODE_KEYS = Keyring(max(ENVIRONMENT.keys.venue_code), ENVIRONMENT.keys.venue_code)
PERSON_TOKEN_KEYS = Keyring(max(ENVIRONMENT.keys.person_token), ENVIRONMENT.keys.person_token)
FIELD_KEYS = Keyring(ENVIRONMENT.keys.personal_data_current, ENVIRONMENT.keys.personal_data)
CARD_KEYS = SigningRing(max(ENVIRONMENT.keys.card), ENVIRONMENT.keys.card)
GATE_QUEUE_KEYS = QueueRing(max(ENVIRONMENT.keys.gate_queue), ENVIRONMENT.keys.gate_queue)
LOOKUP_KEY = ENVIRONMENT.keys.lookup
# Never rolls, as the codes stand on posters: made of the one key that stays.
LINE_CODE_KEY = hmac.digest(ENVIRONMENT.keys.lookup, b"line codes of venues", "sha256")

SCREENS = ["layout", "public", "visitor", "gate", "owner", "officer", "cards", "tracer", "desk", "phone_line"]
SCREENS += ["follow_up", "zones", "notices", "outbreak", "dashboards", "signs", "staff", "footfall", "referrals"]
SCREENS += ["reports", "sanctions", "venue_file", "accountability", "made_known", "exchange"]
SCREENS += ["inspections"]
SCREENS += ["personnel"]
SCREENS += ["privacy"]
SCREENS += ["venue_lists"]
SCREENS += ["programs", "open_api"]
SCREENS += ["helpdesk"]
DOMAINS = ["units", "venues", "people", "visits", "tracing", "compliance", "oversight", "helpdesk", "exchange"]
# Parts of a domain with tables of their own.
DOMAINS += ["tracing.follow_up", "tracing.zones", "tracing.notices", "tracing.intake", "tracing.interviews"]
DOMAINS += ["people.roster", "compliance.participation", "compliance.signs", "compliance.referrals"]
DOMAINS += ["compliance.hand_counts", "people.measures"]
DOMAINS += ["oversight.inspections", "oversight.owner_notices"]
DOMAINS += ["people.invitations", "units.watch"]
DOMAINS += ["oversight.sanctions", "oversight.accountability", "oversight.made_known", "exchange.national"]
DOMAINS += ["privacy", "people.restrictions"]
DOMAINS += ["exchange.venue_lists"]
DOMAINS += ["exchange.programs"]
DOMAINS += ["helpdesk.knowledge"]
DOMAINS += ["people.phones"]
DOMAIN_FOLDERS = {domain: PACKAGE.joinpath(*domain.split(".")) for domain in DOMAINS}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "procrastinate.contrib.django",
    *(f"dauchan.{domain}" for domain, folder in DOMAIN_FOLDERS.items() if (folder / "models.py").exists()),
    "dauchan.web",
    "dauchan.project.schema",
]

MIDDLEWARE = [
    "dauchan.web.middleware.RealAddress",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "dauchan.web.middleware.PlainRequests",
    "dauchan.web.middleware.PrivatePages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "dauchan.web.officer.sessions.OfficerSessions",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "dauchan.web.middleware.PersonSession",
    "dauchan.web.middleware.SecondFactor",
    "dauchan.web.middleware.AccessRefusals",
]

ROOT_URLCONF = "dauchan.web.urls"
WSGI_APPLICATION = "dauchan.project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [str(WEB / screen / "templates") for screen in SCREENS],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dauchan.web.layout.context.navigation",
                "dauchan.web.layout.context.installation",
            ],
            "libraries": {
                "layout": "dauchan.web.layout.tags",
                "outbreak": "dauchan.web.outbreak.filters",
                "dashboards": "dauchan.web.dashboards.filters",
                "accountability": "dauchan.web.accountability.filters",
            },
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": dj_database_url.parse(ENVIRONMENT.database_url, conn_max_age=600, conn_health_checks=True)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Holds the counts of throttles and the codes that were used: never so full that somebody could push them out.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    }
}

# Each domain's `jobs.py`, found when the worker starts.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Tiếng Việt")), ("en", _("English"))]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LOCALE_PATHS = [
    *(str(WEB / screen / "locale") for screen in SCREENS),
    *(str(folder / "locale") for folder in DOMAIN_FOLDERS.values()),
]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
NUMBER_GROUPING = 3  # Django's formats for Vietnamese name the separator but no grouping

STATIC_URL = "static/"
STATICFILES_DIRS = [str(WEB / "static"), str(WEB / "layout" / "static")]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
# Served from the package itself: no collecting step between an upgrade and the first page.
WHITENOISE_USE_FINDERS = True
# The client's build writes a hash of the content into every name.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/build/.+-[\w-]{8}\.\w+$"
# Built files bear a digest in their name: a browser never has to ask for one again.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/build/.+-[\w-]{8}\.\w+$"
MEDIA_ROOT = str(ENVIRONMENT.var / "uploads")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
MAX_PICTURE_BYTES = 10 * 1024 * 1024
# Days of the ledger as tracing reads them (dauchan.visits.segments).
SEGMENTS_ROOT = str(ENVIRONMENT.var / "segments")
# Written by the programs of `dauchan up`.
LOG_ROOT = str(ENVIRONMENT.var / "log")
# What people asked for since a backup was made, kept apart from backups (dauchan.privacy.rights.erasure_list).
ERASURE_LIST = str(ENVIRONMENT.erasure_list)
# Agreements on what is sent to whom (dauchan.exchange.national).
EXCHANGE_ROOT = str(ENVIRONMENT.var / "exchange")
# The ids of the DHIS2 installation that files are written for (docs/other-systems.md).
DHIS2_IDS = str(ENVIRONMENT.var / "dhis2.toml")
# Inner networks to which events may be sent (dauchan.exchange.programs.addresses); none but public addresses without.
WEBHOOK_NETWORKS = ENVIRONMENT.webhook_networks

# Identity of officers (visitors and owners sign in by phone: dauchan.people.phone_codes)
AUTH_USER_MODEL = "units.Officer"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "dauchan.units.passwords.OwnWords"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "officer:home"
ACCOUNT_ADAPTER = "dauchan.web.officer.accounts.OfficerAccounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "public:home"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "20/10m/ip,5/5m/key", "reauthenticate": "10/m/user"}
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
MFA_ADAPTER = "dauchan.web.officer.accounts.OfficerSecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Dấu Chân"
MFA_TOTP_TOLERANCE = 1
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION

# Officers who have an account at their authority may sign in with it, once they have joined it to theirs.
SINGLE_SIGN_ON = ENVIRONMENT.single_sign_on
SOCIALACCOUNT_ADAPTER = "dauchan.web.officer.single_sign_on.OfficerSingleSignOn"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "authority",
                "name": SINGLE_SIGN_ON.name,
                "client_id": SINGLE_SIGN_ON.client_id,
                "secret": SINGLE_SIGN_ON.client_secret,
                "settings": {
                    "server_url": SINGLE_SIGN_ON.issuer,
                    "oauth_pkce_enabled": True,
                    "fetch_userinfo": False,
                    "scope": ["openid"],
                },
            }
        ]
    }
}
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10

# Text messages
SMS_GATEWAY = "dauchan.people.sms.HttpGateway" if PRODUCTION else "dauchan.people.sms.ScreenGateway"
SMS_GATEWAY_URL = ENVIRONMENT.sms_gateway_url
SMS_GATEWAY_TOKEN = ENVIRONMENT.sms_gateway_token

# Check-ins by telephone; without a number there is no line.
PHONE_LINE = ENVIRONMENT.phone_line.number
PHONE_LINE_SECRETS = ENVIRONMENT.phone_line.secrets
CONSOLE_SOCKET = str(ENVIRONMENT.console_socket)

# How the browser is told to behave
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "dauchan.web.layout.errors.not_from_here"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
_BY_TLS = BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = _BY_TLS
CSRF_COOKIE_SECURE = _BY_TLS
LANGUAGE_COOKIE_SECURE = _BY_TLS
# A browser takes such names over TLS from this very host only: no sister host can plant one.
OF_THIS_HOST = "__Host-" if _BY_TLS else ""
SESSION_COOKIE_NAME = f"{OF_THIS_HOST}dauchan_session"
CSRF_COOKIE_NAME = f"{OF_THIS_HOST}csrftoken"
LANGUAGE_COOKIE_NAME = f"{OF_THIS_HOST}dauchan_language"
THEME_COOKIE_NAME = f"{OF_THIS_HOST}dauchan_theme"
SECURE_HSTS_SECONDS = 31536000 if _BY_TLS and PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
# The map may take its tiles from the installation's own server; nothing else is ever loaded from elsewhere.
MAP_TILES_URL = ENVIRONMENT.map_tiles_url
_TILES = [MAP_TILES_URL.split("/{", 1)[0]] if MAP_TILES_URL else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, "'wasm-unsafe-eval'"],  # the QR reader is WebAssembly
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *_TILES],
        "connect-src": [SELF, *_TILES],
        "worker-src": [SELF],
        "font-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

HOTLINE = ENVIRONMENT.hotline
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
        "json": {"()": "dauchan.web.log_lines.JsonLines"},
    },
    "filters": {"routes": {"()": "dauchan.web.log_lines.RoutesForAddresses"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": ENVIRONMENT.log_format, "filters": ["routes"]}
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    # They tell of every blueprint and every poll, and of every request to others.
    "loggers": {"procrastinate": {"level": "WARNING"}, "httpx": {"level": "WARNING"}},
}
