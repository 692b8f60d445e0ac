"""The audit page (得分核查页): every score with its account, for those who may see it, as ready-made texts."""

from scoring.audit.page import AuditPage, audit_page

__all__ = ["AuditPage", "audit_page"]
