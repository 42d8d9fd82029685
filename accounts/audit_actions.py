"""The actions on accounts that the audit log records."""

LABELS = {
    "person.transfer": "異動",
}
