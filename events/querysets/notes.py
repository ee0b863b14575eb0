from django.db import models


class SharedNoteQuerySet(models.QuerySet):
    def leaving(self, *, at):
        """Keep what was shared and whose time to undo is over."""
        return self.filter(state="shared", left_at__isnull=True, leaves_at__lte=at)

    def without_reply(self, *, on):
        return self.filter(state="shared", left_at__isnull=False, reply_by__lt=on)
