"""What the guide has drawings of; each name is that of a file in ``resources/icons``."""

from __future__ import annotations

from typing import Literal

Picture = Literal[
    "application-form",
    "bank-card",
    "birth-certificate",
    "code-at-till",
    "family",
    "family-account",
    "family-purse",
    "filing",
    "hospital-away",
    "household-register",
    "id-card",
    "mobile-phone",
    "moving",
    "new-card",
    "online-form",
    "person-form",
    "phone-code",
    "phone-payment",
    "physical-card",
    "portrait-photo",
    "receipt-claim",
    "record-search",
    "residence-proof",
    "service-counter",
    "shield-restart",
    "stamped-paper",
    "telephone",
    "waiting",
    "web-page",
]
