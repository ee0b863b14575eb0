"""What every page's frame needs to know."""

from django.conf import settings


def portal(request):
    return {
        "portal_name": settings.PORTAL_NAME,
        "force_name": settings.FORCE_NAME,
        "demo": settings.DEMO,
        "mail_sink_url": settings.MAIL_SINK_URL,
        "has_sign_on": bool(settings.SOCIALACCOUNT_PROVIDERS),
        "join_phone": settings.JOIN_PHONE,
        # Set, lazily, by the dashboard's middleware; pages without a user have none.
        "nav_items": getattr(request, "nav_items", []),
    }
