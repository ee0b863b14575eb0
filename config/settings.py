"""Settings, read from the environment; the defaults are those of production.

``PORTAL_ROLE`` says as whom this process stands before the database: ``app`` (web), ``task``
(worker, beat, outbox loop) or ``owner`` (migrations only). See docs/operations.md.
"""

import tomllib
from datetime import timedelta
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config import env, single_sign_on
from config.web.features import POWERFUL_FEATURES

BASE_DIR = Path(__file__).resolve().parent.parent
VERSION = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]["version"]

# --- Who we are -------------------------------------------------------------------------------
PORTAL_NAME = env.text("PORTAL_NAME", "Partnership portal")
FORCE_NAME = env.text("FORCE_NAME", "")
JOIN_PHONE = env.text("JOIN_PHONE", "101")
SECURITY_CONTACT = env.text("SECURITY_CONTACT", "")  # a mailto: or https: address, see SECURITY.md
AUDIT_ANCHOR_TO = env.words("AUDIT_ANCHOR_TO")  # who keeps the daily seal of the audit trail
SITE_URL = env.text(
    "SITE_URL", hint="Set it to the portal's address, like https://portal.example.org."
)
DEMO = env.flag("PORTAL_DEMO")  # shows the mail sink and the demo sign-ins; never in production

# --- Security ---------------------------------------------------------------------------------
SECRET_KEY = env.text("SECRET_KEY", hint="Set it to at least 50 random characters.")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
OUTBOX_KEYS = env.words("OUTBOX_KEYS") or [SECRET_KEY]  # first one encrypts, all of them decrypt
ACTOR_KEYS = env.secrets(
    "ACTOR_KEYS",
    hint="Set it to 32 random characters, and give them to the database by "
    "`manage.py share_actor_keys`.",
)  # first one signs, all of them are believed
MFA_KEYS = env.secrets(
    "MFA_KEYS", hint="Set it to 50 random characters: it encrypts what second steps are made from."
)  # first one encrypts, all of them decrypt
DETAIL_KEYS = env.secrets(
    "DETAIL_KEYS", hint="Set it to 50 random characters: it encrypts people's contact details."
)  # first one encrypts, all of them decrypt; `manage.py reseal_details` after a change
SAFETY_KEYS = env.secrets(
    "SAFETY_KEYS",
    hint="Set it to 50 random characters: it encrypts what mosques say of their keys.",
)  # first one encrypts, all of them decrypt; `manage.py reseal_safety` after a change
DEBUG = False
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
HTTPS = env.flag("HTTPS", True)
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_AGE = 8 * 3600  # and no session lives longer: contacts.middleware.TimeOut
IDLE_MINUTES = {"police": 30, "partner": 120}
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "config.web.views.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *single_sign_on.origin()],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
        "worker-src": [SELF],
    }
}
# On every answer, whoever makes it; tests/access/test_headers.py asks each route.
RESPONSE_HEADERS = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": SECURE_CROSS_ORIGIN_OPENER_POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in POWERFUL_FEATURES),
    "Referrer-Policy": SECURE_REFERRER_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": X_FRAME_OPTIONS,
}

# --- Applications -----------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "crispy_forms",
    "csp",
    "rules.apps.AutodiscoverRulesConfig",
    "config.actor",
    "config.web",
    "config.audit",
    "config.outbox",
    "config.backup",
    "config.privacy",
    "contacts",
    "partnerships",
    "events",
    "config.dashboard",
]
MIDDLEWARE = [
    "config.web.middleware.Headers",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.web.middleware.RequestId",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.actor.middleware.Actor",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "contacts.middleware.SecondFactor",
    "config.dashboard.middleware.Navigation",
    "config.web.middleware.NoStore",
    "django.contrib.messages.middleware.MessageMiddleware",
    "contacts.middleware.TimeOut",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.web.context.portal",
            ],
            "builtins": ["config.web.templatetags.ui"],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "portal"
CRISPY_FAIL_SILENTLY = False

# --- Database, cache, sessions ----------------------------------------------------------------
PORTAL_ROLE = env.text("PORTAL_ROLE", "app")
_URLS = {"app": "DATABASE_URL", "task": "DATABASE_TASK_URL", "owner": "DATABASE_OWNER_URL"}
if PORTAL_ROLE not in _URLS:
    raise ImproperlyConfigured(f"PORTAL_ROLE is {PORTAL_ROLE!r}. Set it to app, task or owner.")
