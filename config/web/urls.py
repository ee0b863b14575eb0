from django.urls import path

from . import pwa, views

urlpatterns = [
    path("sw.js", pwa.ServiceWorker.as_view(), name="service-worker"),
    path("manifest.webmanifest", pwa.Manifest.as_view(), name="manifest"),
    path(".well-known/security.txt", views.SecurityContact.as_view(), name="security-contact"),
    path("offline/", pwa.Offline.as_view(), name="offline"),
]
