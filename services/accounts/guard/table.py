"""One rule for each address of the admin, by its literal name.

Names are written out: a pattern would swallow the address that the next release adds. A test
walks all addresses and fails for one without a rule; until then it is a 404 for everybody but
portal administrators. A row is a prefix, the names that follow it, and their rule.
"""

from __future__ import annotations

from collections.abc import Iterable

from services.accounts.guard import rules as r
from services.accounts.guard.rules import Rule

Rows = tuple[tuple[str, str, Rule], ...]

IMAGE = r.owned("core.portalimage", "image_id", "pk")
DOCUMENT = r.owned("core.portaldocument", "document_id", "doc_id", "pk")
MEMBERSHIP = r.owned("accounts.agencymembership", "pk")
OUTAGE = r.owned("catalogue.outagenotice", "pk")
BULK_CHANGE = r.owned("catalogue.bulkchange", "pk")
IMPORT = r.owned("catalogue.importrun", "pk")
SEARCH = r.permitted("search.manage_search")

FRAME: Rows = (
    ("admin_sign_in", "", r.anonymous),
    ("wagtailadmin_", "login logout sprite javascript_catalog", r.anonymous),
    ("wagtailadmin_password_reset", " _confirm _complete _done", r.anonymous),
    ("wagtailadmin_", "home account dismissibles block_preview", r.anyone),
    ("wagtailadmin_", "error_test", r.nobody),
    ("wagtail.admin.views.home.default", "", r.anyone),  # no address: answers 404
    ("django.views.generic.base.TemplateView", "", r.anyone),  # shows how a 404 looks
    ("wagtailadmin_editing_sessions:", "ping", r.labelled),
    ("wagtailadmin_editing_sessions:", "release", r.anyone),  # Wagtail finds only one's own
)

PAGES: Rows = (
    ("wagtailadmin_", "explore_root", r.anyone),  # leads to the page above all own ones
    ("wagtailadmin_", "explore explore_results", r.explored("parent_page_id")),
    ("wagtailadmin_pages:", "search search_results", r.anyone),
    ("wagtailadmin_pages:", "add add_subpage preview_on_add", r.pages("parent_page_id")),
    ("wagtailadmin_pages:", "edit preview_on_edit view_draft delete unpublish", r.pages("page_id")),
    ("wagtailadmin_pages:", "convert_alias lock unlock usage", r.pages("page_id")),
    ("wagtailadmin_pages:", "history history_results revisions_index", r.pages("page_id")),
    ("wagtailadmin_pages:", "workflow_history workflow_history_detail", r.pages("page_id")),
    ("wagtailadmin_pages:", "confirm_workflow_cancellation", r.pages("page_id")),
    (
        "wagtailadmin_pages:",
        "copy",
        r.every(r.pages("page_id"), r.posted_pages("new_parent_page")),
    ),
    (
        "wagtailadmin_pages:",
        "move",
        r.every(r.pages("page_to_move_id"), r.posted_pages("new_parent_page")),
    ),
    ("wagtailadmin_pages:", "move_confirm", r.pages("page_to_move_id", "destination_id")),
    ("wagtailadmin_pages:", "set_page_position", r.pages("page_to_move_id")),
    (
        "wagtailadmin_pages:",
        "revisions_revert revisions_unschedule revisions_view revisions_compare",
        r.every(r.pages("page_id", "pk"), r.page_revisions),
    ),
    (
        "wagtailadmin_pages:",
        "workflow_action collect_workflow_action_data workflow_preview",
        r.every(r.pages("page_id"), r.page_task),
    ),
    # Privacy lists the groups of all agencies, and slows down every public page.
    ("wagtailadmin_pages:", "set_privacy choose_parent type_use type_use_results", r.nobody),
    ("wagtailadmin_choose_page", " _child", r.browsed),
    ("wagtailadmin_choose_page", "_search", r.anyone),  # the chooser's hook narrows it
    ("wagtailadmin_choose_page", "_chosen_multiple", r.listed("wagtailcore.page")),
    ("wagtailadmin_choose_page_", "external_link email_link phone_link anchor_link", r.anyone),
    ("wagtail_bulk_action", "", r.bulk),
)

