"""The ways of scoring (计分方式), one file each, named like their key in a rule file.

Awards say how many points: points, review, scale, steps. Selectors choose an award by a decision that the rules
engine answers: bands, cases. Checks ask one question an item. `parts`, which combines nodes, is settled in settle.
"""
