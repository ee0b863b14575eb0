"""One mail a week, or a day, with what waits for somebody; composed when it leaves."""
