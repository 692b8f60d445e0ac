"""Explaining (得分说明): why every entry of a department is what it is, read from the run folder and nothing else."""
