"""What the measures of recording quality find, and how fast they are."""
