"""Rendering of HTML to tagged PDF/A, and merging of many such PDFs. It knows nothing of sheets.

Other apps call ``printer``; ``backends`` decides in which process the work is done.
"""
