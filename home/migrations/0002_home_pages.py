"""Replace Wagtail's welcome page by the two home pages, Vietnamese and English."""

from django.conf import settings
from django.db import migrations

PAGES = (("vi", "Trang chủ", "home"), ("en", "Home", "home-en"))


def create_home_pages(apps, schema_editor):
    content_type_model = apps.get_model("contenttypes.ContentType")
    page_model = apps.get_model("wagtailcore.Page")
    site_model = apps.get_model("wagtailcore.Site")
    locale_model = apps.get_model("wagtailcore.Locale")
    home_model = apps.get_model("home.HomePage")

    content_type, _ = content_type_model.objects.get_or_create(model="homepage", app_label="home")
    root = page_model.objects.get(depth=1)
    page_model.objects.filter(depth=2, slug="home").delete()
    key = None
    for number, (language, title, slug) in enumerate(PAGES, start=1):
        locale, _ = locale_model.objects.get_or_create(language_code=language)
        home = home_model(
            title=title,
            draft_title=title,
            slug=slug,
            content_type=content_type,
            path=f"{root.path}{number:04d}",
            depth=2,
            numchild=0,
            url_path=f"/{slug}/",
            locale=locale,
            live=True,
        )
        if key is not None:
            home.translation_key = key
        home.save()
        key = home.translation_key
        if language == settings.LANGUAGE_CODE:
            site_model.objects.all().delete()
            site_model.objects.create(
                hostname="localhost",
                root_page_id=home.pk,
                is_default_site=True,
                site_name="Một Cửa",
            )
    page_model.objects.filter(pk=root.pk).update(numchild=len(PAGES))


def remove_home_pages(apps, schema_editor):
    page_model = apps.get_model("wagtailcore.Page")
    apps.get_model("wagtailcore.Site").objects.all().delete()
    page_model.objects.filter(depth=2).delete()
    page_model.objects.filter(depth=1).update(numchild=0)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("wagtailcore", "0054_initial_locale"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(create_home_pages, remove_home_pages)]
