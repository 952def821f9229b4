"""One module for each kind of file: which rows are one product, and what its fields mean."""
