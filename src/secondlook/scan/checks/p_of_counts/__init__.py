"""The P of counts: which counts it is of, and which usual test of them prints it."""
