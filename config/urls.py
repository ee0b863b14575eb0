"""The only list of apps."""

from django.urls import path

urlpatterns: list[path] = []
