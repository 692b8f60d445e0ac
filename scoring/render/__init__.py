"""Rendering: ready-made strings become text by templates and catalogues that an officer may edit."""
