"""Templates, style sheets and scripts of the embedded engine."""
