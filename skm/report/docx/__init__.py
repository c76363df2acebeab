"""Reports as Word documents."""

from skm.report.docx.write import write_docx

__all__ = ["write_docx"]