API: Rows = (
    ("wagtailadmin_api:pages:", "listing", r.anyone),  # the explorer's menu; Wagtail narrows it
    ("wagtailadmin_api:pages:", "detail find action", r.nobody),
    ("wagtailadmin_api:images:", "listing detail find", r.nobody),
    ("wagtailadmin_api:documents:", "listing detail find", r.nobody),
)

MEDIA: Rows = (
    ("wagtailimages:", "index index_results add add_multiple", r.anyone),
    ("wagtailimages:", "edit edit_multiple delete delete_multiple image_usage preview", IMAGE),
    ("wagtailimages:", "create_multiple_from_uploaded_image delete_upload_multiple", r.uploaded),
    ("wagtailimages:", "url_generator url_generator_output", r.nobody),
    ("wagtailimages_chooser:", "choose choose_results create", r.anyone),
    ("wagtailimages_chooser:", "chosen select_format", IMAGE),
    ("wagtailimages_chooser:", "chosen_multiple", r.listed("core.portalimage")),
    ("wagtaildocs:", "index index_results add add_multiple", r.anyone),
    ("wagtaildocs:", "edit edit_multiple delete delete_multiple document_usage", DOCUMENT),
    ("wagtaildocs:", "create_multiple_from_uploaded_document delete_upload_multiple", r.uploaded),
    ("wagtaildocs_chooser:", "choose choose_results create", r.anyone),
    ("wagtaildocs_chooser:", "chosen", DOCUMENT),
    ("wagtaildocs_chooser:", "chosen_multiple", r.listed("core.portaldocument")),
    ("wagtailembeds:", "chooser chooser_upload", r.nobody),
    ("wagtailadmin_", "tag_autocomplete tag_model_autocomplete", r.nobody),
    ("wagtailadmin_collections:", "add delete edit index set_privacy", r.nobody),
)

REPORTS: Rows = (
    # Wagtail lists own pages; `filters` narrows the drop-downs.
    ("wagtailadmin_reports:", "aging_pages aging_pages_results", r.anyone),
    ("readiness_report:", "index results", r.anyone),  # findings of own pages only
    ("translation_report:", "index results", r.anyone),  # pages of own agencies only
    ("wagtailadmin_reports:", "locked_pages locked_pages_results", r.anyone),
    ("wagtailadmin_reports:", "workflow workflow_results", r.anyone),
    ("wagtailadmin_reports:", "workflow_tasks workflow_tasks_results", r.anyone),
    ("wagtailadmin_reports:", "site_history site_history_results", r.nobody),
    ("wagtailadmin_reports:", "page_types_usage page_types_usage_results", r.nobody),
)

LOCALIZE: Rows = (
    ("wagtail_localize:", "javascript_catalog", r.anyone),
    ("wagtail_localize:", "submit_page_translation", r.translatable("page_id")),
    (
        "wagtail_localize:",
        "convert_to_alias",
        r.every(r.pages("page_id"), r.publishable("page_id")),
    ),
    ("wagtail_localize:", "update_translations", r.translation_source),
    ("wagtail_localize:", "edit_string_translation preview_translation", r.translation),
    ("wagtail_localize:", "download_pofile upload_pofile machine_translate", r.translation),
    ("wagtail_localize:", "stop_translation", r.translation),
    # Overrides hold keys of pictures and pages that nothing checks.
    ("wagtail_localize:", "edit_override submit_snippet_translation", r.nobody),
    ("wagtail_localize:", "snippets_api_detail snippets_api_listing", r.nobody),
    ("wagtail_localize:", "translations_report translations_report_results", r.nobody),
)

SNIPPET_VIEWS = "add list list_results edit delete history history_results usage copy"


