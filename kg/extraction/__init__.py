"""From a task's text to facts: `facts` puts together what each module finds."""
