"""What was promised and what took place: visits, calls, letters and their days."""
