"""HTML in, archival tagged PDF out, and many such PDFs bound into one. It knows no sheet.

``printer`` is what other rooms call; ``backends`` says where the work is done.
"""
