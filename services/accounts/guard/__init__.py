"""The wall between agencies in the admin: every address has a rule, and no rule means no.

`rules` are the questions, `table` gives each view name one, `middleware` asks it, `filters`
narrows the drop-downs of Wagtail's lists. The room reads and refuses; it changes nothing.
"""
