"""The office's screen of the site's identity."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from gongkai.agencies.admin import ask, form_page
from gongkai.agencies.doer import doer_of
from gongkai.agencies.guard import needs
from gongkai.portal import actions
from gongkai.portal.identity import stored
from gongkai.portal.models import Identity


class IdentityForm(forms.ModelForm):
    """Everything that header, footer and META tags say of the site."""

    class Meta:
        model = Identity
        exclude = ()

    def _post_clean(self) -> None:
        """Leave validation of the row to the verb."""


@ask
@needs("site.identify")
def identity(request: HttpRequest) -> HttpResponse:
    """Change who the site says it is."""
    form = IdentityForm(request.POST or None, instance=stored())

    def do() -> HttpResponse:
        actions.identify(doer_of(request), **form.cleaned_data)
        messages.success(request, "网站标识已经保存，公开页面随即更新。")
        return redirect("portal_identity")

    intro = "每个公开页面的页头、页脚和页面标签都照这里写；没有填的不显示。"
    return form_page(request, form, "网站标识", "保存", do, intro=intro)
