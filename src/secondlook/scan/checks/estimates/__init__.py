"""The estimates with limits of an article, as they are read in cells, columns and sentences."""
