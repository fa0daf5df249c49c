"""Test statistics with their P, as statcheck does, and a P by itself."""
