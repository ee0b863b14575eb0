from django.urls import include, path

from .views import (
    agreements,
    bulletin_questions,
    bulletins,
    commitments,
    community,
    concerns,
    consultation_answers,
    consultations,
    institutions,
    joining,
    panel_comments,
    panel_concerns,
    partnerships,
    pauses,
    photos,
    published,
    rapid_advice,
    review_moves,
    review_reports,
    reviews,
    safety,
    texts,
    wider,
    workstreams,
)
from .views.commitment_moves import MOVES
from .views.concern_moves import MOVES as CONCERN_MOVES

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

raised = [
    path("", concerns.ConcernList.as_view(), name="concern-list"),
    path("shared/", concerns.SharedAnswers.as_view(), name="concern-shared"),
    path("raise/<uuid:ref>/", concerns.ConcernRaise.as_view(), name="concern-raise"),
    path("record/<uuid:ref>/", concerns.ConcernRecord.as_view(), name="concern-record"),
    path("<uuid:ref>/", concerns.ConcernDetail.as_view(), name="concern-detail"),
    *(
        path(f"<uuid:ref>/{view.name}/", view.as_view(), name=f"concern-{view.name}")
        for view in CONCERN_MOVES
    ),
]

own = [
    path("<uuid:ref>/", partnerships.PartnershipDetail.as_view(), name="partnership-detail"),
    path("<uuid:ref>/leads/", partnerships.LeadsSet.as_view(), name="leads-set"),
    path("<uuid:ref>/asked/", joining.ApplicationRecord.as_view(), name="application-record"),
    path("<uuid:ref>/check/", joining.CheckRecord.as_view(), name="check-record"),
    path("<uuid:ref>/limits/", joining.LimitsConfirm.as_view(), name="limits-confirm"),
    path("<uuid:ref>/leave-alone/", joining.LeftAlone.as_view(), name="left-alone"),
    path("<uuid:ref>/agree/", agreements.AgreementDraft.as_view(), name="agreement-draft"),
    path("<uuid:ref>/pause/", partnerships.PartnershipPause.as_view(), name="partnership-pause"),
    path("<uuid:ref>/resume/", partnerships.PartnershipResume.as_view(), name="partnership-resume"),
    path("<uuid:ref>/leave/", partnerships.PartnershipLeave.as_view(), name="partnership-leave"),
    path(
        "<uuid:ref>/police-pause/",
        pauses.PolicePausePropose.as_view(),
        name="police-pause-propose",
    ),
    path("<uuid:ref>/say/", community.StatementSign.as_view(), name="statement-sign"),
    path("<uuid:ref>/public/", published.ItemList.as_view(), name="item-list"),
    path("<uuid:ref>/public/propose/", published.ItemPropose.as_view(), name="item-propose"),
    path("<uuid:ref>/workstreams/", workstreams.WorkstreamList.as_view(), name="workstream-list"),
    path(
        "<uuid:ref>/workstreams/new/",
        workstreams.WorkstreamPropose.as_view(),
        name="workstream-propose",
    ),
    path("<uuid:ref>/cadence/", partnerships.CadenceSet.as_view(), name="cadence-set"),
]

led = [
    path("<uuid:ref>/lead/", workstreams.WorkstreamLead.as_view(), name="workstream-lead"),
    path("<uuid:ref>/close/", workstreams.WorkstreamClose.as_view(), name="workstream-close"),
    path("<uuid:ref>/promise/", workstreams.WorkstreamPromise.as_view(), name="workstream-promise"),
]

agreed = [
    path("<uuid:ref>/", agreements.AgreementDetail.as_view(), name="agreement-detail"),
    path("<uuid:ref>/change/", agreements.AgreementChange.as_view(), name="agreement-change"),
    path("<uuid:ref>/sign/", agreements.AgreementSign.as_view(), name="agreement-sign"),
    path("<uuid:ref>/disagree/", agreements.AgreementDisagree.as_view(), name="agreement-disagree"),
    path("<uuid:ref>/withdraw/", agreements.AgreementWithdraw.as_view(), name="agreement-withdraw"),
    path("<uuid:ref>/drop/", agreements.AgreementDrop.as_view(), name="agreement-drop"),
]

paused = [
    path("<uuid:ref>/", pauses.PolicePauseDetail.as_view(), name="police-pause-detail"),
    path(
        "<uuid:ref>/sign/", pauses.PolicePauseCountersign.as_view(), name="police-pause-countersign"
    ),
    path("<uuid:ref>/reply/", pauses.PolicePauseReply.as_view(), name="police-pause-reply"),
    path("<uuid:ref>/drop/", pauses.PolicePauseDrop.as_view(), name="police-pause-drop"),
    path("<uuid:ref>/lift/", pauses.PolicePauseLift.as_view(), name="police-pause-lift"),
]

