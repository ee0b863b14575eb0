"""What makes the portal work on a phone without signal: service worker, manifest, offline page.

The worker keeps styles, scripts and two pages that hold nothing about anybody. The drafts are
static/js/drafts.js's.
"""

import hashlib
import json
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView, View

SHELL = (
    "vendor/portal.css",
    "vendor/govuk-frontend.min.js",
    "css/site.css",
    "js/boot.js",
    "js/portal.js",
    "js/drafts.js",
    "img/favicon.svg",
    "img/icon-192.png",
)
BLANK_FORM = "/visits/log/blank/"
WORKER = Path(__file__).with_name("assets") / "worker.js"


def _revalidated(response):
    patch_cache_control(response, no_cache=True, public=True)
    return response


@method_decorator(login_not_required, name="dispatch")
class ServiceWorker(View):
    """The worker's script: its code, after a line that names what this release ships."""

    permission_required = None

    def get(self, request):
        shell = [static(path) for path in SHELL]
        code = WORKER.read_text()
        release = hashlib.sha256("\n".join([*shell, code]).encode()).hexdigest()[:16]
        pages = {"blank": BLANK_FORM, "offline": reverse("offline")}
        names = {"release": release, "shell": shell, **pages}
        body = f"const portal = {json.dumps(names)}\n{code}"
        return _revalidated(HttpResponse(body, content_type="text/javascript"))


def _icon(size):
    return {"src": static(f"img/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}


@method_decorator(login_not_required, name="dispatch")
class Manifest(View):
    permission_required = None

    def get(self, request):
        body = {
            "name": settings.PORTAL_NAME,
            "short_name": settings.PORTAL_NAME,
            "start_url": "/",
            "display": "minimal-ui",
            "background_color": "#ffffff",
            "theme_color": "#0b4f55",
            "icons": [_icon(192), _icon(512)],
        }
        return _revalidated(JsonResponse(body, content_type="application/manifest+json"))


@method_decorator(login_not_required, name="dispatch")
class Offline(TemplateView):
    """What the phone shows when there is no signal; it lists the drafts that it holds."""

    permission_required = None
    template_name = "offline.html"
    extra_context = {"blank_form": BLANK_FORM, "is_kept": True}