def _shared(model: str) -> Rows:
    """One list for all agencies: everybody chooses, portal administrators edit."""
    choosers = f"wagtailsnippetchoosers_catalogue_{model}:"
    return (
        (f"wagtailsnippets_catalogue_{model}:", SNIPPET_VIEWS, r.nobody),
        (choosers, "choose choose_results chosen chosen_multiple", r.anyone),
        (choosers, "create", r.nobody),
    )


SNIPPETS: Rows = (
    ("wagtailsnippets:", "index", r.anyone),
    *_shared("legaldocument"),
    *_shared("lifeevent"),
    *_shared("sector"),
    # The viewset narrows the list and what a new notice may name.
    ("wagtailsnippets_catalogue_outagenotice:", "add list list_results", r.anyone),
    (
        "wagtailsnippets_catalogue_outagenotice:",
        "edit delete history history_results usage copy",
        OUTAGE,
    ),
    (
        "wagtailsnippetchoosers_catalogue_outagenotice:",
        "choose choose_results chosen chosen_multiple create",
        r.nobody,
    ),
)

BULK_CHANGES: Rows = (
    ("bulk_changes:", "index choose", r.anyone),  # the views list one's own changes and pages
    ("bulk_changes:", "describe show apply progress report retry", BULK_CHANGE),
)

TRANSFERS: Rows = (
    ("transfers:", "index export", r.anyone),  # the views ask for rights and take own pages only
    ("transfers:", "show apply again progress report", IMPORT),
)

MEMBERS: Rows = (
    ("agency_members:", "index index_results add", r.anyone),  # the policy and the viewset narrow
    ("agency_members:", "edit delete history history_results usage", MEMBERSHIP),
)

COUNTER: Rows = (
    ("citizen_desk:", "find disputes open", r.officer),  # only what was found can be opened
    ("citizen_desk:", "record verify activate decide", r.opened),
)

CURATED_VIEWS = "index index_results add edit delete history history_results usage"
SEARCH_DESK: Rows = (
    ("search_desk:", "queries try score start_score", SEARCH),
    ("search_synonyms:", CURATED_VIEWS, SEARCH),
    ("search_pins:", CURATED_VIEWS, SEARCH),
)

ADMIN_VIEWS = "add edit delete history history_results index index_results usage"
PORTAL: Rows = (
    ("wagtailadmin_workflows:", "index index_results add edit enable disable", r.nobody),
    ("wagtailadmin_workflows:", "usage usage_results remove select_task_type", r.nobody),
    ("wagtailadmin_workflows:", "task_index task_index_results add_task edit_task", r.nobody),
    ("wagtailadmin_workflows:", "enable_task disable_task task_chosen", r.nobody),
    ("wagtailadmin_workflows:", "task_chooser task_chooser_create", r.nobody),
    ("wagtailadmin_workflows:", "task_chooser_results", r.nobody),
    ("wagtailredirects:", "index index_results add edit delete", r.nobody),
    ("wagtailredirects:", "start_import process_import", r.nobody),
    ("wagtailsettings:", "edit preview_on_edit", r.nobody),
    ("wagtaillocales:", f"{ADMIN_VIEWS} copy", r.nobody),
    ("wagtailsites:", f"{ADMIN_VIEWS} copy", r.nobody),
    ("wagtailusers_users:", f"{ADMIN_VIEWS} copy", r.nobody),
    ("wagtailusers_groups:", ADMIN_VIEWS, r.nobody),
)


def _build(rows: Iterable[tuple[str, str, Rule]]) -> dict[str, Rule]:
    rules: dict[str, Rule] = {}
    for prefix, names, rule in rows:
        for name in names.split(" "):
            if prefix + name in rules:
                message = f"{prefix + name} has two rules"
                raise ValueError(message)
            rules[prefix + name] = rule
    return rules


RULES = _build(
    (
        *FRAME,
        *PAGES,
        *API,
        *MEDIA,
        *REPORTS,
        *LOCALIZE,
        *SNIPPETS,
        *BULK_CHANGES,
        *TRANSFERS,
        *MEMBERS,
        *COUNTER,
        *SEARCH_DESK,
        *PORTAL,
    )
)