# A server that swallows packets must cost a request seconds, not the minutes that TCP would wait.
_PATIENCE = {"connect_timeout": 3, "tcp_user_timeout": 5000}  # seconds; milliseconds
# A page joins a score of tables to one row. To weigh every order of eight of them costs five times
# what the query does, and finds the order in which they are written.
PLANNING = {"options": "-c join_collapse_limit=4"}


def _database() -> dict:
    url = env.text(
        _URLS[PORTAL_ROLE], hint=f"Set it to the {PORTAL_ROLE} role's postgres:// address."
    )
    address = dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)
    return {
        **address,
        "OPTIONS": {**_PATIENCE, **PLANNING, **address.get("OPTIONS", {})},
        "TEST": {"NAME": env.text("TEST_DATABASE_NAME", "test_portal")},
    }


# "side" is a second connection that never joins a request's transaction: a request that is rolled
# back must not undo a rate-limit count or a session.
DATABASES = {"default": _database(), "side": {**_database(), "TEST": {"MIRROR": "default"}}}
DATABASE_ROUTERS = ["config.web.routers.SideRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entry",
    }
}
SESSION_ENGINE = "config.web.sessions"

# --- Broker -----------------------------------------------------------------------------------
REDIS_URL = env.text("REDIS_URL", hint="Set it to the broker's redis:// address.")
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # never give up: the default stops after 100
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "socket_timeout": 5,
    "socket_connect_timeout": 5,
}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 120
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_TIMEZONE = "Europe/London"

# --- Accounts ---------------------------------------------------------------------------------
AUTH_USER_MODEL = "contacts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
PASSWORD_RESET_TIMEOUT = 3600
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_ADAPTER = "contacts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "add_email": "contacts.forms.accounts.AddEmailForm",
    "change_email": "contacts.forms.accounts.ChangeEmailForm",
    "change_password": "contacts.forms.accounts.ChangePasswordForm",  # nosec B105 # a class
    "confirm_login_code": "contacts.forms.factors.MailedCodeForm",
    "login": "contacts.forms.accounts.LoginForm",
    "reauthenticate": "contacts.forms.accounts.ReauthenticateForm",
    "reset_password": "contacts.forms.accounts.ResetPasswordForm",  # nosec B105 # a class
    "reset_password_from_key": "contacts.forms.accounts.ResetPasswordKeyForm",  # nosec B105 # a class
    "signup": "contacts.forms.accounts.SignupForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
