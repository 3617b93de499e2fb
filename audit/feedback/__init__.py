"""What people work through: letters to units, worklists, exercises for training."""
