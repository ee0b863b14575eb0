from django.urls import path

from .views import figures, home, institutions

urlpatterns = [
    path("", home.Home.as_view(), name="home"),
    path("limits/", home.Limits.as_view(), name="limits"),
    path(
        "institutions/<uuid:ref>/",
        institutions.InstitutionDetail.as_view(),
        name="institution-detail",
    ),
    path("dashboard/", figures.Dashboard.as_view(), name="dashboard"),
    path("dashboard/csv/<slug:figure>/", figures.FigureCSV.as_view(), name="dashboard-csv"),
]
