from django.urls import path

from . import health, pwa

urlpatterns = [
    path("healthz", health.Healthz.as_view(), name="healthz"),
    path("readyz", health.Readyz.as_view(), name="readyz"),
    path("sw.js", pwa.ServiceWorker.as_view(), name="service-worker"),
    path("manifest.webmanifest", pwa.Manifest.as_view(), name="manifest"),
    path("offline/", pwa.Offline.as_view(), name="offline"),
]
