"""A cached template loader that keeps one compiled template a language, with constants folded.

Half of a page's nodes are words to translate, addresses of static files and icons: they are
the same in each request of one language. They are rendered once, when the template is compiled for
that language, and become plain text. What reads the context stays, with quicker look-ups.
"""

from __future__ import annotations

from threading import RLock
from typing import Any

from django.conf import settings
from django.template import Context, Template
from django.template.base import Node, NodeList, TextNode, TokenType, Variable
from django.template.library import SimpleNode
from django.template.loaders.cached import Loader as CachedLoader
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.templatetags.static import StaticNode
from django.utils.translation import get_language

from cms.core.template_lookups import QuickNodeList, quicken

# Simple tags whose answer depends on their arguments alone.
CONSTANT_TAGS = frozenset({"icon"})


class Loader(CachedLoader):
    """Django's cached loader, with a cache entry a language and constants folded."""

    def __init__(self, engine: Any, loaders: Any) -> None:
        super().__init__(engine, loaders)
        self.folded: dict[tuple[str | None, str], Template] = {}
        self.lock = RLock()

    def cache_key(self, template_name: str, skip: Any = None) -> str:
        """The usual key behind the active language."""
        return f"{get_language()}:{super().cache_key(template_name, skip)}"

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        """Return the compiled template of the active language."""
        place = (get_language(), template_name)
        template = None if skip else self.folded.get(place)
        if template is not None:
            return template
        with self.lock:  # no other thread draws a template that is being folded
            key = self.cache_key(template_name, skip)
            is_new = key not in self.get_template_cache
            template = super().get_template(template_name, skip)
            if is_new and not settings.DEBUG:
                fold(template.nodelist, template)
            if not skip:
                self.folded[place] = template
        return template

    def reset(self) -> None:
        """Forget all templates, because their files have changed."""
        super().reset()
        self.folded.clear()


def fold(nodes: NodeList, template: Template) -> None:
    """Replace constant nodes by their text, in place, and join neighbouring texts."""
    folded: list[Node] = []
    for node in nodes:
        text = _constant_text(node, template)
        if text is not None:
            if folded and type(folded[-1]) is TextNode:
                folded[-1] = TextNode(folded[-1].s + text)
            else:
                folded.append(TextNode(text))
            continue
        quicken(node)
        for name in node.child_nodelists:
            children = getattr(node, name, None)
            if isinstance(children, NodeList):
                fold(children, template)
        for _condition, children in getattr(node, "conditions_nodelists", ()):
            fold(children, template)
        folded.append(node)
    nodes[:] = folded
    if type(nodes) is NodeList:
        nodes.__class__ = QuickNodeList


def _constant_text(node: Node, template: Template) -> str | None:
    """The text of a node that is the same in each request, or None."""
    if type(node) is TextNode:
        return node.s
    if not _is_constant(node):
        return None
    context = Context()
    context.template = template
    return str(node.render(context))


def _is_constant(node: Node) -> bool:
    if isinstance(node, TranslateNode):
        return not node.asvar and _is_literal(node.filter_expression) and not node.message_context
    if isinstance(node, BlockTranslateNode):
        plain = not (node.countervar or node.extra_context or node.asvar or node.message_context)
        return plain and all(token.token_type == TokenType.TEXT for token in node.singular)
    if isinstance(node, StaticNode):
        return not node.varname and _is_literal(node.path)
    if isinstance(node, SimpleNode):
        return (
            node.func.__name__ in CONSTANT_TAGS
            and node.target_var is None
            and not node.takes_context
            and all(_is_literal(value) for value in (*node.args, *node.kwargs.values()))
        )
    return False


def _is_literal(expression: Any) -> bool:
    """Whether a filter expression is a literal without filters."""
    if expression.filters:
        return False
    return not isinstance(expression.var, Variable) or expression.var.lookups is None
