"""What the catalogue announces."""

from django.dispatch import Signal

# The listing of some procedures was rebuilt. Arguments: page_ids (set of int).
procedures_changed = Signal()
# The cards of agencies were rebuilt. No arguments.
agencies_changed = Signal()
