"""The few views and view classes that know no domain."""

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError
from django.shortcuts import redirect, render
from django.views.generic import FormView

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


def csrf_failure(request, reason=""):
    return render(request, "403_csrf.html", status=403)
