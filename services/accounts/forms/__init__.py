"""Forms of accounts: shape of the input only."""

from services.accounts.forms.choices import ChannelsForm, DeleteForm
from services.accounts.forms.details import (
    CodeForm,
    DetailsForm,
    EmailForm,
    FirstPasswordForm,
    PasswordForm,
    PhoneForm,
)
from services.accounts.forms.enterprises import (
    EnterpriseForm,
    InvitationForm,
    MemberForm,
    RequestForm,
)
from services.accounts.forms.national import NationalLinkForm
from services.accounts.forms.recovery import ForgottenPasswordForm, NewPasswordForm
from services.accounts.forms.registration import ActivationForm, ContactsForm, RegistrationForm
from services.accounts.forms.second_step import (
    NewCodesForm,
    RemoveAppForm,
    SecondStepAgainForm,
    SecondStepForm,
    SetUpAppForm,
)
from services.accounts.forms.sign_in import ConfirmPasswordForm, SignInForm
from services.accounts.forms.staff import AddMemberForm, ChangeRoleForm

__all__ = [
    "ActivationForm",
    "AddMemberForm",
    "ChangeRoleForm",
    "ChannelsForm",
    "CodeForm",
    "ConfirmPasswordForm",
    "ContactsForm",
    "DeleteForm",
    "DetailsForm",
    "EmailForm",
    "EnterpriseForm",
    "FirstPasswordForm",
    "ForgottenPasswordForm",
    "InvitationForm",
    "MemberForm",
    "NationalLinkForm",
    "NewCodesForm",
    "NewPasswordForm",
    "PasswordForm",
    "PhoneForm",
    "RegistrationForm",
    "RemoveAppForm",
    "RequestForm",
    "SecondStepAgainForm",
    "SecondStepForm",
    "SetUpAppForm",
    "SignInForm",
]
