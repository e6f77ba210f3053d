"""Addresses of every screen of the admin, each route filled with an object of the test's content.

A route that needs an object of an unknown kind fails, so that a new screen is not passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

# Whose primary key an argument takes; routes before the general names.
ARGUMENTS = {
    "page_id": "procedure",
    "parent_page_id": "agency",
    "page_to_move_id": "procedure",
    "destination_id": "agency",
    "page_pk": "procedure",
    "workflow_pk": "workflow",
    "task_id": "task",
    "task_state_id": "task_state",
    "workflow_state_id": "state",
    "revision_id": "revision",
    "collection_id": "collection",
    "document_id": "document",
    "doc_id": "document",
    "image_id": "image",
    "redirect_id": "redirect",
    "translation_source_id": "source",
    "translation_id": "translation",
}
KEYS = {
    "wagtailadmin_pages": "procedure",
    "wagtailadmin_collections": "collection",
    "wagtailadmin_workflows:edit_task": "task",
    "wagtailadmin_workflows:disable_task": "task",
    "wagtailadmin_workflows:enable_task": "task",
    "wagtailadmin_workflows": "workflow",
    "wagtaillocales": "locale",
    "wagtailsites": "site",
    "wagtailsettings": "site",
    "wagtailusers_users": "editor",
    "wagtailusers_groups": "group",
    "wagtaildocs_chooser": "document",
    "wagtailimages_chooser": "image",
    "agency_members": "membership",
    "bulk_changes": "bulk_change",
    "transfers": "import_run",
    "citizen_desk": "opening",
    "search_synonyms": "synonym",
    "search_pins": "pin",
}
WORDS = {
    "content_type_app_name": "catalogue",
    "content_type_model_name": "procedurepage",
    "action_name": "approve",
    "filter_spec": "width-100",
    "revision_id_a": "earliest",
    "revision_id_b": "latest",
}
# No screens: data for scripts, files, actions without a page, or pages of the public portal.
SILENT = {
    "wagtailadmin_api", "wagtailadmin_error_test", "wagtailadmin_sprite", "wagtailadmin_logout",
    "wagtailadmin_javascript_catalog", "wagtailadmin_dismissibles", "wagtailadmin_block_preview",
    "wagtailadmin_editing_sessions", "wagtailadmin_tag_autocomplete", "wagtailimages:preview",
    "wagtailadmin_tag_model_autocomplete", "wagtail_localize:javascript_catalog",
    "wagtail_localize:download_pofile", "wagtail_localize:snippets_api_listing",
    "wagtail_localize:snippets_api_detail", "wagtail_localize:preview_translation",
    "wagtail_localize:edit_string_translation", "wagtail_localize:edit_override",
    "wagtailadmin_pages:view_draft", "wagtailadmin_pages:preview_on_add",
    "wagtailadmin_pages:preview_on_edit", "wagtailadmin_pages:workflow_preview",
    "wagtailadmin_pages:revisions_view", "wagtailsettings:preview_on_edit",
    "wagtailadmin_password_reset", "wagtailadmin_password_reset_done",
    "wagtailadmin_password_reset_confirm", "wagtailadmin_password_reset_complete",
    "bulk_changes:progress", "bulk_changes:report", "transfers:progress", "transfers:report",
    "transfers:export", "search_desk:start_score", "citizen_desk:open", "citizen_desk:verify",
    "citizen_desk:activate", "citizen_desk:decide",
    "wagtailimages:url_generator_output", "wagtailimages:url_generator",
}  # fmt: skip
# Parts of a screen above, which the screen shows already.
PARTS = ("_results", "chosen_multiple", "_uploaded_image", "_uploaded_document")
PARTS = (*PARTS, "delete_upload_multiple")


def list_routes(
    resolver: URLResolver | None = None, prefix: str = "", space: str = ""
) -> Iterator[tuple[str, list[str]]]:
    """This function will give each named route of the admin with its arguments."""
    for pattern in (resolver or get_resolver()).url_patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            if not prefix and not path.startswith("admin/"):
                continue
            yield from list_routes(pattern, path, inner)
        elif isinstance(pattern, URLPattern) and pattern.name and path.startswith("admin/"):
            yield space + pattern.name, list(pattern.pattern.regex.groupindex)


def is_screen(name: str) -> bool:
    """This function will tell whether a route has a page or dialogue of its own."""
    return not (name in SILENT or name.partition(":")[0] in SILENT or name.endswith(PARTS))


def value_of(name: str, argument: str, made: dict[str, Any]) -> Any:
    """This function will return what an argument of a route is filled with."""
    space = name.partition(":")[0]
    if argument in WORDS:
        return WORDS[argument]
    if argument in {"pk", "object_id"}:
        kind = KEYS.get(name) or KEYS.get(space) or space.rpartition("_")[2]
        return made[kind].pk if kind in made else None
    return made[ARGUMENTS[argument]].pk if argument in ARGUMENTS else None


def list_addresses(made: dict[str, Any]) -> dict[str, str]:
    """This function will return the address of each screen by its route."""
    found = {}
    for name, arguments in list_routes():
        if not is_screen(name) or name in SPECIAL:
            continue
        values = {argument: value_of(name, argument, made) for argument in arguments}
        missing = [argument for argument, value in values.items() if value is None]
        assert not missing, f"{name}: no object for {missing}"
        try:
            found[name] = reverse(name, kwargs=values)
        except NoReverseMatch:
            found[name] = reverse(name, args=list(values.values()))
    return found | extra_addresses(made)


# Routes whose arguments are no primary keys.
SPECIAL = {
    "wagtail_bulk_action", "wagtailsettings:edit", "wagtailadmin_workflows:add_task",
    "wagtail_localize:submit_snippet_translation", "wagtailadmin_pages:choose_parent",
    "wagtailadmin_pages:type_use", "wagtailadmin_pages:add",
}  # fmt: skip
PAGE_TYPES = {
    "agencypage": "agencies",
    "procedurepage": "agency",
    "guidepage": "guides",
    "newspage": "listing",
    "standardpage": "home",
}
BULK = {
    "wagtailcore/page": ("procedure", ("delete", "move", "publish", "unpublish")),
    "core/portalimage": ("image", ("delete", "add_tags", "add_to_collection")),
    "core/portaldocument": ("document", ("delete", "add_tags", "add_to_collection")),
    "accounts/user": ("editor", ("delete", "assign_role", "set_active_state")),
}


def extra_addresses(made: dict[str, Any]) -> dict[str, str]:
    """This function will return screens that are named by types and by what is done to them."""
    found = {
        "settings": "/admin/settings/core/portalsettings/",
        "add task": "/admin/workflows/tasks/add/wagtailcore/groupapprovaltask/",
        "submit sector": f"/admin/localize/submit/snippet/catalogue/sector/{made['sector'].pk}/",
        "edit translation": f"/admin/pages/{made['english'].pk}/edit/",
        "edit guide": f"/admin/pages/{made['guide'].pk}/edit/",
        "edit agency": f"/admin/pages/{made['agency'].pk}/edit/",
        "edit locked": f"/admin/pages/{made['locked'].pk}/edit/",
        "opened enterprise": f"/admin/citizens/{made['opened_enterprise'].pk}/",
        "opened results": "/admin/search/?list=opened",
        "queries without results": "/admin/search/?list=empty",
        "tried query": "/admin/search/try/?q=mat+can+cuoc+o+dau",
        "search hits": "/admin/pages/search/?q=minh",
        "type use": "/admin/pages/usage/catalogue/procedurepage/",
        "choose parent": "/admin/pages/create/catalogue/procedurepage",
        "explore home": f"/admin/pages/{made['agency'].get_parent().get_parent().pk}/",
    }
    parents = {
        "agencies": made["agency"].get_parent(),
        "agency": made["agency"],
        "guides": made["guide"].get_parent(),
        "listing": made["news"].get_parent(),
        "home": made["agency"].get_parent().get_parent(),
    }
    for model, parent in PAGE_TYPES.items():
        found[f"add {model}"] = f"/admin/pages/add/catalogue/{model}/{parents[parent].pk}/"
    for model, (kind, actions) in BULK.items():
        for action in actions:
            found[f"{action} {model}"] = f"/admin/bulk/{model}/{action}/?id={made[kind].pk}"
    return found
