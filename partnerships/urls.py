from django.urls import include, path

from .views import commitments, institutions, partnerships
from .views.commitment_moves import MOVES

app_name = "partnerships"

promises = [
    path("", commitments.PromiseList.as_view(), name="promise-list"),
    path("new/<uuid:ref>/", commitments.PromiseCreate.as_view(), name="promise-create"),
    path("<uuid:ref>/", commitments.PromiseDetail.as_view(), name="promise-detail"),
    *(
        path(
            f"<uuid:ref>/{view.url_name.removeprefix('promise-')}/",
            view.as_view(),
            name=view.url_name,
        )
        for view in MOVES
    ),
]

own = [
    path("<uuid:ref>/", partnerships.PartnershipDetail.as_view(), name="partnership-detail"),
    path("<uuid:ref>/leads/", partnerships.LeadsSet.as_view(), name="leads-set"),
    path(
        "<uuid:ref>/activate/",
        partnerships.PartnershipActivate.as_view(),
        name="partnership-activate",
    ),
    path("<uuid:ref>/pause/", partnerships.PartnershipPause.as_view(), name="partnership-pause"),
    path("<uuid:ref>/resume/", partnerships.PartnershipResume.as_view(), name="partnership-resume"),
    path("<uuid:ref>/leave/", partnerships.PartnershipLeave.as_view(), name="partnership-leave"),
    path("<uuid:ref>/cadence/", partnerships.CadenceSet.as_view(), name="cadence-set"),
]

# Named in "contacts" (config.urls), where one looks for them; they need what stands here.
people = [
    path("institutions/", institutions.InstitutionList.as_view(), name="institution-list"),
    path("institutions/add/", institutions.InstitutionAdd.as_view(), name="institution-add"),
    path(
        "institutions/<uuid:ref>/change/",
        institutions.InstitutionChange.as_view(),
        name="institution-change",
    ),
    path("institutions/<uuid:ref>/slip/", institutions.PaperSlip.as_view(), name="paper-slip"),
    path("people/invite/", institutions.PersonInvite.as_view(), name="person-invite"),
    path("roles/<uuid:ref>/end/", institutions.RoleEnd.as_view(), name="role-end"),
]

urlpatterns = [
    path("promises/", include(promises)),
    path("partnerships/", include(own)),
]
