"""Addresses of accounts. Only the pages of allauth that we have drawn are here."""

from __future__ import annotations

from django.urls import path

from services.accounts.views.personal import PersonalPageView
from services.accounts.views.recovery import (
    ForgottenPasswordView,
    NewPasswordView,
    ResendResetView,
)
from services.accounts.views.registration import (
    ActivateView,
    ActivationContactsView,
    CancelActivationView,
    RegisterView,
    ResendActivationView,
)
from services.accounts.views.sign_in import (
    ConfirmPasswordView,
    InactiveView,
    SignInView,
    SignOutView,
)

urlpatterns = [
    path("tai-khoan/dang-ky/", RegisterView.as_view(), name="account_signup"),
    path("tai-khoan/kich-hoat/", ActivateView.as_view(), name="account_activate"),
    path(
        "tai-khoan/kich-hoat/gui-lai/",
        ResendActivationView.as_view(),
        name="account_activate_resend",
    ),
    path(
        "tai-khoan/kich-hoat/lien-he/",
        ActivationContactsView.as_view(),
        name="account_activate_contacts",
    ),
    path(
        "tai-khoan/kich-hoat/thoi/",
        CancelActivationView.as_view(),
        name="account_activate_cancel",
    ),
    path("tai-khoan/dang-nhap/", SignInView.as_view(), name="account_login"),
    path("tai-khoan/dang-xuat/", SignOutView.as_view(), name="account_logout"),
    path(
        "tai-khoan/quen-mat-khau/",
        ForgottenPasswordView.as_view(),
        name="account_reset_password",
    ),
    path(
        "tai-khoan/quen-mat-khau/ma/",
        NewPasswordView.as_view(),
        name="account_reset_password_code",
    ),
    path(
        "tai-khoan/quen-mat-khau/ma/gui-lai/",
        ResendResetView.as_view(),
        name="account_reset_password_resend",
    ),
    path("tai-khoan/tam-khoa/", InactiveView.as_view(), name="account_inactive"),
    path(
        "tai-khoan/xac-nhan-mat-khau/",
        ConfirmPasswordView.as_view(),
        name="account_reauthenticate",
    ),
    path("trang-ca-nhan/", PersonalPageView.as_view(), name="personal_page"),
]
