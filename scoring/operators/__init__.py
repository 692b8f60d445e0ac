"""The operators (运算) that derive facts: each one operation with one exact value, one file per family."""
