"""An invented jail to try the program on: its people are generated, and none of them is a real person."""
