from django.urls import path

from . import pwa

urlpatterns = [
    path("sw.js", pwa.ServiceWorker.as_view(), name="service-worker"),
    path("manifest.webmanifest", pwa.Manifest.as_view(), name="manifest"),
    path("offline/", pwa.Offline.as_view(), name="offline"),
]
