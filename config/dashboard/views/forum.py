from django.views.generic import TemplateView

from contacts.views.access import Permitted

from ..forum import parts_for


class Forum(Permitted, TemplateView):
    permission_required = "dashboard.view_forum"
    template_name = "dashboard/forum.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"parts": parts_for(self.request.user)}