public = [
    path("report/<uuid:item>/", review_reports.PublicReport.as_view(), name="public-report"),
    path("", published.PublicAreas.as_view(), name="public-areas"),
    path("<int:area>/", published.PublicArea.as_view(), name="public-area"),
    path("words/<uuid:ref>/", published.ItemDetail.as_view(), name="item-detail"),
    path("words/<uuid:ref>/approve/", published.ItemApprove.as_view(), name="item-approve"),
    path("words/<uuid:ref>/decline/", published.ItemDecline.as_view(), name="item-decline"),
    path("words/<uuid:ref>/photograph/", photos.PhotoAdd.as_view(), name="photo-add"),
    path("photograph/<uuid:photo>/", photos.PublicPhoto.as_view(), name="public-photo"),
    path("photograph/<uuid:ref>/before/", photos.PhotoFile.as_view(), name="photo-file"),
    path("photograph/<uuid:ref>/remove/", photos.PhotoRemove.as_view(), name="photo-remove"),
    path("words/<uuid:ref>/take-down/", published.ItemTakeDown.as_view(), name="item-take-down"),
]

outside = [
    path("", wider.WiderEventList.as_view(), name="wider-event-list"),
    path("record/", wider.WiderEventRecord.as_view(), name="wider-event-record"),
    path("<uuid:ref>/withdraw/", wider.WiderEventWithdraw.as_view(), name="wider-event-withdraw"),
]

statements = [
    path("", community.StatementList.as_view(), name="statement-list"),
    path("<uuid:ref>/", community.StatementDetail.as_view(), name="statement-detail"),
    path("<uuid:ref>/withdraw/", community.StatementWithdraw.as_view(), name="statement-withdraw"),
]

# Words that both sides read, wherever they stand: partnerships/wordings.py.
said = [
    path("<slug:kind>/<uuid:ref>/", texts.TextDetail.as_view(), name="text-detail"),
    *(
        path(f"<slug:kind>/<uuid:ref>/{view.name}/", view.as_view(), name=f"text-{view.name}")
        for view in texts.MOVES
    ),
]

sent = [
    path("", bulletins.BulletinList.as_view(), name="bulletin-list"),
    path("draft/", bulletins.BulletinDraft.as_view(), name="bulletin-draft"),
    path("<uuid:ref>/", bulletins.BulletinDetail.as_view(), name="bulletin-detail"),
    path("<uuid:ref>/edit/", bulletins.BulletinEdit.as_view(), name="bulletin-edit"),
    path("<uuid:ref>/check/", bulletins.BulletinCheck.as_view(), name="bulletin-check"),
    path("<uuid:ref>/publish/", bulletins.BulletinPublish.as_view(), name="bulletin-publish"),
    path("<uuid:ref>/sign-off/", bulletins.BulletinSignOff.as_view(), name="bulletin-sign-off"),
    path("<uuid:ref>/audience/", bulletins.BulletinAudience.as_view(), name="bulletin-audience"),
    path("<uuid:ref>/update/", bulletins.BulletinUpdate.as_view(), name="bulletin-update"),
    path("<uuid:ref>/withdraw/", bulletins.BulletinWithdraw.as_view(), name="bulletin-withdraw"),
    path("<uuid:ref>/read-out/", bulletins.ReadOut.as_view(), name="bulletin-read-out"),
    path("<uuid:ref>/ask/", bulletin_questions.QuestionAsk.as_view(), name="bulletin-ask"),
    path(
        "questions/<uuid:ref>/answer/",
        bulletin_questions.QuestionAnswer.as_view(),
        name="bulletin-answer",
    ),
]