# The second step: what is asked of whom is in contacts/adapters.py.
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_LOGIN_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TRUST_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
MFA_ADAPTER = "contacts.adapters.MFAAdapter"
MFA_FORMS = {
    "activate_totp": "contacts.forms.factors.ActivateTOTPForm",
    "add_webauthn": "contacts.forms.factors.AddPasskeyForm",
    "authenticate": "contacts.forms.factors.AuthenticateForm",
    "edit_webauthn": "contacts.forms.factors.EditPasskeyForm",
    "reauthenticate": "contacts.forms.factors.ReauthenticateForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_TOTP_TOLERANCE = 0
MFA_TOTP_ISSUER = PORTAL_NAME
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody signs in without a proven address; see the decisions
MFA_TRUST_COOKIE_AGE = timedelta(days=30)
MFA_TRUST_COOKIE_NAME = "__Host-known-device" if HTTPS else "known-device"
MFA_RATE_LIMITS = {"webauthn_login": "30/m/ip"}  # a whole station may share one address
SOCIALACCOUNT_ADAPTER = "contacts.adapters.SocialAdapter"
SOCIALACCOUNT_PROVIDERS = single_sign_on.providers()
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
ALLAUTH_TRUSTED_PROXY_COUNT = env.integer("TRUSTED_PROXY_COUNT", 0)

# --- Language, time ---------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English"))]  # further catalogues come with their own work
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/London"
USE_TZ = True

# --- Files ------------------------------------------------------------------------------------
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024  # a megabyte in any script, which forms send as three
DATA_UPLOAD_MAX_NUMBER_FILES = 1
FILE_UPLOAD_HANDLERS = ["config.web.uploads.OneFile"]  # photographs, kept in the database
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(BASE_DIR / "var" / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Backups (config.backup): sealed for the public keys; the private ones are never here --------
BACKUP_RECIPIENTS = env.words("BACKUP_RECIPIENTS")
DATABASE_BACKUP_URL = env.text("DATABASE_BACKUP_URL", "")  # portal_backup's
PG_PROGRAMS = env.text("PG_PROGRAMS", "")  # folder of pg_dump and pg_restore; empty: the path

# --- Mail: only the outbox sends (config.outbox) ------------------------------------------------
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.integer("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text(
    "DEFAULT_FROM_EMAIL", "Partnership portal <no-reply@portal.example.org>"
)
MAIL_DOMAIN = env.text(
    "MAIL_DOMAIN", "portal.example.org"
)  # right-hand side of Message-IDs and UIDs
MAIL_SINK_URL = env.text("MAIL_SINK_URL", "") if DEMO else ""  # where the demo's mail can be read

# --- Clocks and thresholds (defaults: docs/decisions.md names the sources) ------------------------
PORTAL_CLOCKS = {
    "acknowledge_hours": env.integer("ACKNOWLEDGE_HOURS", 72),
    "acknowledge_warn_hours": env.integer("ACKNOWLEDGE_WARN_HOURS", 48),
    "triage_working_days": env.integer("TRIAGE_WORKING_DAYS", 5),
    "recourse_hours": env.integer("RECOURSE_HOURS", 24),
    "note_undo_minutes": env.integer("NOTE_UNDO_MINUTES", 15),
    "note_share_working_days": env.integer("NOTE_SHARE_WORKING_DAYS", 2),
    "note_reply_days": env.integer("NOTE_REPLY_DAYS", 14),
    "feedback_days": env.integer("FEEDBACK_DAYS", 14),
    "promise_confirm_days": env.integer("PROMISE_CONFIRM_DAYS", 21),
    "reach_out_days": env.integer("REACH_OUT_DAYS", 2),
    "cadence_days": env.integer("CADENCE_DAYS", 90),
    "bulk_reading": env.integer("BULK_READING_LIMIT", 40),  # institutions an hour, by one account
    "rebook_days": env.integer("REBOOK_DAYS", 14),
    "bulletin_warn_hours": env.integer("BULLETIN_WARN_HOURS", 48),
    "bulletin_answer_hours": env.integer("BULLETIN_ANSWER_HOURS", 72),
    "consultation_days": env.integer("CONSULTATION_DAYS", 28),
    "consultation_remind_days": env.integer("CONSULTATION_REMIND_DAYS", 7),
    "statement_minutes": env.integer("STATEMENT_MINUTES", 60),
    "concern_working_days": env.integer("CONCERN_WORKING_DAYS", 10),  # an answer, a word between
    "concern_take_up_hours": env.integer("CONCERN_TAKE_UP_HOURS", 24),
    "concern_panel_days": env.integer("CONCERN_PANEL_DAYS", 28),
    "concern_settled_days": env.integer("CONCERN_SETTLED_DAYS", 28),
    "review_ahead_days": env.integer("REVIEW_AHEAD_DAYS", 42),
    "review_assess_days": env.integer("REVIEW_ASSESS_DAYS", 14),
    "review_panel_days": env.integer("REVIEW_PANEL_DAYS", 21),
    "panel_answer_days": env.integer("PANEL_ANSWER_DAYS", 28),
}
# What a scrutiny panel gets a quarter: so many of each kind, of no fewer records and institutions.
PANEL_SAMPLE = {
    "each": env.integer("PANEL_EACH", 10),
    "least": env.integer("PANEL_LEAST", 10),
    "places": env.integer("PANEL_PLACES", 3),
}

# Months that a force keeps things for, where not the default: "engagement=72,feedback=24"
RETENTION_MONTHS = env.numbers("RETENTION_MONTHS")

LOGGING_CONFIG = "config.logging.configure"
LOGGING = {"level": env.text("LOG_LEVEL", "INFO"), "json": env.flag("LOG_JSON", True)}
