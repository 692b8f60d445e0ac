"""The workbook of a run (核对用工作簿): ranked with live formulas, every entry, every datum with its layers."""
