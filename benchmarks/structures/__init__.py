"""What is known of the national document structures, and how fast it is checked."""
