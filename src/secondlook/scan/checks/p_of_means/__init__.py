"""The P of two means or more with their SD: what it compares, and which P its tests give."""
