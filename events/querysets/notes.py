from django.db import models


class SharedNoteQuerySet(models.QuerySet):
    def leaving(self, *, at):
        """Keep what was shared and whose time to undo is over."""
        return self.filter(state="shared", left_at__isnull=True, leaves_at__lte=at)

    def without_reply(self, *, on):
        """Keep what was read by nobody in time; what was removed waits for no answer."""
        return self.filter(
            state="shared",
            left_at__isnull=False,
            reply_by__lt=on,
            text__withdrawn_at__isnull=True,
        )

    def for_action(self):
        """Lock the rows with their texts, which say what was removed, and load what moves need."""
        return self.select_for_update(of=["self", "text"]).select_related(
            "institution",
            "text__institution",
            "drafted_by__user",
            "engagement__institution",
            "engagement__partnership__institution__area",
            "engagement__partnership__police_unit",
        )

    def skipping_locked(self):
        """Like ``for_action``, leaving out what somebody is moving at this moment."""
        return self.for_action().select_for_update(of=["self", "text"], skip_locked=True)

    def for_letter(self):
        return self.select_related(
            "text", "engagement__institution", "engagement__lead_unit", "engagement__partnership"
        )

    def latest_by_police(self, partnership):
        """Order what police sent to one institution and did not remove, the newest first."""
        return self.filter(
            engagement__partnership=partnership,
            drafted_side="police",
            left_at__isnull=False,
            text__withdrawn_at__isnull=True,
        ).order_by("-left_at", "-pk")
