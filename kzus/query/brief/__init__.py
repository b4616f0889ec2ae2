"""The card of `kzus brief`: its figures, the sections that they stand in, and what stands beside them."""
