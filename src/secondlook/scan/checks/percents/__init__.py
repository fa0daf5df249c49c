"""The percents of counts, in tables and in sentences, against what they are of."""
