from django.urls import URLPattern, path

from accord.workflow.views import attachments, fills, form_use

urlpatterns: list[URLPattern] = [
    path("fills/", fills.my_forms, name="fills"),
    path("fills/<int:pk>/", fills.fill_page, name="fill"),
    path("fills/<int:pk>/save/", fills.save_fill, name="save_fill"),
    path("fills/<int:pk>/discard/", fills.discard_fill, name="discard_fill"),
    path("fills/<int:pk>/attachments/<slug:key>/", attachments.attach, name="attach"),
    path("attachments/<int:pk>/", attachments.attachment, name="attachment"),
    path("forms/<int:pk>/use/", form_use.use_page, name="form_use"),
    path("forms/<int:pk>/use/freeze/", form_use.freeze, name="freeze_fields"),
    path("forms/<int:pk>/use/unfreeze/", form_use.unfreeze, name="unfreeze_fields"),
]
