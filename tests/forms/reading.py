"""What must hold of any answer to a form, whatever was typed."""

from django.forms import forms

from config.web.typed import with_plain_line_ends

from .fields import Asked, is_box
from .sending import Page, Sent, arrived

NON_FIELD = forms.NON_FIELD_ERRORS
# What is declined without naming a box, and why.
NAMES_NO_BOX = {
    "account_login": "tells nobody which of the two was wrong",
}
# Answered by a script, whose page says it.
BY_SCRIPT = {"mfa_login_webauthn", "mfa_reauthenticate_webauthn"}
# Accepted, and not kept in words.
NOT_KEPT = {
    ("account_login", "login"): "an address to look for",
    ("account_reset_password", "email"): "the same, for whoever has an account",
    ("contacts:card-enter", "code"): "goes on into the address",
    ("contacts:right-record", "person"): "finds the person",
    ("contacts:hold-place", "person"): "the same",
    **{("contacts:hold-place", kind): "finds the case" for kind in ("concern", "request", "visit")},
}


def faults_of(name: str, sent: Sent, asked: Asked, typed, *, anyway=()) -> list[str]:
    """Return all that is wrong with the answer of the route to what was typed into one field.

    ``anyway`` are the fields for which even the valid form is declined.
    """
    status = sent.response.status_code
    if status >= 500:
        return [f"{status}: {sent.crashes}"]
    if not sent.forms:
        return [f"{status}: no form looked at it"]
    if not sent.was_declined:
        return list(_lost(name, sent, asked, typed))
    if name in BY_SCRIPT:
        return []
    page = Page(sent.response.content.decode())
    faults = [f"declined with {status}"] if status != 200 else []
    faults += [fault for form in sent.forms for fault in _unnamed(name, form, page)]
    blamed = sent.errors.keys() - set(anyway)
    is_twin = asked.shape == "secret"  # of two passwords that differ the second is named
    if name not in NAMES_NO_BOX and blamed and asked.name not in blamed and not is_twin:
        faults.append(f"blames {sorted(blamed)} for {asked.name}")
    return faults + list(_not_given_back(page, asked, typed))


def _unnamed(name, form, page):
    """Yield the errors that lead to no control of the page."""
    for field, texts in form.errors.items():
        for text in texts:
            if field == NON_FIELD:
                if name not in NAMES_NO_BOX:
                    yield f"names no field: {text}"
            elif form[field].is_hidden:
                if text not in page.unlinked:
                    yield f"does not say: {text}"
            elif page.links.get(text) not in page.ids - {None}:
                yield f"leads nowhere: {field}: {text}"


def _not_given_back(page, asked, typed):
    if asked.shape not in {"text", "parts"}:
        return
    wanted = arrived(typed)
    wanted = with_plain_line_ends(wanted) if is_box(asked.field) else wanted
    for box in asked.boxes:
        if page.values.get(box) != wanted:
            yield f"gives back {page.values.get(box)!r:.80} in {box}"


def _lost(name, sent, asked, typed):
    if sent.response.status_code not in {200, 302}:
        yield f"accepted with {sent.response.status_code}"
    if asked.shape != "text" or (name, asked.name) in NOT_KEPT:
        return
    wanted = arrived(typed)
    wanted = (with_plain_line_ends(wanted) if is_box(asked.field) else wanted).strip()
    if not any(wanted in kept for kept in sent.kept):
        yield f"kept other words than {wanted!r:.80}"
