"""Extract facts from the texts of tasks; `facts` combines the results of the other modules."""
