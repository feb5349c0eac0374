"""Login, cookies and headers."""

import os

from csp.constants import NONCE, NONE, SELF

_HTTPS = os.environ.get("ACCORD_BASE_URL", "http://").startswith("https://")

AUTH_USER_MODEL = "foundation.User"
AUTHENTICATION_BACKENDS = ["accord.people.backends.RoleBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "account_login"
CSRF_FAILURE_VIEW = "accord.foundation.views.refusals.page_out_of_date"
# A link to set a password works once, and this many seconds.
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24 * 3

ACCOUNT_ADAPTER = "accord.foundation.accounts.Adapter"
ACCOUNT_FORMS = {"login": "accord.foundation.forms.LoginForm"}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "accord.foundation.links.PasswordLinks"  # noqa: S105 (a dotted name)
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
# Counted in the database by accord.foundation.throttling, so that all web processes count together.
ACCOUNT_RATE_LIMITS = False
MFA_ADAPTER = "accord.foundation.second_factors.adapter.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "accord.foundation.second_factors.forms.SignInForm",
    "reauthenticate": "accord.foundation.second_factors.forms.ConfirmForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
# A passkey proves the person and not only the device: every use asks for a finger, a face or a PIN.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_ISSUER = "Accord"
# A phone whose clock is up to half a minute off still makes good codes.
MFA_TOTP_TOLERANCE = 1
MFA_RATE_LIMITS = False
# Addresses come from the people list, not from the person; there is nothing to verify.
MFA_ALLOW_UNVERIFIED_EMAIL = True
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if os.environ.get("ACCORD_BEHIND_PROXY") == "1" else 0

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_NAME = "__Host-accord" if _HTTPS else "accord"
CSRF_COOKIE_NAME = "__Host-accord-csrf" if _HTTPS else "accord-csrf"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("ACCORD_BEHIND_PROXY") == "1" else None
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        # What was recorded is listened to before it is sent.
        "media-src": [SELF, "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# Largest form body; files are limited by the reader of each kind.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
