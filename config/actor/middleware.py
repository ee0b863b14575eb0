"""One transaction a request, in which the database knows who asks."""

from django.db import connection, transaction
from django.urls import reverse

from . import claims

# They answer without the database, or say in what state it is.
DOORS = ("healthz", "readyz", "service-worker", "manifest", "offline", "security-contact")


class Actor:
    """Wrap the request in a transaction and enter its user; what fails is undone as a whole.

    Sessions and rate limits stand on a connection of their own and stay as they are.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.doors = {reverse(name) for name in DOORS}

    def __call__(self, request):
        if request.path_info in self.doors:
            return self.get_response(request)
        is_inner = connection.in_atomic_block  # a test's: the claim would outlive the request
        with transaction.atomic():
            if request.user.is_authenticated:
                claims.enter(request.user.pk, request_id=request.id)
            response = self.get_response(request)
            if response.streaming:
                raise RuntimeError("A streamed answer would read outside of its transaction.")
            if response.status_code >= 500:
                transaction.set_rollback(True)
            elif is_inner and not connection.needs_rollback:
                claims.leave()
        return response
