"""Addresses of signing in, below /office/."""

from django.urls import path

from gongkai.access import views

urlpatterns = [
    path("login/", views.login, name="access_login"),
    path("logout/", views.logout, name="access_logout"),
    path("second-factor/", views.second_factor, name="access_second_factor"),
    path("password/", views.password, name="access_password"),
    path("account/", views.account, name="access_account"),
    path("account/sessions/<int:pk>/end/", views.end_session, name="access_end_session"),
    path("account/recovery-codes/", views.new_recovery_codes, name="access_recovery_codes"),
    path("staff/<int:pk>/remove-factor/", views.remove_factor, name="access_remove_factor"),
    path("oidc/", views.oidc_begin, name="access_oidc"),
    path("oidc/back/", views.oidc_back, name="access_oidc_back"),
]
