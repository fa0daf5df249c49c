"""What is printed twice: in text and tables, in the abstract, with one slip of the digits."""
