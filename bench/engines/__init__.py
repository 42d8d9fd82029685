"""Other print engines to compare with: each makes a PDF of the same ``PrintDocument``."""
