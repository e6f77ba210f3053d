"""Blocks of guides, news and plain pages. They hold words and pictures and decide nothing."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue

INLINE_FEATURES = ["bold", "italic", "link", "document-link"]
TEXT_FEATURES = [*INLINE_FEATURES, "h3", "ol", "ul"]


class CalloutBlock(blocks.StructBlock):
    """A remark that stands out: advice, warning, or success."""

    kind = blocks.ChoiceBlock(
        label=_("kind"),
        choices=[("info", _("advice")), ("warn", _("warning")), ("ok", _("good to know"))],
        default="info",
    )
    text = blocks.RichTextBlock(label=_("text"), features=INLINE_FEATURES)

    class Meta:
        icon = "info-circle"
        label = _("callout")


class MarkerBlock(blocks.StructBlock):
    """A numbered marker on a picture: its place in per cent from the top left corner."""

    x = blocks.DecimalBlock(label=_("from the left, %"), min_value=0, max_value=100)
    y = blocks.DecimalBlock(label=_("from the top, %"), min_value=0, max_value=100)
    label = blocks.CharBlock(label=_("what it shows"), max_length=120)

    class Meta:
        icon = "circle-check"
        label = _("marker")


def picture_block(**options: Any) -> ImageBlock:
    """Return Wagtail's picture with its alternative text; the chooser in it has no name there."""
    block = ImageBlock(**options)
    chooser = block.child_blocks["image"]
    chooser.meta.label = chooser.label = capfirst(_("picture"))
    return block


class ScreenshotBlock(blocks.StructBlock):
    """A screenshot whose numbered markers match the numbered instructions beside it."""

    image = picture_block(label=_("picture"), required=False)
    caption = blocks.CharBlock(label=_("caption"), required=False, max_length=255)
    markers = blocks.ListBlock(MarkerBlock(), label=_("markers"), default=[])

    class Meta:
        icon = "image"
        label = _("screenshot")

    def get_translatable_segments(self, value: Any) -> list[Any]:
        """The words beside the picture, and the picture, which a translation may replace.

        The translation package finds its own way into blocks, but fails at a picture inside a
        block that is itself inside another.
        """
        segments = [StringSegmentValue("caption", value["caption"] or "")]
        if value["image"]:
            alt = value["image"].contextual_alt_text or ""
            segments.append(OverridableSegmentValue("image.image", value["image"].pk))
            segments.append(StringSegmentValue("image.alt_text", alt))
        segments.extend(
            StringSegmentValue(f"markers.{marker.id}.label", marker.value["label"])
            for marker in value["markers"].bound_blocks
        )
        return segments

    def restore_translated_segments(self, value: Any, segments: list[Any]) -> Any:
        """Put translated words, and perhaps another picture, into `value`."""
        found = {segment.path: segment for segment in segments}
        labels = {marker.id: marker.value for marker in value["markers"].bound_blocks}
        if (picture := found.pop("image.image", None)) is not None:
            chooser = self.child_blocks["image"].child_blocks["image"]
            value["image"] = chooser.to_python(picture.data)
        for path, segment in found.items():
            if path == "caption":
                value["caption"] = segment.render_text()
            elif path == "image.alt_text":
                value["image"].contextual_alt_text = segment.render_text()
            elif (marker := labels.get(path.split(".")[1])) is not None:
                marker["label"] = segment.render_text()
        return value


class BankBlock(blocks.StructBlock):
    """The real account of an agency, the rule for the memo, and worked examples."""

    agency = blocks.PageChooserBlock(label=_("agency"), page_type="catalogue.AgencyPage")
    memo_rule = blocks.RichTextBlock(label=_("what to write in the memo"), features=INLINE_FEATURES)
    examples = blocks.ListBlock(
        blocks.CharBlock(max_length=255), label=_("worked examples"), default=[]
    )

    class Meta:
        icon = "form"
        label = _("bank account")


class GuidePartBlock(blocks.StructBlock):
    """One part of a guide: a picture, numbered instructions, remarks."""

    number = blocks.CharBlock(
        label=_("number"), max_length=8, required=False, help_text=_("For example IV.")
    )
    heading = blocks.CharBlock(label=_("heading"), max_length=255)
    introduction = blocks.RichTextBlock(
        label=_("introduction"), features=TEXT_FEATURES, required=False
    )
    screenshot = ScreenshotBlock(label=_("screenshot"))
    instructions = blocks.ListBlock(
        blocks.RichTextBlock(features=INLINE_FEATURES), label=_("instructions"), default=[]
    )
    callouts = blocks.ListBlock(CalloutBlock(), label=_("callouts"), default=[])
    bank_account = blocks.ListBlock(BankBlock(), label=_("bank account"), default=[], max_num=1)

    class Meta:
        icon = "list-ol"
        label = _("part")

    def clean(self, value: Any) -> Any:
        """Refuse more markers than instructions: a marker without words explains nothing."""
        cleaned = super().clean(value)
        if len(cleaned["screenshot"]["markers"]) > len(cleaned["instructions"]):
            raise blocks.StructBlockValidationError(
                block_errors={
                    "instructions": ValidationError(
                        _("There are more markers on the picture than instructions.")
                    )
                }
            )
        return cleaned


class BodyBlock(blocks.StreamBlock):
    """The body of news and plain pages."""

    text = blocks.RichTextBlock(label=_("text"), features=["h2", *TEXT_FEATURES])
    image = picture_block(label=_("picture"))
    callout = CalloutBlock()
    file = DocumentChooserBlock(label=_("file"))

    class Meta:
        label = _("body")
