from django.urls import URLPattern, path

from accord.workflow.views import documents as views

urlpatterns: list[URLPattern] = [
    path("documents/", views.documents, name="documents"),
    path("documents/<int:pk>/", views.document, name="document"),
    path("documents/<int:pk>/challenge/", views.challenge, name="document_challenge"),
    path("documents/<int:pk>/sign/", views.sign, name="document_sign"),
    path("documents/<int:pk>/refuse/", views.refuse, name="document_refuse"),
    path("documents/<int:pk>/withdraw/", views.withdraw, name="document_withdraw"),
    path("documents/<int:pk>/pdf/", views.pdf, name="document_pdf"),
    path("verify/", views.verify_any, name="verify_any"),
    path("verify/<str:digest>/", views.verify, name="verify"),
]
