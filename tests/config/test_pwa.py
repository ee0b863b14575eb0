import json
import re

import pytest
from django.test import RequestFactory

from config.web import pwa

pytestmark = pytest.mark.urls("config.web.urls")


def get(view):
    return view.as_view()(RequestFactory().get("/"))


def test_service_worker_names_what_it_keeps():
    response = get(pwa.ServiceWorker)

    body = response.content.decode()
    portal = json.loads(re.match(r"const portal = (.*)\n", body)[1])
    assert portal["blank"] == "/visits/log/blank/"
    assert portal["offline"] == "/offline/"
    assert len(portal["shell"]) == len(pwa.SHELL)
    assert response["Content-Type"] == "text/javascript"
    assert "no-cache" in response["Cache-Control"]


def test_manifest_points_to_our_icons():
    manifest = json.loads(get(pwa.Manifest).content)

    assert manifest["name"] == "Partnership portal"
    assert [icon["sizes"] for icon in manifest["icons"]] == ["192x192", "512x512"]


def test_shell_files_exist(settings):
    missing = [path for path in pwa.SHELL if not (settings.BASE_DIR / "static" / path).exists()]

    assert missing == []
