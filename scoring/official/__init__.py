"""A Method in official words (条文用语): each rule read back as a sentence, the whole as the scoring table 评分表.

The sentences are made of the Method, that is of what is executed, and of nothing that was written beside it: so what
was issued and what is executed can be laid side by side. There is one function for each mechanism and operator. Every
number that can move a score stands in some sentence; a test changes each of them to see.
"""
