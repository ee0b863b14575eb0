"""Sentences for what happened to a partnership."""

from django.utils.translation import gettext_lazy as _

from config.audit.models import Entry
from contacts.models import Contact
from contacts.presenters import shown_name

from .models import Partnership

SENTENCES = {
    "partnerships.partnership_added": _("The institution was added"),
    "partnerships.partner_invited": _("Somebody of the institution was invited"),
    "partnerships.partnership_activated": _("The partnership began"),
    "partnerships.partnership_paused": _("The partnership was paused by the institution"),
    "partnerships.partnership_resumed": _("The partnership went on"),
    "partnerships.partnership_ended": _("The institution left the partnership"),
    "partnerships.leads_assigned": _("The named officer or the cover changed"),
    "partnerships.partnership_applied": _("The mosque asked to join"),
    "partnerships.partnership_left_alone": _("The mosque asked to be left out"),
    "partnerships.check_recorded": _("A check was recorded"),
    "partnerships.partnership_verified": _("All three checks were made"),
    "partnerships.limits_confirmed": _("A lead went through what the portal can’t promise"),
    "partnerships.partnership_met": _("Both sides have met"),
    "partnerships.agreement_drafted": _("An agreement was drafted"),
    "partnerships.agreement_changed": _("The draft of the agreement was changed"),
    "partnerships.agreement_dropped": _("The draft of the agreement was dropped"),
    "partnerships.agreement_disagreed": _("A disagreement was put beside the agreement"),
    "partnerships.agreement_signed": _("The agreement was signed by one person"),
    "partnerships.agreement_in_force": _("The agreement came into force"),
    "partnerships.police_pause_proposed": _("Police asked for a pause"),
    "partnerships.police_pause_announced": _(
        "A second officer signed the pause that police asked for"
    ),
    "partnerships.police_pause_replied": _("The mosque replied to the reason for a pause"),
    "partnerships.police_pause_began": _("The pause that police asked for began"),
    "partnerships.police_pause_dropped": _("The pause that police asked for was dropped"),
    "partnerships.police_pause_lifted": _("The pause that police asked for was lifted"),
    "partnerships.item_proposed": _("Words for the public page were proposed"),
    "partnerships.item_published": _("Words for the public page were approved"),
    "partnerships.item_declined": _("Words for the public page were not approved"),
    "partnerships.item_asked_anew": _("Words for the public page wait for approval again"),
    "partnerships.photo_added": _("A photograph for the public page was added"),
    "partnerships.photo_removed": _("A photograph for the public page was removed"),
    "partnerships.item_taken_down": _("Words were taken off the public page"),
    "partnerships.wider_event_recorded": _("Something that happened outside was written down"),
    "partnerships.wider_event_withdrawn": _("What was written of the outside was taken back"),
    "partnerships.statement_signed": _("A statement in its own words was signed"),
    "partnerships.statement_withdrawn": _("A statement in its own words was taken back"),
    "partnerships.cadence_agreed": _("How often the institution wants contact was set"),
}
PROMISE_SENTENCES = {
    "partnerships.commitment_proposed": _("A promise was asked for"),
    "partnerships.commitment_agreed": _("A promise was made"),
    "partnerships.commitment_not_agreed": _("A promise that was asked for was not agreed"),
    "partnerships.commitment_extended": _("A promise got a new day"),
    "partnerships.commitment_done_claimed": _("A promise was said to be done"),
    "partnerships.commitment_kept": _("A promise was confirmed as kept"),
    "partnerships.commitment_reopened": _("A promise was said not to be done yet"),
    "partnerships.commitment_kept_unconfirmed": _("A promise said to be done was not confirmed"),
    "partnerships.commitment_could_not": _("A promise could not be kept"),
    "partnerships.commitment_released": _("A promise was no longer needed"),
    "partnerships.commitment_reassigned": _("A promise was handed over"),
    "partnerships.commitment_rang": _("One side rang the other about a promise"),
    "partnerships.commitment_to_sergeant": _("A late promise was passed to the sergeant"),
    "partnerships.commitment_to_inspector": _("A late promise was passed to the inspector"),
    "partnerships.commitment_to_commander": _("A late promise was passed to the commander"),
    "partnerships.commitment_withdrawn": _("The words of a promise were removed"),
}
CONCERN_SENTENCES = {
    "partnerships.concern_raised": _("A concern was raised"),
    "partnerships.concern_acknowledged": _("A concern was acknowledged"),
    "partnerships.concern_chose": _("It was chosen anew what a concern should be"),
    "partnerships.concern_passed_to_complaints": _("A concern was passed on as a complaint"),
    "partnerships.concern_reassigned": _("A concern was handed to another officer"),
    "partnerships.concern_in_hand": _("A concern was taken in hand"),
    "partnerships.concern_updated": _("There was word on how a concern stands"),
    "partnerships.concern_answered": _("A concern was answered"),
    "partnerships.concern_accepted": _("The answer to a concern was accepted"),
    "partnerships.concern_challenged": _("The answer to a concern was challenged"),
    "partnerships.concern_escalated": _("A concern was taken up at the next level"),
    "partnerships.concern_panel_view": _("The panel gave its view on a concern"),
    "partnerships.concern_statement": _("A side wrote its statement on a concern"),
    "partnerships.concern_closing_proposed": _("The words “you said, we did” were proposed"),
    "partnerships.concern_rewording": _("Other words were asked for before a concern closes"),
    "partnerships.concern_closed": _("A concern was closed by those who raised it"),
    "partnerships.concern_closed_not_agreed": _("A concern was closed without agreement"),
    "partnerships.concern_settled": _("A concern was said to be still settled"),
    "partnerships.concern_unsettled": _("A concern was said not to be settled any more"),
    "partnerships.concern_withdrawn": _("A concern was withdrawn"),
    "partnerships.concern_recourse": _("A senior officer was asked to step in on a concern"),
    "partnerships.concern_recourse_answered": _("A senior officer answered on a concern"),
    "partnerships.concern_recourse_climbed": _("A concern was passed up to the commander"),
    "partnerships.concern_to_sergeant": _("A late answer to a concern came to the sergeant"),
    "partnerships.concern_to_inspector": _("A late answer to a concern came to the inspector"),
    "partnerships.concern_to_commander": _("A late answer to a concern came to the commander"),
}
TEXT_SENTENCES = {
    "partnerships.text_written": _("Words were written for both sides"),
    "partnerships.text_begun": _("Something was said about words that both sides read"),
    "partnerships.text_redrafted": _("Words that nobody else had read were written anew"),
    "partnerships.text_disagreed": _("A disagreement was put beside the words"),
    "partnerships.text_withdrawn": _("The words were removed"),
    "partnerships.correction_opened": _("Other words were asked for"),
    "partnerships.correction_accepted": _("The words asked for were taken over"),
    "partnerships.correction_declined": _("The words asked for were declined with a reason"),
    "partnerships.correction_closed": _("The wish for other words was let go"),
}
WORKSTREAM_SENTENCES = {
    "partnerships.workstream_proposed": _("A workstream was put forward"),
    "partnerships.workstream_opened": _("A workstream opened, with a lead of each side"),
    "partnerships.workstream_led": _("A workstream got another lead"),
    "partnerships.workstream_closed": _("A workstream was closed with a reason"),
}
BULLETIN_SENTENCES = {
    "partnerships.bulletin_drafted": _("A bulletin was drafted"),
    "partnerships.bulletin_edited": _("The draft of a bulletin was changed"),
    "partnerships.bulletin_sign_off_asked": _("A statement of fact waited to be signed off"),
    "partnerships.bulletin_checked": _("A bulletin was checked"),
    "partnerships.bulletin_published": _("A bulletin was sent"),
    "partnerships.bulletin_updated": _("A bulletin got new words"),
    "partnerships.bulletin_withdrawn": _("A bulletin was withdrawn"),
    "partnerships.bulletin_expired": _("A bulletin reached its last day"),
    "partnerships.bulletin_question_asked": _("A question about a bulletin was asked"),
    "partnerships.bulletin_question_answered": _("A question about a bulletin was answered"),
    "partnerships.bulletin_question_warned": _("A question about a bulletin waited for two days"),
    "partnerships.bulletin_question_escalated": _("A late question was passed to an inspector"),
}
CONSULTATION_SENTENCES = {
    "partnerships.consultation_drafted": _("A consultation was drafted"),
    "partnerships.consultation_convenor_told": _("An umbrella body was told of a draft"),
    "partnerships.consultation_edited": _("The draft of a consultation was changed"),
    "partnerships.consultation_co_signed": _("An umbrella body co-signed a consultation"),
    "partnerships.consultation_objected": _("An umbrella body objected to a consultation"),
    "partnerships.consultation_opened": _("A consultation was opened"),
    "partnerships.consultation_reminded": _("A consultation had a week left"),
    "partnerships.consultation_closed": _("A consultation closed"),
    "partnerships.consultation_answered": _("A consultation was answered"),
    "partnerships.consultation_theme_named": _("A theme of the answers was named"),
    "partnerships.consultation_theme_read_again": _("A theme was read by the other side"),
    "partnerships.consultation_theme_decided": _("It was said what came of a theme"),
    "partnerships.consultation_considering": _("The answers were taken to be considered"),
    "partnerships.consultation_decided": _("A consultation was decided"),
    "partnerships.consultation_reported": _("What came of a consultation was reported back"),
    "partnerships.consultation_abandoned": _("A consultation was given up"),
    "partnerships.advice_asked": _("Advice, not consultation, was asked for"),
    "partnerships.advice_given": _("Advice, not consultation, was given"),
    "partnerships.advice_closed": _("The time for advice was over"),
    "partnerships.advice_reported": _("It was said what became of advice"),
}
REVIEW_SENTENCES = {
    "partnerships.review_scheduled": _("A review was announced"),
    "partnerships.review_lapsed": _("A review was not held, for the partnership ended"),
    "partnerships.review_figures_frozen": _("The figures of a review were frozen"),
    "partnerships.review_assessed": _("A side wrote its account for a review"),
    "partnerships.review_opened": _("The accounts of a review could be read by both sides"),
    "partnerships.review_meeting_noted": _("A side noted that both met for a review"),
    "partnerships.review_met": _("Both sides met for a review"),
    "partnerships.review_joint_proposed": _("A joint statement on a review was proposed"),
    "partnerships.review_own_stated": _("A side signed its own statement on a review"),
    "partnerships.review_stated": _("All statements on a review were signed"),
    "partnerships.review_commented": _("The panel commented on a review"),
    "partnerships.review_panel_silent": _("The panel said nothing about a review in time"),
    "partnerships.review_report_drafted": _("The public report of a review was drafted"),
    "partnerships.review_published": _("The public report of a review was published"),
}
PANEL_SENTENCES = {
    "partnerships.panel_sample_drawn": _("A sample was drawn for the scrutiny panel"),
    "partnerships.panel_comment_made": _("The scrutiny panel wrote a comment"),
    "partnerships.panel_comment_answered": _("A comment of the scrutiny panel was answered"),
    "partnerships.panel_comment_late": _("An answer to the scrutiny panel was late"),
}
SAFETY_SENTENCES = {
    "partnerships.safety_written": _("Alarm or floor layout were written"),
    "partnerships.safety_verified": _("The safety details were said to be right"),
    "partnerships.safety_forgotten": _("The safety details were deleted"),
    "partnerships.key_holder_added": _("A key-holder was written down"),
    "partnerships.key_holder_removed": _("A key-holder was taken out"),
    "partnerships.safety_need_assigned": _("An officer was let read the safety details"),
    "partnerships.safety_need_ended": _("An officer’s need of the safety details ended"),
}
SHOWN = 20


def history_of(partnership: Partnership) -> list[dict]:
    """Return the last turns of a partnership, newest first, for ``_timeline.html``. Two queries."""
    entries = Entry.objects.about(partnership).newest_first()
    told = [entry for entry in entries[:SHOWN] if entry.action in SENTENCES]
    people = Contact.objects.by_user({entry.actor_id for entry in told if entry.actor_id})
    return [
        {
            "title": SENTENCES[entry.action],
            "at": entry.at,
            "by": shown_name(people.get(entry.actor_id)) if entry.actor_id else "",
        }
        for entry in told
    ]


def cadence_is_open(partnership: Partnership) -> bool:
    """Say whether the institution has yet to choose how often; "only when we ask" is a choice.

    Issues a query where no number is set.
    """
    if partnership.cadence_days is not None:
        return False
    chosen = ("partnerships.cadence_agreed", "partnerships.agreement_in_force")
    entries = Entry.objects.about(partnership).filter(action__in=chosen)
    return not entries.exists()
