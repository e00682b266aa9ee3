"""The graph of a corpus that one machine does not hold: built, and asked, on Apache Spark."""
