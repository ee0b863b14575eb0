"""A force's own sign-on by OpenID Connect, from the environment; off unless OIDC_ISSUER is set."""

from urllib.parse import urlsplit

from config import env

PROVIDER = "force"  # its name in addresses
HINT = "OIDC_ISSUER turns on a force's own sign-on, which needs it too."


def providers() -> dict:
    """Return allauth's SOCIALACCOUNT_PROVIDERS; empty without ``OIDC_ISSUER``.

    Raises:
        ImproperlyConfigured: there is an issuer, but no client or no domain of addresses.
    """
    issuer = env.text("OIDC_ISSUER", "")
    if not issuer:
        return {}
    return {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": PROVIDER,
                    "name": env.text("OIDC_NAME", "the force's sign-on"),
                    "client_id": env.text("OIDC_CLIENT_ID", hint=HINT),
                    "secret": env.text("OIDC_CLIENT_SECRET", hint=HINT),
                    "settings": {
                        "server_url": issuer,
                        # Entra says who somebody is in "oid", which only the token itself has.
                        "uid_field": env.text("OIDC_UID_FIELD", "sub"),
                        "fetch_userinfo": False,
                        # What the force says of its own addresses is proof; of others it is none.
                        "verified_email": domains(),
                    },
                }
            ],
        }
    }


def domains() -> list[str]:
    env.text("OIDC_DOMAINS", hint=HINT)
    return [domain.lower() for domain in env.words("OIDC_DOMAINS")]


def origin() -> list[str]:
    """Return where the sign-in form leads to, for the security policy; nowhere when it is off."""
    issuer = urlsplit(env.text("OIDC_ISSUER", ""))
    return [f"{issuer.scheme}://{issuer.netloc}"] if issuer.netloc else []
