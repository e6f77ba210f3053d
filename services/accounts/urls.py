"""Addresses of accounts. Only the pages of allauth that we have drawn are here."""

from __future__ import annotations

from django.urls import URLPattern, path

from services.accounts.states import Channel
from services.accounts.views import contact_changes, national, own_choices, own_data, own_records
from services.accounts.views.details import (
    ChangeDetailsView,
    DetailsView,
    FirstPasswordView,
)
from services.accounts.views.enterprises import (
    ActForView,
    AddEnterpriseView,
    DecideRequestView,
    EnterprisesView,
    EnterpriseView,
    InvitationView,
    InviteView,
    LeaveView,
    MemberView,
    RequestView,
    RevokeInvitationView,
)
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
from services.accounts.views.second_step import (
    DownloadCodesView,
    LeaveSecondStepView,
    NewCodesView,
    RemoveAppView,
    SecondStepCodesView,
    SecondStepView,
    SetUpAppView,
    TakeSecondStepAgainView,
    TakeSecondStepView,
)
from services.accounts.views.sign_in import (
    ConfirmPasswordView,
    InactiveView,
    SignInView,
    SignOutView,
)

ENTERPRISES = "trang-ca-nhan/doanh-nghiep/"
enterprise_patterns = [
    path("loi-moi/<str:token>/", InvitationView.as_view(), name="invitation"),
    path("trang-ca-nhan/thay-mat/", ActForView.as_view(), name="act_for"),
    path(ENTERPRISES, EnterprisesView.as_view(), name="enterprises"),
    path(f"{ENTERPRISES}them/", AddEnterpriseView.as_view(), name="enterprise_add"),
    path(f"{ENTERPRISES}yeu-cau/<int:pk>/", RequestView.as_view(), name="enterprise_request"),
    path(f"{ENTERPRISES}<int:pk>/", EnterpriseView.as_view(), name="enterprise"),
    path(f"{ENTERPRISES}<int:pk>/moi/", InviteView.as_view(), name="enterprise_invite"),
    path(f"{ENTERPRISES}<int:pk>/roi/", LeaveView.as_view(), name="enterprise_leave"),
    path(
        f"{ENTERPRISES}<int:pk>/thanh-vien/<int:member>/",
        MemberView.as_view(),
        name="enterprise_member",
    ),
    path(
        f"{ENTERPRISES}<int:pk>/loi-moi/<int:invitation>/",
        RevokeInvitationView.as_view(),
        name="enterprise_revoke",
    ),
    path(
        f"{ENTERPRISES}<int:pk>/yeu-cau/<int:asked>/",
        DecideRequestView.as_view(),
        name="enterprise_decide",
    ),
]

NATIONAL = "tai-khoan/dinh-danh/"
national_patterns = [
    path(f"{NATIONAL}<slug:provider_id>/", national.start, name="openid_connect_login"),
    path(
        f"{NATIONAL}<slug:provider_id>/tra-loi/",
        national.come_back,
        name="openid_connect_callback",
    ),
    path(
        f"{NATIONAL}<slug:provider_id>/xac-nhan/",
        national.confirm,
        name="national_confirm",
    ),
    path(
        f"{NATIONAL}da-huy",
        national.NationalCancelledView.as_view(),
        name="socialaccount_login_cancelled",
    ),
    path(f"{NATIONAL}lien-ket", national.NationalLinkView.as_view(), name="national_link"),
    path(
        f"{NATIONAL}trung-nhau",
        national.NationalConflictView.as_view(),
        name="national_conflict",
    ),
]

# The second step of signing in; allauth asks for these names.
_STEP = "tai-khoan/xac-thuc-hai-buoc/"
_second_step = [
    path(_STEP, SecondStepView.as_view(), name="mfa_index"),
    path(f"{_STEP}bat/", SetUpAppView.as_view(), name="mfa_activate_totp"),
    path(f"{_STEP}tat/", RemoveAppView.as_view(), name="mfa_deactivate_totp"),
    path(f"{_STEP}dang-nhap/", TakeSecondStepView.as_view(), name="mfa_authenticate"),
    path(f"{_STEP}dang-nhap/thoi/", LeaveSecondStepView.as_view(), name="mfa_leave"),
    path(f"{_STEP}xac-nhan/", TakeSecondStepAgainView.as_view(), name="mfa_reauthenticate"),
    path(f"{_STEP}ma-du-phong/", SecondStepCodesView.as_view(), name="mfa_view_recovery_codes"),
    path(f"{_STEP}ma-du-phong/moi/", NewCodesView.as_view(), name="mfa_generate_recovery_codes"),
    path(
        f"{_STEP}ma-du-phong/tai-ve/",
        DownloadCodesView.as_view(),
        name="mfa_download_recovery_codes",
    ),
]


def list_contact_pages(prefix: str, channel: Channel) -> list[URLPattern]:
    """Return the pages that change, verify and remove one channel."""
    pages = (
        ("", "", contact_changes.ChangeContactView),
        ("xac-minh/", "_verify", contact_changes.VerifyContactView),
        ("ma/", "_code", contact_changes.ContactCodeView),
        ("gui-lai/", "_resend", contact_changes.ResendContactCodeView),
        ("xoa/", "_remove", contact_changes.RemoveContactView),
    )
    return [
        path(prefix + end, view.as_view(channel=channel), name=f"personal_{channel.value}{part}")
        for end, part, view in pages
    ]


urlpatterns = [
    *enterprise_patterns,
    *national_patterns,
    *_second_step,
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
    path("trang-ca-nhan/thong-tin/", DetailsView.as_view(), name="personal_details"),
    path(
        "trang-ca-nhan/thong-tin/sua/",
        ChangeDetailsView.as_view(),
        name="personal_details_change",
    ),
    path(
        "trang-ca-nhan/thong-tin/mat-khau/",
        FirstPasswordView.as_view(),
        name="personal_password",
    ),
    *list_contact_pages("trang-ca-nhan/thong-tin/dien-thoai/", Channel.PHONE),
    *list_contact_pages("trang-ca-nhan/thong-tin/thu-dien-tu/", Channel.EMAIL),
    path("trang-ca-nhan/lich-su/", own_records.HistoryView.as_view(), name="personal_history"),
    path("trang-ca-nhan/da-xem/", own_records.RecordViewsView.as_view(), name="personal_views"),
    path(
        "trang-ca-nhan/phien-dang-nhap/",
        own_records.SessionsView.as_view(),
        name="personal_sessions",
    ),
    path(
        "trang-ca-nhan/phien-dang-nhap/<int:pk>/ket-thuc/",
        own_records.EndSessionView.as_view(),
        name="personal_session_end",
    ),
    path(
        "trang-ca-nhan/phien-dang-nhap/ket-thuc/",
        own_records.EndOtherSessionsView.as_view(),
        name="personal_sessions_end",
    ),
    path("trang-ca-nhan/nhan-tin/", own_choices.ChannelsView.as_view(), name="personal_channels"),
    path("trang-ca-nhan/dong-y/", own_choices.ConsentsView.as_view(), name="personal_consents"),
    path("trang-ca-nhan/du-lieu/", own_data.OwnDataView.as_view(), name="personal_data"),
    path(
        "trang-ca-nhan/du-lieu/tai-ve/",
        own_data.DownloadDataView.as_view(),
        name="personal_data_download",
    ),
    path(
        "trang-ca-nhan/du-lieu/xoa-tai-khoan/",
        own_data.DeleteAccountView.as_view(),
        name="personal_delete",
    ),
    path("tai-khoan/da-xoa/", own_data.DeletedView.as_view(), name="account_deleted"),
]
