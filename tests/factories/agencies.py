"""Agencies, their counters, hours and accounts. Names and numbers are invented."""

from __future__ import annotations

from datetime import time
from typing import Any

import factory
from wagtail.models import Page

from catalogue.choices import AgencyKind
from catalogue.models import AgencyBankAccount, AgencyIndexPage, AgencyPage, OpeningPeriod
from tests.factories.trees import PageFactory, index_page

VIETCOMBANK = "970436"


class AccountFactory(factory.django.DjangoModelFactory):
    """An account of an agency; built, not saved, when an agency is to hold it."""

    class Meta:
        model = AgencyBankAccount

    bank = VIETCOMBANK
    number = factory.Sequence(lambda n: f"0111{n:09d}")
    holder = "SỞ Y TẾ MINH HOẠ"


class PeriodFactory(factory.django.DjangoModelFactory):
    """Morning hours from Monday to Friday."""

    class Meta:
        model = OpeningPeriod

    opens_at = time(7)
    closes_at = time(11)


class AgencyFactory(PageFactory):
    """A department of the province with a counter, hours and one account."""

    class Meta:
        model = AgencyPage

    class Params:
        bare = factory.Trait(
            address="", phone="", counter_name="", counter_address="", counter_phone="",
            accounts=[], periods=[],
        )  # fmt: skip
        two_accounts = factory.Trait(
            accounts=factory.LazyFunction(
                lambda: [
                    AccountFactory.build(number="0222000000002", purpose="Phí khác"),
                    AccountFactory.build(number="0111000000001", is_default=True),
                ]
            )
        )
        demo = factory.Trait(is_demo=True)
        group = factory.Trait(bare=True, kind=AgencyKind.GROUP)
        commune_counter = factory.Trait(bare=True, kind=AgencyKind.COMMUNE)

    parent = factory.LazyFunction(lambda: index_page(AgencyIndexPage))
    title = factory.Sequence(lambda n: f"Sở Minh hoạ {n}")
    kind = AgencyKind.DEPARTMENT
    address = "1 Đường Minh Hoạ, phường Thử Nghiệm"
    phone = "0292 300 0001"
    counter_name = "Quầy tiếp nhận minh hoạ"
    counter_address = "2 Đường Minh Hoạ, phường Thử Nghiệm"
    counter_phone = "0292 300 0002"
    accounts = factory.LazyFunction(lambda: [AccountFactory.build()])
    periods = factory.LazyFunction(lambda: [PeriodFactory.build()])

    @classmethod
    def fill(cls, model_class: type[Page], values: dict[str, Any]) -> Page:
        """This method will return the unsaved agency with its accounts and hours."""
        accounts, periods = values.pop("accounts"), values.pop("periods")
        page = model_class(**values)
        page.bank_accounts = accounts
        page.opening_periods = periods
        return page
