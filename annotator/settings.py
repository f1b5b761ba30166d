"""One settings file, driven by the environment; `docs/settings.md` has the table.

A value that cannot be right stops the start with a sentence that names it.
"""

from __future__ import annotations

import os
import re
from datetime import timedelta
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from whitenoise.compress import Compressor

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()


def kept_secret(path: Path) -> str:
    """The secret kept at `path`, made on the first start and readable by its owner alone."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    secret = get_random_secret_key()
    with os.fdopen(handle, "w") as file:
        file.write(secret)
    return secret


# Where the embedded database, uploads and the secret live.
DATA_DIR = Path(env.str("COUNTERCLAIM_DATA", default=str(BASE_DIR / "var"))).expanduser().resolve()
# Readable by its owner alone: it holds drafts, people's names and the site's secret.
DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)

# `https` when a proxy serves the site over TLS: secure cookies, HSTS, redirects.
SCHEME = env.str("COUNTERCLAIM_SCHEME", default="http")
if SCHEME not in {"http", "https"}:
    raise ImproperlyConfigured(f"COUNTERCLAIM_SCHEME is {SCHEME!r}: it must be http or https.")
HTTPS = SCHEME == "https"

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or kept_secret(DATA_DIR / "secret_key")
# Those of before: what they have signed and sealed is still taken, and new things are not.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "claims",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "annotator.static.StaticFiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "knox",
    "rest_framework",
    "template_partials",
]

MIDDLEWARE = [
    "annotator.logs.Requests",
    "claims.views.turns.Turns",
    "annotator.headers.Headers",
    "annotator.health.Health",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "annotator.sight.Sight",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "annotator.slashes.Common",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "annotator.sizes.Sizes",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "annotator.seen.Seen",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "annotator.urls"
WSGI_APPLICATION = "annotator.wsgi.application"
ASGI_APPLICATION = "annotator.asgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "claims.views.context.desk",
            ],
        },
    }
]

# --- Database: SQLite by default, PostgreSQL by DATABASE_URL; equals in every test. ---
DATABASES: dict[str, Any] = {
    "default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'db.sqlite3'}")
}
SQLITE = DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
if not SQLITE and DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
    raise ImproperlyConfigured("DATABASE_URL must name an SQLite or a PostgreSQL database.")
DATABASES["default"]["CONN_MAX_AGE"] = None
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if SQLITE:
    # IMMEDIATE: a transaction that reads and then writes can't be refused half way.
    # FULL: what was acknowledged survives a power cut.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
            # What is deleted is overwritten: else it stands in free pages until they are used.
            "PRAGMA secure_delete=ON;"
            "PRAGMA journal_size_limit=27103364;PRAGMA cache_size=-20000;PRAGMA temp_store=MEMORY;"
        ),
    }
else:
    # Compiling the queries of the derived states takes ten times as long as running them.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Caches ---
CACHES = {
    # Attempts to sign in are counted here, across processes; few are written.
    "default": {
        "BACKEND": "annotator.counts.Counts",
        "LOCATION": "claims_cache",
        "OPTIONS": {"MAX_ENTRIES": 1_000},  # from then on, what is over is deleted
    },
    # What is cheap to find out anew, and read often.
    "here": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}

# --- Accounts ---
AUTH_USER_MODEL = "claims.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "claims.accounts.Door",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 10}  # type: ignore[assignment]
ACCOUNT_ADAPTER = "claims.accounts.Adapter"
ACCOUNT_FORMS = {
    "change_password": "claims.forms.password.ChangeForm",
    "reset_password_from_key": "claims.forms.password.ResetForm",
}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
MFA_ADAPTER = "claims.accounts.Factors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Counterclaim"
# Behind a proxy everybody would come from one address, and one who guesses would lock out all.
PROXIES = env.int("PROXIES", default=1 if HTTPS else 0)
if PROXIES not in range(10):
    raise ImproperlyConfigured(f"PROXIES is {PROXIES}: it must be 0 to 9.")
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "annotator.faults.stale_form"
# Sign-in with the accounts of an organisation. Off, unless the settings name its provider.
OIDC_ISSUER = env.str("OIDC_ISSUER", default="")
OIDC_CLIENT_ID = env.str("OIDC_CLIENT_ID", default="")
OIDC_CLIENT_SECRET = env.str("OIDC_CLIENT_SECRET", default="")
if OIDC_ISSUER and not re.fullmatch(
    r"(https://[^/?#\s]+|http://(localhost|127\.0\.0\.1)(:[0-9]+)?)(/[^?#\s]*)?", OIDC_ISSUER
):
    raise ImproperlyConfigured(
        f"OIDC_ISSUER is {OIDC_ISSUER!r}: it must be like https://login.example.org/team."
    )
if len({bool(value) for value in (OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET)}) > 1:
    raise ImproperlyConfigured("OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET go together.")
OIDC_NAME = env.str("OIDC_NAME", default="") or OIDC_ISSUER.partition("://")[2].partition("/")[0]
SOCIALACCOUNT_ADAPTER = "claims.oidc.Adapter"
# How long the link of an invitation works.
INVITATION_DAYS = env.int("INVITATION_DAYS", default=7)
if INVITATION_DAYS not in range(1, 91):
    raise ImproperlyConfigured(f"INVITATION_DAYS is {INVITATION_DAYS}: it must be 1 to 90.")

# --- E-mail: without a server for it, written to the output of this one ---
EMAIL_URL = env.str("EMAIL_URL", default="")
if EMAIL_URL and not re.fullmatch(r"smtp(\+tls|\+ssl)?://[^/\s]+:[0-9]+", EMAIL_URL):
    # Without the value: a password stands in it.
    raise ImproperlyConfigured(
        "EMAIL_URL must be like smtp+tls://name:password@mail.example.org:587."
    )
SENDS_MAIL = bool(EMAIL_URL)
globals().update(environ.Env.email_url_config(EMAIL_URL or "consolemail://"))
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="counterclaim@localhost")
EMAIL_TIMEOUT = 10
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# A changed password or factor is told to its owner.
ACCOUNT_EMAIL_NOTIFICATIONS = SENDS_MAIL

# --- The API: `docs/api.md` ---
API_RATE = env.str("API_RATE", default="600/min")
if not re.fullmatch(r"[1-9][0-9]*/(sec|min|hour|day)", API_RATE):
    raise ImproperlyConfigured(f"API_RATE is {API_RATE!r}: it must be like 600/min.")
API_TOKEN_DAYS = env.int("API_TOKEN_DAYS", default=365)
if API_TOKEN_DAYS not in range(1, 3651):
    raise ImproperlyConfigured(f"API_TOKEN_DAYS is {API_TOKEN_DAYS}: it must be 1 to 3650.")
REST_FRAMEWORK = {
    # A token's first: who is nobody is told that one is wanted (401), not that it is forbidden.
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "claims.api.tokens.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["claims.api.sent.Json"],
    "DEFAULT_THROTTLE_CLASSES": ["claims.api.throttle.Throttle"],
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "claims.api.schema.Schema",
    "EXCEPTION_HANDLER": "claims.api.problems.problem",
    "COERCE_DECIMAL_TO_STRING": False,
}
KNOX_TOKEN_MODEL = "claims.Token"  # noqa: S105
REST_KNOX = {
    "TOKEN_TTL": timedelta(days=API_TOKEN_DAYS),
    "TOKEN_PREFIX": "cc_",
    "AUTH_HEADER_PREFIX": "Bearer",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Counterclaim",
    "DESCRIPTION": "Articles, attributed claims, and how they compete. Offsets are code points.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "SCHEMA_PATH_PREFIX": r"/api/v1/(w/\{slug\}/)?",
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "claims.api.schema.strictly",
    ],
    # Lists of words that several nouns have under one name.
    "ENUM_NAME_OVERRIDES": {
        f"{name}Enum": f"claims.records.{name}.choices"
        for name in (
            "ArticleStatus",
            "ClaimKind",
            "ClaimStatus",
            "FigureStatus",
            "Role",
            "SourceKind",
            "SpanRole",
            "State",
            "SuggestionState",
        )
    },
}

# --- What this server asks of others ---
# Off: then nobody can make it ask for anything.
FETCH_ARTICLES = env.bool("FETCH_ARTICLES", default=False)

# --- What the browser is told ---
# Tiles are the one thing that comes from elsewhere: whoever serves them sees where a desk looks.
# None, unless the environment names a server.
MAP_TILES = env.str("MAP_TILES", default="")
MAP_CREDIT = env.str("MAP_CREDIT", default="")
if MAP_TILES and not re.match(r"https?://[^/]+/.*\{z\}.*\{[xy]\}.*\{[xy]\}", MAP_TILES):
    raise ImproperlyConfigured(
        f"MAP_TILES is {MAP_TILES!r}: it must be like https://tiles.example.org/{{z}}/{{x}}/{{y}}.png."
    )
MAP_ORIGIN = "/".join(MAP_TILES.replace("{s}.", "*.").split("/")[:3])
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *filter(None, [MAP_ORIGIN])],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"

# --- Language, time ---
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True

# --- Files ---
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
# Only the files of django-leaflet: as an app, it asks for GDAL.
STATICFILES_DIRS = [str(distribution("django-leaflet").locate_file("leaflet/static"))]
# Uploads: a folder, which several machines may share, or a bucket (with `requirements-s3.txt`).
ORIGINALS = env.str("ORIGINALS", default=str(DATA_DIR / "originals"))
BUCKET = re.fullmatch(r"s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/([\w./-]*))?", ORIGINALS)
if not BUCKET and not Path(ORIGINALS).is_absolute():
    raise ImproperlyConfigured(
        f"ORIGINALS is {ORIGINALS!r}: it must be like /srv/shared/originals or s3://bucket/folder."
    )
MEDIA_ROOT = ORIGINALS
STORAGES: dict[str, Any] = {
    # Originals are private: no MEDIA_URL; a view checks who asks.
    "default": {"BACKEND": "annotator.files.WholeFiles"},
    "staticfiles": {"BACKEND": "annotator.static.HashedStaticFilesStorage"},
}
if BUCKET:
    # Keys, region and endpoint are where every tool of S3 looks for them: `AWS_...`.
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": BUCKET[1],
            "location": BUCKET[2] or "",
            "default_acl": None,
            "file_overwrite": False,
        },
    }
# What only a developer's tools ask for is not worth half a minute of the first start.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
FILE_UPLOAD_PERMISSIONS = 0o600
# An article of 5 MB as a form field, percent-encoded, is up to three times as long.
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024

# --- Logs ---
LOG_FORMAT = env.str("LOG_FORMAT", default="text")
if LOG_FORMAT not in {"text", "json"}:
    raise ImproperlyConfigured(f"LOG_FORMAT is {LOG_FORMAT!r}: it must be text or json.")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {
            "()": "annotator.logs.Plain",
            "format": "{asctime} {levelname} {name} {request}: {message}",
            "style": "{",
        },
        "json": {"()": "annotator.logs.Json"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        # It reports each page that it lays out, and each rule that is meant for screens.
        "weasyprint": {"level": "ERROR"},
        # A line for each request is ours; this one's has the address as it was typed.
        "django.request": {"level": "ERROR"},
        "counterclaim.requests": {"level": "INFO" if LOG_FORMAT == "json" else "WARNING"},
    },
}
