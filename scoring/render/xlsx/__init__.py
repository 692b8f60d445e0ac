"""Workbooks (电子表): the only door to xlsxwriter."""
