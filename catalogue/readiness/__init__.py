"""What is missing or doubtful on a page before it is published. Pure rules over plain values.

`codes` names the rules and their usual weight, `texts` judges words, links and pictures,
`procedures` judges the facts of a procedure. No room here asks the database: what a rule must
know of the rest of the portal is handed in as `Surroundings`.
"""

from catalogue.readiness.codes import (
    MESSAGES,
    USUAL,
    Finding,
    Limits,
    Rule,
    Severity,
    Surroundings,
)
from catalogue.readiness.procedures import check_procedure
from catalogue.readiness.texts import Text, check_texts, linked_files, linked_pages

__all__ = [
    "MESSAGES",
    "USUAL",
    "Finding",
    "Limits",
    "Rule",
    "Severity",
    "Surroundings",
    "Text",
    "check_procedure",
    "check_texts",
    "linked_files",
    "linked_pages",
]
