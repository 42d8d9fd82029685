"""A small ministry to try the product with: plainly a sample, made by the product's own verbs."""
