"""A sample ministry to try the product with, made by the product's own verbs."""
