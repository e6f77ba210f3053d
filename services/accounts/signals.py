"""What the accounts tell. Receivers run in the transaction of the change."""

from __future__ import annotations

from django.dispatch import Signal

# With `code`, a OneTimeCode, and `digits`, which are known here and nowhere after.
code_issued = Signal()
# With `request`, a ResetRequest whose name waits for the worker.
reset_asked = Signal()
# With `event`, an AccountEvent.
account_changed = Signal()
# With `invitation`, an Invitation, and `token`, which is known here and nowhere after.
invitation_made = Signal()
# With `invitation`, an Invitation by which its `decided_by` acts for the enterprise now.
invitation_accepted = Signal()
# With `request`, an EnterpriseRequest that was sent, decided or given back as a draft.
request_moved = Signal()
# With `user`: answer with a `Retention`: what of theirs must be kept, or why they cannot go yet.
deletion_asked = Signal()
# With `user`: answer with a dict of plain values, {name: what is kept}, for the download.
data_asked = Signal()
