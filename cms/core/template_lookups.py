"""Quick look-ups of names in compiled templates, with the answers of Django's own.

A page looks up some thousand names, and Django asks each value in turn whether it is a mapping, an
object or a list, with an exception for each "no". Here a name that leads through plain
dictionaries and plain objects to a value is answered at once; whatever is unusual — something to
call, a missing attribute, another container — takes Django's way.
"""

from __future__ import annotations

from html import escape
from typing import Any, cast

from django.template import Context, VariableDoesNotExist
from django.template.base import (
    FilterExpression,
    Node,
    NodeList,
    Variable,
    VariableNode,
    render_value_in_context,
)
from django.template.defaulttags import TemplateLiteral
from django.templatetags.i18n import TranslateNode
from django.utils.safestring import SafeString

# Stands for what needs Django's way; it can be called, as most values of that kind can.
_UNUSUAL: Any = object
# Whether the names of a type's values are attributes: it has no `[]`, or it is a named tuple.
_has_attributes: dict[type, bool] = {}


class QuickVariable(Variable):
    """A variable that tries the plain way first."""

    __slots__ = ()

    def resolve(self, context: Any) -> Any:
        """Return the value. Raises `VariableDoesNotExist` for an unknown name."""
        lookups: Any = self.lookups
        name = lookups[0]
        for scope in reversed(context.dicts):
            if name in scope:
                value = scope[name]
                break
        else:
            if hasattr(context, name):
                return super().resolve(context)
            raise VariableDoesNotExist("Unknown name [%s]", (name,))
        try:
            for bit in lookups[1:]:
                if value is None:
                    raise VariableDoesNotExist("None has no [%s]", (bit,))
                value = _UNUSUAL if callable(value) else _look_up(value, bit)
        except VariableDoesNotExist:
            raise
        except Exception:  # Django decides which failures of a property are silent.
            value = _UNUSUAL
        return super().resolve(context) if callable(value) else value


def _look_up(value: Any, bit: str) -> Any:
    kind = type(value)
    if kind is dict:
        return value.get(bit, _UNUSUAL)
    has_attributes = _has_attributes.get(kind)
    if has_attributes is None:
        has_attributes = not hasattr(kind, "__getitem__") or hasattr(kind, "_fields")
        _has_attributes[kind] = has_attributes
    return getattr(value, bit, _UNUSUAL) if has_attributes else _UNUSUAL


class QuickVariableNode(VariableNode):
    """A variable without filters, whose value is mostly a string that is only to be escaped."""

    def render(self, context: Context) -> str:
        """Return the value as text of the page."""
        try:
            value = self.filter_expression.var.resolve(context)
        except VariableDoesNotExist:
            return super().render(context)
        kind = type(value)
        if kind is SafeString:
            return cast("str", value)
        if kind is str and context.autoescape:
            return escape(value)
        text: str = render_value_in_context(value, context)
        return text


class QuickNodeList(NodeList):
    """The nodes of a template that has no marks for a developer: without DEBUG none is needed."""

    def render(self, context: Context) -> SafeString:
        """Return the text of all nodes."""
        return SafeString("".join([node.render(context) for node in self]))


class QuickLiteral(TemplateLiteral):
    """A name in a condition without filters; one that is unknown is None."""

    def eval(self, context: Any) -> Any:
        """Return the value."""
        try:
            return self.value.var.resolve(context)  # type: ignore[union-attr]
        except VariableDoesNotExist:
            return None


def quicken(node: Node) -> None:
    """Make the look-ups of one node quick, in place; its child nodes are not visited."""
    if isinstance(node, TranslateNode):
        return  # it asks its variable to translate, but only when it is drawn
    for value in vars(node).values():
        _quicken_within(value)
    if type(node) is VariableNode and _is_bare(node.filter_expression):
        node.__class__ = QuickVariableNode


def _quicken_within(value: Any) -> None:
    """Find the variables in what nodes are made of: expressions, conditions, lists of them."""
    if isinstance(value, Variable):
        if type(value) is Variable and value.lookups is not None and not value.translate:
            value.__class__ = QuickVariable
    elif isinstance(value, FilterExpression):
        _quicken_within(value.var)
        _quicken_within(value.filters)
    elif isinstance(value, (list, tuple)) and not (value and isinstance(value[0], Node)):
        for item in value:
            _quicken_within(item)
    elif isinstance(value, dict):
        for item in value.values():
            _quicken_within(item)
    elif hasattr(value, "lbp"):
        _quicken_condition(value)


def _quicken_condition(part: Any) -> None:
    """Go through a part of the condition of an `if`: an operator, or the expression at a leaf."""
    for name in ("first", "second", "value"):
        _quicken_within(getattr(part, name, None))
    if type(part) is TemplateLiteral and _is_bare(part.value):
        part.__class__ = QuickLiteral


def _is_bare(expression: Any) -> bool:
    return type(expression.var) is QuickVariable and not expression.filters
