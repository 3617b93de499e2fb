"""Ten rules over a million rows, by Kirjaamo and by its peers."""
