"""Use cases (用例): what each verb does, without a terminal and without a template."""