asked = [
    path("", consultations.ConsultationList.as_view(), name="consultation-list"),
    path("draft/", consultations.ConsultationDraft.as_view(), name="consultation-draft"),
    path("ask/", consultations.ConsultationAsk.as_view(), name="consultation-ask"),
    path("advice/", rapid_advice.AdviceAsk.as_view(), name="advice-ask"),
    path(
        "answers/<uuid:ref>/",
        consultation_answers.ResponseDetail.as_view(),
        name="consultation-response",
    ),
    path(
        "themes/<uuid:ref>/again/",
        consultation_answers.ThemeReadAgain.as_view(),
        name="theme-again",
    ),
    path(
        "themes/<uuid:ref>/decide/",
        consultation_answers.ThemeDecide.as_view(),
        name="theme-decide",
    ),
    path("<uuid:ref>/", consultations.ConsultationDetail.as_view(), name="consultation-detail"),
    *(
        path(f"<uuid:ref>/{name}/", view.as_view(), name=f"consultation-{name}")
        for name, view in {
            "edit": consultations.ConsultationEdit,
            "co-sign": consultations.ConsultationCoSign,
            "open": consultations.ConsultationOpen,
            "open-urgent": consultations.ConsultationOpenUrgent,
            "answer": consultation_answers.ConsultationAnswer,
            "advise": rapid_advice.AdviceGive,
            "advice-report": rapid_advice.AdviceReport,
            "theme": consultation_answers.ThemeName,
            "consider": consultations.ConsultationConsider,
            "decide": consultations.ConsultationDecide,
            "report": consultations.ConsultationReport,
            "abandon": consultations.ConsultationAbandon,
        }.items()
    ),
]
scrutinised = [
    path("comments/", panel_comments.PanelCommentList.as_view(), name="panel-comment-list"),
    path(
        "comments/<uuid:ref>/",
        panel_comments.PanelCommentDetail.as_view(),
        name="panel-comment-detail",
    ),
    path(
        "comments/<uuid:ref>/answer/",
        panel_comments.PanelCommentAnswer.as_view(),
        name="panel-comment-answer",
    ),
    path("items/<uuid:ref>/comment/", panel_comments.ItemComment.as_view(), name="panel-item-say"),
    path(
        "measures/<slug:measure>/<uuid:ref>/comment/",
        panel_comments.MeasureComment.as_view(),
        name="panel-measure-say",
    ),
    path("concerns/<uuid:ref>/", panel_concerns.PanelConcern.as_view(), name="panel-concern"),
    path(
        "concerns/<uuid:ref>/view/",
        panel_concerns.PanelConcernView.as_view(),
        name="panel-concern-view",
    ),
    path(
        "concerns/<uuid:ref>/comment/",
        panel_comments.ConcernComment.as_view(),
        name="panel-concern-say",
    ),
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

reviewed = [
    path("", reviews.ReviewList.as_view(), name="review-list"),
    path("<uuid:ref>/", reviews.ReviewDetail.as_view(), name="review-detail"),
    path("<uuid:ref>/figures/", reviews.FrozenFigures.as_view(), name="review-figures"),
    path("<uuid:ref>/account/", review_moves.Assess.as_view(), name="review-assess"),
    path("<uuid:ref>/met/", review_moves.NoteMeeting.as_view(), name="review-met"),
    path("<uuid:ref>/met/so/", review_moves.ConfirmMeeting.as_view(), name="review-met-confirm"),
    path("<uuid:ref>/promise/", review_moves.PromiseAtReview.as_view(), name="review-promise"),
    path("<uuid:ref>/joint/", review_moves.ProposeJoint.as_view(), name="review-joint"),
    path("<uuid:ref>/joint/sign/", review_moves.SignJoint.as_view(), name="review-joint-sign"),
    path("<uuid:ref>/own/", review_moves.StateOwn.as_view(), name="review-own"),
    path("<uuid:ref>/panel/", review_reports.ReviewPanel.as_view(), name="review-panel"),
    path("<uuid:ref>/report/", review_reports.DraftReport.as_view(), name="review-report"),
    path("report/<uuid:ref>/", review_reports.ReportBefore.as_view(), name="report-before"),
]

kept = [
    path("of/<uuid:ref>/", safety.SafetyPage.as_view(), name="safety"),
    path("of/<uuid:ref>/write/", safety.SafetyWrite.as_view(), name="safety-write"),
    path("of/<uuid:ref>/key-holders/", safety.KeyHolderAdd.as_view(), name="key-holder-add"),
    path("of/<uuid:ref>/assign/", safety.SafetyNeedAssign.as_view(), name="safety-assign"),
    path("<uuid:ref>/", safety.SafetyWords.as_view(), name="safety-words"),
    path("<uuid:ref>/right/", safety.SafetyVerify.as_view(), name="safety-verify"),
    path("key-holders/<uuid:ref>/", safety.KeyHolderRemove.as_view(), name="key-holder-remove"),
    path("needs/<uuid:ref>/end/", safety.SafetyNeedEnd.as_view(), name="safety-need-end"),
]

urlpatterns = [
    path("safety/", include(kept)),
    path("reviews/", include(reviewed)),
    path("promises/", include(promises)),
    path("concerns/", include(raised)),
    path("partnerships/", include(own)),
    path("agreements/", include(agreed)),
    path("workstreams/", include(led)),
    path("pauses/", include(paused)),
    path("public/", include(public)),
    path("outside/", include(outside)),
    path("own-words/", include(statements)),
    path("words/", include(said)),
    path("bulletins/", include(sent)),
    path("consultations/", include(asked)),
    path("panel/", include(scrutinised)),
]
