"""Workbooks (XLSX): the audit workbook with live formulas, and printed tables."""

from skm.report.xlsx.tables import write_tables
from skm.report.xlsx.write import write_workbook

__all__ = ["write_tables", "write_workbook"]
