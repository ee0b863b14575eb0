from django.urls import include, path

app_name = "events"

visits = []

requests = []

urlpatterns = [
    path("visits/", include(visits)),
    path("requests/", include(requests)),
]
