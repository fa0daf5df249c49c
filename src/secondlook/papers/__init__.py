"""One module a paper: every function re-derives one table or statement from what the paper prints."""
