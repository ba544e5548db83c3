"""What courts enter on their dockets: read again and again, told once, never applied. No clock, no I/O."""
