"""What becomes of a file that is sent: kept in memory for one view that asks for it, or dropped.

No file touches a disk, and no name that somebody gave one is kept.
"""

from io import BytesIO

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from .pictures import MOST_BYTES

MOST_SENT = 32 * 1024 * 1024  # more than that is not read, not even to give the words back


class TakesFile:
    """Mixin of the views that read ``request.FILES``; for any other, files are not kept at all."""

    takes_file = True


class OneFile(FileUploadHandler):
    """Keep a file of up to ``MOST_BYTES``; of a larger one only how large it was."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):  # noqa: N803 # Django's names
        if content_length > MOST_SENT:
            raise RequestDataTooBig("The request is longer than any form with a photograph")

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        if not _takes_file(self.request):
            raise SkipFile
        self.file, self.size = BytesIO(), 0

    def receive_data_chunk(self, raw_data, start):
        self.size += len(raw_data)
        if self.size <= MOST_BYTES:
            self.file.write(raw_data)
        else:
            self.file.truncate(0)

    def file_complete(self, file_size):
        self.file.seek(0)
        return InMemoryUploadedFile(
            self.file, self.field_name, "photograph", "", self.size, charset=None
        )


def _takes_file(request) -> bool:
    match = request.resolver_match if request else None
    view = getattr(match.func, "view_class", None) if match else None
    return getattr(view, "takes_file", False)
