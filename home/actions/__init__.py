"""Changes of the front door: pages that every portal has, made with words in both languages.

What exists is left alone: an editor's words are never written over.
"""

from home.actions.bilingual import Words, pick
from home.actions.pages import ensure_page, ensure_translation, list_untranslated, translate
from home.actions.portal import build_body, prepare_portal

__all__ = [
    "Words",
    "build_body",
    "ensure_page",
    "ensure_translation",
    "list_untranslated",
    "pick",
    "prepare_portal",
    "translate",
]
