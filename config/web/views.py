"""The few views and view classes that know no domain."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import NON_FIELD_ERRORS, RequestDataTooBig, ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import get_template
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import defaults
from django.views.generic import FormView, View

from .constraints import message_for


class ActionView(FormView):
    """Show a form, then hand its cleaned data to one action.

    Subclasses implement ``act``; it calls a single action and returns what to show next (an object
    with ``get_absolute_url``, or a URL). A ``ValidationError`` from the action is shown on the
    form, beside the field when it names one that the form has; so is a broken named constraint.
    """

    http_method_names = ("get", "head", "options", "post")  # Django takes a PUT for a POST
    success_message = ""

    def act(self, **data):
        raise NotImplementedError

    def get_success_message(self):
        return self.success_message

    def form_valid(self, form):
        try:
            destination = self.act(**form.cleaned_data)
        except ValidationError as error:
            return self.form_declined(form, error)
        except IntegrityError as error:
            message = message_for(error)
            if message is None:
                raise
            return self.form_declined(form, ValidationError(message))
        if message := self.get_success_message():
            messages.success(self.request, message)
        return redirect(destination)

    def form_declined(self, form, error):
        named = (
            error.message_dict
            if hasattr(error, "error_dict")
            else {NON_FIELD_ERRORS: error.messages}
        )
        for field, texts in named.items():
            for text in texts:
                form.add_error(field if field in form.fields else None, text)
        return self.form_invalid(form)


class MovePage(ActionView):
    """Say what will happen (``lede``) and do it by POST; drawn with ``components/_move_form.html``.

    ``has_words`` puts who reads it above a text box, ``is_warning`` marks what cannot be undone.
    """

    label = heading = lede = button = ""
    is_main = is_warning = has_words = False

    def get_context_data(self, **kwargs):
        return super().get_context_data(move=self, **kwargs)


def bad_request(request, exception):
    """Say that too much was sent, where that is it; without the request, which cannot be read."""
    if isinstance(exception, RequestDataTooBig):
        return HttpResponse(get_template("413.html").render(), status=413)
    return defaults.bad_request(request, exception)


def csrf_failure(request, reason=""):
    return render(request, "403_csrf.html", status=403)


@method_decorator(login_not_required, name="dispatch")
class SecurityContact(View):
    """Say whom to tell of a weakness, as RFC 9116 wants it; there is none until a force sets it."""

    permission_required = None

    def get(self, request):
        if not settings.SECURITY_CONTACT:
            raise Http404("No security contact is set")
        expires = timezone.now() + timedelta(days=90)
        lines = [
            f"Contact: {settings.SECURITY_CONTACT}",
            f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
            f"Canonical: {settings.SITE_URL.rstrip('/')}{request.path}",
        ]
        return HttpResponse("".join(f"{line}\n" for line in lines), content_type="text/plain")
