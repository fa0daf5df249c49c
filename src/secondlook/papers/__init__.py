"""One module a paper: each function re-derives one table or statement from what is printed."""
